"""Diff of two days from a warm index: cost by the number of changes and by the size of the world.

For each size of world, spans of a day, a week, a month and a year are compared
at places over its history, everything known on both sides. The curve shows
both: down a size the changes grow, and from size to size those of a week do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from statistics import mean, median
from time import perf_counter_ns

from tests.bench.asked import days
from tests.bench.prose import seeded
from tests.bench.subject import index_of, warm
from tests.bench.timing import Result, apart, arguments, percentile, show
from tests.bench.worlds import LAST, synthetic
from tracker.core.compare import Side, compare
from tracker.core.diff import Change, change_of
from tracker.core.index import Index
from tracker.core.policy import Viewpoint

__all__ = ["TITLE", "run"]

TITLE = "Diff of two days"
_LIMIT_MS = 5.0
_WEEK = 7
_SPANS = (1, _WEEK, 30, 365)
_AGAIN = ", asked again"
_NAMES = {1: "a day", _WEEK: "a week", 30: "a month", 365: "a year"}


@dataclass(frozen=True, slots=True)
class Timed:
    """Milliseconds and changes of the comparisons of one span."""

    span: int
    times: tuple[float, ...]
    changes: tuple[int, ...]


def net(index: Index, start: date, end: date) -> Sequence[Change]:
    """What changed between two days, all that is known counted on both."""
    before, after = Viewpoint(on=start), Viewpoint(on=end)
    found = (change_of(one, other) for one, other in index.differing(before, after))
    return [change for change in found if change is not None]


def told(index: Index, start: date, end: date) -> Sequence[Change]:
    """The same with a label on each change and what came back, as `tracker diff` shows it."""
    before = Side(index.world, Viewpoint(on=start), index)
    after = Side(index.world, Viewpoint(on=end), index)
    return compare(before, after, today=LAST).changes


def run(events: int, *, rounds: int = 30) -> list[Result]:
    """Measure a world of `events` events, `rounds` comparisons of each span, in its own process."""
    return apart(measured, events, rounds)


def measured(events: int, rounds: int) -> list[Result]:
    """As `run`, in this process."""
    world = synthetic(events)
    index = index_of(world)
    warm(index)
    plain, labelled = partial(net, index), partial(told, index)
    found = []
    for span in _SPANS:
        drawn = days(seeded(f"{span}"), rounds)
        found.append(_told(_timed(plain, span, drawn), events))
        if span == _WEEK:
            found.append(_told(_timed(plain, span, drawn), events, also=_AGAIN))
            other = days(seeded(f"labelled {span}"), rounds)
            found.append(_told(_timed(labelled, span, other), events, also=", labelled"))
            again = _timed(labelled, span, other)
            found.append(_told(again, events, also=", labelled, asked again"))
    return found


def _timed(
    ask: Callable[[date, date], Sequence[Change]], span: int, starts: Sequence[date]
) -> Timed:
    times, changes = [], []
    for start in starts:
        end = min(start + timedelta(days=span), LAST)
        begun = perf_counter_ns()
        found = ask(start, end)
        times.append((perf_counter_ns() - begun) / 1e6)
        changes.append(len(found))
    return Timed(span, tuple(times), tuple(changes))


def _told(timed: Timed, events: int, *, also: str = "") -> Result:
    middle = median(timed.times)
    number = mean(timed.changes)
    each = sum(timed.times) * 1000 / max(1, sum(timed.changes))
    # From rows that are kept; what working them out costs stands beside it, told and not limited.
    limited = timed.span == _WEEK and also == _AGAIN
    return Result(
        what=f"{_NAMES[timed.span]} at {events:,} events{also}: {number:,.1f} changes",
        figure=f"{middle:.3f} ms (p90 {percentile(timed.times, 0.9):.3f}; {each:.1f} us a change)",
        limit=f"< {_LIMIT_MS:g} ms" if limited else "",
        holds=middle < _LIMIT_MS if limited else None,
    )


def main() -> None:
    """Run from the command line."""
    sizes, rounds = arguments(TITLE, events=(1_000, 10_000, 100_000, 1_000_000), rounds=30)
    show(TITLE, [result for size in sizes for result in run(size, rounds=rounds)])


if __name__ == "__main__":
    main()
