"""What lies ahead of a day: dated in order, undated apart, cancelled left out."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from tests.core.strategies import days, worlds
from tests.core.worlds import CA, MEASURES, MX, ORDER, PAUSE, border, day, effect, event
from tracker.core.events import Deadline, Event, Text, When
from tracker.core.filters import Wanted
from tracker.core.index import Index
from tracker.core.policy import Viewpoint, state
from tracker.core.upcoming import Ahead, AheadKind, upcoming
from tracker.core.words import DeadlineKind
from tracker.core.world import World, world_of


def with_deadline(event_id: str, key: str, on: str | None = None, **more: object) -> Event:
    deadline = Deadline(
        key=key,
        kind=DeadlineKind.HEARING,
        title=Text(en=key),
        day=None if on is None else day(on),
        **more,  # type: ignore[arg-type]  # the fields of a deadline
    )
    return msgspec.structs.replace(event(event_id), deadlines=(deadline,))


def told(found: tuple[Ahead, ...]) -> list[tuple[str, str, str]]:
    return [
        (
            str(one.day),
            str(one.kind),
            one.deadline.key if one.deadline else one.row.provision if one.row else "",
        )
        for one in found
    ]


@given(worlds(), days, st.integers(0, 60), st.none() | days)
def test_every_pending_turn_of_the_window_is_told_once_and_in_order(
    world: World, on: date, ahead: int, known: date | None
) -> None:
    found = upcoming(Index(world), on, ahead, known)
    assert (found.day, found.until) == (on, on + timedelta(days=ahead))
    shown = [one.day for one in found.dated]
    assert shown == sorted(x for x in shown if x is not None)
    by = min(on, known or on)
    rows = state(world, Viewpoint(on=on, announced_by=by))
    pending = [turn for row in rows for turn in row.pending]
    dated = [t for t in pending if t.effective_from and on <= t.effective_from <= found.until]
    assert len(found.dated) == len(dated)
    assert all(one.day is None for one in found.undated)
    announced = {e.id: e.announced for e in world.events}
    assert all(announced[one.event] <= by for one in (*found.dated, *found.undated))


def test_starts_pauses_and_resumptions_are_told_apart() -> None:
    world = world_of((ORDER, PAUSE), MEASURES)
    assert told(upcoming(Index(world), day("2025-02-01"), 30).dated) == [
        ("2025-02-04", "start", "general"),
        ("2025-02-04", "start", "energy"),
        ("2025-02-04", "start", "usmca"),
    ]
    assert told(upcoming(Index(world), day("2025-02-03"), 30).dated)[0] == (
        "2025-02-04",
        "pause",
        "general",
    )
    assert told(upcoming(Index(world), day("2025-02-04"), 30).dated)[0] == (
        "2025-03-04",
        "resumption",
        "general",
    )
    assert upcoming(Index(world), day("2025-02-04"), 27).dated == ()


def test_a_rate_step_a_threat_a_plan_and_an_end_are_told_apart() -> None:
    world = world_of(
        (
            ORDER,
            event(
                "2025-02-10-more",
                effect(f"{CA}/general", "in_force", "30", "2025-03-01"),
                effect(f"{CA}/energy", "threatened", "20", "2025-03-02"),
                effect(f"{CA}/potash", "announced", "20", "2025-03-03"),
                effect(f"{CA}/usmca", "expired", None, "2025-03-04"),
            ),
        ),
        MEASURES,
    )
    assert told(upcoming(Index(world), day("2025-02-15"), 30).dated) == [
        ("2025-03-01", "change", "general"),
        ("2025-03-02", "threat", "energy"),
        ("2025-03-03", "plan", "potash"),
        ("2025-03-04", "end", "usmca"),
    ]


def test_the_last_word_on_a_deadline_counts() -> None:
    world = world_of(
        (
            with_deadline("2025-02-01-set", "hearing", "2025-02-20"),
            with_deadline("2025-02-05-moved", "hearing", "2025-02-25"),
            with_deadline("2025-02-08-off", "hearing", cancelled=True),
        ),
        MEASURES,
    )
    first = upcoming(Index(world), day("2025-02-01"), 30).dated
    assert [(str(one.day), one.moved_from) for one in first] == [("2025-02-20", None)]
    moved = upcoming(Index(world), day("2025-02-06"), 30).dated
    assert [(str(one.day), str(one.moved_from)) for one in moved] == [("2025-02-25", "2025-02-20")]
    assert upcoming(Index(world), day("2025-02-08"), 30).dated == ()
    assert upcoming(Index(world), day("2025-02-08"), 30, day("2025-02-05")).dated == moved


def test_what_has_no_day_is_listed_apart_unless_it_cannot_fall_into_the_window() -> None:
    def when(key: str, **more: object) -> Event:
        return with_deadline("2025-02-01-set-" + key, key, when=When(**more))  # type: ignore[arg-type]  # the fields of When

    world = world_of(
        (
            when("condition", condition="if no deal is reached"),
            when("later", earliest=day("2025-06-01")),
            when("over", latest=day("2025-02-09")),
            when("overlaps", earliest=day("2025-03-01"), latest=day("2025-08-01")),
            when("unknown"),
        ),
        MEASURES,
    )
    found = upcoming(Index(world), day("2025-02-10"), 30)
    assert found.dated == ()
    assert [one.deadline.key for one in found.undated if one.deadline] == [
        "condition",
        "overlaps",
        "unknown",
    ]


def test_a_turn_whose_day_is_not_known_is_never_dated() -> None:
    someday = event("2025-02-05-someday", effect(f"{CA}/potash", "threatened", "20"))
    ranged = event(
        "2025-02-06-ranged",
        effect(
            f"{CA}/general",
            "in_force",
            "30",
            starts=When(earliest=day("2025-03-01"), latest=day("2025-03-10")),
        ),
    )
    found = upcoming(Index(world_of((someday, ranged), MEASURES)), day("2025-02-10"), 60)
    assert found.dated == ()
    assert {(one.kind, one.row.provision) for one in found.undated if one.row} == {
        (AheadKind.THREAT, "potash"),
        (AheadKind.START, "general"),
    }


def test_a_filter_narrows_turns_by_provision_and_deadlines_by_measure() -> None:
    world = world_of(
        (
            ORDER,
            event("2025-02-02-mx", effect(f"{MX}/general", "in_force", "25", "2025-02-10")),
            with_deadline("2025-02-01-review", "review", "2025-02-15"),
            with_deadline("2025-02-01-hearing", "hearing", "2025-02-16", measures=(MX,)),
        ),
        MEASURES,
    )

    def days_of(**wanted: str) -> list[str]:
        found = upcoming(Index(world), day("2025-02-03"), 30, wanted=Wanted(**wanted))  # type: ignore[arg-type]  # names of filters
        return [told[0] for told in told_sorted(found.dated)]

    def told_sorted(found: tuple[Ahead, ...]) -> list[tuple[str, str, str]]:
        return sorted(set(told(found)))

    assert days_of(target="MX") == ["2025-02-10", "2025-02-16"]
    assert days_of(measure=MX) == ["2025-02-10", "2025-02-16"]
    assert days_of(measure=CA) == ["2025-02-04"] * 3
    assert days_of(imposer="CA") == []
    assert len(days_of()) == 6


def test_the_window_ends_with_the_calendar() -> None:
    found = upcoming(Index(border()), date(9999, 12, 1), 90)
    assert (found.until, found.dated) == (date.max, ())
    assert upcoming(Index(border()), date.min, 90).dated == ()
