"""Many processes at once, and processes killed in the middle."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.contracts.backends import MIGRATIONS, ROOT, empty_ledger, engine_on, url_of
from tests.store.appender import drafts_of
from tests.store.faults.ledgers import sound
from tracker.store.database import create_database, require_current
from tracker.store.sql import SqlLedger

KILLED = -9
SIZE = 50


def appender(file: Path, who: str, batches: int, *where: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "tests.store.appender", url_of(file)),
            *(who, str(batches), str(SIZE), *where),
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return empty_ledger(tmp_path / "tracker.db")


def batches_held(file: Path) -> Counter[str]:
    """How many entries of each batch are held; a whole one has SIZE."""
    with engine_on(file) as engine:
        held = {entry.key for entry in SqlLedger(engine).read()}
    return Counter(
        f"{who}/{number}"
        for who in "abcd"
        for number in range(6)
        for one in drafts_of(who, number, SIZE)
        if one.key in held
    )


def test_racing_processes_lose_nothing_and_leave_no_gap(file: Path) -> None:
    running = [appender(file, who, 6) for who in "abcd"]
    said = [process.communicate()[0] for process in running]
    assert [process.returncode for process in running] == [0] * 4
    assert said == ["0\n1\n2\n3\n4\n5\n"] * 4
    assert sound(file).entries == 4 * 6 * SIZE
    assert batches_held(file) == {f"{who}/{n}": SIZE for who in "abcd" for n in range(6)}


@pytest.mark.parametrize(
    "where", ["steps=0", "steps=50", "steps=200", "steps=450", "at=insert", "at=commit"]
)
def test_killed_in_the_middle_of_an_append_the_batch_is_absent_and_can_be_done_again(
    file: Path, where: str
) -> None:
    process = appender(file, "a", 3, where)
    said = process.communicate()[0]
    assert process.returncode == KILLED
    assert said == "0\n"
    assert sound(file).entries == SIZE
    assert batches_held(file) == {"a/0": SIZE}
    again = appender(file, "a", 3)
    assert again.communicate()[0] == "0\n1\n2\n"
    assert sound(file).entries == 3 * SIZE
    assert batches_held(file) == {"a/0": SIZE, "a/1": SIZE, "a/2": SIZE}


@pytest.mark.parametrize("acknowledged", [1, 2, 4])
def test_killed_from_outside_what_was_acknowledged_is_there_and_batches_are_whole(
    file: Path, acknowledged: int
) -> None:
    other = appender(file, "b", 6)
    process = appender(file, "a", 6)
    assert process.stdout is not None
    for _ in range(acknowledged):
        process.stdout.readline()
    process.kill()
    process.communicate()
    other.communicate()
    assert other.returncode == 0  # a dead writer holds no lock
    sound(file)
    held = batches_held(file)
    assert set(held.values()) == {SIZE}
    assert {f"a/{n}" for n in range(acknowledged)} <= held.keys()
    assert {f"b/{n}" for n in range(6)} <= held.keys()


_CREATE = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from sqlalchemy.engine import Engine
from tracker.store.database import create_database
seen = 0
@event.listens_for(Engine, "after_cursor_execute")
def executed(connection, cursor, statement, *rest):
    global seen
    seen += statement.lstrip().startswith(("CREATE", "INSERT"))
    if seen == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
create_database(sys.argv[1], migrations=Path(sys.argv[2]))
"""


@pytest.mark.parametrize("statement", [1, 3, 8, 12])
def test_killed_in_the_middle_of_making_the_database_the_next_call_completes_it(
    tmp_path: Path, statement: int
) -> None:
    file = tmp_path / "folder" / "tracker.db"
    done = subprocess.run(
        [sys.executable, "-c", _CREATE, url_of(file), str(MIGRATIONS), str(statement)],
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == KILLED
    assert create_database(url_of(file), migrations=MIGRATIONS)
    with engine_on(file) as engine:
        require_current(engine, MIGRATIONS)
    assert sound(file).entries == 0


def test_processes_that_make_the_same_database_at_once_all_succeed(tmp_path: Path) -> None:
    file = tmp_path / "tracker.db"
    running = [
        subprocess.Popen(
            [sys.executable, "-c", _CREATE, url_of(file), str(MIGRATIONS), "-1"], cwd=ROOT
        )
        for _ in range(4)
    ]
    assert [process.wait() for process in running] == [0] * 4
    assert sound(file).entries == 0
