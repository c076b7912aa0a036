"""A process that appends to a ledger, for tests that race it or kill it.

    python -m tests.store.appender URL WHO BATCHES SIZE [steps=N | at=insert | at=commit]

Writes a line after each batch that `append` has acknowledged. `steps=N` kills
the process (SIGKILL, by its own hand) after about N times ten steps of SQLite's
machine within its second batch, `at=…` at that statement of its second batch.
Said again it does again what is missing: its drafts are always the same.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.pool import ConnectionPoolEntry

from tests.contracts.backends import NOON, draft
from tracker.core.entries import Draft
from tracker.store.database import open_engine
from tracker.store.sql import SqlLedger


def die() -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 1


def drafts_of(who: str, number: int, size: int) -> list[Draft]:
    """Batch `number`: entries of a stream of one's own and of one all processes share."""
    return [
        draft(f"event/{who}" if n % 2 else "event/shared", title=f"{who}/{number}/{n}")
        for n in range(size)
    ]


class Trap:
    """Counts down once it is armed, then kills."""

    def __init__(self, where: str) -> None:
        self.armed = False
        self.where = where
        self.steps = int(where.removeprefix("steps=")) if where.startswith("steps=") else -1

    def step(self) -> int:
        if self.armed and self.steps >= 0:
            if self.steps == 0:
                return die()
            self.steps -= 1
        return 0

    def traced(self, statement: str) -> None:
        """Called with each statement as it begins."""
        if not self.armed:
            return
        if self.where == "at=insert" and statement.startswith("INSERT INTO entries"):
            die()
        if self.where == "at=commit" and statement == "COMMIT":
            die()

    def install(self, engine: Engine) -> None:
        @event.listens_for(engine, "connect")
        def connect(connection: Any, _record: ConnectionPoolEntry) -> None:
            connection.set_progress_handler(self.step, 10)
            connection.set_trace_callback(self.traced)


def main() -> None:
    url, who, batches, size = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    engine = open_engine(url)
    trap = Trap(sys.argv[5] if len(sys.argv) > 5 else "")
    if trap.where:
        trap.install(engine)
    ledger = SqlLedger(engine)
    for number in range(batches):
        trap.armed = number == 1
        ledger.append(drafts_of(who, number, size), at=NOON)
        print(number, flush=True)
    engine.dispose()


if __name__ == "__main__":
    main()
