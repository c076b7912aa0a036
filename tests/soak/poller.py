"""The process under test: polls what is due at every tick, on a clock that runs fast.

    python -m tests.soak.poller HOME SOURCES BASE STARTED SPEED

`BASE` is the instant (ISO, UTC) at which the soak began on its own clock,
`STARTED` the same in seconds since the epoch on the machine's. It is the
application as `tracker run` puts it together, without the site. Every few
seconds it says how large it is; it ends when its input does.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path

from tests.soak.reckoning import size_of
from tracker.app import App
from tracker.cli.running import POLL_TICK_S
from tracker.config import Settings
from tracker.ingest.run import Polled
from tracker.schedule import Job, Ticker


class FastClock:
    """A clock that runs `speed` times as fast as the machine's."""

    def __init__(self, base: datetime, started: float, speed: float) -> None:
        self._base, self._started, self._speed = base, started, speed

    def now(self) -> datetime:
        gone = time.time() - self._started
        return self._base + timedelta(seconds=gone * self._speed)


def say(**what: object) -> None:
    print(json.dumps(what), flush=True)


def main() -> None:
    # That a tick is left out while the last one still works is as it should be.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    home, sources, base, started, speed = sys.argv[1:]
    url = f"sqlite:///{home}/ledger.db"
    clock = FastClock(datetime.fromisoformat(base), float(started), float(speed))
    app = App(Settings(home=Path(home), database_url=url, allow_private=True), clock)
    app.init()
    feeds = app.sources(Path(sources))
    outcomes: dict[str, int] = {}

    def told(polled: Polled) -> None:
        outcomes[polled.outcome] = outcomes.get(polled.outcome, 0) + 1
        if polled.error is not None and polled.error.kind == "internal":
            say(bug=polled.line())

    ticking = threading.Lock()

    def tick() -> None:
        with ticking:
            app.ingest(feeds, on_result=told)

    ticker = Ticker(
        [Job("feeds", POLL_TICK_S / float(speed), tick)],
        on_error=lambda job, error: say(error=f"{job}: {error!r}"),
    )
    ticker.start()
    over = threading.Event()

    def listen() -> None:
        sys.stdin.read()
        over.set()

    threading.Thread(target=listen, daemon=True).start()
    while True:
        say(outcomes=outcomes, **size_of(os.getpid()))
        if over.wait(5):
            break
    ticker.stop()
    with ticking:  # what is under way is finished, or it would be cut off by our own end
        app.close()


if __name__ == "__main__":
    main()
