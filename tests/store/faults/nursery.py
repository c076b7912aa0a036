"""A process whose children work on a ledger and are killed at it, for `killing`.

    python -m tests.store.faults.nursery

Reads a line of JSON for each child: what it works at and when it dies. Each is
forked from here, so that it need not start Python first, dies by SIGKILL and
cleans up nothing. `after_s` kills it from outside that many seconds after it
has begun, `steps` from inside after that many times ten steps of SQLite's
machine; with neither it dies once it is done. Answers a line of JSON: what it
acknowledged before it died, whether it had come to its end, how long it took.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import traceback
from pathlib import Path
from time import monotonic
from typing import Any

import psycopg

import tracker.core.index
import tracker.record.plan
import tracker.record.read
import tracker.store.migrate
import tracker.store.spans
from tests.contracts.backends import MIGRATIONS, NOON
from tests.store.appender import Trap, drafts_of
from tracker.app import App
from tracker.config import Settings
from tracker.store.database import create_database, open_engine
from tracker.store.sql import SqlLedger

_BEFORE_THE_FORKS = (psycopg, tracker.core.index, tracker.record.plan, tracker.store.migrate)
"""Imported here, and not in each child anew."""

BEGUN, ACKNOWLEDGED, DONE = b"b", b"a", b"d"


def append(order: dict[str, Any], say: int) -> None:
    """Append batch after batch, saying so after each."""
    engine = open_engine(order["url"])
    trap = _trap(order, engine)
    ledger = SqlLedger(engine)
    ledger.head()
    trap.armed = True
    os.write(say, BEGUN)
    for number in range(order["first"], order["first"] + order["batches"]):
        ledger.append(drafts_of("a", number, order["size"]), at=NOON)
        os.write(say, ACKNOWLEDGED)


def load(order: dict[str, Any], say: int) -> None:
    """Load a record, spans and all."""
    app = App(Settings(home=Path(order["folder"]), database_url=order["url"]))
    trap = _trap(order, app.engine)
    trap.armed = True
    os.write(say, BEGUN)
    app.load(Path(order["folder"]))
    os.write(say, ACKNOWLEDGED)


def migrate(order: dict[str, Any], say: int) -> None:
    """Make the database or bring it up to date."""
    os.write(say, BEGUN)
    create_database(order["url"], migrations=MIGRATIONS)
    os.write(say, ACKNOWLEDGED)


WORK = {"append": append, "load": load, "migrate": migrate}


def _trap(order: dict[str, Any], engine: Any) -> Trap:
    steps = order.get("steps")
    trap = Trap("" if steps is None else f"steps={steps}")
    if steps is not None:
        engine.dispose()  # what is open already has no trap in it
        trap.install(engine)
    return trap


def child(order: dict[str, Any], say: int) -> None:
    """Work, then wait for the end. Never returns."""
    try:
        WORK[order["work"]](order, say)
        os.write(say, DONE)
        signal.pause()
    except BaseException:  # noqa: BLE001 - whatever it was, it must not run on as a second nursery
        traceback.print_exc()
    finally:
        os._exit(1)


def raised(order: dict[str, Any]) -> dict[str, Any]:
    """Fork a child, see it die, and say what was heard of it."""
    hear, say = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(hear)
        child(order, say)
    os.close(say)
    heard, begun, ended = b"", 0.0, 0.0
    killed = False
    while True:
        wait_s = None
        if begun and order.get("after_s") is not None and not killed:
            wait_s = max(0.0, begun + order["after_s"] - monotonic())
        ready, _, _ = select.select([hear], [], [], wait_s)
        if not ready:
            os.kill(pid, signal.SIGKILL)
            killed = True
            continue
        said = os.read(hear, 100)
        if not said:
            break
        if BEGUN in said:
            begun = monotonic()
        if DONE in said:
            ended = monotonic()
            os.kill(pid, signal.SIGKILL)
            killed = True
        heard += said
    os.close(hear)
    _, status = os.waitpid(pid, 0)
    return {
        "acknowledged": heard.count(ACKNOWLEDGED),
        "done": DONE in heard,
        "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else None,
        "took_s": ended - begun if ended else None,
    }


def main() -> None:
    """Serve until the input ends."""
    for line in sys.stdin:
        print(json.dumps(raised(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
