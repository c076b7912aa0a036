"""Full disks, clocks that go back, readers beside a writer: a clear line, and nothing lost."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.contracts.backends import (
    MIGRATIONS,
    NOON,
    ROOT,
    batch,
    draft,
    empty_ledger,
    engine_on,
    url_of,
)
from tests.record.files import write
from tests.store.faults.ledgers import sound
from tracker.errors import OperationFailed
from tracker.store import sqlite
from tracker.store.database import create_database, require_current
from tracker.store.evidence import SqlEvidence
from tracker.store.sessions import writing
from tracker.store.sql import SqlLedger


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = empty_ledger(tmp_path_factory.mktemp("faults") / "tracker.db")
    with engine_on(file) as engine:
        SqlLedger(engine).append(batch("event/a", ["1", "2", "3"]), at=NOON)
    return file


@pytest.fixture
def file(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(template, tmp_path / "tracker.db"))


def allowed(limit_bytes: int) -> Callable[[], None]:
    """Files of the process may grow to so many bytes and no further, as under a quota."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, limit_bytes))

    return limit


def command(
    home: Path, file: Path, limit_bytes: int, *words: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tracker", *words],
        cwd=ROOT,
        env={**os.environ, "TRACKER_HOME": str(home), "TRACKER_DATABASE_URL": url_of(file)},
        preexec_fn=allowed(limit_bytes),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("kib", [0, 8, 24, 40])
def test_a_disk_that_fills_up_during_a_load_is_said_and_nothing_is_lost(
    file: Path, tmp_path: Path, kib: int
) -> None:
    folder = write(tmp_path / "record")
    before = sound(file)
    ran = command(tmp_path, file, kib * 1024, "load", str(folder))
    assert ran.returncode == 1
    assert ran.stdout == ""
    assert ran.stderr.count("\n") == 1
    assert "failed" in ran.stderr or "no room left" in ran.stderr
    held = sound(file).entries  # all of it, if only the spans had no room any more
    ran = command(tmp_path, file, resource.RLIM_INFINITY, "load", str(folder))
    assert ran.returncode == 0, ran.stderr
    assert before.entries < sound(file).entries
    assert held in {before.entries, sound(file).entries}


@pytest.mark.parametrize("kib", [0, 4, 20, 60, 100])
def test_a_disk_that_fills_up_while_the_ledger_is_made_is_said_and_the_next_call_completes_it(
    tmp_path: Path, kib: int
) -> None:
    file = tmp_path / "tracker.db"
    ran = command(tmp_path, file, kib * 1024, "init")
    assert ran.returncode == 1
    assert ran.stderr.count("\n") == 1
    assert create_database(url_of(file), migrations=MIGRATIONS)
    with engine_on(file) as engine:
        require_current(engine, MIGRATIONS)
    assert sound(file).entries == 0


def test_every_size_of_a_full_database_leaves_what_was_there(file: Path) -> None:
    """As the operating system would refuse a page more, at each page a batch needs."""
    drafts = batch("event/b", [f"{n} " + "x" * 3_000 for n in range(20)])
    refused = 0
    for more in range(0, 60, 3):
        before = sound(file).head
        with engine_on(file) as engine:
            with engine.connect() as connection:  # the pool hands the same connection out again
                pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
                connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + more}")
            try:
                SqlLedger(engine).append(drafts, at=NOON)
            except OperationFailed as error:
                said = str(error)
                refused += 1
            else:
                break
        assert "no room left" in said
        assert sound(file).head == before
    assert refused > 5
    assert sound(file).entries == 3 + len(drafts)


def test_a_clock_that_goes_back_takes_no_entry_back(file: Path) -> None:
    with engine_on(file) as engine:
        ledger = SqlLedger(engine)
        for days in (3, -400, 1, -3):
            ledger.append([draft(f"event/{days}")], at=NOON + timedelta(days=days))
        instants = [entry.recorded_at for entry in ledger.read()]
    assert instants == sorted(instants)
    assert instants[-1] == NOON + timedelta(days=3)
    assert sound(file).entries == 7


def test_readers_see_what_is_committed_while_a_writer_holds_its_transaction_open(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_S", 0.0)  # to wait at all would be an error
    with engine_on(file) as engine, engine_on(file) as other:
        ledger, reader = SqlLedger(engine), SqlLedger(other)
        with writing(engine) as connection:
            connection.exec_driver_sql(
                "INSERT INTO due (name, due_at) VALUES ('x', '2026-01-01T00:00:00.000000Z')"
            )
            assert len(list(reader.read())) == 3
            assert reader.head().position == 3
            assert SqlEvidence(other).fetch("0" * 64) is None
            assert sound(file).entries == 3
        ledger.append([draft("event/later")], at=NOON)
        assert reader.head().position == 4


def test_a_writer_does_not_wait_for_readers(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_S", 0.0)
    with engine_on(file) as engine, engine_on(file) as other:
        reader = SqlLedger(other).read()
        next(reader)
        SqlLedger(engine).append([draft("event/later")], at=NOON)
        assert len(list(reader)) == 2  # its own view, taken before


def given_up(engine: Engine) -> None:
    """A transaction broken off between a write and its commit, as by Ctrl-C."""
    with writing(engine) as connection:
        connection.exec_driver_sql(
            "INSERT INTO due (name, due_at) VALUES ('x', '2026-01-01T00:00:00.000000Z')"
        )
        raise KeyboardInterrupt


def test_a_transaction_broken_off_leaves_nothing_and_holds_no_lock(file: Path) -> None:
    before = sound(file)
    with engine_on(file) as engine:
        with pytest.raises(KeyboardInterrupt):
            given_up(engine)
        SqlLedger(engine).append([draft("event/later")], at=NOON)
        with engine.connect() as connection:
            assert connection.exec_driver_sql("SELECT COUNT(*) FROM due").scalar_one() == 0
    assert sound(file).entries == before.entries + 1
