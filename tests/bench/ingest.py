"""Polling feeds beside the PyPI library `reader`, on the same loopback feeds in the same run.

Feeds of thirty items: read for the first time, again with nothing new (304),
again with one new item each. Each contender is a process of its own with a new
database a round; they take turns. Both keep their database with WAL and sync
at every commit; both fetch with four workers (`reader` also with one, its default:
the better counts). Ours is the whole of `tracker ingest`: politeness, evidence
kept, entries chained.
"""

from __future__ import annotations

import importlib.util
import multiprocessing
import os
import tempfile
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.bench.feed_server import ITEMS, Feeds, feeds_served
from tests.bench.ingest_peers import FETCHING, OURS, READY, peak_kib
from tests.bench.timing import Result, apart, show

__all__ = ["TITLE", "run"]

TITLE = "Ingestion"
PHASES = ("first", "unchanged", "news")
_LIMITS = {"first": 1.5, "unchanged": 1.5, "news": 5.0}
_SAID = {
    "first": "the first time",
    "unchanged": "nothing new (304)",
    "news": "one new item each",
}
_MEMORY_MIB = 150
_Key = tuple[str, str]


def run(feeds: int = 200, *, rounds: int = 5) -> list[Result]:
    """Measure with so many feeds; without `reader` only ours."""
    there = importlib.util.find_spec("reader") is not None
    contenders = [who for who in READY if there or "reader" not in who]
    figures: dict[_Key, list[tuple[float, float]]] = {}
    with feeds_served(feeds) as served:
        for _ in range(rounds):
            for key, measured in _round(contenders, served).items():
                figures.setdefault(key, []).append(measured)
    pace = {
        key: _Pace(
            median(feeds / wall for wall, _ in found), median(cpu for _, cpu in found) / feeds
        )
        for key, found in figures.items()
    }
    return [line for phase in PHASES for line in _lines(pace, phase)]


def memory(feeds: int = 500) -> Result:
    """The most memory that polling so many feeds takes, those that read among it."""
    with feeds_served(feeds) as served, tempfile.TemporaryDirectory() as folder:
        peak = apart(peak_kib, Path(folder), served.urls) / 1024
    what = f"most memory, {feeds} feeds, readers included"
    return Result(what=what, figure=f"{peak:.0f} MiB", limit="< 150 MiB", holds=peak < _MEMORY_MIB)


@dataclass(frozen=True)
class _Pace:
    """Feeds a second on the clock, and seconds of processor time a feed."""

    feeds: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.feeds:.0f} feeds/s, {1000 * self.cpu:.2f} ms of CPU each"


def _lines(pace: dict[_Key, _Pace], phase: str) -> list[Result]:
    """Everybody's figures for a phase, ours first; the better of the peer's counts."""
    mine = pace[OURS, phase]
    peers = [who for who, at in pace if "reader" in who and at == phase]
    best = max((pace[who, phase].feeds for who in peers), default=0.0)
    lines = [Result(what=f"{_SAID[phase]}: ours", figure=str(mine))]
    for who in peers:
        theirs = pace[who, phase]
        ratio = mine.feeds / theirs.feeds
        told = f"{theirs}: ours x {ratio:.2f}, by CPU x {theirs.cpu / mine.cpu:.2f}"
        counts = theirs.feeds == best
        lines.append(
            Result(
                what=f"{_SAID[phase]}: {who}",
                figure=told,
                limit=f">= x {_LIMITS[phase]:g}" if counts else "",
                holds=ratio >= _LIMITS[phase] if counts else None,
            )
        )
    return [
        *lines,
        Result(what=f"{_SAID[phase]}: fetching alone", figure=str(pace[FETCHING, phase])),
    ]


def _round(contenders: Sequence[str], served: Feeds) -> dict[_Key, tuple[float, float]]:
    """Seconds, on the clock and of processor time, of each contender in each phase."""
    context = multiprocessing.get_context("spawn")
    seconds: dict[tuple[str, str], tuple[float, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        running = {}
        for number, who in enumerate(contenders):
            here, there = context.Pipe()
            place = Path(folder, str(number))
            place.mkdir()
            process = context.Process(target=_work, args=(there, who, place, served.urls))
            process.start()
            running[who] = (process, here)
        try:
            for phase in PHASES:
                served.news(1 if phase == "news" else 0)
                for who, (_, pipe) in running.items():
                    pipe.send(phase)
                    wall, cpu, items = pipe.recv()
                    seconds[who, phase] = (wall, cpu)
                    expected = len(served.urls) * (ITEMS + (phase == "news"))
                    if items not in {expected, -1}:
                        raise AssertionError(f"{who} holds {items} items of {expected}")
        finally:
            for process, pipe in running.values():
                pipe.send("end")
                process.join()
    return seconds


def _work(pipe: Connection, who: str, place: Path, urls: list[str]) -> None:
    """What a contender's process does: poll everything each time it is told to."""
    poll, count = READY[who](place, urls)
    while pipe.recv() != "end":
        start, worked = perf_counter(), _cpu()
        poll()
        pipe.send((perf_counter() - start, _cpu() - worked, count()))


def _cpu() -> float:
    """Processor seconds of this process and of those it has started and seen end."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def main() -> None:
    """Print the table."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="Ten feeds, one round: does it run?")
    asked = parser.parse_args()
    if asked.quick:
        show(TITLE, [*run(10, rounds=1), memory(10)])
    else:
        show(TITLE, [*run(asked.feeds, rounds=asked.rounds), memory()])


if __name__ == "__main__":
    main()
