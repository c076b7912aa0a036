"""The outbox on both databases: an alert is claimed once, whoever else wants it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert

from tests.contracts.backends import MIGRATIONS, NOON, new_url
from tracker.errors import OperationFailed
from tracker.store.copying import copy_ledger
from tracker.store.database import create_database, open_engine
from tracker.store.outbox import Noted, Outbox
from tracker.store.sessions import writing
from tracker.store.tables import alert_targets

NOTE = Noted(
    key="event/x",
    target="t",
    about="event",
    state="sending",
    title="Tracker",
    sentence="Ünïcode, 25%.",
    link=None,
    noted_at=NOON,
)


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with new_url(request.param, tmp_path) as url:
        create_database(url, migrations=MIGRATIONS)
        made = open_engine(url)
        yield made
        made.dispose()


def test_what_is_claimed_is_claimed_once_and_what_never_left_again(engine: Engine) -> None:
    outbox = Outbox(engine)
    assert outbox.claim(NOTE)
    assert not outbox.claim(NOTE)
    assert outbox.claim(replace(NOTE, target="other"))
    outbox.end([NOTE.key], "t", "waiting", at=NOON)
    assert outbox.claim(NOTE)
    outbox.end([NOTE.key], "t", "refused", at=NOON)
    assert not outbox.claim(NOTE)
    assert [one.state for one in outbox.unsent()] == ["sending", "refused"]
    (refused,) = [one for one in outbox.unsent() if one.target == "t"]
    assert refused == replace(NOTE, state="refused", ended_at=NOON)
    assert outbox.claim(refused, again=True)
    assert not outbox.claim(refused, again=True)
    outbox.end([NOTE.key], "t", "sent", at=NOON)
    assert outbox.states("t") == {"event/x": "sent"}
    assert not outbox.claim(refused, again=True)


def test_of_many_who_want_it_one_gets_it(engine: Engine) -> None:
    start = threading.Barrier(6)
    won: list[int] = []

    def want() -> None:
        start.wait()
        notes = ((number, replace(NOTE, key=f"event/{number}")) for number in range(5))
        won.extend(number for number, note in notes if Outbox(engine).claim(note))

    threads = [threading.Thread(target=want) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == list(range(5))


def test_a_target_begins_once_and_a_copy_goes_on_from_there(engine: Engine, tmp_path: Path) -> None:
    outbox = Outbox(engine)
    assert outbox.since("t") is None
    assert outbox.begin("t", at=NOON) is None
    assert outbox.begin("t", at=NOON + timedelta(hours=1)) == NOON
    outbox.set_since("t", NOON - timedelta(days=1))
    outbox.set_since("u", NOON)
    assert (outbox.since("t"), outbox.since("u")) == (NOON - timedelta(days=1), NOON)
    assert outbox.claim(NOTE)
    (tmp_path / "copy").mkdir()
    with new_url("sqlite", tmp_path / "copy") as url:
        create_database(url, migrations=MIGRATIONS)
        other = open_engine(url)
        copy_ledger(engine, other)
        assert Outbox(other).states("t") == {"event/x": "sending"}
        assert not Outbox(other).claim(NOTE)
        other.dispose()


def test_a_damaged_note_is_told_in_words(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(insert(alert_targets).values(target="t", since="yesterday"))
    with pytest.raises(OperationFailed, match="no instant"):
        Outbox(engine).since("t")
    with pytest.raises(ValueError, match="zone"):
        Outbox(engine).begin("u", at=datetime(2026, 3, 1))  # noqa: DTZ001 - naive on purpose
