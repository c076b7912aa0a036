"""Operational state: what is saved is what is read, however often."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.contracts.backends import NOON, empty_ledger, engine_on
from tracker.errors import OperationFailed
from tracker.store.sources import DueTimes, SourceState, SourceStates

FULL = SourceState(
    source="cbp",
    etag='W/"abc"',
    last_modified="Sun, 01 Mar 2026 12:00:00 GMT",
    next_due_at=NOON + timedelta(hours=1),
    last_polled_at=NOON,
    last_success_at=NOON - timedelta(days=1),
    last_new_at=NOON - timedelta(days=2),
    failures=3,
    last_error_kind="timeout",
    last_error="no answer",
    moved_to="https://example.org/new",
)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with engine_on(empty_ledger(tmp_path / "tracker.db")) as opened:
        yield opened


def test_a_feed_never_polled_is_blank(engine: Engine) -> None:
    assert SourceStates(engine).get("cbp") == SourceState(source="cbp")
    assert SourceStates(engine).all() == ()


def test_the_last_save_wins_and_touches_no_other(engine: Engine) -> None:
    states = SourceStates(engine)
    other = SourceState(source="aaa", failures=1)
    for state in (SourceState(source="cbp", etag="old"), other, FULL):
        states.save(state)
    assert states.get("cbp") == FULL
    assert states.all() == (other, FULL)
    states.save(SourceState(source="cbp"))
    assert states.get("cbp") == SourceState(source="cbp")


def test_instants_come_back_in_utc(engine: Engine) -> None:
    local = datetime(2026, 3, 1, 7, tzinfo=timezone(timedelta(hours=-5)))
    SourceStates(engine).save(SourceState(source="cbp", last_polled_at=local))
    found = SourceStates(engine).get("cbp").last_polled_at
    assert found == NOON
    assert found is not None
    assert found.tzinfo is UTC
    with pytest.raises(ValueError, match="time zone"):
        SourceStates(engine).save(SourceState(source="cbp", last_polled_at=datetime(2026, 3, 1)))  # noqa: DTZ001  the point


def test_due_times(engine: Engine) -> None:
    times = DueTimes(engine)
    assert times.due("poll") is None
    times.set_due("poll", NOON)
    times.set_due("build", NOON + timedelta(1))
    times.set_due("poll", NOON + timedelta(2))
    assert times.due("poll") == NOON + timedelta(2)
    assert times.due("build") == NOON + timedelta(1)
    with pytest.raises(ValueError, match="time zone"):
        times.set_due("poll", datetime(2026, 3, 1))  # noqa: DTZ001  the point


def test_a_spoiled_row_is_told(engine: Engine) -> None:
    SourceStates(engine).save(FULL)
    DueTimes(engine).set_due("poll", NOON)
    with sqlite3.connect(str(engine.url.database)) as connection:
        connection.execute("UPDATE source_state SET last_polled_at = 'noon'")
        connection.execute("UPDATE due SET due_at = 'soon'")
    connection.close()
    with pytest.raises(OperationFailed, match="'noon' as last_polled_at of cbp"):
        SourceStates(engine).get("cbp")
    with pytest.raises(OperationFailed, match="'soon' as due of poll"):
        DueTimes(engine).due("poll")
