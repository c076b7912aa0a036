"""Building the site beside Hugo and Pelican, on as many pages as large as ours, in one run.

Two records: a synthetic one of any size, and the shipped one. Of each a whole build, from the
command to the last file, and what one new event costs where a process that runs goes on from
its last build, against Hugo's rebuild of as many pages with one more. Who takes part builds in
turns. A bare loop of Jinja's engine does the same without working anything out.

Every build goes into a folder that is not there, and nothing is removed before all is measured:
a file system that has just removed much makes new files many times slower for some minutes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from pathlib import Path

from tests.bench.site_peers import (
    Like,
    bare,
    command,
    hugo_page,
    hugo_project,
    likes_of,
    pelican_project,
)
from tests.bench.spent import Spent, middle, pace, spent, times
from tests.bench.statements import talked_of
from tests.bench.timing import Result, apart, show
from tests.bench.worlds import ledger_of
from tracker.app import App
from tracker.config import Settings, shipped
from tracker.core.codec import decode
from tracker.core.entries import Draft, EventRecorded
from tracker.store.sql import SqlLedger

__all__ = ["TITLE", "run"]

TITLE = "The site"
_OF_PELICAN, _OF_HUGO, _OF_REBUILD = 5.0, 1.0, 10.0
_FULL_S, _EVENT_S = 10.0, 0.3


def run(events: int = 10_000, *, rounds: int = 3, real: bool = True) -> list[Result]:
    """Measure a synthetic record of so many events, and the shipped one where `real`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = folder / "synthetic"
        home.mkdir()
        ledger_of(talked_of(events), home / "ledger.db")
        likes = likes_of(_pages(_built(home)()))
        found = _whole(f"a record of {events:,} events", home, likes, rounds)
        found += _one_more(home, likes, rounds, last=3)
        if real:
            found += _shipped(folder / "shipped", rounds)
    return found


def _shipped(home: Path, rounds: int) -> list[Result]:
    home.mkdir()
    _command(home, "init")
    _command(home, "load")
    whole = middle(spent(_built(home)) for _ in range(rounds))
    site = _built(home)()
    found = Result(
        what="the shipped record whole, as a command",
        figure=str(whole),
        limit=f"< {_FULL_S:g} s",
        holds=whole.wall < _FULL_S,
    )
    return [found, *_one_more(home, likes_of(_pages(site)), rounds, last=9, limit=_EVENT_S)]


def _whole(what: str, home: Path, likes: Sequence[Like], rounds: int) -> list[Result]:
    """A whole build beside everybody's."""
    contenders: dict[str, Callable[[], object]] = {"ours": _built(home)}
    for name, project in (("hugo", hugo_project), ("pelican", pelican_project)):
        if command(name) is not None:
            contenders[name] = _fresh(home / name, project(home / name, likes))
    numbers = count()
    contenders["bare"] = lambda: bare(home / f"bare-{next(numbers)}", likes)
    took = _of_rounds(contenders, rounds)
    mean = sum(like.size for like in likes) / max(1, len(likes)) / 1000
    pages = f"{what}: {len(likes):,} pages of {mean:.0f} kB on average"
    found = [
        Result(what=pages, figure=pace(len(likes), took["ours"])),
        Result(what="bare loop of Jinja's", figure=pace(len(likes), took["bare"])),
    ]
    for name, limit in (("pelican", _OF_PELICAN), ("hugo", _OF_HUGO)):
        if name not in took:
            found.append(Result(what=f"{name} is not installed", figure=""))
            continue
        found.append(Result(what=name, figure=pace(len(likes), took[name])))
        found.append(times(f"times {name}", took[name], took["ours"], limit))
    return found


def _of_rounds(contenders: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, Spent]:
    """The median of each, in turns."""
    found: dict[str, list[Spent]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, contender in contenders.items():
            found[name].append(spent(contender))
    return {name: middle(all_) for name, all_ in found.items()}


def _one_more(
    home: Path, likes: Sequence[Like], rounds: int, *, last: int, limit: float | None = None
) -> list[Result]:
    """One event more where a process goes on, against Hugo's rebuild with one page more."""
    events = [Spent(*one) for one in apart(_one_by_one, home, last)]
    ours = middle(events)
    found = [
        Result(
            what=f"one event more, in a process that goes on (median of the last {len(events)})",
            figure=str(ours),
            limit=f"< {limit:g} s" if limit else "",
            holds=ours.wall < limit if limit else None,
        ),
        Result(what="the dearest of these", figure=str(max(events, key=lambda one: one.cpu))),
    ]
    if command("hugo") is None:
        return [*found, Result(what="hugo is not installed", figure="")]
    folder = home / "hugo-again"
    rebuild = hugo_project(folder, likes)
    rebuild()
    took: list[Spent] = []
    for number in range(rounds):
        hugo_page(folder, Like(len(likes) + number, 10))
        took.append(spent(rebuild))
    hugo = middle(took)
    return [
        *found,
        Result(what="hugo's rebuild with one page more", figure=str(hugo)),
        times("times hugo's rebuild", hugo, ours, _OF_REBUILD),
    ]


def _one_by_one(home: Path, last: int) -> list[tuple[float, float]]:
    """What each of the last events of a ledger costs who builds after each."""
    entries = list(SqlLedger(App(_settings(home)).engine).read())
    events = [one.position for one in entries if one.type == EventRecorded.TYPE]
    from_ = events[-last]
    app = App(_settings(home / "grown"))
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
        took = spent(lambda: app.build(again=True))
        found.append((took.wall, took.cpu))
    app.close()
    return found


def _settings(home: Path) -> Settings:
    return Settings.from_environment({"TRACKER_HOME": str(home)})


def _command(home: Path, *arguments: str) -> None:
    """Run `tracker` on a workspace of its own."""
    program = [sys.executable, "-m", "tracker", *arguments]
    subprocess.run(
        program, env={**os.environ, "TRACKER_HOME": str(home)}, check=True, capture_output=True
    )


def _built(home: Path) -> Callable[[], Path]:
    """A whole build by the command, each time into another folder, which is answered."""

    def build() -> Path:
        site = home / f"site-{len([*home.glob('site-*')])}"
        _command(home, "build", "--out", str(site))
        return site

    return build


def _fresh(folder: Path, build: Callable[[], None]) -> Callable[[], None]:
    """A build of a peer's, whose last one is moved out of the way."""
    numbers = count()

    def once() -> None:
        if (folder / "public").exists():
            (folder / "public").rename(folder / f"public-{next(numbers)}")
        build()

    return once


def _pages(site: Path) -> list[int]:
    """The sizes of the pages of a site, by path."""
    return [one.stat().st_size for one in sorted(site.rglob("*.html"))]


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
