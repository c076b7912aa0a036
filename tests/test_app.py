"""The composition root on a real workspace, with a clock that the test holds."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.clocks import START, HeldClock
from tracker.app import App
from tracker.config import Settings, shipped
from tracker.core.policy import Viewpoint, state
from tracker.errors import BadInput, NotInitialised
from tracker.proof.keys import new_pem


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock()


@pytest.fixture
def app(tmp_path: Path, clock: HeldClock) -> Iterator[App]:
    settings = Settings.from_environment({"TRACKER_HOME": str(tmp_path / "home")})
    app = App(settings, clock)
    app.init()
    yield app
    app.close()


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A copy of the shipped record that a test may edit."""
    folder = tmp_path / "record"
    shutil.copytree(shipped("db/record"), folder)
    return folder


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file.name}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def general(app: App, recorded_by: datetime | None = None) -> object:
    world = app.world(recorded_by=recorded_by)
    rows = {row.place: row for row in state(world, Viewpoint(on=date(2025, 8, 1)))}
    found = rows.get(("us.ieepa.border.ca", "general"))
    return found.rate_pct if found else None


def test_a_correction_changes_the_answer_and_recorded_by_still_shows_the_old_one(
    app: App, clock: HeldClock, record: Path
) -> None:
    month = record / "2025-07.yaml"
    edit(
        month,
        "        rate: 35\n        from: 2025-08-01\n      - measure",
        "        rate: 36\n        from: 2025-08-01\n      - measure",
    )
    app.load(record)
    wrong_until = clock.now()
    clock.pass_time(hours=1)
    assert general(app) == 36
    loaded = app.load(shipped("db/record"))
    assert loaded.appended == 1
    assert general(app) == 35
    assert general(app, recorded_by=wrong_until) == 36
    assert general(app, recorded_by=START - timedelta(seconds=1)) is None
    assert app.load(shipped("db/record")).appended == 0
    assert app.verify().findings == ()


def test_an_event_taken_out_is_retracted_and_comes_back(
    app: App, clock: HeldClock, record: Path
) -> None:
    app.load(record)
    whole = {event.id for event in app.world().events}
    max(record.glob("20*.yaml")).unlink()  # the last month: nothing comes after to refer to it
    clock.pass_time(hours=1)
    gone = app.load(record).appended
    left = {event.id for event in app.world().events}
    assert len(whole - left) == gone > 0
    clock.pass_time(hours=1)
    app.load(shipped("db/record"))
    assert {event.id for event in app.world().events} == whole


def test_midnight_is_noticed_once_also_after_a_rest(app: App, clock: HeldClock) -> None:
    assert not app.midnight_passed()
    clock.pass_time(hours=11)
    assert not app.midnight_passed()
    clock.pass_time(hours=2)
    assert app.midnight_passed()
    assert not app.midnight_passed()
    clock.pass_time(days=3)
    app.close()
    assert app.midnight_passed()
    assert not app.midnight_passed()


def test_a_new_day_changes_the_site_without_any_event(app: App, clock: HeldClock) -> None:
    app.load()
    first = app.build(again=True)
    assert first.written > 100
    assert app.build(again=True).written == 0
    clock.pass_time(days=1)
    assert app.today == date(2026, 11, 24)
    turned = app.build(again=True)
    assert turned.written > 0
    front = (app.settings.site / "index.html").read_text(encoding="utf-8")
    assert "24 November 2026" in front
    the_page_of_the_article_shows_what_it_said(app.settings.site)


def the_page_of_the_article_shows_what_it_said(site: Path) -> None:
    page = (site / "on/2025-09-18/index.html").read_text(encoding="utf-8")
    rows = [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in page.split("<tr")]

    def row(goods: str) -> str:
        (found,) = [text for text in rows if goods in text]
        return found

    assert "50% in force Steel articles" in row("Steel articles")
    assert "10% in force" in row("Energy and energy resources")
    assert "25% in force" in row("light trucks that qualify under USMCA")
    assert any("25% in force Passenger vehicles and light trucks" in text for text in rows)
    mexico = [text for text in rows if "25% in force All goods not otherwise listed" in text]
    assert len(mexico) == 1
    assert "30% threatened from 29 Oct 2025" in mexico[0]
    disputed = page[page.index('id="claims"') : page.index('id="scheduled"')]
    assert "A 25% US levy on Mexican pharmaceuticals was in force" in disputed
    assert "No Section 232 duty on medicines was in force" in disputed
    assert "nearly C$56 billion in 2024" in page


def test_two_workspaces_with_one_history_build_the_same_bytes(
    tmp_path: Path, clock: HeldClock, record: Path
) -> None:
    """One builds at the end alone, on as many cores as there are, the other on the way, too."""
    trees = []
    key = tmp_path / "signing.pem"  # what is signed shows who signed it
    key.write_bytes(new_pem())
    newest = max(record.glob("20*.yaml"))
    whole = newest.read_bytes()
    for name in ("one", "two"):
        surroundings = {
            "TRACKER_HOME": str(tmp_path / name),
            "TRACKER_SIGNING_KEY_FILE": str(key),
        }
        app = App(Settings.from_environment(surroundings), clock)
        app.init()
        newest.unlink()  # nothing earlier refers to it
        app.load(record)
        if name == "two":
            app.build(again=True)
        newest.write_bytes(whole)
        assert app.load(record).appended
        written = app.build(again=name == "two").written
        app.close()
        site = app.settings.site
        trees.append({p.relative_to(site): p.read_bytes() for p in site.rglob("*") if p.is_file()})
    assert trees[0] == trees[1]
    assert 0 < written < len(trees[0])


def test_without_a_ledger_nothing_is_made(tmp_path: Path, clock: HeldClock) -> None:
    app = App(Settings.from_environment({"TRACKER_HOME": str(tmp_path / "none")}), clock)
    with pytest.raises(NotInitialised):
        app.world()
    assert not (tmp_path / "none").exists()


def test_settings_come_from_the_environment_alone(tmp_path: Path) -> None:
    plain = Settings.from_environment({})
    assert plain.home.name == "var"
    assert not plain.allow_private
    named = Settings.from_environment(
        {
            "TRACKER_HOME": str(tmp_path),
            "TRACKER_DATABASE_URL": "sqlite:////elsewhere/l.db",
            "TRACKER_ALLOW_PRIVATE_ADDRESSES": "1",
        }
    )
    assert (named.home, named.database_url) == (tmp_path, "sqlite:////elsewhere/l.db")
    assert named.allow_private
    with pytest.raises(BadInput, match="TRACKER_DATABASE_URL"):
        Settings.from_environment({"TRACKER_DATABASE_URL": "ledger.db"})
