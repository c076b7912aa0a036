"""Eight processes append 500 times each while readers follow: nothing lost, doubled or moved."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from tests.contracts.backends import ROOT, new_url
from tests.store.appender import drafts_of
from tests.store.faults.killing import sound
from tracker.core.entries import Entry
from tracker.store.database import open_engine
from tracker.store.sql import SqlLedger

WRITERS, APPENDS = 8, 500


def followed(url: str, over: Event) -> list[Entry]:
    """What a reader saw that only ever asks for what came after the last it saw."""
    engine = open_engine(url)
    ledger, last_round = SqlLedger(engine), False
    seen: list[Entry] = []
    try:
        while True:
            seen.extend(ledger.read(after=seen[-1].position if seen else 0))
            if last_round:
                return seen
            last_round = over.wait(0.02)  # leaves the processor to those it follows
    finally:
        engine.dispose()


def writers(url: str) -> None:
    """Run them all to their end and hold each to what it was answered."""
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.store.appender", url, who, str(APPENDS), "1"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for who in "abcdefgh"
    ]
    said = [process.communicate()[0].split() for process in running]
    assert [process.returncode for process in running] == [0] * WRITERS
    assert said == [[str(n) for n in range(APPENDS)]] * WRITERS


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_eight_writers_and_two_bookmark_readers(kind: str, tmp_path: Path) -> None:
    with new_url(kind, tmp_path) as url:
        race(url)


def race(url: str) -> None:
    over = Event()
    with ThreadPoolExecutor(2) as pool:
        readers = [pool.submit(followed, url, over) for _ in range(2)]
        try:
            writers(url)
        finally:
            over.set()
        seen, again = (reader.result() for reader in readers)
    assert sound(url).entries == WRITERS * APPENDS
    assert [entry.position for entry in seen] == list(range(1, WRITERS * APPENDS + 1))
    assert seen == again
    told = Counter(entry.key for entry in seen)
    for who in "abcdefgh":
        keys = [one.key for n in range(APPENDS) for one in drafts_of(who, n, 1)]
        assert all(told[key] == 1 for key in keys)
        mine = set(keys)  # one writer's entries stand in the order in which it appended them
        assert [entry.key for entry in seen if entry.key in mine] == keys
