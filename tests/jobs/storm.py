"""Kill schedulers and workers, and cut everybody off, again and again; count what is held then.

    python -m tests.jobs.storm SECONDS

Two schedulers and three workers on a real PostgreSQL, 200 feeds of 40 hosts. Whenever
all is taken in, every feed gets one item more. Ends with status 1 if an item is
missing or held twice.
"""

from __future__ import annotations

import random
import signal
import sys
import tempfile
import threading
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from time import monotonic

from tests.contracts.postgres import admin, empty_database
from tests.jobs.hosts import Hosts
from tests.jobs.test_cluster import CUT_OFF, database_of, environment
from tests.running.processes import Running, call, tracker
from tracker.app import App
from tracker.config import Settings
from tracker.store.sql import SqlLedger
from tracker.store.verify import verify

HOSTS, EACH, ITEMS = 40, 5, 5
FEEDS = HOSTS * EACH


def main(seconds: float) -> int:
    chance = random.Random(7)  # noqa: S311 - the same storm each time, no secret
    pause, began = threading.Event(), monotonic()
    done: Counter[str] = Counter()
    hosts = Hosts(hosts=HOSTS, each=EACH, items=ITEMS)
    hosts.let_go.set()
    with empty_database() as url, tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        home, env = Path(name), environment(url)
        sources = ("--sources", str(hosts.sources(home / "sources.toml")))
        call(home, "init", **env)
        app = App(Settings(home=home, database_url=url, allow_private=True))
        stack.callback(app.close)
        stack.callback(hosts.close)

        def start(kind: str) -> Running:
            ours = ("--every", "1", "--stalled-after", "4")
            more = ours if kind == "scheduler" else ("--heartbeat", "0.5")
            return stack.enter_context(tracker(home, kind, *sources, *more, **env))

        kinds = ["scheduler"] * 2 + ["worker"] * 3
        running = [start(kind) for kind in kinds]
        while True:
            while SqlLedger(app.engine).head().position < FEEDS * hosts.items:
                pause.wait(chance.uniform(0.5, 4))
                if chance.random() < 0.2:
                    admin(CUT_OFF, database=database_of(url))
                    done["cut off"] += 1
                else:
                    which = chance.randrange(len(kinds))
                    running[which].signal(signal.SIGKILL)
                    running[which] = start(kinds[which])
                    done["killed"] += 1
            done["rounds"] += 1
            print(
                dict(done), f"{FEEDS * hosts.items} items, {monotonic() - began:.0f} s", flush=True
            )
            if monotonic() - began > seconds:
                break
            hosts.items += 1
            admin("UPDATE source_state SET next_due_at = NULL", database=database_of(url))
        held = Counter((entry.type, entry.stream) for entry in SqlLedger(app.engine).read())
        twice = sum(number > 1 for number in held.values())
        missing = FEEDS * hosts.items - len(held)
        findings = verify(app.engine).findings
        print(f"missing {missing}, twice {twice}, at once of one host at most "
              f"{max(hosts.most_at_once.values())}, findings {findings}")  # fmt: skip
    return 1 if missing or twice or findings else 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1])))
