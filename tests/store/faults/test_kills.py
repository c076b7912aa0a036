"""Two hundred processes killed at random moments leave ledgers that verify and go on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.faults.killing import kills, trials

KILLS = 200


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
