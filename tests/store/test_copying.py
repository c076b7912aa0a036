"""A second ledger: in a file, back from it, in another database; whole, checked, or not at all."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from sqlalchemy import Engine, select

from tests.contracts.backends import MIGRATIONS, NOON, ROOT, batch, draft, new_url, report, url_of
from tests.store.schemas import KINDS
from tracker.core.codec import sha256
from tracker.core.entries import Entry
from tracker.errors import BadInput, LedgerBroken, OperationFailed
from tracker.store.backups import back_up, restore
from tracker.store.copying import copy_ledger
from tracker.store.database import open_engine
from tracker.store.evidence import SqlEvidence
from tracker.store.sources import DueTimes, SourceState, SourceStates
from tracker.store.sql import SqlLedger
from tracker.store.sqlite import TRIGGERS
from tracker.store.tables import evidence
from tracker.store.verify import verify

BODIES = [b"<rss/>" * 90, bytes(range(256)), b""]

Make = Callable[[str], Engine]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """Make empty ledgers of either kind, gone at the end."""
    with ExitStack() as stack:

        def made(kind: str) -> Engine:
            folder = tmp_path / f"folder {len(list(tmp_path.iterdir()))}"
            folder.mkdir()
            engine = open_engine(stack.enter_context(new_url(kind, folder)))
            stack.callback(engine.dispose)
            return engine

        yield made


def fill(engine: Engine) -> None:
    ledger, kept = SqlLedger(engine), SqlEvidence(engine)
    for number, body in enumerate(BODIES):
        kept.keep(body, media_type="text/xml", at=NOON)
        one = report("feed/é", f"item {number}", "0", evidence=sha256(body))
        ledger.append([one, *batch("event/ça", [f"{number} \U0001f341", f"{number} b"])], at=NOON)
    ledger.append(batch("event/many", [str(n) for n in range(1_100)]), at=NOON + timedelta(days=1))
    SourceStates(engine).save_all(
        [SourceState(source="feed/é", etag='"x"', failures=2, total_bytes=2**40)],
        {"feed/é": b"\0held"},
    )
    SourceStates(engine).pause("other", at=NOON, reason="rests")
    DueTimes(engine).set_due("midnight", NOON)


def everything(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        blobs = connection.execute(select(evidence).order_by(evidence.c.digest)).all()
    states = SourceStates(engine)
    return [
        list(SqlLedger(engine).read()),
        [tuple(row) for row in blobs],
        states.all(),
        states.items("feed/é"),
        states.pauses(),
        DueTimes(engine).due("midnight"),
    ]


@pytest.mark.parametrize("source_kind", KINDS)
@pytest.mark.parametrize("target_kind", KINDS)
def test_a_copy_is_the_same_to_the_last_byte(
    make: Make, source_kind: str, target_kind: str
) -> None:
    source, target = make(source_kind), make(target_kind)
    fill(source)
    told: list[int] = []
    copied = copy_ledger(source, target, progress=told.append)
    assert everything(target) == everything(source)
    verdict = verify(target)
    assert (verdict.findings, verdict.head, verdict.root) == ((), copied.head, copied.root)
    assert verify(source).root == copied.root
    assert (copied.entries, copied.new_entries, copied.new_blobs) == (1_109, 1_109, 3)
    assert told == [1_000, 1_109]


@pytest.mark.parametrize("kind", KINDS)
def test_a_copy_is_taken_up_where_it_stopped(make: Make, kind: str) -> None:
    source, target = make("sqlite"), make(kind)
    fill(source)
    copy_ledger(source, target)
    again = copy_ledger(source, target)
    assert (again.new_entries, again.new_blobs) == (0, 0)
    digest = SqlEvidence(source).keep(b"new", media_type="a/b", at=NOON)
    new = report("feed", "new", "0", evidence=digest)
    SqlLedger(source).append([new], at=NOON + timedelta(days=2))
    more = copy_ledger(source, target)
    assert (more.entries, more.new_entries, more.new_blobs) == (1_110, 1, 1)
    assert everything(target) == everything(source)


@pytest.mark.parametrize("kind", KINDS)
def test_a_target_with_a_history_of_its_own_is_left_alone(make: Make, kind: str) -> None:
    source, target, longer = make("sqlite"), make(kind), make(kind)
    fill(source)
    SqlLedger(target).append([draft("event/of-its-own")], at=NOON)
    copy_ledger(source, longer)
    SqlLedger(longer).append([draft("event/of-its-own")], at=NOON)
    for engine in (target, longer):
        before = everything(engine)
        with pytest.raises(
            OperationFailed, match=r"holds \d+ entries that .* does not\. Copy into"
        ):
            copy_ledger(source, engine)
        assert everything(engine) == before


def _spoil(engine: Engine, statement: str) -> None:
    with closing(sqlite3.connect(str(engine.url.database))) as connection:
        for name in TRIGGERS:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement)
        connection.commit()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "statement",
    [
        (
            "UPDATE entries SET payload = CAST(replace(payload, '1099', '1098') AS BLOB) "
            "WHERE position = 1109"
        ),
        "DELETE FROM entries WHERE position = 3",
        "UPDATE entries SET stream = 'event/other' WHERE position = 1109",
        "UPDATE evidence SET body = x'00' WHERE size > 0",
        "UPDATE evidence SET stored_at = 'yesterday'",
        "DELETE FROM evidence",
    ],
)
def test_a_ledger_that_does_not_hold_is_copied_not_even_in_part(
    make: Make, kind: str, statement: str
) -> None:
    source, target = make("sqlite"), make(kind)
    fill(source)
    _spoil(source, statement)
    empty = everything(target)
    with pytest.raises(LedgerBroken):
        copy_ledger(source, target)
    assert everything(target) == empty


@pytest.mark.parametrize("kind", KINDS)
def test_there_and_back_through_a_backup_while_it_is_written_to(
    make: Make, kind: str, tmp_path: Path
) -> None:
    source, target = make(kind), make(kind)
    fill(source)
    over = Event()

    def write() -> int:
        number = 0
        while not over.is_set():
            number += 1
            SqlLedger(source).append([draft("event/beside", title=str(number))], at=NOON)
        return number

    with ThreadPoolExecutor(1) as pool:
        writer = pool.submit(write)
        try:
            file = tmp_path / "backup.db"
            copied = back_up(source, file, migrations=MIGRATIONS)
        finally:
            over.set()
        assert writer.result() > 0
    before = file.read_bytes()
    url = target.url.render_as_string(hide_password=False)
    restored = restore(file, url, home=tmp_path / "home", migrations=MIGRATIONS)
    assert (restored.head, restored.root) == (copied.head, copied.root)
    held: list[Entry] = list(SqlLedger(target).read())
    assert held == list(SqlLedger(source).read(until=copied.entries))
    assert SqlEvidence(target).fetch(sha256(BODIES[0])) == BODIES[0]
    assert verify(target).findings == ()
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.glob("backup*")] == ["backup.db"]
    assert list((tmp_path / "home").iterdir()) == []


def test_nothing_is_written_over(make: Make, tmp_path: Path) -> None:
    source = make("sqlite")
    fill(source)
    file = tmp_path / "backup.db"
    file.write_bytes(b"theirs")
    with pytest.raises(BadInput, match="is there already"):
        back_up(source, file, migrations=MIGRATIONS)
    assert file.read_bytes() == b"theirs"
    with pytest.raises(OperationFailed, match="No such file or directory"):
        back_up(source, tmp_path / "none" / "b.db", migrations=MIGRATIONS)
    good = tmp_path / "good.db"
    back_up(source, good, migrations=MIGRATIONS)
    before = everything(source)
    url = url_of(Path(str(source.url.database)))
    with pytest.raises(OperationFailed, match=r"holds a ledger already \(1109 entries, 3 pieces"):
        restore(good, url, home=tmp_path, migrations=MIGRATIONS)
    assert everything(source) == before


def test_a_broken_ledger_gives_no_backup_and_leaves_no_file(make: Make, tmp_path: Path) -> None:
    source = make("sqlite")
    fill(source)
    _spoil(source, "UPDATE entries SET hash = 'x' WHERE position = 700")
    beside = tmp_path / "backups"
    beside.mkdir()
    with pytest.raises(LedgerBroken, match="position 700"):
        back_up(source, beside / "b.db", migrations=MIGRATIONS)
    assert list(beside.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"text", b"SQLite format 3\0 and no more"])
def test_what_is_no_backup_is_not_restored(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "b.db"
    file.write_bytes(content)
    home = tmp_path / "home"
    with pytest.raises((BadInput, OperationFailed)) as caught:
        restore(file, url_of(home / "ledger.db"), home=home, migrations=MIGRATIONS)
    assert caught.value.advice
    assert not (home / "ledger.db").exists()


def test_a_damaged_backup_restores_nothing(make: Make, tmp_path: Path) -> None:
    source = make("sqlite")
    fill(source)
    file = tmp_path / "b.db"
    back_up(source, file, migrations=MIGRATIONS)
    with closing(sqlite3.connect(file)) as connection:
        for name in TRIGGERS:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE entries SET type = 'event.corrected' WHERE position = 1000")
        connection.commit()
    target = make("sqlite")
    url = url_of(Path(str(target.url.database)))
    with pytest.raises(LedgerBroken, match="position 1000"):
        restore(file, url, home=tmp_path, migrations=MIGRATIONS)
    assert SqlLedger(target).head().position == 0


def test_a_ledger_in_use_is_no_backup(make: Make, tmp_path: Path) -> None:
    source = make("sqlite")
    fill(source)
    file = Path(str(source.url.database))
    with pytest.raises(BadInput, match="in use"):
        restore(file, url_of(tmp_path / "x.db"), home=tmp_path, migrations=MIGRATIONS)


def test_a_backup_killed_at_any_moment_leaves_no_file_that_looks_whole(
    make: Make, tmp_path: Path
) -> None:
    source = make("sqlite")
    for number in range(6):
        SqlLedger(source).append(batch(f"event/{number}", [str(n) for n in range(900)]), at=NOON)
    script = (
        "import os, signal, sys\nfrom pathlib import Path\n"
        "from tracker.store.backups import back_up\n"
        "from tracker.store.database import open_engine\n"
        "def told(done):\n    if done >= int(sys.argv[4]): os.kill(os.getpid(), signal.SIGKILL)\n"
        "back_up(open_engine(sys.argv[1]), Path(sys.argv[2]), "
        "migrations=Path(sys.argv[3]), progress=told)\n"
    )
    file = tmp_path / "b.db"
    url = url_of(Path(str(source.url.database)))
    for after in ("1000", "5400"):
        killed = subprocess.run(
            [sys.executable, "-c", script, url, str(file), str(MIGRATIONS), after],
            check=False,
            cwd=ROOT,
        )
        assert killed.returncode == -signal.SIGKILL
        assert not file.exists()
    back_up(source, file, migrations=MIGRATIONS)
    assert file.exists()


def tracker(*arguments: str, home: Path, url: str = "") -> subprocess.CompletedProcess[str]:
    environment: dict[str, Any] = {**os.environ, "TRACKER_HOME": str(home)}
    environment.pop("TRACKER_DATABASE_URL", None)
    if url:
        environment["TRACKER_DATABASE_URL"] = url
    return subprocess.run(
        [sys.executable, "-m", "tracker", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )


def test_the_commands_from_sqlite_to_postgres_and_back(make: Make, tmp_path: Path) -> None:
    """The shipped record goes once round, and every place says the same of it."""
    there = make("postgres").url.render_as_string(hide_password=False)
    home, back = tmp_path / "home", tmp_path / "back"
    for command in ("init", "load"):
        assert tracker(command, home=home).returncode == 0
    copied = tracker("copy", "--to", there, home=home)
    assert copied.returncode == 0, copied.stderr
    assert copied.stdout.startswith("Copied to PostgreSQL database")
    file = str(tmp_path / "b.db")
    assert tracker("backup", file, home=home, url=there).returncode == 0
    again = tracker("backup", file, home=home, url=there)
    assert (again.returncode, again.stdout, again.stderr.count("\n")) == (2, "", 1)
    assert tracker("restore", file, home=back).returncode == 0
    twice = tracker("restore", file, home=back)
    assert (twice.returncode, twice.stdout, twice.stderr.count("\n")) == (1, "", 1)
    verdicts = {
        tracker("verify", home=where, url=url).stdout
        for where, url in ((home, ""), (home, there), (back, ""))
    }
    assert len(verdicts) == 1
    assert verdicts.pop().endswith("The ledger is whole.\n")
    question = ("state", "--on", "2025-03-10", "--json")
    answers = {
        tracker(*question, home=where, url=url).stdout
        for where, url in ((home, ""), (home, there), (back, ""))
    }
    assert len(answers) == 1
    assert "us.ieepa.border.ca" in answers.pop()
