"""Rewriting the ledger behind the program's back, and which command finds it.

Whoever can write to the database can drop the guards and make a chain that
holds again. Then nothing inside gives it away, and a checkpoint that somebody
noted earlier does.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from tests.cli.conftest import Ran, run_in_process
from tracker.core.codec import entry_hash, instant_text
from tracker.core.entries import Entry
from tracker.store.rows import COLUMNS, entry_of

Run = Callable[..., Ran]
FALSE, TRUE = b'"rate_pct":"25"', b'"rate_pct":"26"'


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the shipped record, a key, and a checkpoint noted outside it."""
    home = tmp_path_factory.mktemp("proven")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRACKER_HOME", str(home))
        patch.delenv("TRACKER_DATABASE_URL", raising=False)
        noted = str(home / "noted.txt")
        for words in (("init",), ("load",), ("checkpoint", "--out", noted)):
            ran = run_in_process(*words)
            assert ran.status == 0, ran.err
    return home


@pytest.fixture
def home(loaded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it to do anything to."""
    copy = tmp_path / "home"
    shutil.copytree(loaded, copy)
    monkeypatch.setenv("TRACKER_HOME", str(copy))
    monkeypatch.delenv("TRACKER_DATABASE_URL", raising=False)
    return copy


def without_guards(home: Path, act: Callable[[sqlite3.Connection], None]) -> None:
    """Do something to the database with its triggers gone, and put them back as they were."""
    connection = sqlite3.connect(home / "ledger.db")
    guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    kept = guards.fetchall()
    assert kept
    for name, _ in kept:
        connection.execute(f'DROP TRIGGER "{name}"')
    act(connection)
    for _, text in kept:
        connection.execute(text)
    connection.commit()
    connection.close()


def tampered(home: Path, act: Callable[[sqlite3.Connection], None]) -> None:
    """Do something to the ledger, and then all else that an insider would do to hide it."""
    without_guards(home, act)
    assert run_in_process("spans", "--rebuild").status == 0


def victim(connection: sqlite3.Connection) -> Entry:
    """The first entry that tells of a rate of 25%."""
    rows = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM entries ORDER BY position")  # noqa: S608 - our own columns
    return next(entry for row in rows if FALSE in (entry := entry_of(row)).payload)


def change_payload(connection: sqlite3.Connection) -> None:
    entry = victim(connection)
    payload = entry.payload.replace(FALSE, TRUE, 1)
    connection.execute(
        "UPDATE entries SET payload = ? WHERE position = ?", (payload, entry.position)
    )


def chain_anew(connection: sqlite3.Connection) -> None:
    """Give every entry the hash and the link that fit what it holds now."""
    rows = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM entries ORDER BY position")  # noqa: S608 - our own columns
    previous = "0" * 64
    for row in rows.fetchall():
        entry = msgspec.structs.replace(entry_of(row), previous=previous)
        previous = entry_hash(entry)
        connection.execute(
            "UPDATE entries SET previous = ?, hash = ? WHERE position = ?",
            (entry.previous, previous, entry.position),
        )


def test_a_changed_payload_is_found_by_verify_and_nothing_is_signed_over_it(home: Path) -> None:
    without_guards(home, change_payload)
    found = run_in_process("verify")
    assert found.status == 1
    assert "its hash does not match what it holds" in found.out
    for words in (("checkpoint",), ("build",), ("check-consistency", str(home / "noted.txt"))):
        ran = run_in_process(*words)
        assert ran.status == 1, words
        assert "its hash does not match what it holds" in ran.err
        assert ran.out == ""


def test_a_chain_made_anew_passes_verify_and_is_found_by_a_checkpoint_noted_before(
    home: Path,
) -> None:
    noted, proof = str(home / "noted.txt"), str(home / "proof.json")
    connection = sqlite3.connect(home / "ledger.db")
    event = victim(connection).stream.removeprefix("event/")
    connection.close()
    assert run_in_process("prove", event, "--out", proof).status == 0

    def rewrite(connection: sqlite3.Connection) -> None:
        change_payload(connection)
        chain_anew(connection)

    tampered(home, rewrite)
    assert "The ledger is whole." in run_in_process("verify").out
    later = str(home / "later.txt")
    assert run_in_process("checkpoint", "--out", later).status == 0
    for words in ((noted,), (noted, later)):
        ran = run_in_process("check-consistency", *words)
        assert (ran.status, ran.out) == (1, "")
        assert "is not what the later one begins with" in ran.err
    grown = run_in_process("prove", "--consistency", noted)
    assert (grown.status, grown.out) == (1, "")
    # What was handed out before still proves what the ledger held then.
    assert run_in_process("check-proof", proof).status == 0
    # And the two proofs of one event, both signed by the operator, convict the operator.
    assert run_in_process("prove", event, "--out", str(home / "other.json")).status == 0
    held, holds = Path(proof).read_bytes(), (home / "other.json").read_bytes()
    assert b'"rate_pct": "26"' in holds
    assert b'"rate_pct": "26"' not in held


def test_a_tail_cut_off_cleanly_passes_verify_and_is_found_too(home: Path) -> None:
    def cut(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM entries WHERE position > 300")

    tampered(home, cut)
    assert run_in_process("verify").status == 0
    ran = run_in_process("check-consistency", str(home / "noted.txt"))
    assert ran.status == 1
    assert "this ledger holds 300" in ran.err
    later = str(home / "later.txt")
    assert run_in_process("checkpoint", "--out", later).status == 0
    ran = run_in_process("check-consistency", str(home / "noted.txt"), later)
    assert ran.status == 1


def test_an_entry_recorded_earlier_than_it_was_is_found(home: Path) -> None:
    def backdate(connection: sqlite3.Connection) -> None:
        entry = victim(connection)
        instant = instant_text(entry.recorded_at.replace(year=2025))
        connection.execute(
            "UPDATE entries SET recorded_at = ? WHERE position <= ?", (instant, entry.position)
        )
        chain_anew(connection)

    tampered(home, backdate)
    assert run_in_process("verify").status == 0
    assert run_in_process("check-consistency", str(home / "noted.txt")).status == 1
