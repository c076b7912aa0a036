"""Rectangles: every answer of a provision, each with the days of both clocks on which it holds.

Owns how the answers of one provision tile the plane of two clocks, the day
asked about and the day by which it was known. Pure: it walks an index and
knows nothing of where rectangles are kept. What is said in `rectangles` is what
`policy.state` says at any viewpoint inside, so whoever keeps them need not know
the rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple, Protocol

from tracker.core.rows import ProvisionState

__all__ = ["EVER", "Grid", "Place", "Rectangle", "rectangles"]

Place = tuple[str, str]
"""Measure key and provision key."""

EVER = date.min
"""Where a rectangle begins that has no beginning."""


class Grid(Protocol):
    """What is asked for rows: `index.Index`."""

    def edges(self, place: Place) -> tuple[date, ...]:
        """The days at which an answer can change, by the day asked or by what is known."""
        ...

    def depths(self, place: Place) -> tuple[date, ...]:
        """Those of the edges at which it can change by what is known."""
        ...

    def row(
        self, place: Place, *, on: date, announced_by: date | None = None
    ) -> ProvisionState | None:
        """The answer at a viewpoint."""
        ...


class Rectangle(NamedTuple):
    """One answer and the half-open days of both clocks on which it is given.

    It holds for `known_from <= announced_by < known_until` and
    `on_from <= on < on_until`. `known_until=None`: it is what is still known,
    and the answer to `announced_by=None`. `on_until=None`: open.
    """

    known_from: date
    known_until: date | None
    on_from: date
    on_until: date | None
    row: ProvisionState


_Days = tuple[date, date | None]
_Column = dict[_Days, tuple[date, ProvisionState]]


def rectangles(grid: Grid, place: Place) -> tuple[Rectangle, ...]:
    """All answers of one provision, in order of knowledge, then of days.

    They do not overlap; where none lies nothing can be said. Neighbouring days
    with the same answer are one; what a later day knew as well is not repeated.
    """
    found: list[Rectangle] = []
    days = _from_ever(grid.edges(place))
    standing: _Column = {}
    for known in _from_ever(grid.depths(place)):
        column: _Column = {}
        for span, row in _column(grid, place, days, known):
            before = standing.get(span)
            if before is not None and before[1] == row:
                column[span] = before
                del standing[span]
            else:
                column[span] = (known, row)
        found.extend(_closed(standing, known))
        standing = column
    found.extend(_closed(standing, None))
    return tuple(sorted(found, key=lambda one: (one.known_from, one.on_from)))


def _from_ever(days: tuple[date, ...]) -> tuple[date, ...]:
    return days if days and days[0] == EVER else (EVER, *days)


def _column(
    grid: Grid, place: Place, days: tuple[date, ...], known: date
) -> Iterator[tuple[_Days, ProvisionState]]:
    """The answers with what was known by a day, neighbours that say the same made one."""
    start, standing = EVER, None
    for day in days:
        row = grid.row(place, on=day, announced_by=known)
        if row != standing:
            if standing is not None:
                yield (start, day), standing
            start, standing = day, row
    if standing is not None:
        yield (start, None), standing


def _closed(standing: _Column, known_until: date | None) -> Iterator[Rectangle]:
    for (on_from, on_until), (known_from, row) in standing.items():
        yield Rectangle(known_from, known_until, on_from, on_until, row)
