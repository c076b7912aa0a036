"""A short soak: forty feeds that fail, a tracker killed twice."""

from __future__ import annotations

from pathlib import Path

from tests.soak.__main__ import Soak


def test_nothing_is_lost_doubled_or_garbled_among_faults_and_kills(tmp_path: Path) -> None:
    soak = Soak(tmp_path, minutes=0.2, feeds=40, faults=0.2, kills=2, speed=180)
    found = soak.run()
    assert soak.amiss == []
    assert found.findings == ()
    assert found.published > 120
    assert (found.found, found.lost, found.duplicates) == (found.published, 0, 0)
    assert (found.strangers, found.stale) == (0, 0)
    assert found.edits_found <= found.edits_published
    assert found.well
    assert sum(soak.publisher.faults.values()) > 0
