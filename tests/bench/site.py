"""Building the site beside Hugo and Pelican, on as many pages as large as ours, in one run.

Three things: a whole build of a synthetic record, from the command to the last file;
a whole build of the shipped record; and what one new event costs, of the shipped
record, where a process that runs goes on from its last build, against Hugo's rebuild
of as many pages with one more. A bare loop of Jinja's is what nothing can beat. Who
takes part builds in turns; the processor time of all processes stands beside the clock's,
since a busy machine stretches the one and not the other.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

import msgspec

from tests.bench.site_peers import (
    Like,
    bare,
    command,
    hugo_page,
    hugo_project,
    likes_of,
    pelican_project,
)
from tests.bench.timing import Result, apart, show
from tests.bench.worlds import FIRST, LAST, Synthetic, ledger_of, synthetic
from tracker.app import App
from tracker.config import Settings, shipped
from tracker.core.codec import decode
from tracker.core.entries import Draft, EventRecorded
from tracker.core.events import order_of
from tracker.core.words import Kind
from tracker.store.sql import SqlLedger

__all__ = ["TITLE", "run"]

TITLE = "The site"
_CHANGING = 10
"""One event in so many is of the synthetic world's lives; all others say and change nothing.

So at 10,000 events a day's board is as long as the real one: it shows every provision there is.
"""
_OF_PELICAN, _OF_HUGO, _OF_REBUILD = 5.0, 1.0, 10.0
_FULL_S, _EVENT_S = 10.0, 0.3


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds on the clock, and of processor time in all processes."""

    wall: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.wall:.2f} s ({self.cpu:.2f} s of CPU)"


def _spent(work: Callable[[], object]) -> Spent:
    def used() -> float:
        whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        return sum(one.ru_utime + one.ru_stime for one in map(resource.getrusage, whose))

    before, start = used(), perf_counter()
    work()
    return Spent(perf_counter() - start, used() - before)


