"""The ledgers the contract is held against, and small drafts to fill them with.

Another backend is one more line in `BACKENDS`: a function that makes an empty
ledger under a folder of its own.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine

from tracker.core.codec import content_key, sha256
from tracker.core.entries import Draft, EventRecorded, Payload, Report, ReportChanged, ReportSeen
from tracker.core.events import Event, Source, Text
from tracker.core.words import Kind
from tracker.store.database import create_database, open_engine
from tracker.store.evidence import SqlEvidence
from tracker.store.memory import MemoryLedger
from tracker.store.protocol import Evidence, Ledger
from tracker.store.sql import SqlLedger

ROOT = Path(__file__).resolve().parents[2]
MIGRATIONS = ROOT / "db" / "migrations"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class ReportLedger(Ledger, Protocol):
    """A ledger that also answers what ingest asks before it decides."""

    def latest_reports(self, source: str) -> dict[str, tuple[str, int]]: ...
    def latest_of(self, streams: Sequence[str]) -> dict[str, tuple[str, int]]: ...


@dataclass(frozen=True)
class Backend:
    """One empty store and the two contracts it keeps."""

    ledger: ReportLedger
    evidence: Evidence


def url_of(file: Path) -> str:
    return f"sqlite:///{file}"


def empty_ledger(file: Path) -> Path:
    """Make an empty ledger in a file of SQLite."""
    create_database(url_of(file), migrations=MIGRATIONS)
    return file


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """An engine on a database, let go of at the end."""
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def engine_on(file: Path) -> AbstractContextManager[Engine]:
    return opened(url_of(file))


@contextmanager
def memory(_folder: Path) -> Iterator[Backend]:
    both = MemoryLedger()
    yield Backend(both, both)


@contextmanager
def sqlite(folder: Path) -> Iterator[Backend]:
    with engine_on(empty_ledger(folder / "tracker.db")) as engine:
        yield Backend(SqlLedger(engine), SqlEvidence(engine))


@contextmanager
def sqlite_copy(template: Path, file: Path) -> Iterator[Backend]:
    """A SQLite backend on a copy of an empty database: quicker than migrating each time."""
    shutil.copyfile(template, file)
    with engine_on(file) as engine:
        yield Backend(SqlLedger(engine), SqlEvidence(engine))


@contextmanager
def on_url(url: str) -> Iterator[Backend]:
    """A backend on a database that is there already."""
    with opened(url) as engine:
        yield Backend(SqlLedger(engine), SqlEvidence(engine))


@contextmanager
def postgres(_folder: Path) -> Iterator[Backend]:
    from tests.contracts.postgres import database

    with database() as url, on_url(url) as backend:
        yield backend


BACKENDS: dict[str, Callable[[Path], object]] = {
    "memory": memory,
    "sqlite": sqlite,
    "postgres": postgres,
}


@contextmanager
def new_url(kind: str, folder: Path) -> Iterator[str]:
    """The URL of an empty ledger in a database of that kind."""
    from tests.contracts.postgres import database

    if kind == "postgres":
        with database() as url:
            yield url
        return
    yield url_of(empty_ledger(folder / "tracker.db"))


def event(number: int, title: str = "Something happened") -> Event:
    return Event(
        id=f"2025-02-01-number-{number}",
        kind=Kind.STATEMENT,
        announced=date(2025, 2, 1) + timedelta(days=number % 300),
        title=Text(en=title),
        summary=Text(en="It did; añadió «ça» — \U0001f341."),
        sources=(Source(url="https://example.org/1", publisher="Example", title="One"),),
    )


def draft(
    stream: str,
    *,
    title: str = "Something happened",
    key: str | None = None,
    expected_version: int | None = None,
    number: int = 1,
) -> Draft:
    """A draft of an event; its key is made of stream and title unless given."""
    return Draft(
        stream=stream,
        key=key if key is not None else sha256(f"{stream}|{title}|{number}".encode()),
        payload=EventRecorded(event=event(number, title)),
        expected_version=expected_version,
    )


def report(
    source: str, identity: str, content_hash: str, *, version: int = 1, evidence: str | None = None
) -> Draft:
    stream = f"report/{source}/{sha256(identity.encode())}"
    seen = Report(
        source=source,
        identity=identity,
        title="A title",
        content_hash=content_hash,
        evidence=evidence,
    )
    payload: Payload = ReportSeen(report=seen) if version == 1 else ReportChanged(report=seen)
    return Draft(stream=stream, key=content_key(stream, version, payload), payload=payload)


def batch(stream: str, titles: Sequence[str]) -> list[Draft]:
    return [draft(stream, title=title) for title in titles]
