"""What holds of state and diff in every world, however its events lie."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.core.strategies import FIRST, effects, histories, viewpoints, worlds
from tests.core.worlds import MEASURES, SOURCE, event
from tracker.core.course import course_of
from tracker.core.diff import apply, diff, diff_viewpoints, mirrored
from tracker.core.events import Event, Text
from tracker.core.layers import held_back, layers_by_provision, paint
from tracker.core.policy import ProvisionState, Viewpoint, state
from tracker.core.timeline import change_dates
from tracker.core.words import PLANNED, Kind, Status
from tracker.core.world import World, world_of


def looks(rows: tuple[ProvisionState, ...]) -> list[object]:
    """Rows as a reader can tell them apart: without the events they rest on."""
    return [
        replace(
            row,
            events=(),
            doubts=(),
            pending=tuple(replace(turn, event="") for turn in row.pending),
            alternatives=tuple(replace(other, event="") for other in row.alternatives),
        )
        for row in sorted(rows, key=lambda row: row.place)
    ]


@given(worlds(), viewpoints())
def test_nothing_differs_from_itself(world: World, seen: Viewpoint) -> None:
    assert diff_viewpoints(world, seen, seen) == ()


@given(worlds(), viewpoints(), viewpoints())
def test_the_way_back_mirrors_the_way_there(world: World, a: Viewpoint, b: Viewpoint) -> None:
    there, back = diff_viewpoints(world, a, b), diff_viewpoints(world, b, a)
    by_place = {change.subject.place: change for change in back}
    assert len(by_place) == len(there)
    for change in there:
        assert mirrored(change) == by_place[change.subject.place]


@given(worlds(), viewpoints(), viewpoints())
def test_applying_a_diff_gives_the_other_state(world: World, a: Viewpoint, b: Viewpoint) -> None:
    before, after = state(world, a), state(world, b)
    assert looks(apply(diff(before, after), before)) == looks(after)


@given(worlds(), viewpoints(), viewpoints())
def test_every_change_and_every_state_names_events_of_the_world(
    world: World, a: Viewpoint, b: Viewpoint
) -> None:
    ids = {e.id for e in world.events}
    for change in diff_viewpoints(world, a, b):
        assert change.events
        assert set(change.events) <= ids
    for row in state(world, a):
        assert row.events
        assert set(row.events) <= ids


@given(histories(), viewpoints(), st.lists(effects(), max_size=3), st.integers(1, 5), st.data())
def test_what_is_announced_later_never_changes_what_was_seen(
    history: tuple[Event, ...],
    seen: Viewpoint,
    new: list[object],
    later: int,
    data: st.DataObject,
) -> None:
    known = seen.announced_by or seen.on
    at = Viewpoint(on=seen.on, announced_by=known)
    ids = [e.id for e in history]
    taken = data.draw(st.lists(st.sampled_from(ids), unique=True)) if ids else []
    announced = known + timedelta(days=later)
    late = Event(
        id=f"{announced}-late",
        kind=Kind.STATEMENT,
        announced=announced,
        title=Text(en="late"),
        summary=Text(en=""),
        sources=(SOURCE,),
        effects=tuple(new),  # type: ignore[arg-type]  # drawn as effects
        withdraws=event("2025-01-01-x", withdraws=tuple(taken)).withdraws,
        confirms=tuple(taken),
    )
    before = state(world_of(history, MEASURES), at)
    assert state(world_of((*history, late), MEASURES), at) == before


@given(worlds(), viewpoints())
def test_plans_never_enter_into_force_by_themselves(world: World, seen: Viewpoint) -> None:
    planned = {e.id for e in world.events if e.effects} - {
        e.id for e in world.events if any(f.status not in PLANNED for f in e.effects)
    }
    for row in state(world, seen):
        if row.status in {Status.IN_FORCE, Status.PAUSED}:
            assert not set(row.events) <= planned


@given(worlds(), viewpoints())
def test_pending_lies_ahead_in_order_and_was_known_on_the_day(
    world: World, seen: Viewpoint
) -> None:
    announced = {e.id: e.announced for e in world.events}
    for row in state(world, seen):
        assert [t.by for t in row.pending] == sorted(t.by for t in row.pending)
        for turn in row.pending:
            assert announced[turn.event] <= seen.on
            # Of a day that is not known as one nothing is said as if it were.
            assert turn.effective_from is None or turn.when is None
            if turn.status not in PLANNED:
                assert turn.effective_from is not None or turn.when is not None
                assert turn.by > seen.on


@given(worlds(), viewpoints())
def test_the_day_asked_about_lies_in_the_days_a_state_claims(world: World, seen: Viewpoint) -> None:
    for row in state(world, seen):
        if row.effective_from is not None:
            assert row.effective_from <= seen.on
        if row.effective_until is not None:
            assert row.effective_until > seen.on


@given(histories())
def test_a_course_agrees_with_painting_each_day(history: tuple[Event, ...]) -> None:
    ordered = world_of(history, MEASURES).events
    for layers in layers_by_provision(ordered).values():
        course = course_of(layers)
        starts = [span.start for span in course]
        assert starts == sorted(set(starts))
        for number in range(-2, 90):
            on = FIRST + timedelta(days=number)
            at = course.at(on)
            span = course.span(at) if at >= 0 else None
            top = span.top if span else None
            assert next(iter(paint(layers, on)), None) is top is course.top(on)
            if span is not None and top is not None:
                assert span.start <= on
                assert span.until is None or on < span.until
                assert held_back(layers, on) is span.speaking


@given(histories(), st.data())
def test_laying_more_over_a_course_equals_laying_all(
    history: tuple[Event, ...], data: st.DataObject
) -> None:
    for layers in layers_by_provision(world_of(history, MEASURES).events).values():
        cut = data.draw(st.integers(0, len(layers)))
        assert list(course_of(layers[:cut]).over(layers[cut:])) == list(course_of(layers))


@given(worlds())
def test_status_and_rate_only_change_on_change_dates(world: World) -> None:
    turning = set(change_dates(world))
    day = min((e.announced for e in world.events), default=None)
    if day is None:
        return

    def charged(on: object) -> dict[object, object]:
        rows = state(world, Viewpoint(on=on))  # type: ignore[arg-type]  # a date, below
        return {
            row.place: (row.status, row.rate_pct, row.basis, row.scope)
            for row in rows
            if row.status in {Status.IN_FORCE, Status.PAUSED, Status.INVALIDATED}
        }

    for _ in range(60):
        following = day + timedelta(days=1)
        if following not in turning:
            assert charged(day) == charged(following)
        day = following
