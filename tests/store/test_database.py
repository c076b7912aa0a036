"""Making, opening and refusing databases: each trouble is a clear line that says what to do."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError

import tracker.store.migrate  # noqa: F401  imported while files are still readable to us
from tests.contracts.backends import MIGRATIONS, NOON, draft, empty_ledger, engine_on, url_of
from tests.store.people import ordinary_user
from tracker.errors import (
    BadInput,
    DatabaseTooNew,
    LedgerBroken,
    NotInitialised,
    OperationFailed,
    TrackerError,
)
from tracker.store import sqlite
from tracker.store.database import (
    create_database,
    open_engine,
    require_current,
    revisions,
    upgrade,
)
from tracker.store.sessions import reading
from tracker.store.sql import SqlLedger
from tracker.store.tables import metadata
from tracker.store.verify import verify


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return empty_ledger(tmp_path / "tracker.db")


def refused(file: Path) -> TrackerError:
    """What a reading command says of the file."""
    with engine_on(file) as engine, pytest.raises(TrackerError) as caught:
        require_current(engine, MIGRATIONS)
    assert caught.value.advice
    assert "\n" not in str(caught.value)
    assert str(file) in str(caught.value)
    return caught.value


def schema_of(file: Path) -> set[tuple[str, str, str]]:
    """Every table, index and trigger with its text, but for the migrations' own."""
    with sqlite3.connect(file) as connection:
        rows = connection.execute(
            "SELECT type, name, COALESCE(sql, '') FROM sqlite_master WHERE tbl_name != ?",
            ("alembic_version",),
        ).fetchall()
    connection.close()
    return {(kind, name, " ".join(sql.split())) for kind, name, sql in rows}


def test_the_migrated_schema_is_the_declared_one(file: Path, tmp_path: Path) -> None:
    declared = tmp_path / "declared.db"
    engine = create_engine(url_of(declared))
    metadata.create_all(engine)
    engine.dispose()
    assert schema_of(file) == schema_of(declared)
    kinds = [kind for kind, _, _ in schema_of(file)]
    assert kinds.count("trigger") == len(sqlite.TRIGGERS)
    assert kinds.count("table") == len(metadata.tables)


def test_file_names_and_alembic_agree_on_the_revisions() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_current_head() == revisions(MIGRATIONS)[-1]
    walked = [script.revision for script in scripts.walk_revisions()]
    assert tuple(reversed(walked)) == revisions(MIGRATIONS)


def test_a_new_database_is_empty_sound_and_current(tmp_path: Path) -> None:
    file = tmp_path / "a folder" / "it's 100% #1.db"
    assert create_database(url_of(file), migrations=MIGRATIONS) is True
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    with engine_on(file) as engine:
        require_current(engine, MIGRATIONS)
        assert verify(engine).findings == ()


def test_making_it_again_changes_nothing(file: Path) -> None:
    with engine_on(file) as engine:
        SqlLedger(engine).append([draft("event/a")], at=NOON)
    before = file.read_bytes()
    assert create_database(url_of(file), migrations=MIGRATIONS) is False
    assert file.read_bytes() == before


def test_connections_write_ahead_sync_fully_and_keep_foreign_keys(file: Path) -> None:
    with engine_on(file) as engine, engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 30_000,
    }


def test_no_ledger_there_is_said_and_no_file_is_left(tmp_path: Path) -> None:
    file = tmp_path / "none" / "tracker.db"
    error = refused(file)
    assert isinstance(error, NotInitialised)
    assert error.advice == "Run `tracker init` first"
    assert not file.parent.exists()
    with engine_on(file) as engine, pytest.raises(OperationFailed, match="cannot be opened"):
        SqlLedger(engine).head()
    assert not file.parent.exists()


def test_an_empty_file_is_no_ledger_yet(tmp_path: Path) -> None:
    file = tmp_path / "tracker.db"
    file.touch()
    assert isinstance(refused(file), NotInitialised)
    with engine_on(file) as engine, pytest.raises(NotInitialised, match="tracker init"):
        SqlLedger(engine).head()
    assert create_database(url_of(file), migrations=MIGRATIONS) is True


def test_a_database_of_a_later_version_is_left_alone(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    error = refused(file)
    assert isinstance(error, DatabaseTooNew)
    assert "9999" in error.message
    with pytest.raises(DatabaseTooNew, match="later version"):
        create_database(url_of(file), migrations=MIGRATIONS)
    with sqlite3.connect(file) as connection:
        (held,) = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    connection.close()
    assert held == ("9999",)


def test_an_older_database_is_told_to_be_brought_up_and_is(file: Path, tmp_path: Path) -> None:
    newer = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, newer)
    last = revisions(MIGRATIONS)[-1]
    (newer / "versions" / "9000_more.py").write_text(
        "from alembic import op\n"
        f"revision, down_revision = '9000', '{last}'\n"
        "def upgrade() -> None:\n    op.execute('CREATE TABLE more (a INTEGER)')\n",
        encoding="utf-8",
    )
    with engine_on(file) as engine:
        SqlLedger(engine).append([draft("event/a")], at=NOON)
        with pytest.raises(OperationFailed, match="Run `tracker init` to bring it up to date"):
            require_current(engine, newer)
        assert upgrade(engine, migrations=newer) is True
        assert upgrade(engine, migrations=newer) is False
        require_current(engine, newer)
        assert SqlLedger(engine).head().position == 1
        with pytest.raises(DatabaseTooNew):
            require_current(engine, MIGRATIONS)


