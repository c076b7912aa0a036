"""Rectangles tile both clocks and say what the rule says, whatever the world."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.strategies import FIRST, SPAN_DAYS, worlds
from tests.core.worlds import CA, border, day, effect, event
from tracker.core.index import Index
from tracker.core.policy import ProvisionState, Viewpoint, state
from tracker.core.rectangles import EVER, Rectangle, rectangles
from tracker.core.words import Status
from tracker.core.world import World

every_day = st.integers(-3, 2 * SPAN_DAYS).map(lambda n: FIRST + timedelta(days=n))


def within(day: date, start: date, until: date | None) -> bool:
    return start <= day and (until is None or day < until)


def holding(found: Sequence[Rectangle], on: date, known: date | None) -> list[ProvisionState]:
    return [
        one.row
        for one in found
        if within(on, one.on_from, one.on_until)
        and (
            one.known_until is None
            if known is None
            else within(known, one.known_from, one.known_until)
        )
    ]


@settings(max_examples=60)
@given(worlds(), st.lists(st.tuples(every_day, st.none() | every_day), min_size=1, max_size=12))
def test_the_rectangle_a_viewpoint_lies_in_says_what_the_rule_says(
    world: World, seen: list[tuple[date, date | None]]
) -> None:
    index = Index(world)
    tiles = {place: rectangles(index, place) for place in index.places()}
    for on, known in [*seen, (date.min, None), (date.max, None), (date.max, date.max)]:
        expected = state(world, Viewpoint(on=on, announced_by=known))
        found = [row for tile in tiles.values() for row in holding(tile, on, known)]
        assert found == list(expected)


@settings(max_examples=60)
@given(worlds())
def test_rectangles_do_not_overlap_and_none_could_be_one_with_its_neighbour(world: World) -> None:
    index = Index(world)
    for place in index.places():
        found = rectangles(index, place)
        assert [(x.known_from, x.on_from) for x in found] == sorted(
            (x.known_from, x.on_from) for x in found
        )
        for one, other in combinations(found, 2):
            apart = not _meet(one, other)
            assert apart, (one, other)
            if one[:2] == other[:2]:
                assert one.row != other.row or not _touching(one[2:4], other[2:4])
            if one[2:4] == other[2:4]:
                assert one.row != other.row or not _touching(one[:2], other[:2])


def _touching(one: tuple[date, date | None], other: tuple[date, date | None]) -> bool:
    return one[1] == other[0] or other[1] == one[0]


def _meet(one: Rectangle, other: Rectangle) -> bool:
    return _cross(one[:2], other[:2]) and _cross(one[2:4], other[2:4])


def _cross(one: tuple[date, date | None], other: tuple[date, date | None]) -> bool:
    return (one[1] is None or other[0] < one[1]) and (other[1] is None or one[0] < other[1])


def test_what_a_later_day_knew_as_well_is_not_said_again() -> None:
    found = rectangles(Index(border()), (CA, "energy"))
    in_force = [
        one
        for one in found
        if one.row.status is Status.IN_FORCE and one.on_from == day("2025-03-04")
    ]
    assert {one.row.rate_pct for one in in_force} == {Decimal(10)}
    # Known since the pause of 3 February; the end the court set came a year later.
    first = in_force[0]
    assert (first.known_from, first.on_until) == (day("2025-02-03"), None)
    assert first.known_until == day("2025-03-04")  # on that day it was confirmed
    assert in_force[-1].known_until is None
    assert in_force[-1].on_until == day("2026-02-20")


def test_before_the_first_word_nothing_can_be_said() -> None:
    for one in rectangles(Index(border()), (CA, "general")):
        assert one.known_from >= day("2025-02-01")
        assert one.on_from >= day("2025-02-01")


def test_a_provision_nobody_spoke_of_has_none() -> None:
    assert rectangles(Index(border()), (CA, "unheard-of")) == ()


def test_an_edge_on_the_first_day_there_is_makes_no_empty_rectangle() -> None:
    ancient = event("2025-01-01-ancient", effect(f"{CA}/general", "in_force", "5", "0001-01-01"))
    found = rectangles(Index(border(ancient)), (CA, "general"))
    assert found[0].on_from == EVER
    assert all(one.on_until is None or one.on_from < one.on_until for one in found)
    assert all(one.known_until is None or one.known_from < one.known_until for one in found)
