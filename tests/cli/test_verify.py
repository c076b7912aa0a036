"""`tracker verify` says what it looked at, and what is wrong and where."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Run, run_in_process


@pytest.fixture
def file(loaded_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The ledger of a workspace of its own with the shipped record in it."""
    home = Path(shutil.copytree(loaded_home, tmp_path / "copied"))
    monkeypatch.setenv("TRACKER_HOME", str(home))
    monkeypatch.delenv("TRACKER_DATABASE_URL", raising=False)
    return home / "ledger.db"


def changed(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(statement)


def test_a_whole_ledger_is_told_with_the_root_that_its_checkpoint_has(file: Path) -> None:
    ran = run_in_process("verify")
    assert (ran.status, ran.err) == (0, "")
    size, root = run_in_process("checkpoint").out.splitlines()[1:3]
    assert f"Merkle tree: size {size}, root {root}" in ran.out
    assert ran.out.endswith("The ledger is whole.\n")
    assert "Note" not in ran.out


def test_its_json_has_the_head_the_root_and_no_findings(run: Run) -> None:
    data = run("verify", "--json").data
    assert data["head"]["position"] == data["entries"] > 300
    assert data["findings"] == data["notes"] == []
    assert len(data["root"]) == 44


def test_spans_that_somebody_changed_are_found_and_made_anew(file: Path) -> None:
    changed(file, "UPDATE spans SET status = 'revoked' WHERE measure = 'us.ieepa.border.ca'")
    ran = run_in_process("verify")
    assert ran.status == 1
    assert "the spans of us.ieepa.border.ca.general differ from a replay (status" in ran.out
    assert ran.out.endswith("The ledger is broken.\n")
    assert run_in_process("verify", "--no-spans").status == 0
    assert run_in_process("spans", "--rebuild").status == 0
    assert run_in_process("verify").status == 0


def test_what_is_not_compared_is_said(file: Path) -> None:
    changed(file, "UPDATE projections SET version = 'other'")
    ran = run_in_process("verify")
    assert ran.status == 0
    assert "Note: the spans were made by version other" in ran.out
    changed(file, "DROP TRIGGER entries_no_update")
    ran = run_in_process("verify", "--json")
    assert ran.status == 1
    assert ran.data["root"] is None
    assert ran.data["findings"] == ["the trigger entries_no_update that guards entries is gone"]
    assert "were not compared" in ran.data["notes"][0]
