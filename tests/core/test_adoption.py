"""A later index that took over an earlier one's answers gives those of the rule all the same."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.core.strategies import viewpoints, worlds
from tests.core.worlds import ORDER, PAUSE, border, day
from tracker.core.adoption import adopt
from tracker.core.index import Index
from tracker.core.policy import Viewpoint, state
from tracker.core.world import World, world_of


@given(
    worlds(),
    st.sets(st.integers(0, 7), min_size=1),
    st.lists(viewpoints(), min_size=1, max_size=6),
    st.booleans(),
)
def test_with_events_come_and_gone_every_answer_is_the_rules(
    later: World, gone: set[int], seen: list[Viewpoint], other_horizon: bool
) -> None:
    kept = [event for number, event in enumerate(later.events) if number not in gone]
    horizon = later.known_until
    if other_horizon:
        horizon = (horizon or date(2030, 1, 1)) + timedelta(days=1)
    earlier = world_of(kept, later.measures.values(), known_until=horizon)
    for before, after in ((earlier, later), (later, earlier)):
        former = Index(before)
        old = {at: former.state(at) for at in seen}
        index = Index(after)
        differing = adopt(index, former)
        for at in seen:
            assert index.state(at) == state(after, at)
            assert former.state(at) == old[at]
            for row, was in zip(index.state(at), old[at], strict=False):
                if row != was and row.place == was.place:
                    assert row.place in differing


def test_rows_of_provisions_that_hold_the_same_are_the_very_ones() -> None:
    world = border()
    former, index = Index(world), Index(border())
    rows = former.state(Viewpoint(on=day("2025-03-05")))
    assert adopt(index, former) == frozenset()
    again = index.state(Viewpoint(on=day("2025-03-05")))
    assert all(one is other for one, other in zip(rows, again, strict=True))


def test_a_provision_whose_events_are_others_is_named() -> None:
    former = Index(world_of((ORDER,), border().measures.values()))
    index = Index(world_of((ORDER, PAUSE), border().measures.values()))
    differing = adopt(index, former)
    assert {place for place in index.stacks if index.stacks[place].events[-1:] == [PAUSE]} <= (
        differing
    )
