"""Killing processes at random moments of append, load and migrate, and looking at what they left.

    python -m tests.store.faults.killing [--kills 200] [--seed 1]

Owns the three trials and what must hold after each kill: the ledger verifies,
what was acknowledged is there, nothing is half there, and the next process
goes on. Prints how many died where. A ledger lives through many kills.
"""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import make_url, text

from tests.bench.prose import seeded
from tests.contracts.backends import MIGRATIONS, NOON, ROOT, draft
from tests.record.files import write
from tests.store.appender import drafts_of
from tracker import __version__
from tracker.core.world import fold
from tracker.store.database import create_database, open_engine, require_current, revisions
from tracker.store.sql import SqlLedger
from tracker.store.verify import Verdict, verify

SIZE = 5
BATCHES = 6


def at_once() -> None:
    """A killed process has let go of a file when it is gone; a server may have to notice first."""


class Trial(Protocol):
    """One kind of work and what must be left of it."""

    work: str
    steps: int

    def order(self, number: int) -> dict[str, Any]:
        """What child `number` is told to do."""
        ...

    def left(self, heard: dict[str, Any]) -> str:
        """Make sure of what must hold after that child's death; say in a word what was left."""
        ...


def sound(url: str, *, version: str | None = None) -> Verdict:
    engine = open_engine(url)
    try:
        verdict = verify(engine, version=version)
    finally:
        engine.dispose()
    assert verdict.findings == ()
    return verdict


@dataclass
class Append:
    """Batch after batch into one ledger that lives through all kills."""

    url: str
    work: str = "append"
    steps: int = 900
    held: int = 0
    settled: Callable[[], None] = at_once

    def order(self, number: int) -> dict[str, Any]:
        if number == 0:
            create_database(self.url, migrations=MIGRATIONS)
        return {"url": self.url, "first": self.held, "batches": BATCHES, "size": SIZE}

    def left(self, heard: dict[str, Any]) -> str:
        self.settled()
        verdict = sound(self.url)
        assert verdict.entries % SIZE == 0, "half a batch"
        batches, known = verdict.entries // SIZE, self.held + heard["acknowledged"]
        assert batches in {known, known + 1}, "an acknowledged batch is lost"
        engine = open_engine(self.url)
        try:
            read = [e.key for e in SqlLedger(engine).read(after=self.held * SIZE)]
        finally:
            engine.dispose()
        news = range(self.held, batches)
        assert read == [one.key for n in news for one in drafts_of("a", n, SIZE)]
        self.held = batches
        return "whole, not yet acknowledged" if batches > known else "as acknowledged"


@dataclass
class Load:
    """A record with one word changed each time, into one ledger, spans and all."""

    url: str
    folder: Path
    work: str = "load"
    steps: int = 2_500
    before: str = ""
    wanted: str = ""
    settled: Callable[[], None] = at_once

    def order(self, number: int) -> dict[str, Any]:
        if number == 0:
            create_database(self.url, migrations=MIGRATIONS)
        write(self.folder)
        month = self.folder / "2025-02.yaml"
        self.wanted = f"The answer, version {number}"
        changed = month.read_text(encoding="utf-8").replace("The answer", self.wanted)
        month.write_text(changed, encoding="utf-8")
        return {"url": self.url, "folder": str(self.folder)}

    def left(self, heard: dict[str, Any]) -> str:
        self.settled()
        sound(self.url, version=__version__)
        engine = open_engine(self.url)
        try:
            titles = {one.title.en for one in fold(SqlLedger(engine).read()).events}
        finally:
            engine.dispose()
        found = next((one for one in titles if one.startswith("The answer")), "")
        assert found in {self.before, self.wanted}, "half a record"
        assert found == self.wanted or not heard["acknowledged"], "an acknowledged load is lost"
        whole = found == self.wanted
        self.before = found
        if heard["acknowledged"]:
            return "as acknowledged"
        return "whole, not yet acknowledged" if whole else "nothing of it"


