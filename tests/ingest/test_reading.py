"""Reading only what is new says the same as reading all of it."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ingest.material import FEEDS, captures, feed, parsed, source
from tracker.core.codec import sha256
from tracker.core.entries import Report
from tracker.errors import SourceFailed
from tracker.ingest import reading
from tracker.ingest.parse import FeedRead, parse_xml
from tracker.ingest.reading import read
from tracker.ingest.shapes import Parsed
from tracker.ingest.sources import Source
from tracker.ingest.split import cut_feed


def after(body: bytes, held: bytes | None, one: Source | None = None) -> Parsed:
    return read(
        body,
        media_type="application/xml",
        charset=None,
        source=one or source(),
        evidence=sha256(body),
        held=held,
    )


def says(found: Parsed) -> set[tuple[str, str]]:
    return {(report.identity, report.content_hash) for report in found.reports}


_WORDS = st.text(alphabet="ab <>&é", max_size=6)
_ITEM = st.builds(
    lambda guid, title, link, day, text: (
        f"<item>{f'<guid>{guid}</guid>' if guid else ''}<title><![CDATA[{title}</item>]]></title>"
        f"<link>/{link}</link><pubDate>{day} Mar 2026 10:00:00 GMT</pubDate>"
        f"<description><![CDATA[{text}]]></description></item>"
    ),
    st.sampled_from(
        ["", "", "g1", "g2", "g3", "https://example.org/a#1", "https://example.org/a#2"]
    ),
    _WORDS,
    st.sampled_from(["p", "q", "p?utm_source=x"]),
    st.integers(1, 3),
    _WORDS,
)


def as_feed(items: list[str], link: str) -> bytes:
    inner = "\n".join(items)
    head = f"<title>Feed</title><link>{link}</link>"
    return f"<rss version='2.0'><channel>{head}{inner}</channel></rss>".encode()


@settings(max_examples=300)
@given(
    st.lists(_ITEM, max_size=7),
    st.lists(_ITEM, max_size=7),
    st.sampled_from(["https://example.org/", "https://example.org/b/"]),
    st.randoms(use_true_random=False),
)
def test_what_was_held_changes_nothing(
    first: list[str], more: list[str], link: str, order: random.Random
) -> None:
    before = after(as_feed(first, "https://example.org/"), None)
    kept = [item for item in first if order.random() < 0.7]
    now = as_feed(order.sample(kept + more, len(kept) + len(more)), link)
    whole, part = after(now, None), after(now, before.held)
    known = says(before)
    assert says(whole) - known == says(part) - known
    assert says(part) <= says(whole)
    assert part.held == whole.held
    assert (part.problems, part.title, part.items) == (whole.problems, whole.title, whole.items)


@pytest.mark.parametrize("file", [*sorted(FEEDS.iterdir()), *captures()[::4]], ids=lambda p: p.name)
def test_a_real_feed_read_in_part_is_the_feed_read_whole(file: Path) -> None:
    body = file.read_bytes()
    try:
        whole = after(body, None)
    except SourceFailed:
        return
    again = after(body, whole.held)
    assert again.problems == whole.problems
    assert again.reports == (() if whole.held is not None else whole.reports)
    if whole.held is None:
        return
    cut = cut_feed(body.decode("utf-8", "replace"))
    if cut is None or len(cut.items) < 2:
        return
    older = after(cut.only(cut.items[1:]).encode(), None)
    part = after(body, older.held)
    assert says(whole) - says(older) == says(part) - says(older)


def test_only_what_is_new_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    body = feed("rss20.xml")
    before = after(body, None)
    asked: list[str] = []
    real = parse_xml

    def watched(text: str) -> FeedRead:
        asked.append(text)
        return real(text)

    monkeypatch.setattr(reading, "parse_xml", watched)
    assert after(body, before.held).reports == ()
    assert asked == []
    new = body.replace(b"<item>", b"<item><guid>new</guid><title>New</title></item>\n<item>", 1)
    (report,) = after(new, before.held).reports
    assert report.title == "New"
    assert len(asked) == 1
    assert asked[0].count("<item>") == 1


@pytest.mark.parametrize("held", [b"", b"\xff", b"\x93\x01\x02\x03", None])
def test_what_is_held_and_does_not_read_is_nothing(held: bytes | None) -> None:
    assert after(feed("rss20.xml"), held).reports == parsed(feed("rss20.xml")).reports


def test_what_was_held_of_another_address_is_nothing() -> None:
    body = feed("rss20.xml")
    moved = source("https://other.example/feed")
    assert after(body, after(body, None).held, moved).reports == after(body, None, moved).reports


REGISTER = {
    "count": 2,
    "results": [
        {
            "document_number": "2026-00001",
            "title": "A Duty on <b>Widgets</b>",
            "abstract": None,
            "html_url": "https://www.federalregister.gov/documents/2026/03/01/2026-00001/a-duty",
            "publication_date": "2026-03-01",
        },
        {
            "document_number": "2026-00002",
            "title": "A Notice",
            "abstract": "It says so.",
            "html_url": "javascript:alert(1)",
            "publication_date": "soon",
        },
    ],
}


def as_json(document: object, kind: str, held: bytes | None = None) -> Parsed:
    one = Source(
        id="example",
        url="https://example.org/api.json",
        title="Example",
        publisher="Example",
        language="en",
        country="US",
        official=True,
        interval_s=900,
        kind=kind,
    )
    return after(json.dumps(document).encode(), held, one)


def by_id(found: Parsed) -> dict[str, Report]:
    return {report.identity: report for report in found.reports}


def test_the_federal_register() -> None:
    found = as_json(REGISTER, "federal-register")
    one, two = by_id(found).values()
    assert (one.identity, one.title, one.summary) == ("2026-00001", "A Duty on Widgets", "")
    assert one.published is not None
    assert one.published.isoformat() == "2026-03-01T12:00:00+00:00"
    assert (two.summary, two.link, two.published) == ("It says so.", None, None)
    assert as_json(REGISTER, "federal-register", found.held).reports == ()
    changed = json.loads(json.dumps(REGISTER))
    changed["results"][1]["title"] = "Another Notice"
    (report,) = as_json(changed, "federal-register", found.held).reports
    assert report.title == "Another Notice"
    assert as_json({"count": 0}, "federal-register").problems == ("the feed holds no items",)


def test_json_feed_and_json_api() -> None:
    item = {"id": 7, "title": "T", "content_html": "<p>Text</p>", "url": "/x"}
    (one,) = as_json({"items": [item, 3]}, "json-feed").reports
    assert (one.identity, one.summary, one.link) == ("7", "Text", "https://example.org/x")
    node = {
        "id": "u",
        "attributes": {"title": "N", "path": {"alias": "/n"}, "created": "2026-03-01"},
    }
    (two,) = as_json({"data": [node]}, "json-api").reports
    assert (two.identity, two.title, two.link) == ("u", "N", "https://example.org/n")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"{}", b"<html>", b'{"results": 1}', b"\xff"])
def test_json_of_another_shape_is_a_stated_failure(body: bytes) -> None:
    one = Source(
        id="example",
        url="https://example.org/api.json",
        title="Example",
        publisher="Example",
        language="en",
        country="US",
        official=True,
        interval_s=900,
        kind="federal-register",
    )
    with pytest.raises(SourceFailed):
        after(body, None, one)
