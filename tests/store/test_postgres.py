"""PostgreSQL in particular: what it refuses, what verify finds, and what a lost server leaves."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, event, make_url
from sqlalchemy.exc import DBAPIError

from tests.contracts.backends import MIGRATIONS, NOON, ROOT, batch, draft, report
from tests.contracts.postgres import database, private_server
from tracker.core.codec import sha256
from tracker.errors import BadInput, LedgerBroken, NotInitialised, OperationFailed
from tracker.store.database import create_database, open_engine, require_current
from tracker.store.evidence import SqlEvidence
from tracker.store.sessions import driving, reading, writing
from tracker.store.sql import SqlLedger
from tracker.store.verify import verify

BODY = b"<rss>evidence</rss>" * 50


@pytest.fixture
def url() -> Iterator[str]:
    with database() as made:
        engine = open_engine(made)
        SqlLedger(engine).append(batch("event/a", ["one", "two", "three"]), at=NOON)
        SqlEvidence(engine).keep(BODY, media_type="a/b", at=NOON)
        drafts = [report("feed", "item", "0", evidence=sha256(BODY))]
        SqlLedger(engine).append(drafts, at=NOON)
        engine.dispose()
        yield made


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    made = open_engine(url)
    yield made
    made.dispose()


@contextmanager
def past_the_program(url: str) -> Iterator[psycopg.Connection[Any]]:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        yield connection


_COPY_OF_ONE = """INSERT INTO entries
SELECT {position}, stream, {version}, type, schema, {key}, {recorded_at}, payload, {previous}, hash
FROM entries WHERE position = 4"""
_RIGHT = {
    "position": "5",
    "version": "2",
    "key": "'new'",
    "recorded_at": "recorded_at",
    "previous": "hash",
}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET key = 'x' WHERE position = 1",
        "UPDATE entries SET key = 'x' WHERE position = 99",
        "DELETE FROM entries",
        "DELETE FROM entries WHERE position = 4",
        "TRUNCATE entries",
        "TRUNCATE entries, evidence CASCADE",
        "INSERT INTO entries SELECT * FROM entries WHERE position = 3",
        (
            "INSERT INTO entries SELECT * FROM entries WHERE position = 3 "
            "ON CONFLICT (position) DO UPDATE SET key = 'x'"
        ),
        "MERGE INTO entries e USING entries f ON e.position = f.position WHEN MATCHED THEN DELETE",
        "UPDATE evidence SET media_type = 'x'",
        "DELETE FROM evidence",
        "TRUNCATE evidence",
        "INSERT INTO evidence SELECT * FROM evidence",
        (
            "INSERT INTO evidence SELECT * FROM evidence "
            "ON CONFLICT (digest) DO UPDATE SET media_type = 'x'"
        ),
        *(
            _COPY_OF_ONE.format(**{**_RIGHT, name: value})
            for name, value in (
                ("position", "6"),
                ("position", "0"),
                ("position", "-1"),
                ("version", "1"),
                ("version", "3"),
                ("key", "key"),
                ("recorded_at", "'2020-01-01T00:00:00.000000Z'"),
                ("previous", "'x'"),
            )
        ),
    ],
)
def test_rows_can_neither_be_changed_removed_nor_slipped_in(
    url: str, engine: Engine, statement: str
) -> None:
    before = list(SqlLedger(engine).read())
    with past_the_program(url) as connection, pytest.raises(psycopg.errors.IntegrityError):
        connection.execute(statement.encode())
    assert list(SqlLedger(engine).read()) == before
    assert verify(engine).findings == ()


def test_the_guard_lets_the_next_entry_in(url: str, engine: Engine) -> None:
    with past_the_program(url) as connection:
        connection.execute(_COPY_OF_ONE.format(**_RIGHT).encode())
    assert SqlLedger(engine).head().position == 5


@pytest.mark.parametrize(
    ("statements", "found"),
    [
        (["DROP TRIGGER entries_no_delete ON entries"], "entries_no_delete .* is gone"),
        (["ALTER TABLE entries DISABLE TRIGGER entries_guard"], "entries_guard .* been changed"),
        (
            [
                (
                    "CREATE OR REPLACE FUNCTION tracker_refuse() RETURNS trigger LANGUAGE plpgsql "
                    "AS $$ BEGIN RETURN NULL; END $$"
                )
            ],
            "evidence_no_update .* been changed",
        ),
        (
            [
                "ALTER TABLE entries DISABLE TRIGGER USER",
                "UPDATE entries SET recorded_at = '2026-03-01T11:00:00.000000Z' WHERE position = 2",
                "ALTER TABLE entries ENABLE TRIGGER USER",
            ],
            "position 2: its hash does not match",
        ),
        (
            [
                "SET session_replication_role = replica",
                "DELETE FROM entries WHERE position = 2",
            ],
            "position 3: it comes where position 2 belongs",
        ),
        (
            ["SET session_replication_role = replica", "DELETE FROM evidence"],
            "its evidence .* is not held",
        ),
        (
            ["SET session_replication_role = replica", "UPDATE evidence SET body = 'x'"],
            "the evidence .* is damaged",
        ),
        (["DROP TABLE evidence"], "the table evidence is gone"),
    ],
)
def test_tampering_is_found(url: str, engine: Engine, statements: list[str], found: str) -> None:
    with past_the_program(url) as connection:
        for statement in statements:
            connection.execute(statement.encode())
    findings = "\n".join(verify(engine).findings)
    assert re.search(found, findings)


def test_a_connection_lost_in_the_middle_loses_nothing(url: str, engine: Engine) -> None:
    ledger = SqlLedger(engine)
    before = ledger.head()

    def lost_while_appending() -> None:
        with driving(engine) as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            row = cursor.fetchone()
            assert row is not None
            with past_the_program(url) as connection:
                connection.execute("SELECT pg_terminate_backend(%s, 5000)", (row[0],))
            cursor.execute("SELECT 1")

    with pytest.raises(OperationFailed, match=r"the connection to .* was lost.*Run the command"):
        lost_while_appending()
    assert ledger.head() == before
    assert ledger.append([draft("event/next")], at=NOON)[0].position == before.position + 1
    assert verify(engine).findings == ()


def test_a_connection_lost_between_two_appends_is_not_noticed(url: str, engine: Engine) -> None:
    ledger = SqlLedger(engine)
    ledger.append([draft("event/x")], at=NOON)
    with past_the_program(url) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert ledger.append([draft("event/y")], at=NOON)[0].position == 6


def test_a_killed_writer_holds_nobody_up(url: str, engine: Engine) -> None:
    script = (
        "import sys\nfrom tracker.store.database import open_engine\n"
        "from tracker.store.sessions import driving\n"
        "with driving(open_engine(sys.argv[1])) as cursor:\n"
        "    cursor.execute('INSERT INTO due VALUES (%s, %s)', ('half', 'done'))\n"
        "    print('in', flush=True)\n    sys.stdin.read()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "in\n"
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert SqlLedger(engine).append([draft("event/next")], at=NOON)[0].position == 5
    with past_the_program(url) as connection:
        assert connection.execute("SELECT count(*) FROM due").fetchone() == (0,)


def test_readers_wait_for_no_writer_and_writers_for_no_reader(engine: Engine) -> None:
    ledger = SqlLedger(engine)
    with writing(engine) as connection:
        connection.exec_driver_sql("INSERT INTO due VALUES ('a', 'b')")
        with ThreadPoolExecutor(1) as pool:
            assert len(pool.submit(lambda: list(ledger.read())).result(timeout=20)) == 4
    reader = ledger.read()
    next(reader)
    ledger.append([draft("event/later")], at=NOON)
    assert [entry.position for entry in reader] == [2, 3, 4]


def test_a_reader_may_not_write(engine: Engine) -> None:
    with (
        pytest.raises(OperationFailed, match="may not be written"),
        reading(engine) as connection,
    ):
        connection.exec_driver_sql("INSERT INTO due VALUES ('a', 'b')")


def test_rows_are_fetched_a_few_at_a_time(engine: Engine) -> None:
    """Memory is flat: the rows stay with the server until they are wanted."""
    said: list[str] = []
    event.listen(
        engine, "before_cursor_execute", lambda *given: said.append(type(given[1]).__name__)
    )
    next(SqlLedger(engine).read())
    assert "ServerCursor" in said


@pytest.fixture(scope="module")
def locked() -> Iterator[Any]:
    """A server that asks one user for a password."""
    with private_server() as server:
        plain = server.get_uri()
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute("CREATE USER reporter PASSWORD 'open sesame'")
            connection.execute("CREATE DATABASE ledger")
            row = connection.execute("SHOW hba_file").fetchone()
            assert row is not None
            rules = Path(row[0])
            before = rules.read_text(encoding="utf-8")
            rule = "local all reporter scram-sha-256\n"
            rules.write_text(rule + before, encoding="utf-8")
            connection.execute("SELECT pg_reload_conf()")
        yield server


def at(server: Any, **other: Any) -> str:
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg", **other)
    return url.render_as_string(hide_password=False)


def said_of(url: str, call: str = "verify") -> str:
    """What the command line says, which is one line and no password."""
    ran = subprocess.run(
        [sys.executable, "-m", "tracker", call],
        env={**os.environ, "TRACKER_DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert ran.returncode == 1, ran
    assert ran.stdout == ""
    assert ran.stderr.count("\n") == 1
    assert "sesame" not in ran.stderr
    return ran.stderr


@pytest.mark.parametrize(
    ("other", "line"),
    [
        ({"username": "reporter", "password": "close sesame"}, "refused the user or the password"),
        ({"username": "reporter"}, "refused the user or the password"),
        ({"username": "nobody-knows", "password": "sesame"}, "does not know the user"),
        ({"database": "none"}, "there is no PostgreSQL database none"),
        ({"database": "ledger"}, "there is no ledger at PostgreSQL database ledger"),
        ({"query": {}, "host": "127.0.0.1", "port": 1, "password": "sesame"}, "does not answer"),
        ({"query": {"host": "/nowhere"}, "password": "sesame"}, "does not answer"),
    ],
)
def test_a_server_that_lets_nobody_in(locked: Any, other: dict[str, Any], line: str) -> None:
    assert line in said_of(at(locked, **{"database": "ledger", **other}))


def test_rights_that_are_missing_are_named(locked: Any) -> None:
    who = {"username": "reporter", "password": "open sesame"}
    url = at(locked, database="ledger", **who)
    line = said_of(url, "init")
    assert "permission denied for schema public" in line
    assert "Give the user" in line


def test_a_server_that_is_stopped_and_started_again() -> None:
    with private_server() as server:
        url = at(server)
        create_database(url, migrations=MIGRATIONS)
        engine = open_engine(url)
        ledger = SqlLedger(engine)
        ledger.append([draft("event/a")], at=NOON)
        os.kill(server.get_pid(), signal.SIGINT)  # a fast shutdown
        server.get_postmaster_info().process.wait(20)
        with pytest.raises(OperationFailed, match=r"does not answer.*nothing was half written"):
            ledger.append([draft("event/b")], at=NOON)
        with pytest.raises(OperationFailed, match="Start the server"):
            require_current(engine, MIGRATIONS)
        server.ensure_postgres_running()
        assert ledger.append([draft("event/b")], at=NOON)[0].position == 2
        assert verify(engine).findings == ()
        engine.dispose()


@pytest.mark.parametrize(
    "url",
    ["postgresql://", "postgresql://me:sesame@host", "postgresql://host/x?password=sesame"],
)
def test_a_url_that_names_no_database_or_shows_its_password(url: str) -> None:
    with pytest.raises(BadInput) as caught:
        open_engine(url)
    assert "sesame" not in str(caught.value)


def test_without_the_driver_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(OperationFailed, match=r"pip install 'tracker\[postgres\]'"):
        open_engine("postgresql://host/x")


def test_tables_that_are_gone_and_rows_that_lie(url: str, engine: Engine) -> None:
    with past_the_program(url) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("UPDATE entries SET recorded_at = 'x' WHERE position = 4")
    with pytest.raises(LedgerBroken, match="position 4: recorded_at 'x' is not an instant"):
        SqlLedger(engine).append([draft("event/b")], at=NOON)
    with past_the_program(url) as connection:
        connection.execute("DROP TABLE entries")
    with pytest.raises(NotInitialised, match="Run `tracker init`"):
        SqlLedger(engine).head()


def test_a_bug_of_ours_is_not_dressed_up(engine: Engine) -> None:
    with pytest.raises(DBAPIError), reading(engine) as connection:
        connection.exec_driver_sql("SELEC 1")
