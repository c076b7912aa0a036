"""Of which days an answer can speak, and what is left out of it."""

from __future__ import annotations

from tests.core.worlds import CA, MEASURES, border, day, effect, event
from tracker.core.compare import compare, side_of
from tracker.core.coverage import coverage_of, coverage_of_both, strays
from tracker.core.policy import Viewpoint, state
from tracker.core.world import World, world_of
from tracker.telling.language import language
from tracker.telling.notes import coverage_notes, diff_notes, stray_note

TODAY = day("2026-11-25")
EN = language("en")


def test_coverage_begins_with_the_first_event_and_ends_with_what_is_known() -> None:
    whole = coverage_of(border(), today=TODAY)
    assert (whole.first, whole.known_until) == (day("2025-02-01"), TODAY)
    cut = coverage_of(border(), today=TODAY, announced_by=day("2025-03-05"))
    assert cut.known_until == day("2025-03-05")
    assert coverage_of(border(), today=TODAY, announced_by=day("2030-01-01")).known_until == TODAY
    assert coverage_of(World(), today=TODAY).first is None


def test_what_stood_long_before_begins_no_coverage() -> None:
    old = event("2019-05-19-old", effect(f"{CA}/general", "in_force", "0", "2019-05-20"))
    world = border(old)
    assert coverage_of(world, today=TODAY).first == day("2025-02-01")
    assert state(world, Viewpoint(on=day("2019-06-01")))[0].events == ("2019-05-19-old",)
    assert coverage_of(world_of((old,), MEASURES), today=TODAY).first == day("2019-05-19")


def test_a_comparison_covers_what_its_later_side_knows() -> None:
    start = side_of(border(), Viewpoint(on=day("2025-03-01"), announced_by=day("2025-02-02")))
    end = side_of(border(), Viewpoint(on=day("2025-03-01"), announced_by=day("2025-03-05")), start)
    found = compare(start, end, today=TODAY)
    assert coverage_of_both(found, today=TODAY).known_until == day("2025-03-05")


def test_events_that_speak_of_nothing_defined_are_left_out_and_told() -> None:
    odd = tuple(
        event(f"2025-03-0{n}-odd", effect(place, "in_force", "99", "2025-03-01"))
        for n, place in enumerate(("us.nowhere/general", f"{CA}/nothing"), start=1)
    )
    world = border(*odd)
    assert strays(world) == ("2025-03-01-odd", "2025-03-02-odd")
    seen = Viewpoint(on=day("2025-03-10"))
    assert state(world, seen) == state(border(), seen)
    (note,) = stray_note(EN, world)
    assert note.startswith("2 events speak of measures that are not defined and are left out: ")
    assert note.endswith("2025-03-01-odd, 2025-03-02-odd.")
    one = world_of(odd[:1], MEASURES)
    assert [*stray_note(EN, one)] == [
        "1 event speaks of a measure that is not defined and is left out: 2025-03-01-odd."
    ]
    assert [*stray_note(EN, border())] == []
    side = side_of(world, seen)
    assert any(
        "left out" in note for note in diff_notes(EN, compare(side, side, today=TODAY), today=TODAY)
    )


def test_many_strays_are_counted_and_a_few_named() -> None:
    odd = [
        event(f"2025-03-0{n}-odd", effect("us.no/x", "paused", None, "2025-03-01"))
        for n in range(1, 7)
    ]
    (note,) = stray_note(EN, border(*odd))
    assert note.startswith("6 events")
    assert note.endswith("2025-03-03-odd, ….")


def test_days_inside_what_is_covered_need_no_note() -> None:
    coverage = coverage_of(border(), today=TODAY)
    seen = [Viewpoint(on=day("2025-03-10"), announced_by=day("2025-03-05"))]
    assert [*coverage_notes(EN, coverage, seen, today=TODAY)] == []
