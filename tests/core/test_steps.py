"""Every turn on the way between two viewpoints, in every world."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.core.plain import PlainRows
from tests.core.strategies import days, viewpoints, worlds
from tests.core.worlds import CA, RULING, STAY, border, day, effect, event
from tracker.core.compare import Comparison, compare, side_of
from tracker.core.diff import Change, alike, charged, diff, diff_viewpoints, mirrored
from tracker.core.entries import Head
from tracker.core.policy import Viewpoint, state
from tracker.core.steps import as_known, legs, steps_between
from tracker.core.words import Kind
from tracker.core.world import World

TODAY = day("2026-11-25")


def both(world: World, a: Viewpoint, b: Viewpoint, *, steps: bool = True) -> Comparison:
    start = side_of(world, a)
    return compare(start, side_of(world, b, start), today=TODAY, steps=steps)


def turns(change: Change) -> list[tuple[str, str]]:
    return [(step.day.isoformat(), str(step.change.kind)) for step in change.steps]


def test_the_way_of_canada_s_25_percent() -> None:
    found = both(border(), Viewpoint(on=day("2025-02-01")), Viewpoint(on=day("2025-03-08")))
    general = next(c for c in found.changes if c.subject.place == (CA, "general"))
    assert turns(general) == [
        ("2025-02-03", "pending"),
        ("2025-02-04", "status"),
        ("2025-03-04", "status"),
    ]
    assert not any(
        c.steps
        for c in both(border(), found.before.viewpoint, found.after.viewpoint, steps=False).changes
    )


def test_a_ruling_and_its_stay_go_there_and_back() -> None:
    world = border(RULING, STAY)
    found = both(world, Viewpoint(on=day("2025-05-27")), Viewpoint(on=day("2025-05-30")))
    assert [c.subject.place[1] for c in found.returned] == ["general", "energy", "potash", "usmca"]
    assert turns(found.returned[0]) == [("2025-05-28", "status"), ("2025-05-29", "status")]
    assert [str(step.change.label) for step in found.returned[0].steps] == ["voided", "law_changed"]
    assert {str(c.kind) for c in found.changes} == {"dates"}


def test_the_stay_is_the_cause_that_a_coming_ruling_is_gone() -> None:
    ruling = event(
        "2025-05-28-ruling",
        effect(f"{CA}/general", "invalidated", None, "2025-06-07"),
        kind=Kind.COURT_RULING,
    )
    world = border(ruling, STAY)
    found = both(world, Viewpoint(on=day("2025-05-27")), Viewpoint(on=day("2025-05-30")))
    assert found.changes == ()
    steps = found.returned[0].steps
    assert [step.change.events for step in steps] == [(ruling.id,), (STAY.id,)]
    back = both(world, Viewpoint(on=day("2025-05-29")), Viewpoint(on=day("2025-05-28")))
    assert back.changes[0].events == (STAY.id,)


def test_known_there_and_back_on_the_same_day() -> None:
    world = border(RULING, STAY)
    on = day("2025-06-08")
    found = both(
        world,
        Viewpoint(on=on, announced_by=day("2025-05-27")),
        Viewpoint(on=on, announced_by=day("2025-05-30")),
    )
    assert found.returned[0].subject.place[1] == "general"
    assert turns(found.returned[0])[0] == ("2025-05-28", "status")


@given(worlds(), viewpoints(), viewpoints())
def test_steps_lead_from_one_side_to_the_other(world: World, a: Viewpoint, b: Viewpoint) -> None:
    rows = PlainRows(world)
    for measure in world.measures.values():
        for provision in measure.provisions:
            place = (measure.key, provision.key)
            shown = rows.row(place, on=a.on, announced_by=a.announced_by)
            for step, leg in steps_between(rows, place, a, b):
                assert alike(step.change.before, shown)
                assert not alike(step.change.before, step.change.after)
                assert leg.day == step.day
                shown = step.change.after
            assert alike(shown, rows.row(place, on=b.on, announced_by=b.announced_by))


@given(worlds(), viewpoints(), viewpoints())
def test_a_comparison_says_what_the_plain_diff_says(
    world: World, a: Viewpoint, b: Viewpoint
) -> None:
    found = both(world, a, b)
    plain = diff_viewpoints(world, a, b)
    assert [(c.kind, c.before, c.after) for c in found.changes] == [
        (c.kind, c.before, c.after) for c in plain
    ]
    for change in found.changes:
        assert change.label is not None
        assert all(step.change.label is not None for step in change.steps)
        assert alike(change.steps[0].change.before, change.before)
        assert alike(change.steps[-1].change.after, change.after)
    for change in found.returned:
        assert charged(change.before) == charged(change.after)
        assert change.steps
        assert change.events


@given(worlds(), viewpoints(), viewpoints())
def test_a_comparison_read_backwards_is_its_mirror(
    world: World, a: Viewpoint, b: Viewpoint
) -> None:
    there, back = both(world, a, b), both(world, b, a)
    assert sorted(map(mirrored, there.changes), key=_place) == sorted(back.changes, key=_place)
    assert sorted(map(mirrored, there.returned), key=_place) == sorted(back.returned, key=_place)
    assert not (there.swapped and back.swapped)


def _place(change: Change) -> tuple[str, str]:
    return change.subject.place


@given(worlds(), worlds(), viewpoints(), viewpoints())
def test_two_ledgers_are_compared_like_two_states(
    old: World, new: World, a: Viewpoint, b: Viewpoint
) -> None:
    old, new = replace(old, head=Head(position=1)), replace(new, head=Head(position=2))
    found = compare(side_of(old, a), side_of(new, b), today=TODAY, steps=True)
    plain = diff(state(old, a), state(new, b))
    assert [(c.kind, c.before, c.after) for c in found.changes] == [
        (c.kind, c.before, c.after) for c in plain
    ]
    for change in found.changes:
        assert change.label is not None
        shown = change.before
        for step in change.steps:
            assert alike(step.change.before, shown)
            shown = step.change.after
        assert alike(shown, change.after)


@given(worlds(), viewpoints())
def test_no_way_no_steps(world: World, a: Viewpoint) -> None:
    found = both(world, a, a)
    assert (found.changes, found.returned, found.swapped) == ((), (), False)


@given(days, days, days, st.lists(days, unique=True).map(sorted))
def test_legs_join_and_cross_every_edge_once(
    a: date, b: date, known: date, edges: list[date]
) -> None:
    for start, end in (
        (Viewpoint(on=a), Viewpoint(on=b)),
        (Viewpoint(on=a, announced_by=known), Viewpoint(on=b)),
        (Viewpoint(on=a, announced_by=a), Viewpoint(on=b, announced_by=b)),
    ):
        here = start
        crossed: list[date] = []
        for leg in legs(tuple(edges), start, end):
            assert leg.start == here or leg.start.announced_by == end.announced_by
            here = leg.end
            crossed.append(leg.day)
        on = [edge for edge in edges if min(a, b) < edge <= max(a, b)]
        assert sorted(crossed)[-len(on) :] == sorted(crossed) if as_known(start, end) else True
        assert set(on) <= set(crossed)
