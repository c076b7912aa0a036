"""/healthz and /metrics over HTTP, of an application whose ticks stop or whose ledger goes away."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.clocks import HeldClock
from tests.running.processes import FeedServer
from tracker.app import App
from tracker.cli.watching import Watch
from tracker.config import Settings
from tracker.errors import OperationFailed
from tracker.site.serve import make_server, make_watch_server


@dataclass
class Watched:
    watch: Watch
    clock: HeldClock
    port: int

    def ask(self, path: str, method: str = "GET") -> tuple[int, str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path)
            answer = connection.getresponse()
            kind = answer.getheader("Content-Type") or ""
            return answer.status, kind, answer.read().decode()
        finally:
            connection.close()

    def value(self, line: str) -> str | None:
        """What follows that beginning of a line of the metrics."""
        _, _, text = self.ask("/metrics")
        found = [x for x in text.splitlines() if x.startswith(line)]
        return found[0].removeprefix(line).strip() if found else None


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    url = f"sqlite:///{tmp_path}/ledger.db"
    made = App(Settings(home=tmp_path, database_url=url, allow_private=True), HeldClock())
    made.init()
    yield made
    made.close()


@pytest.fixture
def watched(app: App) -> Iterator[Watched]:
    watch = Watch(app)
    server = make_watch_server(watch.live(), host="127.0.0.1", port=0)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    assert isinstance(app.clock, HeldClock)
    yield Watched(watch, app.clock, server.server_address[1])
    server.shutdown()
    server.server_close()


def test_ticks_that_come_are_health_and_ticks_that_stop_are_not(watched: Watched) -> None:
    job = watched.watch.job("feeds", 60, lambda: None)
    watched.clock.pass_time(minutes=14)
    job.run()
    watched.clock.pass_time(minutes=15)
    status, kind, text = watched.ask("/healthz")
    assert (status, kind) == (200, "application/json; charset=utf-8")
    assert json.loads(text)["ticks"]["feeds"]["age_s"] == 900
    assert watched.value('tracker_ticks_total{job="feeds",ok="yes"}') == "1.0"
    watched.clock.pass_time(minutes=2)
    status, _, text = watched.ask("/healthz")
    assert (status, json.loads(text)["stuck"]) == (503, ["feeds"])
    job.run()
    assert watched.ask("/healthz")[0] == 200


def test_a_tick_that_fails_is_counted_and_lives(watched: Watched) -> None:
    def broken() -> None:
        raise OperationFailed("the disk is full", "Make room")

    job = watched.watch.job("feeds", 60, broken)
    watched.clock.pass_time(hours=1)
    with pytest.raises(OperationFailed):
        job.run()
    assert watched.ask("/healthz")[0] == 200
    assert watched.value('tracker_ticks_total{job="feeds",ok="no"}') == "1.0"


def test_feeds_that_fail_are_counted_and_those_never_asked_told_apart(
    watched: Watched, app: App, tmp_path: Path
) -> None:
    feeds = FeedServer(items=3)
    sources = app.sources(feeds.sources(tmp_path / "s.toml", "good", "page", "never"))
    watched.watch.sources = sources
    app.ingest(sources[:2], on_result=lambda one: watched.watch.polled(one, always=False))
    feeds.close()
    status, _, text = watched.ask("/healthz")
    assert status == 200
    assert json.loads(text)["sources"] == {
        "listed": 3,
        "failing": 1,
        "never_polled": 1,
        "resting": 0,
    }
    assert watched.value('tracker_polls_total{outcome="failed"}') == "1.0"
    assert watched.value('tracker_reports_total{kind="new"}') == "3.0"
    assert watched.value('tracker_source_failures{source="page"}') == "1.0"
    assert watched.value('tracker_source_due_timestamp_seconds{source="never"}') is None
    assert watched.value('tracker_source_due_timestamp_seconds{source="good"}') is not None


def test_a_ledger_that_cannot_be_read_is_no_health(watched: Watched, app: App) -> None:
    assert watched.value("tracker_ledger_up") == "1.0"
    app.close()
    ledger = app.settings.home / "ledger.db"
    ledger.write_bytes(b"no database" * 1000)
    status, _, text = watched.ask("/healthz")
    assert status == 503
    assert json.loads(text)["ledger"]["ok"] is False
    assert "\n" not in json.loads(text)["ledger"]["trouble"]
    assert watched.value("tracker_ledger_up") == "0.0"
    assert watched.value("tracker_ledger_entries") is None


def test_what_is_made_when_asked_goes_before_a_file_and_every_other_path_is_none(
    watched: Watched, tmp_path: Path
) -> None:
    assert watched.ask("/")[0] == 404
    assert watched.ask("/healthz", "HEAD")[::2] == (200, "")
    assert watched.ask("/healthz", "POST")[0] == 405
    (tmp_path / "index.html").write_text("<h1>Site</h1>", encoding="utf-8")
    (tmp_path / "healthz").write_text("a file", encoding="utf-8")
    server = make_server(tmp_path, port=0, live=watched.watch.live())
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    beside = Watched(watched.watch, watched.clock, server.server_address[1])
    assert json.loads(beside.ask("/healthz?x=1")[2])["status"] == "ok"
    assert "Site" in beside.ask("/")[2]
    server.shutdown()
    server.server_close()
