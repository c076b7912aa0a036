"""The memory ledger and those in databases give the same answers to the same calls."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.contracts.backends import (
    NOON,
    Backend,
    draft,
    empty_ledger,
    memory,
    new_url,
    on_url,
    report,
    url_of,
)
from tracker.core.entries import Draft
from tracker.core.streams import report_stream
from tracker.errors import AppendConflict
from tracker.store.database import open_engine
from tracker.store.protocol import Appended
from tracker.store.verify import verify

_TEMPLATES = tempfile.TemporaryDirectory()


@cache
def _template() -> Path:
    """An empty ledger in one file, made once: its log is folded in when the engine closes."""
    return empty_ledger(Path(_TEMPLATES.name) / "empty.db")


_streams = st.sampled_from(["event/a", "event/b", "event/a/b", "measure/é"])
_events = st.builds(
    draft,
    _streams,
    title=st.sampled_from(["one", "two", "tres", "quatre \U0001f341"]),
    key=st.none() | st.sampled_from(["k1", "k2"]),
    expected_version=st.none() | st.integers(0, 4),
)
_reports = st.builds(
    report,
    st.sampled_from(["feed", "feed/two"]),
    st.sampled_from(["one", "two"]),
    st.sampled_from(["h1", "h2"]),
    version=st.integers(1, 3),
)
_batches = st.lists(_events | _reports, max_size=5)
_offsets = st.integers(-3, 3).map(lambda hours: timedelta(hours=hours))


class LedgersAgree(RuleBasedStateMachine):
    """Drives both ledgers with the same random calls."""

    @initialize()
    def open(self) -> None:
        self.stack = ExitStack()
        folder = self.stack.enter_context(tempfile.TemporaryDirectory())
        self.memory = self.stack.enter_context(memory(Path(folder)))
        self.url = self.stack.enter_context(self.made(Path(folder)))
        self.sql = self.stack.enter_context(on_url(self.url))

    @contextmanager
    def made(self, folder: Path) -> Iterator[str]:
        """The URL of an empty ledger: a copy of an empty file, quicker than migrating."""
        shutil.copyfile(_template(), folder / "tracker.db")
        yield url_of(folder / "tracker.db")

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            engine = open_engine(self.url)
            assert verify(engine).findings == ()
            engine.dispose()
            self.stack.close()

    def _answer(
        self, backend: Backend, drafts: list[Draft], offset: timedelta
    ) -> tuple[Appended, ...] | str:
        try:
            return backend.ledger.append(drafts, at=NOON + offset)
        except AppendConflict as conflict:
            return str(conflict)

    @rule(drafts=_batches, offset=_offsets)
    def append(self, drafts: list[Draft], offset: timedelta) -> None:
        before = self.sql.ledger.head()
        mine = self._answer(self.memory, drafts, offset)
        assert self._answer(self.sql, drafts, offset) == mine
        if isinstance(mine, str):
            assert self.sql.ledger.head() == before
        else:
            added = sum(place.new for place in mine)
            assert self.sql.ledger.head().position == before.position + added

    @rule(after=st.integers(-1, 12), until=st.none() | st.integers(-1, 12))
    def read(self, after: int, until: int | None) -> None:
        found = [
            list(backend.ledger.read(after=after, until=until))
            for backend in (self.memory, self.sql)
        ]
        assert found[0] == found[1]

    @rule(name=_streams)
    def stream(self, name: str) -> None:
        assert self.memory.ledger.stream(name) == self.sql.ledger.stream(name)

    @rule(source=st.sampled_from(["feed", "feed/two", "none"]))
    def reports(self, source: str) -> None:
        mine = self.memory.ledger.latest_reports(source)
        assert self.sql.ledger.latest_reports(source) == mine
        streams = [report_stream(source, identity) for identity in mine]
        assert sorted(self.memory.ledger.latest_of(streams).values()) == sorted(mine.values())
        streams += ["event/a", "none", *streams]
        assert self.sql.ledger.latest_of(streams) == self.memory.ledger.latest_of(streams)

    @rule(body=st.binary(max_size=200))
    def keep(self, body: bytes) -> None:
        digests = {
            backend.evidence.keep(body, media_type="a/b", at=NOON)
            for backend in (self.memory, self.sql)
        }
        assert len(digests) == 1
        assert self.sql.evidence.fetch(digests.pop()) == body

    @invariant()
    def heads_are_equal(self) -> None:
        if hasattr(self, "stack"):
            assert self.memory.ledger.head() == self.sql.ledger.head()


class PostgresAgrees(LedgersAgree):
    """The same on a PostgreSQL database for each run."""

    @contextmanager
    def made(self, folder: Path) -> Iterator[str]:
        with new_url("postgres", folder) as url:
            yield url


PostgresAgrees.TestCase.settings = LedgersAgree.TestCase.settings = settings(
    max_examples=40,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestLedgersAgree = LedgersAgree.TestCase
TestPostgresAgrees = PostgresAgrees.TestCase
