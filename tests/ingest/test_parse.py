from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ingest.material import FEEDS, by_title, feed, parsed
from tracker.errors import SourceFailed
from tracker.ingest.reading import MAX_ITEMS
from tracker.ingest.shapes import Parsed


def refused(body: bytes) -> SourceFailed:
    with pytest.raises(SourceFailed) as caught:
        parsed(body)
    assert "\n" not in str(caught.value)
    assert caught.value.advice
    return caught.value


def read_or_kind(body: bytes) -> Parsed | str:
    """What a body holds, or the kind of its failure."""
    try:
        return parsed(body)
    except SourceFailed as error:
        return error.kind


def test_rss_2() -> None:
    found = parsed(feed("rss20.xml"))
    assert found.title == "Ministry of Small Examples \N{EN DASH} news"
    assert found.whole
    assert found.problems == ()
    one, two, three = found.reports
    assert one.title == "Duty on widgets paused until 4 March"
    assert one.summary == "The duty is paused. For thirty days."
    assert one.link == "https://ministry.example.org/news/1?utm_source=rss&id=1"
    assert one.identity == "ministry-1"
    assert one.published == datetime(2025, 2, 3, 21, 30, tzinfo=UTC)
    assert two.title == "Duty on gadgets announced"
    assert two.summary == "Only the full text is here."
    assert two.link == two.identity == "https://ministry.example.org/news/2"
    assert three.title == "Aranceles: añaden «acero» — 25 %"
    assert three.published == datetime(2025, 2, 10, 12, tzinfo=UTC)
    assert {report.source for report in found.reports} == {"example"}
    assert {report.language for report in found.reports} == {"en"}


def test_rss_0_91_with_a_document_type_and_html_entities() -> None:
    found = parsed(feed("rss091.xml"))
    assert [report.title for report in found.reports] == [
        "Notice on café tariffs",
        "Second édition",
    ]
    assert found.reports[0].identity == "http://gazette.example.org/a"


def test_rss_1() -> None:
    first, second = parsed(feed("rss10.rdf")).reports
    assert first.identity == "https://journal.example.org/1"
    assert first.published == datetime(2025, 3, 4, 15, 15, tzinfo=UTC)
    assert second.published == datetime(2025, 3, 5, 10, 15, tzinfo=UTC)


def test_atom() -> None:
    found = parsed(feed("atom.xml"))
    assert found.title == "Finances & commerce"
    one, two = found.reports
    assert one.link == "https://finances.example.org/1"
    assert one.summary == "Le décret entre en vigueur."
    assert one.published == datetime(2025, 3, 5, 19, tzinfo=UTC)
    assert two.title == "Seuil < 25 %"
    assert two.summary == "Contenu"
    assert two.published == datetime(2025, 3, 4, 9, tzinfo=UTC)


def test_without_guids_the_page_is_the_identity_unless_items_share_it() -> None:
    found = parsed(feed("no_guids.xml"))
    known = by_title(found)
    assert known["One"].identity == "https://n.example.org/1"
    shared = [report for title, report in known.items() if title.startswith("Shared")]
    assert len({report.identity for report in shared}) == 2
    assert all(report.identity.startswith("sha256:") for report in shared)
    words = known["No title and no link, yet these words can be read"]
    assert words.link is None
    assert "https://n.example.org/only-a-link" in known
    assert len(found.reports) == 6
    assert "1 of 7 items with nothing in them, left out" in found.problems
    assert "2 of 7 items without a title, named by their text or link" in found.problems


def test_of_one_guid_the_first_item_counts_but_anchors_of_a_page_are_items() -> None:
    found = parsed(feed("duplicate_guids.xml"))
    assert [report.title for report in found.reports] == [
        "The first wins",
        "Story",
        "Anchor one",
        "Anchor two",
    ]
    assert found.reports[1].identity == "https://d.example.org/story"
    assert "1 of 5 items that repeat an earlier one of the feed, left out" in found.problems


