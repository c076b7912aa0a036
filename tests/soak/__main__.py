"""Hundreds of feeds that fail, and a tracker that is killed: nothing lost, nothing twice.

    python -m tests.soak [--minutes 60] [--feeds 500] [--faults 0.1] [--kills 3] [--speed 10]

Publishes on loopback feeds, lets a process poll them on a clock `--speed` times
as fast as the machine's, kills it with SIGKILL, and reckons up in the end.
Status 1 if an item is lost, doubled, garbled or stale, or if the ledger does not verify.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from argparse import ArgumentParser
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.soak.feeds import BASE
from tests.soak.publisher import Publisher
from tests.soak.reckoning import Reckoning, reckon
from tracker.store.database import create_database

__all__ = ["Soak", "main"]

ROOT = Path(__file__).resolve().parents[2]
_SETTLING = 0.1
"""The share of the time at the end in which nothing new comes and nothing is spoilt."""


@dataclass
class Soak:
    """One run. `every_s` are seconds of the fast clock between two things published by a feed."""

    home: Path
    minutes: float
    feeds: int
    faults: float = 0.1
    kills: int = 3
    speed: float = 10.0
    seed: int = 1
    every_s: float = 600.0
    sizes: list[dict[str, Any]] = field(default_factory=list)
    amiss: list[str] = field(default_factory=list)

    @property
    def database(self) -> str:
        return f"sqlite:///{self.home}/ledger.db"

    @property
    def _list(self) -> Path:
        return self.home / "feeds.toml"

    def run(self) -> Reckoning:
        """Publish, poll, kill; then one poll of everything and the reckoning."""
        self.publisher = Publisher(self.feeds, faults=self.faults, seed=self.seed)
        create_database(self.database, migrations=ROOT / "db" / "migrations")
        self.publisher.start()
        try:
            self._sources()
            self._soak()
        finally:
            self.publisher.stop()
        return reckon(self.database, self.publisher.feeds)

    def _sources(self) -> None:
        tables = [
            f'[[source]]\nid = "feed-{feed.number}"\nurl = "{self.publisher.url(feed)}"\n'
            f'title = "Feed"\npublisher = "Feed {feed.number}"\nlanguage = "en"\ncountry = "US"\n'
            f'official = false\ninterval_s = 600\nkind = "{feed.read_as}"\n'
            for feed in self.publisher.feeds
        ]
        self._list.write_text("\n".join(tables), encoding="utf-8")

    def _soak(self) -> None:
        started = time.time()
        length = self.minutes * 60
        busy = length * (1 - _SETTLING)
        rng = random.Random(self.seed)  # noqa: S311 - not for secrets
        deaths = [busy * (n + rng.uniform(0.3, 0.9)) / self.kills for n in range(self.kills)]
        child = self._start(started)
        step = 0.25
        while (gone := time.time() - started) < length:
            if gone < busy:
                share = min(1.0, step * self.speed / self.every_s)
                for feed in self.publisher.feeds:
                    if rng.random() < share:
                        feed.publish(rng)
            else:
                self.publisher.share = 0.0
            if deaths and gone >= deaths[0]:
                deaths.pop(0)
                child.kill()
                self._gone(child)
                child = self._start(started)
            elif child.poll() is not None:
                self.amiss.append(f"the poller ended by itself with status {child.returncode}")
                self._gone(child)
                child = self._start(started)
            time.sleep(step)
        self._finish(child)

    def _start(self, started: float) -> subprocess.Popen[str]:
        base = BASE.astimezone(UTC).isoformat()
        clock = (base, str(started), str(self.speed))
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.soak.poller", self.home, self._list, *clock],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._listening = threading.Thread(target=self._listen, args=(child, started), daemon=True)
        self._listening.start()
        return child

    def _listen(self, child: subprocess.Popen[str], started: float) -> None:
        if child.stdout is None:
            raise AssertionError("a pipe was asked for")
        with child.stdout as said:
            for line in said:
                try:
                    told = json.loads(line)
                except ValueError:
                    continue  # killed in the middle of a line
                if "rss_kib" in told:
                    self.sizes.append(told | {"s": round(time.time() - started), "pid": child.pid})
                else:
                    self.amiss.append(str(told))

    def _gone(self, child: subprocess.Popen[str]) -> None:
        """Wait until a process has ended, as it does when its input does."""
        if child.stdin is not None:
            child.stdin.close()
        child.wait()
        self._listening.join()

    def _finish(self, child: subprocess.Popen[str]) -> None:
        """Let the process end, then ask every feed once more, as a tick would in time."""
        self._gone(child)
        ended = subprocess.run(
            [sys.executable, "-m", "tracker", "ingest", "--all", "--sources", self._list],
            cwd=ROOT,
            env=_environment(self.home, self.database),
            stdout=subprocess.DEVNULL,
            check=False,
        )
        if ended.returncode:
            self.amiss.append(f"the last poll ended with status {ended.returncode}")


def _environment(home: Path, database: str) -> dict[str, str]:
    return {
        **os.environ,
        "TRACKER_HOME": str(home),
        "TRACKER_DATABASE_URL": database,
        "TRACKER_ALLOW_PRIVATE_ADDRESSES": "1",
    }


def _growth(sizes: list[dict[str, Any]], what: str) -> str:
    """How a size went in the process that lived longest: early, in the end; and most of all."""
    lives: dict[int, list[int]] = {}
    for told in sizes:
        lives.setdefault(told["pid"], []).append(told[what])
    longest = max(lives.values(), key=len)
    return f"{longest[len(longest) // 10]} then {longest[-1]}, most {max(map(max, lives.values()))}"


def main() -> int:
    """Run one and tell; status 1 if anything is amiss."""
    parser = ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--feeds", type=int, default=500)
    parser.add_argument("--faults", type=float, default=0.1)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--speed", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        soak = Soak(Path(home), **vars(asked))
        print(f"{asked}, begun {datetime.now(UTC):%Y-%m-%d %H:%M} UTC", flush=True)  # tells the day
        found = soak.run()
        kept = sum(file.stat().st_size for file in Path(home).glob("ledger.db*"))
    for name, value in asdict(found).items():
        print(f"{name}: {value}")
    print(f"requests: {soak.publisher.asked}, spoilt: {sum(soak.publisher.faults.values())}")
    print(f"faults: {dict(soak.publisher.faults)}")
    for what in ("rss_kib", "all_rss_kib", "fds", "threads"):
        print(f"{what}: {_growth(soak.sizes, what)}")
    print(f"database: {kept / 1e6:.1f} MB")
    for line in soak.amiss:
        print(f"amiss: {line}")
    return 0 if found.well and not soak.amiss else 1


if __name__ == "__main__":
    sys.exit(main())
