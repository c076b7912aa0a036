"""Foreign text and links: what may pass and what never does."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.site.worlds import xml
from tracker.errors import OperationFailed
from tracker.site.text import clean, first_sentence, language_tag, outward, segment, shorten

anything = st.text(st.characters(exclude_categories=()), max_size=60)


@given(anything)
def test_clean_text_can_stand_in_xml_and_utf8(text: str) -> None:
    body = clean(text).encode()
    escaped = body.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")
    assert xml(b"<p>" + escaped + b"</p>").tag == "p"


@given(st.sampled_from(["javascript:", "JaVaScRiPt:", "data:", "http:", "//", "ftp://"]), anything)
def test_only_web_links_with_a_host_leave_the_site(scheme: str, rest: str) -> None:
    allowed = outward(scheme + rest)
    if allowed is not None:
        parts = urlsplit(allowed)
        assert parts.scheme in {"http", "https"}
        assert parts.hostname
        assert not set(allowed) & set(' \t\r\n<>"\\')


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        " https://example.org/",
        "https://example.org/a b",
        "https://user:secret@example.org/",
        "https:///nowhere",
        "https://[broken/",
        "//example.org/",
        "/inside",
        "mailto:a@example.org",
        'https://example.org/"onmouseover="x',
        "https://example.org/\u202egpj",
    ],
)
def test_what_no_reader_is_sent_to(url: str | None) -> None:
    assert outward(url) is None


@pytest.mark.parametrize("url", ["https://example.org", "HTTP://example.org/x?y=1#z"])
def test_what_a_reader_may_follow(url: str) -> None:
    assert outward(url) == url


@pytest.mark.parametrize("name", ["", "..", ".hidden", "a/b", "a\\b", "a b", "é", "a" * 201])
def test_no_name_leads_out_of_its_folder(name: str) -> None:
    with pytest.raises(OperationFailed, match="cannot be part of a page's address"):
        segment(name)


@given(anything, st.integers(2, 40))
def test_shortened_text_fits_on_one_line(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert len(short) <= limit
    assert len(short.splitlines()) <= 1


def test_the_first_sentence_is_not_cut_at_an_abbreviation() -> None:
    text = "The U.S. Court ruled on 8.5 percent. A stay followed."
    assert first_sentence(text) == "The U.S. Court ruled on 8.5 percent."


@pytest.mark.parametrize(("tag", "kept"), [("en", "en"), ("es-MX", "es-MX"), ('e"n', None)])
def test_a_language_is_kept_only_if_it_reads_as_one(tag: str, kept: str | None) -> None:
    assert language_tag(tag) == kept
