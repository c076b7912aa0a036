"""Steps: every turn of one provision on the way from one viewpoint to another.

Pure. Owns the order in which the clocks are walked within one ledger: the
knowledge first, on the day one starts from, then the days; together where each
day is taken as it was known on it. It is handed something that answers for a
provision and knows its edges, and asks it for nothing but those.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

from tracker.core.diff import Step, change_of
from tracker.core.policy import ProvisionState, Viewpoint

__all__ = ["Leg", "Place", "Rows", "as_known", "legs", "steps_between"]

Place = tuple[str, str]
"""Measure key and provision key."""


class Rows(Protocol):
    """What answers for provisions: `index.Index`, or anything that agrees with it."""

    def row(
        self, place: Place, *, on: date, announced_by: date | None = None
    ) -> ProvisionState | None:
        """The provision's state, None where nothing is said."""
        ...

    def edges(self, place: Place) -> tuple[date, ...]:
        """Every day of either clock at which the row can change, in order."""
        ...

    def between(self, one: Viewpoint, other: Viewpoint) -> Iterable[Place]:
        """The places whose rows at two viewpoints can differ, in order of definition."""
        ...


@dataclass(frozen=True, slots=True)
class Leg:
    """A part of the way: the viewpoint before a turn, the one after it, and the day it shows."""

    day: date
    start: Viewpoint
    end: Viewpoint


def as_known(before: Viewpoint, after: Viewpoint) -> bool:
    """Whether both viewpoints take their day as it was known on that day."""
    return before.announced_by == before.on and after.announced_by == after.on


def _crossed(edges: tuple[date, ...], start: date, end: date) -> tuple[date, ...]:
    """The edges crossed between two days, in the order in which they are."""
    low, high = min(start, end), max(start, end)
    found = edges[bisect_right(edges, low) : bisect_right(edges, high)]
    return found if start <= end else found[::-1]


def _stops(edges: tuple[date, ...], start: date, end: date) -> Iterator[tuple[date, date]]:
    """For each edge crossed: the edge, and the day one stands on after crossing it."""
    for edge in _crossed(edges, start, end):
        yield (edge, edge) if start <= end else (edge, edge - timedelta(days=1))


def legs(edges: tuple[date, ...], before: Viewpoint, after: Viewpoint) -> Iterator[Leg]:
    """The legs of the way between two viewpoints on one ledger, each over one edge.

    A row can only change from the start of a leg to its end.
    """
    here = before
    if as_known(before, after):
        for day, stop in _stops(edges, before.on, after.on):
            there = replace(here, on=stop, announced_by=stop)
            yield Leg(day, here, there)
            here = there
        return
    known = (before.announced_by or date.max, after.announced_by or date.max)
    for day, stop in _stops(edges, *known):
        there = replace(here, announced_by=stop)
        yield Leg(day, here, there)
        here = there
    here = replace(here, announced_by=after.announced_by)
    for day, stop in _stops(edges, before.on, after.on):
        there = replace(here, on=stop)
        yield Leg(day, here, there)
        here = there


def steps_between(
    rows: Rows, place: Place, before: Viewpoint, after: Viewpoint
) -> tuple[tuple[Step, Leg], ...]:
    """Every turn of a provision on the way, in order, each with the leg on which it came.

    Applied one after the other to the reading at `before` they give that at
    `after`; no step is empty. Of `recorded_by` nothing is made here.
    """
    found: list[tuple[Step, Leg]] = []
    shown = rows.row(place, on=before.on, announced_by=before.announced_by)
    for leg in legs(rows.edges(place), before, after):
        row = rows.row(place, on=leg.end.on, announced_by=leg.end.announced_by)
        change = change_of(shown, row)
        if change is not None:
            found.append((Step(leg.day, change), leg))
            shown = row
    return tuple(found)
