"""What the ticks of `tracker run` do, with a clock that the test holds."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.clocks import HeldClock
from tests.notify.receiver import Receiver
from tests.running.processes import FeedServer
from tracker.app import App
from tracker.cli.running import Runner
from tracker.config import Settings
from tracker.errors import OperationFailed


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock()


@pytest.fixture
def app(tmp_path: Path, clock: HeldClock) -> Iterator[App]:
    environment = {
        "TRACKER_HOME": str(tmp_path / "home"),
        "TRACKER_ALLOW_PRIVATE_ADDRESSES": "1",
    }
    app = App(Settings.from_environment(environment), clock)
    yield app
    app.close()


@pytest.fixture
def feeds() -> Iterator[FeedServer]:
    server = FeedServer(items=3)
    yield server
    server.close()


def test_the_site_turns_at_midnight_in_new_york_without_any_event(
    app: App, clock: HeldClock
) -> None:
    runner = Runner(app, app.settings.site, ())
    runner.prepare()
    front = app.settings.site / "index.html"
    assert "23 November 2026" in front.read_text(encoding="utf-8")
    clock.pass_time(hours=11)
    runner.midnight_tick()
    assert "23 November 2026" in front.read_text(encoding="utf-8")
    clock.pass_time(hours=2)
    runner.midnight_tick()
    assert "24 November 2026" in front.read_text(encoding="utf-8")


def test_a_feed_that_is_due_is_polled_and_its_news_reach_the_site(
    app: App,
    clock: HeldClock,
    feeds: FeedServer,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    sources = app.sources(feeds.sources(tmp_path / "sources.toml", "official"))
    runner = Runner(app, app.settings.site, sources)
    runner.prepare()
    reports = app.settings.site / "reports/index.html"
    assert "Item 2" in reports.read_text(encoding="utf-8")
    before = reports.stat().st_mtime_ns
    feeds.body = feeds.body.replace(b"Item 2<", b"Item two, corrected<")
    runner.poll_tick()
    assert reports.stat().st_mtime_ns == before
    clock.pass_time(hours=1, seconds=1)
    capsys.readouterr()
    runner.poll_tick()
    assert "official: 1 changed" in capsys.readouterr().out
    assert "Item two, corrected" in reports.read_text(encoding="utf-8")
    assert "Item 2" not in reports.read_text(encoding="utf-8")


def test_a_tick_that_fails_is_one_line(
    app: App, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    runner = Runner(app, tmp_path / "site", ())
    runner.told("feeds", OperationFailed("the disk is full", "Make room"))
    runner.told("feeds", ValueError("a bug"))
    lines = capsys.readouterr().err.splitlines()
    assert lines == [
        "feeds: the disk is full. Make room; it will be tried again at the next tick",
        "feeds: ValueError: a bug; it will be tried again at the next tick",
    ]


def test_a_tick_does_its_work_though_nobody_reads_the_log_any_more(
    app: App,
    clock: HeldClock,
    feeds: FeedServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sources = app.sources(feeds.sources(tmp_path / "sources.toml", "one", "two"))
    runner = Runner(app, app.settings.site, sources)
    runner.prepare()
    feeds.body = feeds.body.replace(b"Item 2<", b"Item two, corrected<")
    clock.pass_time(hours=1, seconds=1)

    class Gone(io.StringIO):
        def write(self, _: str) -> int:
            raise BrokenPipeError

    monkeypatch.setattr(sys, "stdout", Gone())
    runner.poll_tick()
    page = (app.settings.site / "reports/index.html").read_text(encoding="utf-8")
    assert "Item two, corrected" in page
    states, _ = app.source_states()
    assert {state.last_new_at for state in states.values()} == {clock.now()}


def _disk_full(*_: object, **__: object) -> None:
    raise OperationFailed("the disk is full", "Make room")


def test_the_site_follows_what_another_process_wrote(
    app: App,
    feeds: FeedServer,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    runner = Runner(app, app.settings.site, ())
    runner.prepare()
    capsys.readouterr()
    runner.site_tick()
    assert capsys.readouterr().out == ""
    other = App(app.settings, app.clock)
    other.ingest(app.sources(feeds.sources(tmp_path / "sources.toml", "official")))
    other.close()
    with monkeypatch.context() as patch:
        patch.setattr(App, "build", _disk_full)
        with pytest.raises(OperationFailed):
            runner.site_tick()
    runner.site_tick()
    reports = (app.settings.site / "reports/index.html").read_text(encoding="utf-8")
    assert "Item 2" in reports
    assert [job.name for job in runner.jobs()] == ["midnight", "site"]


def test_people_are_told_what_is_new_where_somebody_is_named(
    app: App, clock: HeldClock, capsys: pytest.CaptureFixture[str]
) -> None:
    with Receiver() as receiver:
        told = App(replace(app.settings, notify_urls=(receiver.url,)), clock)
        runner = Runner(told, app.settings.site, ())
        runner.app.init()
        assert [job.name for job in runner.jobs()] == ["midnight", "site", "alerts"]
        runner.alert_tick()
        clock.pass_time(hours=1)
        told.load()
        runner.alert_tick()
        runner.alert_tick()
        told.close()
        # Of a whole record at once, twenty one by one, the newest first.
        assert len(receiver.messages) == len(set(receiver.messages)) == 21
        assert receiver.messages[-1].endswith("more alerts in one message.")
    said = capsys.readouterr().out
    assert "1 (json) is told what is new from now on" in said
    assert "20 sent" in said
    assert "hush" not in said


def test_a_feed_added_meanwhile_is_polled_at_the_next_tick(
    app: App, feeds: FeedServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = feeds.sources(tmp_path / "sources.toml", "one")
    app.init()
    runner = Runner(app, app.settings.site, app.sources(file), lambda: app.sources(file))
    runner.poll_due(say_all=True)
    feeds.sources(file, "one", "two")
    runner.poll_due(say_all=True)
    file.write_text("[[source", encoding="utf-8")
    runner.poll_due(say_all=True)
    said = capsys.readouterr()
    assert said.out.count("one: 3 new") == said.out.count("two: 3 new") == 1
    assert "the last list that read is polled" in said.out + said.err
