"""A small ledger with everything in it that a ledger can hold, to be done harm to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from tests.contracts.backends import NOON, empty_ledger, engine_on, report
from tests.core.worlds import BORDER, MEASURES
from tracker.core.codec import content_key
from tracker.core.entries import Draft, EventCorrected, EventRecorded, MeasureDefined, Payload
from tracker.core.index import Index
from tracker.core.world import fold_lines
from tracker.store.evidence import SqlEvidence
from tracker.store.spans import SqlSpans
from tracker.store.sql import SqlLedger
from tracker.store.sqlite import TRIGGERS
from tracker.store.verify import Verdict, verify

VERSION = "1"
BODY = b"<rss>evidence</rss>" * 100
DAY = date(2025, 3, 10)


def said(stream: str, version: int, payload: Payload) -> Draft:
    return Draft(stream=stream, key=content_key(stream, version, payload), payload=payload)


def drafts(digest: str) -> list[Draft]:
    """Measures, events, a correction, a report with evidence."""
    first = BORDER[0]
    return [
        *(said(f"measure/{one.key}", 1, MeasureDefined(measure=one)) for one in MEASURES),
        *(said(f"event/{one.id}", 1, EventRecorded(event=one)) for one in BORDER),
        said(f"event/{first.id}", 2, EventCorrected(event=first, reason="A word was wrong")),
        report("feed", "item", "hash", evidence=digest),
    ]


def make(file: Path) -> Path:
    """The ledger at `file`, with evidence and with spans made from it."""
    with engine_on(empty_ledger(file)) as engine:
        digest = SqlEvidence(engine).keep(BODY, media_type="application/rss+xml", at=NOON)
        ledger = SqlLedger(engine)
        ledger.append(drafts(digest), at=NOON)
    remade(file)
    return file


def remade(file: Path) -> None:
    """Bring the spans to the ledger, as `tracker spans` does."""
    with engine_on(file) as engine:
        world = fold_lines(SqlLedger(engine).lines(), known_until=DAY)
        SqlSpans(engine).refresh(Index(world), version=VERSION)


def checked(file: Path, *, version: str | None = VERSION) -> Verdict:
    with engine_on(file) as engine:
        return verify(engine, version=version)


def sound(file: Path, *, version: str | None = None) -> Verdict:
    """What `verify` says of a ledger it finds nothing wrong with."""
    verdict = checked(file, version=version)
    assert verdict.findings == ()
    return verdict


@contextmanager
def raw(file: Path) -> Iterator[sqlite3.Connection]:
    """A connection of the driver's own to a database, committed at the end."""
    with closing(sqlite3.connect(file)) as connection, connection:
        yield connection


@contextmanager
def unguarded(file: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a database whose triggers are gone while it is open."""
    with raw(file) as connection:
        for name in TRIGGERS:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for _, text in TRIGGERS.values():
            connection.execute(text)
