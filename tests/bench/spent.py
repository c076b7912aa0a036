"""What work costs: on the clock, and of processor time in all processes that take part.

A busy machine stretches the one and not the other.
"""

from __future__ import annotations

import resource
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

from tests.bench.timing import Result

__all__ = ["Spent", "middle", "pace", "spent", "times"]


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds on the clock, and of processor time in all processes."""

    wall: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.wall:.2f} s ({self.cpu:.2f} s of CPU)"


def spent(work: Callable[[], object]) -> Spent:
    """What the work costs, in this process and in those it starts and waits for."""

    def used() -> float:
        whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        return sum(one.ru_utime + one.ru_stime for one in map(resource.getrusage, whose))

    before, start = used(), perf_counter()
    work()
    return Spent(perf_counter() - start, used() - before)


def middle(found: Iterable[Spent]) -> Spent:
    """The median of each of the two."""
    held = tuple(found)
    return Spent(median(one.wall for one in held), median(one.cpu for one in held))


def pace(pages: int, of: Spent) -> str:
    """So many pages a second, on the clock and of processor time."""
    return f"{pages / of.wall:,.0f} pages/s ({pages / of.cpu:,.0f} a second of CPU)"


def times(what: str, other: Spent, ours: Spent, limit: float) -> Result:
    """How many times as long another takes; the clock decides whether the limit holds."""
    ratio = other.wall / ours.wall
    figure = f"{ratio:.1f} ({other.cpu / ours.cpu:.1f} by CPU)"
    return Result(what=what, figure=figure, limit=f">= {limit:g}", holds=ratio >= limit)
