"""Migrated, declared, written down: one schema on each database, reached from any version."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from msgspec.structs import replace
from sqlalchemy import create_engine, text

from tests.contracts.backends import MIGRATIONS, NOON, draft, new_url, opened
from tests.contracts.postgres import empty_database
from tests.core.test_codec import GOLDEN as GOLDEN_PAYLOADS
from tests.store.schemas import GOLDEN, KINDS, schema_of
from tracker.app import App
from tracker.config import Settings
from tracker.core.codec import decode, entry_hash
from tracker.core.entries import Entry, Head
from tracker.errors import DatabaseTooNew, LedgerBroken, OperationFailed
from tracker.store.database import create_database, require_current, revisions
from tracker.store.dialects import dialect_of
from tracker.store.evidence import SqlEvidence
from tracker.store.rows import COLUMNS, row_of
from tracker.store.sessions import driving, writing
from tracker.store.sql import SqlLedger
from tracker.store.tables import metadata
from tracker.store.verify import verify

pytestmark = pytest.mark.parametrize("kind", KINDS)


@contextmanager
def nothing(kind: str, folder: Path) -> Iterator[str]:
    """The URL of a database without a ledger."""
    with ExitStack() as stack:
        if kind == "postgres":
            yield stack.enter_context(empty_database())
        else:
            (folder / "empty.db").touch()
            yield f"sqlite:///{folder / 'empty.db'}"


def test_the_migrated_schema_is_the_declared_one(kind: str, tmp_path: Path) -> None:
    with new_url(kind, tmp_path) as migrated, nothing(kind, tmp_path) as declared:
        plain = create_engine(declared)
        metadata.create_all(plain)
        with opened(migrated) as engine:
            # A column that was added later is the same column on one line.
            assert schema_of(engine).split() == schema_of(plain).split()
        plain.dispose()


def test_the_schema_is_the_one_written_down(kind: str, tmp_path: Path) -> None:
    with new_url(kind, tmp_path) as url, opened(url) as engine:
        found = schema_of(engine)
    # After a migration: python -m tests.store.schemas, and look at what changed.
    assert found == (GOLDEN / f"{kind}.sql").read_text(encoding="utf-8")


@pytest.mark.parametrize("revision", revisions(MIGRATIONS)[:-1])
def test_an_older_ledger_is_brought_up_to_date_with_all_it_holds(
    kind: str, revision: str, tmp_path: Path
) -> None:
    with nothing(kind, tmp_path) as url, opened(url) as engine:
        with writing(engine) as connection:
            config = Config()
            config.set_main_option("script_location", str(MIGRATIONS))
            config.attributes["connection"] = connection
            command.upgrade(config, revision)
        SqlLedger(engine).append([draft("event/a"), draft("event/b")], at=NOON)
        digest = SqlEvidence(engine).keep(b"body", media_type="text/plain", at=NOON)
        before = list(SqlLedger(engine).read())
        with pytest.raises(OperationFailed, match="Run `tracker init`"):
            require_current(engine, MIGRATIONS)
        assert create_database(url, migrations=MIGRATIONS) is True
        assert create_database(url, migrations=MIGRATIONS) is False
        require_current(engine, MIGRATIONS)
        assert list(SqlLedger(engine).read()) == before
        assert SqlEvidence(engine).fetch(digest) == b"body"
        assert verify(engine).findings == ()
        assert schema_of(engine) == (GOLDEN / f"{kind}.sql").read_text(encoding="utf-8")


def test_a_newer_ledger_is_refused(kind: str, tmp_path: Path) -> None:
    with new_url(kind, tmp_path) as url, opened(url) as engine:
        with writing(engine) as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        for refused in (
            lambda: require_current(engine, MIGRATIONS),
            lambda: create_database(url, migrations=MIGRATIONS),
        ):
            with pytest.raises(DatabaseTooNew, match=r"\(9999\).* Use that version or a later"):
                refused()


def test_a_database_of_another_program_is_left_alone(kind: str, tmp_path: Path) -> None:
    with nothing(kind, tmp_path) as url, opened(url) as engine:
        with writing(engine) as connection:
            connection.execute(text("CREATE TABLE theirs (x INTEGER)"))
        with pytest.raises(OperationFailed, match="of another program"):
            create_database(url, migrations=MIGRATIONS)
        assert "entries" not in schema_of(engine)


def test_payloads_of_every_version_ever_written_stay_readable(kind: str, tmp_path: Path) -> None:
    head, rows = Head(), list[tuple[Any, ...]]()
    for (type_, schema), data in sorted(GOLDEN_PAYLOADS.items()):
        blank = Entry(
            position=head.position + 1,
            stream=f"golden/{type_}/{schema}",
            version=1,
            type=type_,
            schema=schema,
            key=f"{type_} {schema}",
            recorded_at=NOON,
            payload=data,
            previous=head.hash,
            hash="",
        )
        entry = replace(blank, hash=entry_hash(blank))
        head = Head(position=entry.position, hash=entry.hash)
        rows.append(row_of(entry))
    with new_url(kind, tmp_path) as url, opened(url) as engine:
        with driving(engine) as cursor:
            dialect_of(engine).insert_rows(cursor, "entries", COLUMNS, rows)
        held = list(SqlLedger(engine).read())
        assert [entry.payload for entry in held] == [
            data for _, data in sorted(GOLDEN_PAYLOADS.items())
        ]
        assert all(decode(entry.type, entry.schema, entry.payload) for entry in held)
        assert verify(engine).findings == ()


def test_a_program_without_a_way_up_says_so_at_its_start(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.core.codec.UPCASTERS", {})
    with new_url(kind, tmp_path) as url:
        app = App(Settings(home=tmp_path, database_url=url))
        with pytest.raises(LedgerBroken, match=r"no upcaster for event\.recorded from schema 1"):
            app.require_ledger()
