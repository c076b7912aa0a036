"""Whether a running tracker is well: are its ticks coming, does its ledger answer.

Owns what counts as stuck. Feeds that fail are counted and are no sickness of
ours: the web is like that.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

__all__ = ["PATIENCE_S", "Beat", "Feeds", "Health", "Ledger", "Pulse", "examine"]

PATIENCE_S = 900
"""So many seconds a tick may show no sign of life beyond its interval before it is stuck.

A round of feeds may take minutes, but each feed that answers is a sign of life,
and none may take longer than its deadline of a minute.
"""


@dataclass(frozen=True, slots=True)
class Beat:
    """The last sign of life (UTC) of a tick that comes every `every_s` seconds."""

    at: datetime
    every_s: float


class Pulse:
    """The last sign of life of every tick; safe to share between threads."""

    def __init__(self) -> None:
        self._beats: dict[str, Beat] = {}
        self._lock = threading.Lock()

    def expect(self, job: str, *, every_s: float, at: datetime) -> None:
        """From `at` (UTC) on, a tick of that name is expected every `every_s` seconds."""
        with self._lock:
            self._beats[job] = Beat(at, every_s)

    def beat(self, job: str, at: datetime) -> None:
        """The tick of that name lives; nothing if it is not expected."""
        with self._lock:
            if job in self._beats:
                self._beats[job] = Beat(at, self._beats[job].every_s)

    def beats(self) -> dict[str, Beat]:
        """The last sign of life of each tick, by its name."""
        with self._lock:
            return dict(self._beats)


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the ledger answered: its number of entries, or in words why it does not."""

    entries: int | None = None
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class Feeds:
    """How many feeds are on the list, how many failed last time, never answered, or rest."""

    listed: int
    failing: int
    never_polled: int
    resting: int


@dataclass(frozen=True, slots=True)
class Health:
    """Whether it is well, and the JSON that says why (docs/operations.md has its fields)."""

    well: bool
    data: Mapping[str, object]


def examine(
    beats: Mapping[str, Beat],
    *,
    now: datetime,
    version: str,
    ledger: Ledger | None,
    feeds: Feeds | None,
) -> Health:
    """The health at `now` (UTC). None for what there is not or what could not be asked."""
    ages = {job: max(0.0, (now - beat.at).total_seconds()) for job, beat in beats.items()}
    stuck = sorted(job for job, beat in beats.items() if ages[job] > beat.every_s + PATIENCE_S)
    silent = ledger is not None and ledger.trouble is not None
    return Health(
        well=not stuck and not silent,
        data={
            "status": "stuck" if stuck else "ledger unreadable" if silent else "ok",
            "version": version,
            "stuck": stuck,
            "ticks": {
                job: {
                    "last": beat.at.isoformat(timespec="seconds"),
                    "age_s": round(ages[job]),
                    "every_s": beat.every_s,
                }
                for job, beat in sorted(beats.items())
            },
            "ledger": None
            if ledger is None
            else {"ok": not silent, "entries": ledger.entries, "trouble": ledger.trouble},
            "sources": None
            if feeds is None
            else {
                "listed": feeds.listed,
                "failing": feeds.failing,
                "never_polled": feeds.never_polled,
                "resting": feeds.resting,
            },
        },
    )