def test_dates_that_do_not_read_leave_items_without_one() -> None:
    found = parsed(feed("bad_dates.xml"))
    assert [report.published for report in found.reports[:-1]] == [None] * 7
    assert found.reports[-1].published == datetime(2025, 2, 6, 15, tzinfo=UTC)
    assert "7 of 8 items without a date that can be read" in found.problems


@pytest.mark.parametrize(
    ("name", "charset"),
    [
        ("latin1_called_utf8.xml", None),
        ("latin1_called_utf8.xml", "utf-8"),
        ("latin1_called_utf8.xml", "no-such-charset"),
        ("utf8_called_latin1.xml", "iso-8859-1"),
        ("utf8_called_latin1.xml", None),
    ],
)
def test_a_wrong_label_does_not_spoil_the_text(name: str, charset: str | None) -> None:
    (report,) = parsed(feed(name), charset=charset).reports
    assert report.title == "Resolución sobre el acero de México"


def test_other_encodings() -> None:
    (report,) = parsed(feed("utf16.xml")).reports
    assert report.title == "Décision"
    cyrillic = '<rss version="2.0"><channel><item><title>Тариф</title></item></channel></rss>'
    (report,) = parsed(cyrillic.encode("koi8-r"), charset="koi8-r").reports
    assert report.title == "Тариф"
    japanese = cyrillic.replace("Тариф", "関税")
    (report,) = parsed(japanese.encode("shift_jis"), charset="koi8-r").reports
    assert report.title != "関税"  # a label that fits is believed
    (report,) = parsed(japanese.encode("euc_jp"), charset="big5").reports
    assert report.title
    (report,) = parsed(feed("latin1_called_utf8.xml"), charset="euc_jp").reports
    assert report.title == "Resolución sobre el acero de México"  # a label that does not fit
    broken_mark = b"\xef\xbb\xbf" + cyrillic.encode("koi8-r")
    assert parsed(broken_mark, charset="koi8-r").reports[0].title == "Тариф"
    one_bad_byte = '<rss version="2.0"><channel><item><title>ááááááááááá\udcff</title></item>'
    found = parsed(one_bad_byte.encode("utf-8", "surrogateescape"))
    assert found.reports[0].title.startswith("ááááááááááá")
    assert "1 bytes are not valid UTF-8 and were replaced" in found.problems


@pytest.mark.parametrize("body", [b"\xff\xfe<\x00r", b"<\x00\x00\xd8<\x00", bytes(200)])
def test_bytes_that_are_no_text(body: bytes) -> None:
    assert refused(body).kind == "encoding"


def test_a_feed_cut_off_keeps_its_whole_items_and_asks_to_be_read_again() -> None:
    found = parsed(feed("truncated.xml"))
    assert [report.identity for report in found.reports] == ["t1", "t2"]
    assert not found.whole
    assert any("breaks off inside an item" in line for line in found.problems)


@given(st.integers(min_value=0, max_value=len(feed("rss20.xml"))))
@settings(max_examples=60, deadline=None)
def test_cut_anywhere_an_item_is_whole_or_not_there(at: int) -> None:
    whole = {report.identity: report.content_hash for report in parsed(feed("rss20.xml")).reports}
    found = read_or_kind(feed("rss20.xml")[:at])
    if isinstance(found, str):
        assert found in {"empty", "not_a_feed"}
    else:
        for report in found.reports:
            assert whole[report.identity] == report.content_hash
        assert found.whole == (len(feed("rss20.xml")[at:].strip()) == 0)


def test_scripts_in_every_field_come_to_nothing() -> None:
    found = parsed(feed("scripts.xml"))
    assert len(found.reports) == 4
    for report in found.reports:
        text = f"{report.title} {report.summary} {report.link} {report.identity}".lower()
        assert "<" not in text
        assert "script:" not in text
        assert "alert(1)" not in f"{report.title} {report.summary}"
    assert [report.link for report in found.reports[:3]] == [None] * 3
    assert found.title == "Feed"
    assert found.reports[3].title == "Turned round and zerowidth"


