"""All provisions on a day, from a warm index: what is in force, and the whole state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from statistics import mean, median
from time import perf_counter_ns

from tests.bench.asked import days
from tests.bench.prose import seeded
from tests.bench.subject import index_of
from tests.bench.timing import Result, apart, arguments, percentile, show
from tests.bench.worlds import synthetic
from tracker.core.policy import Viewpoint

__all__ = ["TITLE", "run"]

TITLE = "Everything on a day"
_LIMIT_MS = 10.0


def run(events: int, *, rounds: int = 30) -> list[Result]:
    """Measure a world of `events` events on `rounds` random days, in a process of its own."""
    return apart(measured, events, rounds)


def measured(events: int, rounds: int) -> list[Result]:
    """As `run`, in this process."""
    world = synthetic(events)
    index = index_of(world)
    asked = days(seeded(11), rounds + 1)
    force, rows = _times(index.in_force, asked)
    whole, states = _times(lambda on: index.state(Viewpoint(on=on)), asked)
    middle = median(force[1:])
    return [
        Result(
            what=f"in force on a random day, at {events:,} events, {mean(rows):,.0f} rows",
            figure=_told(force[1:]),
            limit=f"< {_LIMIT_MS:g} ms" if events <= 100_000 else "",
            holds=middle < _LIMIT_MS if events <= 100_000 else None,
        ),
        Result(what="the first day asked of a new index", figure=f"{force[0]:.1f} ms"),
        Result(what=f"the whole state, {mean(states):,.0f} rows", figure=_told(whole[1:])),
    ]


def _times(
    ask: Callable[[date], Sequence[object]], asked: Sequence[date]
) -> tuple[list[float], list[int]]:
    """Milliseconds of each question, and how many rows each answered."""
    times, rows = [], []
    for on in asked:
        start = perf_counter_ns()
        found = ask(on)
        times.append((perf_counter_ns() - start) / 1e6)
        rows.append(len(found))
    return times, rows


def _told(times: Sequence[float]) -> str:
    return f"{median(times):.2f} ms (p90 {percentile(times, 0.9):.2f})"


def main() -> None:
    """Run from the command line."""
    sizes, rounds = arguments(TITLE, events=(100_000,), rounds=30)
    for size in sizes:
        show(TITLE, run(size, rounds=rounds))


if __name__ == "__main__":
    main()
