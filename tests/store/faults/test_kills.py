"""Two hundred processes killed at random moments leave ledgers that verify and go on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contracts.postgres import empty_database
from tests.store.faults.killing import kills, on_postgres, trials

KILLS = 200
KILLS_ON_POSTGRES = 100


@pytest.mark.parametrize("number", range(3), ids=["append", "load", "migrate"])
def test_after_a_kill_nothing_acknowledged_is_lost_and_nothing_is_half_there(
    tmp_path: Path, number: int
) -> None:
    trial, share = trials(tmp_path)[number]
    count = round(KILLS * share)
    found = kills(trial, count=count, seed=1)  # holds the ledger to its promise after each
    assert found.total() == count
    at_work = sum(n for what, n in found.items() if what.startswith("killed at work"))
    assert at_work > count // 3, "too few died at work for the trial to say anything"


def test_all_three_trials_together_are_two_hundred_kills(tmp_path: Path) -> None:
    assert sum(round(KILLS * share) for _, share in trials(tmp_path)) == KILLS


@pytest.mark.parametrize("number", range(2), ids=["append", "load"])
def test_after_a_kill_postgresql_holds_what_was_acknowledged_and_nothing_half(
    tmp_path: Path, number: int
) -> None:
    with empty_database() as url:
        trial, share = on_postgres(tmp_path, url)[number]
        count = round(KILLS_ON_POSTGRES * share)
        found = kills(trial, count=count, seed=2)
    assert found.total() == count
    at_work = sum(n for what, n in found.items() if what.startswith("killed at work"))
    assert at_work > count // 3