def test_a_migration_that_fails_leaves_the_old_version_whole(file: Path, tmp_path: Path) -> None:
    newer = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, newer)
    last = revisions(MIGRATIONS)[-1]
    (newer / "versions" / "9000_bad.py").write_text(
        "from alembic import op\n"
        f"revision, down_revision = '9000', '{last}'\n"
        "def upgrade() -> None:\n"
        "    op.execute('CREATE TABLE more (a INTEGER)')\n"
        "    op.execute('DROP TABLE due')\n"
        "    raise RuntimeError('a bug')\n",
        encoding="utf-8",
    )
    before = schema_of(file)
    with engine_on(file) as engine:
        with pytest.raises(RuntimeError, match="a bug"):
            upgrade(engine, migrations=newer)
        require_current(engine, MIGRATIONS)
    assert schema_of(file) == before


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "tracker.db"
    file.write_text("Dear diary, today I read the tariff schedule. " * 50, encoding="utf-8")
    before = file.read_bytes()
    assert "is not a SQLite database" in refused(file).message
    with pytest.raises(OperationFailed, match="is not a SQLite database"):
        create_database(url_of(file), migrations=MIGRATIONS)
    assert file.read_bytes() == before


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "bookmarks.db"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    connection.close()
    before = schema_of(file)
    assert "another program" in refused(file).message
    with pytest.raises(OperationFailed, match="another program"):
        create_database(url_of(file), migrations=MIGRATIONS)
    assert schema_of(file) == before


def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    folder = tmp_path / "tracker.db"
    folder.mkdir()
    assert "cannot be opened" in refused(folder).message
    with pytest.raises(OperationFailed, match="cannot be made"):
        create_database(url_of(folder), migrations=MIGRATIONS)


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "home").touch()
    with pytest.raises(OperationFailed, match="cannot be made"):
        create_database(url_of(tmp_path / "home" / "tracker.db"), migrations=MIGRATIONS)


def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "home"
    folder.mkdir(mode=0o555)
    file = folder / "tracker.db"
    with ordinary_user(folder), pytest.raises(OperationFailed, match="cannot be made") as caught:
        create_database(url_of(file), migrations=MIGRATIONS)
    assert "write permission" in caught.value.advice
    assert list(folder.iterdir()) == []


def test_a_folder_that_may_not_be_entered(tmp_path: Path) -> None:
    folder = tmp_path / "home"
    folder.mkdir(mode=0o000)
    with ordinary_user(folder):
        assert "cannot be reached" in refused(folder / "tracker.db").message
    folder.chmod(0o700)


@pytest.mark.parametrize("mode", [0o444, 0o000])
def test_a_ledger_that_may_not_be_written_or_read(file: Path, mode: int) -> None:
    file.chmod(mode)
    for beside in file.parent.glob("tracker.db-*"):
        beside.unlink()
    file.parent.chmod(0o555)
    before = file.read_bytes()
    with (
        ordinary_user(file.parent),
        engine_on(file) as engine,
        pytest.raises(OperationFailed, match=r"cannot be opened|may not be") as caught,
    ):
        SqlLedger(engine).append([draft("event/a")], at=NOON)
    assert caught.value.advice
    file.parent.chmod(0o755)
    assert file.read_bytes() == before


def test_a_lock_held_too_long_is_said(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_S", 0.01)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with engine_on(file) as engine:
        ledger = SqlLedger(engine)
        assert ledger.head().position == 0  # readers do not wait for a writer
        with pytest.raises(OperationFailed, match="held by another process"):
            ledger.append([draft("event/a")], at=NOON)
        other.close()
        ledger.append([draft("event/a")], at=NOON)


def test_a_full_disk_leaves_what_was_there(file: Path) -> None:
    with engine_on(file) as engine:
        ledger = SqlLedger(engine)
        ledger.append([draft("event/a")], at=NOON)
        with engine.connect() as connection:  # the pool hands the same connection out again
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(OperationFailed, match="no room left"):
            ledger.append([draft("event/b", title="x" * 100_000)], at=NOON)
    with engine_on(file) as engine:
        assert verify(engine).findings == ()
        assert SqlLedger(engine).head().position == 1


def test_a_file_cut_short_is_damaged(file: Path) -> None:
    with engine_on(file) as engine:
        SqlLedger(engine).append([draft(f"event/{n}") for n in range(200)], at=NOON)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    with engine_on(file) as engine, pytest.raises(LedgerBroken, match="is damaged"):
        list(SqlLedger(engine).read())


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file:x?uri=true",
        "sqlite:////tmp/x.db?timeout=1",
        "sqlite:////tmp/x\0.db",
        "mysql://me:secret@example.org/db",
        "postgresql+asyncpg://me:secret@example.org/db",
        "sqlite://host:99999999999/x.db",
        "sqlite://:5432/x.db",
        "sqlite://me:secret@/x.db",
    ],
)
def test_a_url_that_cannot_be_used(url: str) -> None:
    with pytest.raises(BadInput) as caught:
        open_engine(url)
    assert "sqlite:////" in caught.value.advice
    assert "secret" not in str(caught.value)


def test_an_installation_without_migrations(tmp_path: Path) -> None:
    with pytest.raises(OperationFailed, match="Install tracker again"):
        create_database(url_of(tmp_path / "tracker.db"), migrations=tmp_path)


def test_an_error_that_is_a_bug_is_not_hidden(file: Path) -> None:
    with (
        engine_on(file) as engine,
        pytest.raises(DBAPIError, match="syntax error"),
        reading(engine) as connection,
    ):
        connection.exec_driver_sql("SELEKT 1")
