"""The feeds: every MUST of RFC 4287, entries that state the change and stay as they were told."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import pytest

from tests.site.conftest import Files
from tests.site.worlds import (
    EVENTS,
    MEASURES,
    TEMPLATES,
    TODAY,
    effect,
    event,
    hostile_world,
    inputs,
    plain_world,
    xml,
)
from tracker.core.corrections import Amendment
from tracker.core.words import Kind, Status
from tracker.core.world import world_of
from tracker.site.book import Book
from tracker.site.edition import Edition
from tracker.site.feeds import feed_files
from tracker.site.model import SiteInputs
from tracker.site.render import render
from tracker.telling.language import LANGUAGES, language

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
ONCE = ("id", "title", "updated", "generator", "icon", "logo", "rights", "subtitle", "content")
BASE = "https://example.org/trade"


def made(inside: SiteInputs) -> dict[str, bytes]:
    book = Book(inside.world, inside.today)
    editions = [Edition(book, language(code), inside) for code in LANGUAGES]
    return dict(render((one.made(page) for one in editions for page in feed_files(one)), TEMPLATES))


@pytest.fixture(scope="module")
def feeds() -> dict[str, bytes]:
    return made(inputs(base_url=BASE))


def texts(of: ET.Element, name: str) -> list[str]:
    return [found.text or "" for found in of.findall(f"{ATOM}{name}")]


def check_common(of: ET.Element, place: str) -> None:
    """What feeds and entries have alike: RFC 4287, sections 3 and 4.2."""
    for name in ONCE:
        assert len(of.findall(f"{ATOM}{name}")) <= 1, (place, name)
    for name in ("id", "title", "updated"):
        (said,) = texts(of, name)
        assert said.strip(), (place, name)
    assert SCHEME.fullmatch(texts(of, "id")[0]), place
    for name in ("updated", "published"):
        for instant in texts(of, name):
            assert INSTANT.fullmatch(instant), (place, instant)
            assert datetime.fromisoformat(instant).tzinfo is not None
    for name in ("title", "summary"):
        for found in of.findall(f"{ATOM}{name}"):
            assert found.get("type", "text") == "text"
            assert not list(found), (place, name)
    seen = set()
    for link in of.findall(f"{ATOM}link"):
        assert link.get("href"), place
        assert set(link.keys()) <= {"href", "rel", "type", "hreflang", "title", "length"}
        kind = (link.get("rel", "alternate"), link.get("type"), link.get("hreflang"))
        assert kind[0] in {"alternate", "self"}
        assert kind not in seen, (place, kind)
        seen.add(kind)
        assert "/" in (kind[1] or "a/b")
    for category in of.findall(f"{ATOM}category"):
        assert category.get("term"), place


def check_feed(path: str, body: bytes) -> ET.Element:
    """The rules of RFC 4287 for a whole document, as far as they bind what such a feed holds."""
    assert body.startswith(b"<?xml version='1.0' encoding='UTF-8'?>")
    feed = xml(body)
    assert feed.tag == f"{ATOM}feed"
    check_common(feed, path)
    known = {"id", "title", "updated", "author", "link", "generator", "entry"}
    assert {child.tag.removeprefix(ATOM) for child in feed} <= known
    assert [name for author in feed.findall(f"{ATOM}author") for name in texts(author, "name")]
    lang = path[:2] if path[:3] in {"es/", "fr/"} else "en"
    assert feed.get(LANG) == lang
    entries = feed.findall(f"{ATOM}entry")
    for entry in entries:
        check_common(entry, f"{path} {texts(entry, 'id')}")
        # Without content an entry must lead to what it is about.
        links = [x for x in entry.findall(f"{ATOM}link") if x.get("rel", "alternate") != "self"]
        assert links
        assert len(texts(entry, "published")) == 1
        assert texts(entry, "published")[0] <= texts(entry, "updated")[0]
    stamps = {(texts(entry, "id")[0], texts(entry, "updated")[0]) for entry in entries}
    assert len(stamps) == len(entries)
    if entries:
        assert texts(feed, "updated")[0] == max(texts(entry, "updated")[0] for entry in entries)
    return feed


@pytest.mark.parametrize("base", [None, BASE])
def test_every_feed_keeps_the_rules_of_atom(base: str | None) -> None:
    for world in (plain_world(), hostile_world(), world_of((), MEASURES, known_until=TODAY)):
        files = made(inputs(world, base_url=base))
        names = [texts(check_feed(path, body), "id")[0] for path, body in files.items()]
        assert len(set(names)) == len(names)
        assert len(names) >= 3


def test_there_is_one_for_each_language_party_kind_and_measure_with_events(files: Files) -> None:
    held = {path for path in files if path.endswith(".atom")}
    pages = {path for path in files if "timeline/" in path and path.endswith("/index.html")}
    assert held == {
        *(path.replace("index.html", "feed.atom") for path in pages if path.count("timeline/")),
    } - {f"{folder}timeline/feed.atom" for folder in ("", "es/", "fr/")} | {
        f"{folder}feed.atom" for folder in ("", "es/", "fr/")
    }
    for path in ("party/mx", "kind/pause", "measure/us.steel"):
        assert f"es/timeline/{path}/feed.atom" in held


def test_each_page_with_events_of_its_own_names_its_feed(files: Files) -> None:
    for folder in ("", "fr/"):
        for page, feed in (
            ("timeline/measure/us.steel", "timeline/measure/us.steel"),
            ("measure/us.steel", "timeline/measure/us.steel"),
            ("party/ca", "timeline/party/ca"),
            ("timeline/kind/pause", "timeline/kind/pause"),
        ):
            body = files[f"{folder}{page}/index.html"].decode()
            links = re.findall(r'type="application/atom\+xml" title="[^"]+" href="([^"]+)"', body)
            there = [urljoin(f"/{folder}{page}/index.html", link) for link in links]
            assert there == [f"/{folder}feed.atom", f"/{folder}{feed}/feed.atom"]
            assert body.count(f'href="{links[1]}"') == 2


def entry_of(body: bytes, name: str) -> ET.Element:
    found = [
        one for one in xml(body).iter(f"{ATOM}entry") if texts(one, "id")[0].endswith(f":{name}")
    ]
    assert len(found) == 1
    return found[0]


def test_an_entry_states_the_change_as_it_could_be_known_then(feeds: dict[str, bytes]) -> None:
    def said(path: str, name: str) -> str:
        return texts(entry_of(feeds[path], name), "summary")[0]

    assert said("timeline/measure/us.steel/feed.atom", "2025-06-03-steel") == (
        "US on all countries, Steel articles: still in force at 25% since 12 March 2025; ahead: "
        "50% announced from 4 June 2025.\nSteel doubled. And then some."
    )
    # The order of 1 February was paused two days later: its entry still says what it said.
    order = said("feed.atom", "2025-02-01-order")
    assert "25% announced from 4 February 2025" in order
    assert "paus" not in order
    # What a stay takes back is told though the state of the day is the same.
    stay = said("es/timeline/kind/court-ruling/feed.atom", "2025-05-29-stay")
    assert "ya no hay nada previsto" in stay
    # An event that only confirms says what the day brought.
    assert "then in force at 25%" in said("feed.atom", "2025-03-04-start")
    doubtful = said("feed.atom", "2025-05-28-ruling")
    assert doubtful.endswith("worked out from the text of an instrument, not stated in it.")
    assert said("feed.atom", "2025-09-18-summit") == "Leaders meet. And then some."


def test_a_later_event_changes_no_entry_and_a_correction_makes_its_own_new() -> None:
    before = made(inputs(base_url=BASE))
    later = event(
        "2025-09-18-z-end",
        Kind.REVOCATION,
        "All ends",
        effect("us.steel/articles", Status.REVOKED, start="2025-06-05"),
        sequence=9,
    )
    world = world_of((*EVENTS, later), MEASURES, known_until=TODAY)
    after = made(inputs(replace(plain_world(), events=world.events), base_url=BASE))
    for path, body in before.items():
        for entry in xml(body).iter(f"{ATOM}entry"):
            name = texts(entry, "id")[0].removeprefix("urn:tracker:event:")
            if not name.endswith("2025-09-18-summit"):
                new = entry_of(after[path], name.rpartition(":")[2])
                assert ET.tostring(new).strip() == ET.tostring(entry).strip()
    at = datetime(2025, 9, 18, 20, 15, 3, 9, tzinfo=UTC)
    mended = Amendment(
        position=9, recorded_at=at, subject=EVENTS[0].id, reason="x", before=EVENTS[0], after=None
    )
    changed = made(inputs(base_url=BASE, amendments=(mended,)))["feed.atom"]
    one = entry_of(changed, EVENTS[0].id)
    assert texts(one, "updated") == ["2025-09-18T20:15:03+00:00"]
    assert texts(one, "published") == ["2025-02-01T12:00:00+00:00"]
    assert texts(xml(changed), "updated") == ["2025-09-18T20:15:03+00:00"]


def test_dates_are_the_day_of_announcement_everywhere_in_the_three_countries(
    feeds: dict[str, bytes],
) -> None:
    for entry in xml(feeds["feed.atom"]).iter(f"{ATOM}entry"):
        day = date.fromisoformat(texts(entry, "id")[0].removeprefix("urn:tracker:event:")[:10])
        instant = datetime.fromisoformat(texts(entry, "published")[0])
        for hours in (-8, -2):
            assert (instant + timedelta(hours=hours)).date() == day


def test_links_lead_to_pages_of_the_site(feeds: dict[str, bytes], files: Files) -> None:
    for path, body in feeds.items():
        hrefs = [link.get("href") or "" for link in xml(body).iter(f"{ATOM}link")]
        assert f"{BASE}/{path}" in hrefs
        for href in hrefs:
            assert href.removeprefix(f"{BASE}/") in files, (path, href)
    for path, body in ((path, files[path]) for path in feeds):
        for link in xml(body).iter(f"{ATOM}link"):
            there = urljoin(f"https://x.example/{path}", link.get("href") or "")
            assert there.removeprefix("https://x.example/") in files, (path, there)
        assert not [x for x in xml(body).iter(f"{ATOM}link") if x.get("rel") == "self"]