@dataclass
class Migrate:
    """Databases of the first version with entries in them, and places where there is none."""

    folder: Path
    work: str = "migrate"
    steps: int = 0
    entries: int = 12
    _file: Path = field(init=False)
    _old: Path = field(init=False)

    def __post_init__(self) -> None:
        first = self.folder / "first"
        shutil.copytree(MIGRATIONS, first)
        for later in revisions(MIGRATIONS)[1:]:
            for file in (first / "versions").glob(f"{later}_*.py"):
                file.unlink()
        self._old = self.folder / "old.db"
        create_database(f"sqlite:///{self._old}", migrations=first)
        engine = open_engine(f"sqlite:///{self._old}")
        SqlLedger(engine).append([draft(f"event/{n}") for n in range(self.entries)], at=NOON)
        engine.dispose()

    @property
    def url(self) -> str:
        return f"sqlite:///{self._file}"

    def order(self, number: int) -> dict[str, Any]:
        self._file = self.folder / f"tracker-{number}.db"
        if number % 2:
            shutil.copyfile(self._old, self._file)
        return {"url": self.url}

    def left(self, heard: dict[str, Any]) -> str:
        held, revision = 0, ""
        if self._file.exists():
            revision = self._revision()
        assert revision in {"", revisions(MIGRATIONS)[0], revisions(MIGRATIONS)[-1]}
        migrated = revision == revisions(MIGRATIONS)[-1]
        assert migrated or not heard["acknowledged"], "an acknowledged migration is lost"
        if revision == revisions(MIGRATIONS)[0]:
            held = self.entries
        assert create_database(self.url, migrations=MIGRATIONS) is not migrated
        engine = open_engine(self.url)
        try:
            require_current(engine, MIGRATIONS)
            held = self.entries if SqlLedger(engine).head().position else 0
            SqlLedger(engine).append([draft("event/next")], at=NOON)
        finally:
            engine.dispose()
        assert sound(self.url).entries == held + 1
        assert held == (self.entries if int(self._file.stem.split("-")[1]) % 2 else 0)
        if heard["acknowledged"]:
            return "as acknowledged"
        return "whole, not yet acknowledged" if migrated else "nothing of it"

    def _revision(self) -> str:
        engine = open_engine(self.url)
        try:
            with engine.connect() as connection:
                tables = connection.execute(text("SELECT name FROM sqlite_master")).scalars().all()
                if not tables:
                    return ""
                found = connection.execute(text("SELECT version_num FROM alembic_version"))
                return str(found.scalar_one())
        finally:
            engine.dispose()


@contextmanager
def nursery() -> Iterator[subprocess.Popen[str]]:
    """The process that has the children, ended with the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.store.faults.nursery"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.communicate()


def killed(process: subprocess.Popen[str], order: dict[str, Any]) -> dict[str, Any]:
    """What was heard of a child that got this order."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(order) + "\n")
    process.stdin.flush()
    heard: dict[str, Any] = json.loads(process.stdout.readline())
    assert heard["signal"] == signal.SIGKILL, "a child ended by itself: see its message"
    return heard


def kills(trial: Trial, *, count: int, seed: int) -> Counter[str]:
    """Kill `count` children of a trial at random moments; how many left what.

    One child in three dies inside SQLite at a random step, the others a random
    time after they began, within what it takes to come to the end unharmed.
    """
    rng = seeded(f"{trial.work}/{seed}")
    found: Counter[str] = Counter()
    with nursery() as process:
        took_s = 0.0
        for number in range(count):
            order = {"work": trial.work, **trial.order(number)}
            if number == 0:  # this one comes to its end: how long does that take?
                heard = killed(process, order)
            elif trial.steps and number % 3 == 0:
                heard = killed(process, {**order, "steps": rng.randrange(trial.steps)})
            else:
                heard = killed(process, {**order, "after_s": rng.random() * took_s})
            if heard["took_s"] is not None:
                took_s = heard["took_s"]  # the first of a kind is slower than those after it
            where = "done, then killed" if heard["done"] else "killed at work"
            found[f"{where}: {trial.left(heard)}"] += 1
    return found


def trials(folder: Path) -> list[tuple[Trial, float]]:
    """Each trial on SQLite and its share of all kills."""
    for name in ("record", "migrating"):
        (folder / name).mkdir()
    return [
        (Append(url=f"sqlite:///{folder / 'append.db'}"), 0.5),
        (Load(url=f"sqlite:///{folder / 'load.db'}", folder=folder / "record"), 0.3),
        (Migrate(folder=folder / "migrating"), 0.2),
    ]


def on_postgres(folder: Path, url: str) -> list[tuple[Trial, float]]:
    """Appending and loading on an empty PostgreSQL database, each with its share of all kills."""
    from tests.contracts.postgres import admin

    def settled() -> None:
        # What a process had sent before it died is still worked on: wait until nobody is there.
        name = make_url(url).database or ""
        query = "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
        while admin(f"{query} AND pid <> pg_backend_pid()", database=name):
            pass

    (folder / "record").mkdir()
    return [
        (Append(url=url, steps=0, settled=settled), 0.6),
        (Load(url=url, folder=folder / "record", steps=0, settled=settled), 0.4),
    ]


def main() -> None:
    """Run from the command line."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for trial, share in trials(Path(folder)):
            found = kills(trial, count=round(asked.kills * share), seed=asked.seed)
            for what, count in sorted(found.items()):
                print(f"{trial.work:8} {count:5} {what}", flush=True)


if __name__ == "__main__":
    main()
