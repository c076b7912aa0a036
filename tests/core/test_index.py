"""The index gives the answers of the rule, from every viewpoint, whatever the world."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.core.strategies import FIRST, SPAN_DAYS, viewpoints, worlds
from tests.core.worlds import CA, EXEMPTION, ORDER, RULING, STAY, border, day, event
from tracker.core.index import Index
from tracker.core.policy import Viewpoint, state
from tracker.core.words import Status
from tracker.core.world import World

every_day = st.integers(-2, 2 * SPAN_DAYS).map(lambda n: FIRST + timedelta(days=n))


@given(worlds(), st.lists(viewpoints(), min_size=1, max_size=8))
def test_the_index_answers_as_the_rule_does(world: World, seen: list[Viewpoint]) -> None:
    index = Index(world)
    for at in (*seen, *seen):  # the second time from what it kept
        expected = state(world, at)
        assert index.state(at) == expected
        by_place = {row.place: row for row in expected}
        for place in index.places():
            found = index.row(place, on=at.on, announced_by=at.announced_by)
            assert found == by_place.get(place)


@given(worlds(), every_day, every_day, st.none() | every_day, st.none() | every_day)
def test_what_two_viewpoints_differ_in_lies_between_them(
    world: World, one: date, other: date, known: date | None, later: date | None
) -> None:
    a, b = Viewpoint(on=one, announced_by=known), Viewpoint(on=other, announced_by=later)
    index = Index(world)
    before, after = ({row.place: row for row in index.state(seen)} for seen in (a, b))
    differing = {p for p in {*before, *after} if before.get(p) != after.get(p)}
    assert differing <= set(index.between(a, b))


@given(worlds(), every_day)
def test_what_is_in_force_is_what_the_state_says_is(world: World, on: date) -> None:
    index = Index(world)
    found = index.in_force(on)
    rows = [row for row in state(world, Viewpoint(on=on)) if row.status is Status.IN_FORCE]
    assert [standing.place for standing in found] == [row.place for row in rows]
    assert [standing.layer.effect.rate_pct for standing in found] == [r.rate_pct for r in rows]


def test_edges_are_the_days_on_which_an_answer_can_change() -> None:
    edges = Index(border(RULING, STAY)).edges((CA, "usmca"))
    for turning in ("2025-02-01", "2025-02-03", "2025-02-04", "2025-03-04", "2025-03-06"):
        assert day(turning) in edges
    assert day("2025-05-28") in edges
    assert day("2025-05-29") in edges
    assert day("2025-07-31") not in edges  # the rise was another provision's


def test_a_provision_nobody_spoke_of_has_no_answer() -> None:
    index = Index(border())
    assert index.row((CA, "general"), on=day("2025-01-01")) is None
    assert index.row((CA, "unheard-of"), on=day("2025-03-04")) is None
    assert index.edges((CA, "unheard-of")) == ()


def test_a_stay_of_a_stay_reaches_the_same_provisions() -> None:
    lifted = event("2025-06-10-lifted", withdraws=(STAY.id,))
    world = border(RULING, STAY, lifted)
    index = Index(world)
    for on in ("2025-05-28", "2025-05-29", "2025-06-09", "2025-06-10"):
        for known in (None, day("2025-05-29"), day("2025-06-10")):
            seen = Viewpoint(on=day(on), announced_by=known)
            assert index.state(seen) == state(world, seen)


def test_a_week_touches_only_what_turned_in_it() -> None:
    index = Index(border())
    assert set(index.touched(day("2025-03-05"), day("2025-03-07"))) == {
        (effect.measure, effect.provision) for effect in EXEMPTION.effects
    }
    assert set(index.touched(day("2025-02-01"), day("2025-02-04"))) == {
        (effect.measure, effect.provision) for effect in ORDER.effects
    }
