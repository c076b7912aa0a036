"""`tracker spans`, and what keeps the spans up to date without it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.clocks import HeldClock
from tracker.app import App
from tracker.cli.running import Runner
from tracker.config import Settings
from tracker.core.index import Index
from tracker.core.policy import Viewpoint
from tracker.store.spans import SqlSpans


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock()


@pytest.fixture
def app(tmp_path: Path, clock: HeldClock) -> Iterator[App]:
    app = App(Settings.from_environment({"TRACKER_HOME": str(tmp_path / "home")}), clock)
    app.init()
    yield app
    app.close()


def as_of(app: App) -> date | None:
    made_from = SqlSpans(app.engine).made_from()
    assert made_from is not None
    return made_from.as_of


def test_loading_the_record_makes_the_spans(app: App) -> None:
    app.load()
    on = date(2025, 3, 10)
    assert SqlSpans(app.engine).state(on=on) == Index(app.world()).state(Viewpoint(on=on))
    assert as_of(app) == app.today
    done = app.refresh_spans()
    assert (done.rewritten, done.written) == (0, 0)


def test_the_spans_turn_at_midnight_in_new_york(
    app: App, clock: HeldClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Runner, "build", lambda _runner: None)  # pages are another test's
    runner = Runner(app, app.settings.site, ())
    runner.prepare()
    before = app.today
    clock.pass_time(hours=11)
    runner.midnight_tick()
    assert as_of(app) == before
    clock.pass_time(hours=2)
    runner.midnight_tick()
    assert as_of(app) == app.today > before


def test_another_version_of_the_program_makes_them_anew(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.load()
    monkeypatch.setattr("tracker.app.asking.__version__", "99.0")
    done = app.refresh_spans()
    assert done.rewritten > 50
    assert done.made_from.version == "99.0"


def test_the_command_says_what_it_did(fresh: Run, tmp_path: Path) -> None:
    assert fresh("init").status == 0
    empty = fresh("spans")
    assert (empty.status, empty.err) == (0, "")
    assert "nothing to write; made from entry 0" in empty.out
    assert fresh("load").status == 0
    assert "nothing to write" in fresh("spans").out
    with sqlite3.connect(tmp_path / "home" / "ledger.db") as connection:
        held = connection.execute("SELECT * FROM spans ORDER BY 1, 2, 3, 4").fetchall()
        connection.execute("DELETE FROM spans")
    connection.close()
    done = fresh("spans", "--rebuild", "--json").data
    assert done["spans_written"] == len(held)
    assert done["provisions_rewritten"] > 50
    assert done["provisions_removed"] == 0
    assert done["position"] > 0
    with sqlite3.connect(tmp_path / "home" / "ledger.db") as connection:
        assert connection.execute("SELECT * FROM spans ORDER BY 1, 2, 3, 4").fetchall() == held
    connection.close()


def test_without_a_ledger_it_says_what_to_do(fresh: Run) -> None:
    ran = fresh("spans")
    assert ran.status == 1
    assert "Run `tracker init` first" in ran.err
    assert ran.out == ""
