"""Schedulers and workers as processes on a real PostgreSQL, some of which are killed."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from time import monotonic
from typing import LiteralString

import pytest
from sqlalchemy import make_url

from tests.contracts.postgres import admin, empty_database
from tests.jobs.hosts import Hosts
from tests.running.processes import DEADLINE_S, Running, call, tracker
from tracker.app import App
from tracker.config import Settings
from tracker.core.entries import ReportSeen
from tracker.store.sql import SqlLedger
from tracker.store.verify import verify

EACH, HOSTS, ITEMS = 3, 5, 4
FEEDS = EACH * HOSTS
CUT_OFF: LiteralString = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.fixture
def hosts() -> Iterator[Hosts]:
    made = Hosts(hosts=HOSTS, each=EACH, items=ITEMS)
    yield made
    made.close()


@pytest.fixture
def url() -> Iterator[str]:
    with empty_database() as made:
        yield made


def database_of(url: str) -> str:
    return str(make_url(url).database)


def until(true: Callable[[], bool], what: str) -> None:
    """Look again and again until it is true; fails at the deadline."""
    pause, end = threading.Event(), monotonic() + DEADLINE_S
    while not true():
        assert monotonic() < end, f"never: {what}"
        pause.wait(0.05)


def environment(url: str) -> dict[str, str]:
    return {"TRACKER_DATABASE_URL": url, "TRACKER_ALLOW_PRIVATE_ADDRESSES": "1"}


def test_every_item_once_whoever_is_killed(hosts: Hosts, url: str, tmp_path: Path) -> None:
    sources, env = str(hosts.sources(tmp_path / "sources.toml")), environment(url)
    assert call(tmp_path, "init", **env).returncode == 0
    scheduler = ("scheduler", "--sources", sources, "--every", "0.5", "--stalled-after", "2")
    worker = ("worker", "--sources", sources, "--heartbeat", "0.4", "--concurrency", "2")
    app = App(Settings(home=tmp_path, database_url=url, allow_private=True))

    def held() -> int:
        return SqlLedger(app.engine).head().position

    with ExitStack() as stack:

        def start(*arguments: str) -> Running:
            return stack.enter_context(tracker(tmp_path, *arguments, **env))

        workers = [start(*worker) for _ in range(3)]
        for running in workers:
            running.wait_for("Working on")
        schedulers = [start(*scheduler) for _ in range(2)]
        for _ in range(HOSTS):  # all three are in the middle of a fetch: five, two at most each
            assert hosts.asked.acquire(timeout=DEADLINE_S)
        assert held() == 0
        workers[0].signal(signal.SIGKILL)
        schedulers[0].signal(signal.SIGKILL)
        hosts.let_go.set()
        until(lambda: held() >= 2 * ITEMS, "something is taken in")
        workers[1].signal(signal.SIGKILL)
        workers.append(start(*worker))
        until(lambda: held() == FEEDS * ITEMS, "all of it is taken in")

        # The same once more, with something new everywhere, after everybody was cut off.
        hosts.items += 1
        admin(CUT_OFF, database=database_of(url))
        admin("UPDATE source_state SET next_due_at = NULL", database=database_of(url))
        until(lambda: held() > FEEDS * ITEMS, "something new is taken in")
        workers[2].signal(signal.SIGKILL)
        until(lambda: held() == FEEDS * (ITEMS + 1), "all that is new is taken in")
        until(lambda: app.queue.counts() == {}, "the queue is empty")
        assert workers[3].signal(signal.SIGTERM) == 0
        assert schedulers[1].signal(signal.SIGINT) == 0

    seen = [(entry.type, entry.stream) for entry in SqlLedger(app.engine).read()]
    assert {kind for kind, _ in seen} == {ReportSeen.TYPE}
    assert len(set(seen)) == len(seen) == FEEDS * (ITEMS + 1)
    assert verify(app.engine).findings == ()
    states, _ = app.source_states()
    assert {state.failures for state in states.values()} == {0}
    # A fetch that a killed worker left behind may still have been answered.
    assert max(hosts.most_at_once.values()) <= 2
    app.close()
