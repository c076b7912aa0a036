"""Fixtures of the ingest tests, and one line where the real captures are not there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.ingest.material import CAPTURES
from tests.ingest.server import FeedServer
from tracker.ingest.web import Web, make_client

# An empty set of parameters would be a skipped test; the summary line says it instead.
collect_ignore = [] if CAPTURES.is_dir() else ["test_captures.py"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not CAPTURES.is_dir():
        terminalreporter.write_line(
            "ingest: no folder ../shared/feeds/captures here, so no real captures were replayed"
        )


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as running:
        yield running


@pytest.fixture(scope="session")
def client() -> Iterator[Web]:
    with make_client() as made:
        yield made
