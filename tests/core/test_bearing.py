"""What is cited as the last entry that bears on something is the last: nothing after it matters."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.core.strategies import FIRST, SPAN_DAYS, days, histories
from tests.core.worlds import MEASURES, effect, event
from tracker.core.codec import encode
from tracker.core.compare import Side, compare
from tracker.core.entries import (
    EventCorrected,
    EventRecorded,
    EventRetracted,
    MeasureDefined,
    Payload,
    Report,
    ReportSeen,
)
from tracker.core.events import Event
from tracker.core.index import Index
from tracker.core.policy import Viewpoint, disputed_claims
from tracker.core.timeline import Selection, select_events
from tracker.core.weighing import bearing_of
from tracker.core.words import Kind
from tracker.core.world import Line, World, fold_lines

REPORT = ReportSeen(report=Report(source="s", identity="i", title="t", content_hash="0" * 64))


def lines_of(*payloads: Payload) -> list[Line]:
    return [
        Line(n, one.TYPE, one.SCHEMA, f"2026-01-01T00:00:{n:02}.000000Z", encode(one), f"{n:064}")
        for n, one in enumerate(payloads, start=1)
    ]


@st.composite
def ledgers(draw: st.DrawFn) -> list[Line]:
    """Events recorded in any order, some put right as another event reads, some taken out."""
    events = draw(st.permutations(draw(histories(6))))
    payloads: list[Payload] = [MeasureDefined(measure=measure) for measure in MEASURES]
    held: list[Event] = []
    for one in events:
        payloads.append(EventRecorded(event=one))
        held.append(one)
        turn = draw(st.integers(0, 5))
        if turn == 0:
            old, like = draw(st.sampled_from(held)), draw(st.sampled_from(events))
            mended = replace(like, id=old.id, withdraws=old.withdraws)
            payloads.append(EventCorrected(event=mended, reason="a slip"))
        elif turn == 1:
            gone = held.pop(draw(st.integers(0, len(held) - 1)))
            payloads.append(EventRetracted(id=gone.id, reason="never was"))
        elif turn == 2:
            payloads.append(REPORT)
        if not held:
            break
    return lines_of(*payloads)


def until(lines: list[Line], position: int) -> World:
    return fold_lines(lines[:position], known_until=FIRST + timedelta(days=20))


@settings(max_examples=120, deadline=None)
@given(ledgers(), st.lists(days, min_size=2, max_size=2, unique=True).map(sorted))
def test_no_later_entry_makes_a_day_or_a_comparison_read_otherwise(
    lines: list[Line], pair: list[date]
) -> None:
    start, end = pair
    bearing, whole = bearing_of(lines), until(lines, len(lines))
    mark = bearing.state(end, start)
    assert mark is not None
    then = until(lines, mark.position)
    told = []
    for world in (whole, then):
        index = Index(world)
        known = Viewpoint(on=end, announced_by=end)
        sides = [Side(world, Viewpoint(on=one), index) for one in (start, end)]
        found = compare(*sides, today=FIRST + timedelta(days=20), steps=True)
        told.append(
            (
                index.state(Viewpoint(on=end)),
                index.state(known),
                disputed_claims(world, Viewpoint(on=end)),
                found.changes,
                found.returned,
            )
        )
    assert told[0] == told[1]
    announced = bearing.day(end, start)
    assert announced is not None
    shown = [
        [event for event in world.events if event.announced == end]
        for world in (whole, until(lines, announced.position))
    ]
    assert shown[0] == shown[1]


def test_a_day_learned_late_rests_on_what_prolongs_it_afterwards() -> None:
    """Nothing was known on the first day: how long it lasts is told as known now."""
    place = "us.ieepa.border.ca/general"
    late = event("2025-01-02-late", effect(place, "in_force", "25", "2025-01-01", "2025-01-03"))
    longer = event("2025-01-03-longer", effect(place, "in_force", "25", "2025-01-03"))
    recorded = (EventRecorded(event=one) for one in (late, longer))
    lines = lines_of(*(MeasureDefined(measure=measure) for measure in MEASURES), *recorded)
    ends = {
        index.row(("us.ieepa.border.ca", "general"), on=FIRST).effective_until  # type: ignore[union-attr]
        for index in (Index(until(lines, len(lines))), Index(until(lines, len(lines) - 1)))
    }
    assert len(ends) == 2
    mark = bearing_of(lines).state(FIRST)
    assert mark is not None
    assert mark.position == len(lines)


@settings(max_examples=60, deadline=None)
@given(ledgers())
def test_no_later_entry_makes_a_measure_read_otherwise(lines: list[Line]) -> None:
    bearing, whole = bearing_of(lines), until(lines, len(lines))
    now = Index(whole)
    for measure in MEASURES:
        then = until(lines, bearing.measures[measure.key].position)
        index = Index(then)
        wanted = Selection(measure=measure.key)
        assert select_events(whole, wanted) == select_events(then, wanted)
        for provision in measure.provisions:
            place = (measure.key, provision.key)
            assert now.depths(place) == index.depths(place)
            for number in range(-1, SPAN_DAYS + 20):
                on = FIRST + timedelta(days=number)
                assert now.row(place, on=on) == index.row(place, on=on)


def test_an_event_has_all_its_entries_and_reports_bear_on_nothing() -> None:
    seen = Event(
        id="2025-01-02-x",
        kind=Kind.CALL,
        announced=FIRST,
        title=MEASURES[0].title,
        summary=MEASURES[0].title,
        sources=(),
    )
    lines = lines_of(
        REPORT, EventRecorded(event=seen), EventCorrected(event=seen, reason="x"), REPORT
    )
    bearing = bearing_of(lines)
    assert [mark.position for mark in bearing.events[seen.id]] == [2, 3]
    assert bearing.record is not None
    assert (bearing.record.position, bearing.record.hash) == (3, f"{3:064}")
    assert bearing_of([]).day(FIRST) is None
