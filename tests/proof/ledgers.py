"""Small ledgers to prove things of, and the desk that does."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tracker.core.codec import content_key
from tracker.core.entries import (
    Draft,
    EventCorrected,
    EventRecorded,
    EventRetracted,
    Payload,
)
from tracker.core.events import Event, Source, Text
from tracker.core.words import Kind
from tracker.proof.desk import Desk
from tracker.proof.keys import new_pem
from tracker.store.memory import MemoryLedger

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def event(number: int, title: str) -> Event:
    return Event(
        id=f"event-{number}",
        kind=Kind.STATEMENT,
        announced=date(2025, 2, 1),
        title=Text(en=title),
        summary=Text(en="It did; añadió «ça»."),
        sources=(Source(url="https://example.org/1", publisher="Example", title="One"),),
    )


def draft(number: int, version: int, payload: Payload) -> Draft:
    stream = f"event/event-{number}"
    return Draft(
        stream=stream,
        key=content_key(stream, version, payload),
        payload=payload,
        expected_version=version - 1,
    )


def ledger_of(events: int, *, first: int = 1, into: MemoryLedger | None = None) -> MemoryLedger:
    """One entry for each event; then the third event is corrected, the fourth retracted."""
    ledger = into or MemoryLedger()
    drafts = [
        draft(n, 1, EventRecorded(event=event(n, f"Number {n}")))
        for n in range(first, first + events)
    ]
    if first == 1 and events >= 4:
        corrected = EventCorrected(event=event(3, "Number 3, put right"), reason="a wrong title")
        drafts.append(draft(3, 2, corrected))
        drafts.append(draft(4, 2, EventRetracted(id="event-4", reason="it never happened")))
    for number, one in enumerate(drafts):
        ledger.append([one], at=NOON + timedelta(seconds=first + number))
    return ledger


def key_file(folder: Path) -> Path:
    file = folder / "key.pem"
    file.write_bytes(new_pem())
    return file


def desk_of(ledger: MemoryLedger, key: Path, *, origin: str = "example.org/log") -> Desk:
    return Desk(ledger, origin=origin, key_file=key, make_key=False)
