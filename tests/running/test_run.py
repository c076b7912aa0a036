"""`tracker run` as a process: it comes up, answers, stops when told, and survives being killed."""

from __future__ import annotations

import json
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running.processes import FeedServer, Running, call, get, tracker
from tracker.config import shipped

ALLOW = {"TRACKER_ALLOW_PRIVATE_ADDRESSES": "1"}
STOPS_WITHIN_S = 5


@pytest.fixture
def feeds() -> Iterator[FeedServer]:
    server = FeedServer()
    yield server
    server.close()


def address(running: Running) -> str:
    return running.wait_for("Site on").split()[2]


def entries(home: Path) -> int:
    ran = call(home, "verify", "--json")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    verdict = json.loads(ran.stdout)
    assert verdict["findings"] == []
    return int(verdict["entries"])


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_comes_up_answers_and_stops_cleanly(tmp_path: Path, how: signal.Signals) -> None:
    with tracker(tmp_path, "run", "--no-poll", "--port", "0") as running:
        base = address(running)
        status, front = get(f"{base}/")
        assert status == 200
        assert "<h1" in front
        status, page = get(f"{base}/on/2025-09-18/")
        assert status == 200
        assert "30%" in page
        assert "pharma" in page.lower()
        status, health = get(f"{base}/healthz")
        assert (status, json.loads(health)["status"]) == (200, "ok")
        assert set(json.loads(health)["ticks"]) >= {"midnight", "site"}
        _, metrics = get(f"{base}/metrics")
        assert "tracker_ledger_up 1.0" in metrics
        assert running.signal(how) == 0


def test_a_second_start_adds_and_writes_nothing(tmp_path: Path) -> None:
    with tracker(tmp_path, "run", "--no-poll", "--port", "0") as running:
        address(running)
        assert running.signal(signal.SIGTERM) == 0
    held = entries(tmp_path)
    with tracker(tmp_path, "run", "--no-poll", "--port", "0") as running:
        assert " 0 new ledger entries" in running.wait_for("Record:")
        assert " 0 pages written" in running.wait_for("Site:")
        address(running)
        assert running.signal(signal.SIGINT) == 0
    assert entries(tmp_path) == held


def test_feeds_are_polled_and_what_fails_is_one_line(tmp_path: Path, feeds: FeedServer) -> None:
    sources = feeds.sources(tmp_path / "sources.toml", "good", "page", "empty")
    home = tmp_path / "home"
    with tracker(home, "run", "--port", "0", "--sources", str(sources), **ALLOW) as running:
        base = address(running)
        told = {
            name: [x for x in running.seen if x.startswith(f"{name}:")]
            for name in ("good", "page", "empty")
        }
        assert all(len(lines) == 1 for lines in told.values()), running.seen
        assert "20 new" in told["good"][0]
        assert "tried again" in told["page"][0]
        assert "tried again" in told["empty"][0]
        _, reports = get(f"{base}/reports/")
        assert "Item 7" in reports
        assert running.signal(signal.SIGTERM) == 0
    before = entries(home)
    again = call(home, "ingest", "--sources", str(sources), "--source", "good", **ALLOW)
    assert again.returncode == 0
    assert "nothing new" in again.stdout
    assert entries(home) == before


def test_it_stops_at_once_while_a_feed_keeps_it_waiting(tmp_path: Path, feeds: FeedServer) -> None:
    feeds.let_go.clear()
    sources = feeds.sources(tmp_path / "sources.toml", *(f"slow{n}" for n in range(6)))
    home = tmp_path / "home"
    with tracker(home, "run", "--port", "0", "--sources", str(sources), **ALLOW) as running:
        assert feeds.asked.acquire(timeout=60)
        running.process.send_signal(signal.SIGTERM)
        # The promise itself: the wait fails if it takes longer.
        assert running.process.wait(timeout=STOPS_WITHIN_S) == 0
    assert entries(home) > 0


@pytest.mark.parametrize("after", ["", "Ledger:", "Record:"])
def test_killed_at_any_stage_the_next_start_completes(tmp_path: Path, after: str) -> None:
    with tracker(tmp_path, "run", "--no-poll", "--port", "0") as running:
        if after:
            running.wait_for(after)
        running.signal(signal.SIGKILL)
    with tracker(tmp_path, "run", "--no-poll", "--port", "0") as running:
        status, _ = get(f"{address(running)}/")
        assert status == 200
        assert running.signal(signal.SIGTERM) == 0
    assert entries(tmp_path) > 0


def pages_in(site: Path, *, aside: bool) -> list[Path]:
    """The pages in their place, or those that are still laid aside."""
    found: list[Path] = []
    for folder, _, names in os.walk(site):  # which does not mind that folders are moved away
        laid = "/.tracker-stage-" in folder
        found += [Path(folder, name) for name in names if name.endswith(".html") and laid is aside]
    return found


@pytest.mark.parametrize(("aside", "pages"), [(True, 1), (True, 150), (False, 1)])
def test_killed_in_the_middle_of_a_build_every_page_there_is_whole(
    tmp_path: Path, aside: bool, pages: int
) -> None:
    record = tmp_path / "record"
    shutil.copytree(shipped("db/record"), record)
    for month in sorted(record.glob("20*.yaml"))[9:]:
        month.unlink()  # nothing earlier refers to it; what is left makes some hundred pages
    assert call(tmp_path, "init").returncode == 0
    assert call(tmp_path, "load", str(record)).returncode == 0
    site = tmp_path / "site"
    with tracker(tmp_path, "build") as running:
        while running.process.poll() is None and len(pages_in(site, aside=aside)) < pages:
            pass
        running.signal(signal.SIGKILL)
    for page in pages_in(site, aside=False):
        assert page.read_text(encoding="utf-8").rstrip().endswith("</html>")
    assert call(tmp_path, "build").returncode == 0
    again = call(tmp_path, "build")
    assert " 0 pages written" in again.stdout
    assert not [*site.glob(".tracker-stage-*")]


def test_killed_in_the_middle_of_a_poll_nothing_is_lost_or_doubled(
    tmp_path: Path, feeds: FeedServer
) -> None:
    names = [f"feed{n}" for n in range(8)]
    sources = feeds.sources(tmp_path / "sources.toml", *names)
    home = tmp_path / "home"
    assert call(home, "init").returncode == 0
    arguments = ("ingest", "--all", "--sources", str(sources))
    for polled_before in range(3):
        with tracker(home, *arguments, **ALLOW) as running:
            if polled_before:
                running.wait_for("feed")
            else:
                assert feeds.asked.acquire(timeout=60)
            running.signal(signal.SIGKILL)
        assert entries(home) % 20 == 0
    done = call(home, *arguments, **ALLOW)
    assert done.returncode == 0, done.stderr
    assert entries(home) == 20 * len(names)
