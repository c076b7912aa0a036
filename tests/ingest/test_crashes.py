"""Polls killed with SIGKILL in the middle, on a real database."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.contracts.backends import ROOT, empty_ledger, engine_on, url_of
from tests.ingest.material import feed, reports_in
from tests.ingest.server import Answer, FeedServer, slow_body
from tracker.store.sources import SourceStates
from tracker.store.sql import SqlLedger
from tracker.store.verify import verify

KILLED = -9


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return empty_ledger(tmp_path / "tracker.db")


def polling(url: str, file: Path, *where: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.ingest.poller", url, url_of(file), *where],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def held(file: Path) -> int:
    """How many entries there are, after checking all of them."""
    with engine_on(file) as engine:
        verdict = verify(engine)
        reports = reports_in(tuple(SqlLedger(engine).read()))
    assert verdict.findings == ()
    assert len({report.identity for report in reports}) == len(reports)
    return verdict.entries


@pytest.mark.parametrize(
    ("where", "kept", "said"),
    [
        ("get", 0, "example: 3 new\n"),
        ("keep", 0, "example: 3 new\n"),
        ("append", 0, "example: 3 new\n"),
        ("appended", 3, "example: nothing new\n"),
        ("save", 3, "example: nothing new\n"),
        ("saved", 3, "example: nothing new\n"),
    ],
)
def test_killed_at_any_step_the_next_poll_completes_it_and_adds_nothing_twice(
    file: Path, server: FeedServer, where: str, kept: int, said: str
) -> None:
    url = server.serve(Answer(feed("rss20.xml"), etag='"1"'))
    killed = polling(url, file, where)
    assert killed.communicate()[0] == ""
    assert killed.returncode == KILLED
    assert held(file) == kept
    with engine_on(file) as engine:
        assert (SourceStates(engine).get("example").etag is not None) == (where == "saved")

    again = polling(url, file)
    assert again.communicate()[0] == said
    assert again.returncode == 0
    assert held(file) == 3
    with engine_on(file) as engine:
        assert SourceStates(engine).get("example").etag == '"1"'


def test_killed_while_the_feed_is_still_coming(file: Path, server: FeedServer) -> None:
    killed = polling(server.serve(slow_body), file)
    assert server.asked.wait(30)
    killed.kill()
    killed.communicate()
    assert killed.returncode == KILLED
    assert held(file) == 0
    again = polling(server.serve(feed("rss20.xml")), file)
    assert again.communicate()[0] == "example: 3 new\n"
    assert held(file) == 3
