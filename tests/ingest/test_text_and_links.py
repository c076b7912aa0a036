from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.ingest.links import canonical_link, is_redirector, safe_link
from tracker.ingest.text import clip, plain_text

BASE = "https://base.example.org/news/"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>The duty is <b>pau</b>sed.</p><p>For now", "The duty is paused. For now"),
        ("one<br/>two<br>three", "one two three"),
        ("<script>evil()</script>left<style>a{b:c}</style>", "left"),
        ("before <script>never closed", "before"),
        ("&lt;script&gt;evil()&lt;/script&gt;left", "left"),
        ("AT&amp;amp;T &#8211; done&nbsp;now", "AT&T \N{EN DASH} done now"),
        ("a < b and c > d, tariff <25% on", "a < b and c > d, tariff <25% on"),
        ('<img alt="a > b" src="x">after', "after"),
        ("<![CDATA[kept]]> <!-- not kept --> <?php not(); ?>kept", "kept kept"),
        ("<svg onload=x>no</svg>yes<iframe>no</iframe>", "yes"),
        ("\u202eturned\u202c zero\u200bwidth nul\0 e\u0301", "turned zerowidth nul \u00e9"),
        ("  many \n\t spaces\u2028here ", "many spaces here"),
        ("", ""),
    ],
)
def test_markup_becomes_one_line_of_plain_text(markup: str, expected: str) -> None:
    assert plain_text(markup, 500) == expected


_TOKENS = [
    *("<script>", "</script", "<scr", "ipt>", "<", ">", "&lt;", "&amp;", "lt;", "script", "<!--"),
    *("-->", "<![CDATA[", "]]>", "<a href='", '"', "<?", "/", " ", "\u202e", "é", "javascript:"),
]
_PIECES = st.lists(st.sampled_from(_TOKENS) | st.text(max_size=5)).map("".join)


@example("<</", 2)
@given(_PIECES, st.integers(min_value=2, max_value=200))
def test_plain_text_never_holds_markup_or_controls(markup: str, limit: int) -> None:
    text = plain_text(markup, limit)
    assert len(text) <= limit
    assert "<script" not in text.lower()
    assert not any(f"<{mark}" in text for mark in "/!?")
    assert not any(unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co"} for char in text)
    assert text == " ".join(text.split()) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    "piece", ["<a ", "<", '<a "', "</a", "<!--", "<![CDATA[", "<?", "&#", "<b>"]
)
def test_markup_made_to_keep_a_parser_busy_is_read_all_the_same(piece: str) -> None:
    # Quadratic time would make this take minutes: the run itself is the check.
    assert len(plain_text(piece * 500_000, 2000)) <= 2000


def test_a_long_text_is_cut_at_a_word() -> None:
    assert clip("one two three", 13) == "one two three"
    assert clip("one two three", 10) == "one two…"
    assert clip("x" * 20, 10) == "x" * 9 + "…"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("https://a.example/x?y=1#z", "https://a.example/x?y=1#z"),
        (" https://a.example/with space ", "https://a.example/with%20space"),
        (
            "https://a.example/wrap\n  ped",
            "https://a.example/wrap%20ped",
        ),
        ("/news/2", "https://base.example.org/news/2"),
        ("//other.example/x", "https://other.example/x"),
        ("HTTPS://A.Example/Path", "https://a.example/Path"),
        ("https://ñandú.mx/año", "https://xn--and-6ma2c.mx/a%C3%B1o"),
        ('https://a.example/"><script>', "https://a.example/%22%3E%3Cscript%3E"),
    ],
)
def test_a_link_that_may_be_shown(raw: str, expected: str) -> None:
    assert safe_link(raw, BASE) == expected


@pytest.mark.parametrize(
    "raw",
    [
        *("", "   ", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)"),
        *(
            "\tjavascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "mailto:a@example.org",
        ),
        *("ftp://a.example/x", "https://user:secret@a.example/", "https://a.example@evil.example/"),
        *("https://", "http://a..b/", "http://a.example:99999/", "http://[bad/", "http://h\udc80/"),
        "https://a.example/" + "x" * 2000,
    ],
)
def test_a_link_that_may_not(raw: str) -> None:
    assert safe_link(raw, BASE) is None


@given(st.text() | st.text(alphabet=":/?#[]@%.javscriptdhx \n\t\\\u0131é", max_size=40))
def test_any_text_gives_a_link_of_our_schemes_or_none(raw: str) -> None:
    link = safe_link(raw, BASE)
    if link is not None:
        assert link.startswith(("http://", "https://"))
        assert link.isascii()
        assert not set(link) & set(' "<>\\^`{|}\n\r\t')
        assert safe_link(link) == link
        assert canonical_link(canonical_link(link)) == canonical_link(link)


@given(
    st.sampled_from(["http", "https", "HTTP", "ftp", ""]),
    st.text(alphabet="aZ0-._:@", max_size=12) | st.just("a.example") | st.just("xn--a.example"),
    st.text(alphabet="aZ0/._~-%;:", max_size=8),
    st.text(alphabet="a=&%?;.~ ", max_size=8),
)
def test_a_plain_link_reads_as_any_other(scheme: str, host: str, path: str, query: str) -> None:
    link = f"{scheme}://{host}/{path}?{query}x"
    # With a fragment it is taken apart and put together again.
    whole = safe_link(f"{link}#x", BASE)
    assert safe_link(link, BASE) == (None if whole is None else whole.removesuffix("#x"))


def test_the_canonical_link_forgets_what_only_tracks() -> None:
    plain = "https://a.example/x?id=1&b=2"
    for noisy in (
        "https://a.example/x?utm_source=rss&id=1&b=2&cmp=rss",
        "https://a.example:443/x?id=1&fbclid=9&b=2#part",
        "https://a.example/x?id=1&b=2&gclid=1&at_medium=RSS",
    ):
        assert canonical_link(noisy) == plain
    assert canonical_link("https://a.example/x?b=2&id=1") != plain
    assert canonical_link("https://a.example") == "https://a.example/"
    assert canonical_link("http://[::1]:80/x") == "http://[::1]/x"
    assert is_redirector("https://news.google.com/rss/articles/x")
    assert not is_redirector(plain)
