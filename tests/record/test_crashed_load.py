"""A load killed in the middle leaves what was there; the next one completes it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.contracts.backends import ROOT, empty_ledger, engine_on, url_of
from tests.record.files import write
from tracker.core.world import fold
from tracker.record.read import read_record
from tracker.store.sql import SqlLedger
from tracker.store.verify import verify


def load(file: Path, folder: Path, *where: str) -> int:
    command = [sys.executable, "-m", "tests.record.loader", url_of(file), str(folder), *where]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def held(file: Path) -> list[str]:
    with engine_on(file) as engine:
        assert verify(engine).findings == ()
        world = fold(SqlLedger(engine).read())
    return [event.title.en for event in world.events]


@pytest.mark.parametrize("where", ["steps=10", "at=insert", "at=commit"])
def test_a_killed_load_is_all_or_nothing(tmp_path: Path, where: str) -> None:
    file = empty_ledger(tmp_path / "tracker.db")
    folder = write(tmp_path / "record")
    assert load(file, folder, where) == -9
    assert held(file) == []
    assert load(file, folder) == 0
    first = [event.title.en for event in read_record(folder).events]
    assert held(file) == first

    month = folder / "2025-02.yaml"
    text = month.read_text(encoding="utf-8").replace("title: The answer", "title: The reply")
    month.write_text(text, encoding="utf-8")
    assert load(file, folder, where) == -9
    assert held(file) == first
    assert load(file, folder) == 0
    assert "The reply" in held(file)
