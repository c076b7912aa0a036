"""Edits: what an item read before and since, and whether the record already rested on its page."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.addresses import page_of
from tracker.core.codec import encode
from tracker.core.edits import edits
from tracker.core.entries import (
    EventCorrected,
    EventRecorded,
    EventRetracted,
    Payload,
    Report,
    ReportChanged,
    ReportSeen,
)
from tracker.core.events import Event, Instrument, Source, Step, Text
from tracker.core.words import Kind, Stage
from tracker.core.world import Line
from tracker.telling.rewording import marked_pieces, nearby, reworded

START = datetime(2026, 3, 1, tzinfo=UTC)


def report(title: str, link: str | None = "https://gov.example/order", name: str = "a") -> Report:
    return Report(source="s", identity=name, title=title, content_hash=title, link=link)


def event(name: str, url: str = "https://gov.example/order", **more: Any) -> Event:
    text, source = Text(en="x"), Source(url=url, publisher="Gov", title="Order")
    made = Event(
        id=name,
        kind=Kind.STATEMENT,
        announced=date(2026, 3, 1),
        title=text,
        summary=text,
        sources=(source,),
    )
    return msgspec.structs.replace(made, **more)


def lines(*payloads: Payload) -> list[Line]:
    found = []
    for number, payload in enumerate(payloads, 1):
        at = (START + timedelta(hours=number)).isoformat()
        found.append(Line(number, payload.TYPE, payload.SCHEMA, at, encode(payload), "0" * 64))
    return found


def test_both_versions_stand_beside_each_other() -> None:
    first, second, third = report("25% from March 4"), report("35% from March 4"), report("gone")
    found = edits(
        lines(ReportSeen(report=first), ReportChanged(report=second), ReportChanged(report=third))
    )
    assert [(one.before.title, one.after.title) for one in found] == [
        ("25% from March 4", "35% from March 4"),
        ("35% from March 4", "gone"),
    ]
    assert found[0].fields == ("title",)
    assert (found[0].position, found[0].cited_by) == (2, ())
    assert edits(lines(ReportSeen(report=first), EventRecorded(event=event("e")))) == ()


def test_an_edit_is_flagged_where_the_record_already_rested_on_the_page() -> None:
    before, after = report("25%", "http://www.gov.example/order/?utm_source=x#top"), report("35%")
    paper = Instrument(
        citation="EO 1", steps=(Step(stage=Stage.SIGNED, url="https://gov.example/order"),)
    )
    by_paper = event("by-paper", "https://else.example", instrument=paper)
    found = edits(
        lines(
            ReportSeen(report=before),
            EventRecorded(event=event("b")),
            EventRecorded(event=by_paper),
            EventRecorded(event=event("other", "https://gov.example/other")),
            ReportChanged(report=after),
            EventRecorded(event=event("later")),
        )
    )
    assert [(one.cited_by, one.open_for) for one in found] == [(("b", "by-paper"),) * 2]


def test_an_event_that_was_looked_at_since_is_no_longer_open() -> None:
    reported = (ReportSeen(report=report("25%")), EventRecorded(event=event("e")))
    edited = (*reported, ReportChanged(report=report("35%")))
    corrected = EventCorrected(event=event("e"), reason="the page was rewritten")
    (mended,) = edits(lines(*edited, corrected))
    assert (mended.cited_by, mended.open_for) == (("e",), ())
    (gone,) = edits(lines(*edited, EventRetracted(id="e", reason="x")))
    assert (gone.cited_by, gone.open_for) == (("e",), ())
    elsewhere = EventCorrected(event=event("e", "https://gov.example/new"), reason="moved")
    (free,) = edits(lines(*reported, elsewhere, ReportChanged(report=report("35%"))))
    assert free.cited_by == ()


def test_a_page_without_an_address_is_cited_by_nobody() -> None:
    told = edits(
        lines(
            EventRecorded(event=event("e", "urn:x")),
            ReportSeen(report=report("a", None)),
            ReportChanged(report=report("b", None)),
        )
    )
    assert told[0].cited_by == ()


@given(st.text(max_size=60))
def test_an_address_of_any_kind_is_spelled_without_a_crash(text: str) -> None:
    for link in (text, f"https://{text}", f"http://a.example/{text}"):
        page = page_of(link)
        assert page_of(page) == ""
        assert not page.endswith("/")


def test_two_links_to_one_page_are_the_same() -> None:
    same = ("https://gov.example/a", "http://www.gov.example:80/a/?utm_source=x#y")
    assert {page_of(link) for link in same} == {"gov.example/a"}
    assert page_of("https://gov.example/a?id=1") != page_of("https://gov.example/a?id=2")
    assert page_of("mailto:x@gov.example") == page_of("") == page_of("https://[bad") == ""


words = st.lists(st.sampled_from(["a", "b", "c", "25%", "March"]), max_size=30).map(" ".join)


@given(words, words)
def test_the_pieces_give_both_texts_back(before: str, after: str) -> None:
    pieces = reworded(before, after)
    assert " ".join(text for change, text in pieces if change != "added") == before
    assert " ".join(text for change, text in pieces if change != "removed") == after
    assert all(one.change != other.change for one, other in pairwise(pieces))


def test_a_text_that_repeats_itself_is_lined_up_from_both_ends() -> None:
    said = "The notice names the offices that hear who asks for an exception."
    pieces = reworded(f"{said} {said}", f"{said.replace('exception', 'exemption')} {said}")
    assert marked_pieces(nearby(pieces, 1)) == "… an [-exception.-] {+exemption.+} The …"


def test_the_marks_name_what_went_and_what_came() -> None:
    long = " ".join(f"w{number}" for number in range(40))
    pieces = reworded(f"{long} 25% {long}", f"{long} 35% {long}")
    assert marked_pieces(nearby(pieces, 2)) == "… w38 w39 [-25%-] {+35%+} w0 w1 …"


PAGES = ("https://a.example/1", "https://b.example/2")
turns = st.lists(
    st.one_of(
        st.tuples(st.just("item"), st.sampled_from("xy"), st.sampled_from(PAGES), st.text("ab")),
        st.tuples(st.just("event"), st.sampled_from(["e", "f"]), st.sampled_from(PAGES)),
        st.tuples(st.just("retract"), st.sampled_from(["e", "f"])),
    ),
    max_size=14,
)


@given(turns)
def test_edits_are_what_a_plain_walk_finds(turns: list[tuple[str, ...]]) -> None:
    items: dict[str, Report] = {}
    cites: dict[str, str] = {}
    payloads: list[Payload] = []
    told: list[tuple[int, str, str, tuple[str, ...]]] = []
    last: dict[str, int] = {}
    for turn in turns:
        if turn[0] == "item":
            _, name, page, title = turn
            after, before = report(title, page, name), items.get(name)
            items[name] = after
            payloads.append(
                ReportSeen(report=after) if before is None else ReportChanged(report=after)
            )
            if before is not None:
                pages = {before.link, after.link}
                cited = tuple(sorted(e for e, where in cites.items() if where in pages))
                told.append((len(payloads), before.title, after.title, cited))
            continue
        name = turn[1]
        if turn[0] == "event":
            made = event(name, turn[2])
            known = name in cites
            payloads.append(
                EventCorrected(event=made, reason="x") if known else EventRecorded(event=made)
            )
            cites[name] = turn[2]
        else:
            payloads.append(EventRetracted(id=name, reason="x"))
            cites.pop(name, None)
        last[name] = len(payloads)
    found = edits(lines(*payloads))
    shown = [(one.position, one.before.title, one.after.title, one.cited_by) for one in found]
    assert shown == told
    for one in found:
        assert one.open_for == tuple(e for e in one.cited_by if last[e] < one.position)
