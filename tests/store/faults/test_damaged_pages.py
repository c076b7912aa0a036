"""Bytes of the file flipped anywhere are said in one line or change no answer."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest

from tests.bench.prose import seeded
from tests.cli.conftest import run_in_process
from tests.contracts.backends import MIGRATIONS, engine_on
from tests.store.faults.ledgers import BODY, DAY, checked, make
from tracker.core.codec import sha256
from tracker.errors import TrackerError
from tracker.store.database import require_current
from tracker.store.evidence import SqlEvidence
from tracker.store.spans import SqlSpans
from tracker.store.sql import SqlLedger

T = TypeVar("T")


@dataclass(frozen=True)
class Refused:
    """What was said instead of an answer."""

    line: str


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("damaged") / "tracker.db")


def asked(question: Callable[[], T]) -> T | Refused:
    """The answer, or the one line in its place; anything else is raised."""
    try:
        return question()
    except TrackerError as error:
        said = error
    assert "\n" not in str(said)
    assert said.advice
    return Refused(str(said))


def answers(file: Path) -> dict[str, Any]:
    """Everything the store can be asked, each a value or the line that refuses it."""
    with engine_on(file) as engine:
        ledger, table, blobs = SqlLedger(engine), SqlSpans(engine), SqlEvidence(engine)
        return {
            "current": asked(lambda: require_current(engine, MIGRATIONS)),
            "entries": asked(lambda: list(ledger.read())),
            "lines": asked(lambda: [tuple(line) for line in ledger.lines()]),
            "head": asked(ledger.head),
            "reports": asked(lambda: ledger.latest_reports("feed")),
            "evidence": asked(lambda: blobs.fetch(sha256(BODY))),
            "spans": asked(lambda: table.state(on=DAY)),
        }


def flipped(template: Path, file: Path, seed: str) -> None:
    """One to a few bytes changed side by side, nine times in ten where there are any."""
    rng = seeded(seed)
    data = bytearray(template.read_bytes())
    place, run = rng.randrange(len(data)), rng.choice([1, 1, 1, 2, 8, 64, 512])
    while not data[place] and rng.random() < 0.98:
        place = rng.randrange(len(data))
    for where in range(place, min(place + run, len(data))):
        data[where] ^= rng.randrange(1, 256)
    file.write_bytes(data)


@pytest.mark.parametrize("part", range(4))
def test_flipped_bytes_are_said_or_change_no_answer(
    template: Path, tmp_path: Path, part: int
) -> None:
    file = tmp_path / "tracker.db"
    right = answers(template)
    assert not any(isinstance(answer, Refused) for answer in right.values())
    silent = 0
    for number in range(100):
        flipped(template, file, f"{part}/{number}")
        found = answers(file)
        told = asked(lambda: checked(file).findings)
        unflagged = not isinstance(told, Refused) and told == ()
        silent += unflagged
        if unflagged:
            assert found == right, f"flip {part}/{number} is a wrong answer that nobody flags"
        for beside in tmp_path.glob("tracker.db-*"):
            beside.unlink()
    assert silent < 60, "too few flips hit anything"


@pytest.mark.parametrize("number", range(12))
def test_the_command_line_says_it_in_one_line(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    file = tmp_path / "tracker.db"
    monkeypatch.setenv("TRACKER_HOME", str(tmp_path))
    monkeypatch.setenv("TRACKER_DATABASE_URL", f"sqlite:///{file}")
    shutil.copyfile(template, file)
    right = run_in_process("state", "--on", "2025-03-10", "--json")
    assert right.status == 0
    flipped(template, file, f"command line/{number}")
    verified = run_in_process("verify", "--no-spans")
    assert verified.status in {0, 1, 2}
    assert verified.err.count("\n") <= 1
    ran = run_in_process("state", "--on", "2025-03-10", "--json")
    assert ran.err.count("\n") <= 1
    assert "Traceback" not in ran.err + verified.err
    if ran.status:
        assert ran.out == ""
    elif ran.out != right.out:
        assert verified.status