@pytest.mark.parametrize("name", ["entity_bomb.xml", "entity_bomb_lines.xml"])
def test_entities_of_a_feed_are_never_read(name: str) -> None:
    (report,) = parsed(feed(name)).reports
    assert report.title.startswith("Before")
    assert "boom" not in report.title
    assert "root:" not in report.summary


def test_noise_around_a_feed_is_cut_away() -> None:
    found = parsed(feed("noise_around.xml"))
    assert found.title == "Noisy \N{BULLET} feed"
    assert [report.title for report in found.reports] == ["Still readable"]


def test_a_feed_labelled_as_a_page_is_read_and_told() -> None:
    found = parsed(feed("rss20.xml"), media_type="text/html")
    assert len(found.reports) == 3
    assert "the feed is labelled text/html" in found.problems


def test_a_feed_that_is_not_well_formed_is_read_and_told() -> None:
    found = parsed(
        feed("rss20.xml").replace(b"gadgets</em>", b"gadgets & co</em>]]>&nope; <![CDATA[")
    )
    assert len(found.reports) == 3
    assert any(line.startswith("the feed is not well-formed (line ") for line in found.problems)
    endless = parsed(feed("rss20.xml").replace(b"</rss>", b""))
    assert len(endless.reports) == 3
    assert not endless.whole
    assert "the feed has no end; it was read as far as it goes" in endless.problems


def test_of_very_many_items_the_first_are_read_and_the_rest_told() -> None:
    items = "".join(f"<item><title>{n}</title></item>" for n in range(MAX_ITEMS + 1))
    found = parsed(f"<rss version='2.0'><channel>{items}</channel></rss>".encode())
    assert [report.title for report in found.reports] == [str(n) for n in range(MAX_ITEMS)]
    assert "only the first 5000 of 5001 items were read" in found.problems


def test_a_feed_without_items_is_a_feed() -> None:
    found = parsed(feed("no_items.xml"))
    assert found.reports == ()
    assert "the feed holds no items" in found.problems


def test_links_and_summaries_of_an_aggregator_are_noise() -> None:
    body = feed("aggregator.xml")
    one = parsed(body).reports[0]
    later = parsed(body.replace(b"CBMiAAA", b"CBMiBBB").replace(b"The Paper&lt;", b"Another&lt;"))
    assert one.summary == ""
    assert one.link != later.reports[0].link
    assert one.identity == later.reports[0].identity == "CBMi-stable"
    assert one.content_hash == later.reports[0].content_hash


def test_the_time_a_feed_was_made_is_no_change_of_its_items() -> None:
    def made(clock: str) -> bytes:
        items = "".join(
            f"<item><link>https://e.example/{n}</link><title>Item {n}</title>"
            f"<pubDate>Thu, 19 Feb 2026 {clock}:{n:02} +0000</pubDate></item>"
            for n in range(6)
        )
        return f'<rss version="2.0"><channel><title>t</title>{items}</channel></rss>'.encode()

    first, second = parsed(made("05:46")), parsed(made("10:28"))
    assert [r.content_hash for r in first.reports] == [r.content_hash for r in second.reports]
    assert any("time of the feed's making" in line for line in first.problems)