def _of_rounds(contenders: dict[str, Callable[[], Spent]], rounds: int) -> dict[str, Spent]:
    """The median of each, in turns."""
    found: dict[str, list[Spent]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, contender in contenders.items():
            found[name].append(contender())
    return {
        name: Spent(median(one.wall for one in all_), median(one.cpu for one in all_))
        for name, all_ in found.items()
    }


def _command(home: Path, *arguments: str) -> None:
    """Run `tracker` on a workspace of its own."""
    program = [sys.executable, "-m", "tracker", *arguments]
    subprocess.run(
        program, env={**os.environ, "TRACKER_HOME": str(home)}, check=True, capture_output=True
    )


def _built(home: Path) -> Callable[[], Spent]:
    """A whole build by the command, into a folder that is not there."""

    def build() -> Spent:
        shutil.rmtree(home / "site", ignore_errors=True)
        return _spent(lambda: _command(home, "build"))

    return build


def _pages(site: Path) -> list[int]:
    """The sizes of the pages of a site, by path."""
    return [one.stat().st_size for one in sorted(site.rglob("*.html"))]


def _talked_of(world: Synthetic, events: int) -> Synthetic:
    """The world with statements added, until it has so many events: one on a day, as most are."""
    days = (LAST - FIRST).days
    more = [
        msgspec.structs.replace(
            world.events[number * 7919 % len(world.events)],
            id=f"{FIRST + timedelta(days=number * 7919 % days)}-statement-{number}",
            kind=Kind.STATEMENT,
            announced=FIRST + timedelta(days=number * 7919 % days),
            sequence=1_000 + number // days,
            effects=(),
            withdraws=(),
            confirms=(),
            follows=(),
            deadlines=(),
            claims=(),
        )
        for number in range(events - len(world.events))
    ]
    return Synthetic(world.measures, tuple(sorted((*world.events, *more), key=order_of)))


def run(events: int = 10_000, *, rounds: int = 3, real: bool = True) -> list[Result]:
    """Measure a synthetic record of so many events, and the shipped one where `real`."""
    found: list[Result] = []
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "synthetic"
        home.mkdir()
        ledger_of(_talked_of(synthetic(max(10, events // _CHANGING)), events), home / "ledger.db")
        _built(home)()
        sizes = _pages(home / "site")
        title = f"a record of {events:,} events: {len(sizes):,} pages"
        found += _whole(title, home, sizes, Path(folder) / "peers", rounds)
    if real:
        with tempfile.TemporaryDirectory() as folder:
            found += _shipped(Path(folder), rounds)
    return found


def _whole(what: str, home: Path, sizes: Sequence[int], folder: Path, rounds: int) -> list[Result]:
    """A whole build beside everybody's."""
    likes = likes_of(sizes)
    contenders: dict[str, Callable[[], Spent]] = {"ours": _built(home)}
    for name, project in (("hugo", hugo_project), ("pelican", pelican_project)):
        if command(name) is not None:
            contenders[name] = _fresh(folder / name, project(folder / name, likes))
    contenders["bare"] = lambda: _spent(lambda: _looped(folder / "bare", likes))
    times = _of_rounds(contenders, rounds)
    mean = sum(sizes) / max(1, len(sizes)) / 1000
    found = [
        Result(what=f"{what} of {mean:.0f} kB on average", figure=_pace(len(sizes), times["ours"])),
        Result(what="bare loop of Jinja's", figure=_pace(len(likes), times["bare"])),
    ]
    for name, limit in (("pelican", _OF_PELICAN), ("hugo", _OF_HUGO)):
        if name not in times:
            found.append(Result(what=f"{name} is not installed", figure=""))
            continue
        found.append(Result(what=name, figure=_pace(len(likes), times[name])))
        found.append(_times(f"times {name}", times[name], times["ours"], limit))
    return found


def _fresh(folder: Path, build: Callable[[], None]) -> Callable[[], Spent]:
    def once() -> Spent:
        shutil.rmtree(folder / "public", ignore_errors=True)
        return _spent(build)

    return once


def _looped(folder: Path, likes: Sequence[Like]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    bare(folder, likes)


def _pace(pages: int, spent: Spent) -> str:
    return f"{pages / spent.wall:,.0f} pages/s ({pages / spent.cpu:,.0f} a second of CPU)"


def _times(what: str, other: Spent, ours: Spent, limit: float) -> Result:
    ratio = other.wall / ours.wall
    figure = f"{ratio:.1f} ({other.cpu / ours.cpu:.1f} by CPU)"
    return Result(what=what, figure=figure, limit=f">= {limit:g}", holds=ratio >= limit)


def _shipped(folder: Path, rounds: int) -> list[Result]:
    """The shipped record: a whole build, then one event at a time."""
    home = folder / "home"
    _command(home, "init")
    _command(home, "load")
    whole = _of_rounds({"ours": _built(home)}, rounds)["ours"]
    again = _spent(lambda: _command(home, "build"))
    sizes = _pages(home / "site")
    events = [Spent(*one) for one in apart(_one_by_one, home, folder / "grown")]
    middle = Spent(median(one.wall for one in events), median(one.cpu for one in events))
    found = [
        Result(
            what=f"the shipped record whole, {len(sizes):,} pages, as a command",
            figure=str(whole),
            limit=f"< {_FULL_S:g} s",
            holds=whole.wall < _FULL_S,
        ),
        Result(what="the command again, nothing new", figure=str(again)),
        Result(
            what=f"one event more, in a process that goes on (median of the last {len(events)})",
            figure=str(middle),
            limit=f"< {_EVENT_S:g} s",
            holds=middle.wall < _EVENT_S,
        ),
        Result(what="the dearest of these", figure=str(max(events, key=lambda one: one.cpu))),
    ]
    if command("hugo") is None:
        return [*found, Result(what="hugo is not installed", figure="")]
    likes = likes_of(sizes)
    rebuild = hugo_project(folder / "hugo", likes)
    rebuild()
    times: list[Spent] = []
    for number in range(rounds):
        hugo_page(folder / "hugo", Like(len(likes) + number, 10))
        times.append(_spent(rebuild))
    hugo = Spent(median(one.wall for one in times), median(one.cpu for one in times))
    return [
        *found,
        Result(what="hugo's rebuild with one page more", figure=str(hugo)),
        _times("times hugo's rebuild", hugo, middle, _OF_REBUILD),
    ]


def _one_by_one(home: Path, grown: Path, last: int = 9) -> list[tuple[float, float]]:
    """What each of the last events of a ledger costs who builds after each."""
    entries = list(SqlLedger(App(_settings(home)).engine).read())
    events = [one.position for one in entries if one.type == EventRecorded.TYPE]
    from_ = events[-last]
    app = App(_settings(grown))
    app.init()
    drafts = [
        Draft(stream=one.stream, key=one.key, payload=decode(one.type, one.schema, one.payload))
        for one in entries
    ]
    ledger = SqlLedger(app.engine)
    ledger.append(drafts[: from_ - 1], at=app.clock.now())
    app.build(again=True)
    found: list[tuple[float, float]] = []
    for draft in drafts[from_ - 1 :]:
        ledger.append([draft], at=app.clock.now())
        spent = _spent(lambda: app.build(again=True))
        found.append((spent.wall, spent.cpu))
    app.close()
    return found


def _settings(home: Path) -> Settings:
    return Settings.from_environment({"TRACKER_HOME": str(home)})


def main() -> int:
    """Run from the command line; status 1 if a limit does not hold."""
    parser = ArgumentParser(prog="python -m tests.bench.site", description=__doc__)
    parser.add_argument("--events", type=int, default=10_000, metavar="N")
    parser.add_argument("--rounds", type=int, default=3, metavar="N")
    parser.add_argument("--quick", action="store_true", help="see that it runs")
    given = parser.parse_args()
    if not shipped("db/record").is_dir():
        raise SystemExit("there is no record beside this benchmark")
    results = (
        run(12, rounds=1, real=False) if given.quick else run(given.events, rounds=given.rounds)
    )
    show(TITLE, results)
    return int(not given.quick and any(one.holds is False for one in results))


if __name__ == "__main__":
    sys.exit(main())
