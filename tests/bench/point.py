"""One provision at a viewpoint, from a warm index, against OpenFisca's parameter lookup.

An index just built is asked for provisions it was never asked for; then it is
made warm (`Index.warm`) and asked for another viewpoint of each, for the very
same again, and for viewpoints that fall among each provision's own events,
which no kept answer serves. The limit is held against the mean: a median would hide the questions
that had to be worked out.
OpenFisca is asked for the same provisions on the same days.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from random import Random
from statistics import mean, median
from time import perf_counter_ns

from tests.bench import lookup_peer
from tests.bench.asked import Place, Question, heaviest, places_of, questions
from tests.bench.prose import seeded
from tests.bench.subject import index_of, warm
from tests.bench.timing import Result, apart, arguments, percentile, seconds, show
from tests.bench.worlds import Synthetic, synthetic
from tracker.core.index import Index

__all__ = ["TITLE", "run"]

TITLE = "One provision at a viewpoint"
_LIMIT_US = 20.0
_PLACES = 4_000
_HEAVY = 100


def run(events: int) -> list[Result]:
    """Measure a world of `events` events, in a process of its own."""
    return apart(measured, events)


def measured(events: int) -> list[Result]:
    """As `run`, in this process."""
    world = synthetic(events)
    index = index_of(world)
    rng = seeded(7)
    spoken = places_of(world)
    places = rng.sample(spoken, min(_PLACES, len(spoken)))
    first = [questions(rng, (place,), 1)[0] for place in places]
    fresh = [questions(rng, (place,), 1)[0] for place in places]
    touched = _times(index, first)
    took = seconds(lambda: warm(index))
    living = [_in_its_life(rng, index, place) for place in places]
    heavy = [_in_its_life(rng, index, place) for place in heaviest(world, _HEAVY) * 20]
    kept, again = _times(index, fresh), _times(index, fresh)
    return [
        _told(f"from an index just built, at {events:,} events", touched),
        Result(what="the whole index made warm, once", figure=f"{took:.1f} s"),
        _told("from the warm index, a fresh viewpoint", kept, limit=True),
        _told("the same question again", again),
        _told("from the warm index, days within its own events", _times(index, living)),
        _told(f"the same of the {_HEAVY} with the most layers", _times(index, heavy)),
        *_peer(world, fresh, median(kept)),
    ]


def _in_its_life(rng: Random, index: Index, place: Place) -> Question:
    """A provision at a viewpoint between its first turn and its last."""
    turns = index.edges(place)
    span = (turns[-1] - turns[0]).days + 1
    on, by = (turns[0] + timedelta(days=int(rng.random() * span)) for _ in range(2))
    return (place, on, by if rng.random() < 0.5 else None)


def _times(index: Index, asked: Sequence[Question]) -> list[float]:
    """Microseconds of each question, the clock's own part (about 0.1) included."""
    row = index.row
    found = []
    for place, on, announced_by in asked:
        start = perf_counter_ns()
        row(place, on=on, announced_by=announced_by)
        found.append((perf_counter_ns() - start) / 1000)
    return found


def _told(what: str, times: Sequence[float], *, limit: bool = False) -> Result:
    middle, average = median(times), mean(times)
    return Result(
        what=what,
        figure=f"{middle:.1f} us (mean {average:.1f}, p99 {percentile(times, 0.99):.1f})",
        limit=f"mean < {_LIMIT_US:g} us" if limit else "",
        holds=average < _LIMIT_US if limit else None,
    )


def _peer(world: Synthetic, asked: Sequence[Question], ours: float) -> list[Result]:
    if not lookup_peer.present():
        return [Result(what="OpenFisca is not installed: `make bench` installs it", figure="")]
    ready = lookup_peer.lookups(world.events, [(place, on) for place, on, _ in asked])
    found = []
    for form, lookups in ready.items():
        times = []
        for parameter, instant in lookups:
            start = perf_counter_ns()
            parameter(instant)
            times.append((perf_counter_ns() - start) / 1000)
        found.append(_told(f"OpenFisca, the day as {lookup_peer.FORMS[form]}", times))
        found.append(_ratio(form, median(times) / ours))
    return found


def _ratio(form: str, ratio: float) -> Result:
    text = form == lookup_peer.PLAIN
    return Result(
        what="times as quick as that",
        figure=f"{ratio:.2f}",
        limit="> 1" if text else "",
        holds=ratio > 1 if text else None,
    )


def main() -> None:
    """Run from the command line."""
    sizes, _ = arguments(TITLE, events=(1_000_000,), rounds=1)
    for size in sizes:
        show(TITLE, run(size))


if __name__ == "__main__":
    main()