@pytest.mark.parametrize(
    ("change", "matters"),
    [
        (
            lambda text: text.replace("utm_source=rss&amp;", "utm_source=other&amp;cmp=x&amp;"),
            False,
        ),
        (lambda text: text.replace("</title>", " \n </title>"), False),
        (lambda text: text.replace("&lt;b&gt;paused&lt;/b&gt;", "paused"), False),
        (lambda text: text.replace("16:30:00 EST", "21:30:00 GMT"), False),
        (lambda text: text.replace("widgets", "wodgets"), True),
        (lambda text: text.replace("thirty", "forty"), True),
        (lambda text: text.replace("16:30:00 EST", "16:31:00 EST"), True),
        (lambda text: text.replace("id=1", "id=9"), True),
    ],
)
def test_what_counts_as_a_change(change: Callable[[str], str], matters: bool) -> None:
    before = feed("rss20.xml").decode()
    after = change(before)
    assert after != before
    one, other = (parsed(text.encode()).reports[0] for text in (before, after))
    assert one.identity == other.identity
    assert (one.content_hash != other.content_hash) == matters


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"\xef\xbb\xbf  ", "empty"),
        (b"<html><body>Access denied</body></html>", "not_a_feed"),
        (b"<!doctype html><p>x<rss version='2.0'><channel/></rss>", "not_a_feed"),
        (b'{"items": []}', "not_a_feed"),
        (b"plain words", "not_a_feed"),
        (b"<?xml version='1.0'?><soap><item/></soap>", "not_a_feed"),
        (b"<rss version='2.0'>" + b"<a/>" * 300_001, "too_large"),
        (b"<rss version='2.0'>" + b"&" * 1_000_001, "too_large"),
        (b"<rss" + b"".join(b' a%d="x"' % n for n in range(301)) + b"/>", "too_large"),
        (
            b"<rss><a b='>'" + b"".join(b' a%d="x"' % n for n in range(301)) + b"/></rss>",
            "too_large",
        ),
    ],
)
def test_what_is_no_feed_says_so(body: bytes, kind: str) -> None:
    assert refused(body).kind == kind


def test_a_web_page_in_place_of_a_feed() -> None:
    error = refused(feed("page.html"))
    assert error.kind == "not_a_feed"
    assert error.message == "sent a web page instead of a feed"


def test_bytes_that_name_a_file_are_not_opened(tmp_path: Path) -> None:
    file = tmp_path / "secret.xml"
    file.write_bytes(feed("rss20.xml"))
    assert refused(str(file).encode()).kind == "not_a_feed"


def test_an_error_of_the_parser_does_not_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(stream: object, **options: Any) -> None:
        assert isinstance(stream, io.BytesIO)
        assert options["sanitize_html"] is False
        assert options["resolve_relative_uris"] is False
        raise KeyError("any")

    monkeypatch.setattr(feedparser, "parse", stumble)
    error = refused(feed("rss20.xml"))
    assert error.kind == "broken_feed"
    assert "KeyError" in error.message


_TOKENS = [
    *(b"<rss version='2.0'>", b"<channel>", b"<item>", b"</item>", b"<title>", b"</title>"),
    *(b"<feed xmlns='http://www.w3.org/2005/Atom'>", b"<entry>", b"<link href='", b"'/>", b"&"),
    *(b"<![CDATA[", b"]]>", b"<!--", b"-->", b"&#xD800;", b"&#99999999;", b"<content type='"),
    *(b"xhtml'>", b"application/x'>", b"mode='base64'>", b"\xff\xfe", b"\x00", b"<x:y xmlns:x='"),
    *(b"<guid>", b"<pubDate>", b"<georss:point>", b"<media:content url='", b"xml:base='http://["),
]
_SOUP = st.lists(st.sampled_from(_TOKENS) | st.binary(max_size=6)).map(b"".join)


@given(_SOUP)
@settings(max_examples=300, deadline=None)
def test_whatever_the_bytes_there_are_reports_or_a_stated_failure(soup: bytes) -> None:
    kinds = {"empty", "not_a_feed", "broken_feed", "encoding", "too_large"}
    for body in (soup, b"<rss version='2.0'><channel><item>" + soup):
        found = read_or_kind(body)
        if isinstance(found, str):
            assert found in kinds
        else:
            assert len({report.identity for report in found.reports}) == len(found.reports)
            for report in found.reports:
                assert report.title
                (report.title + report.summary + report.identity).encode("utf-8")


def test_every_feed_of_ours_is_read_by_some_test() -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in Path(__file__).parent.glob("*.py"))
    assert [file.name for file in FEEDS.iterdir() if f'"{file.name}"' not in text] == []
