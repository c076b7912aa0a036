"""What the ledger holds: payload types, drafts on their way in, entries at rest.

Payloads are facts about the world, about measures, about reports seen in feeds
and about editorial decisions. Their type strings and schema versions are
stable for ever. How an entry is hashed and encoded belongs to `codec`.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, TypeAlias

from tracker.core.decisions import (
    ReviewAccepted,
    ReviewAmended,
    ReviewExported,
    ReviewMerged,
    ReviewPostponed,
    ReviewRejected,
    ReviewSplit,
    ReviewUndone,
)
from tracker.core.events import Event, Frozen
from tracker.core.measures import Measure

__all__ = [
    "GENESIS",
    "PAYLOADS",
    "Draft",
    "Entry",
    "EventCorrected",
    "EventRecorded",
    "EventRetracted",
    "Head",
    "MeasureCorrected",
    "MeasureDefined",
    "MeasureRetracted",
    "Payload",
    "Report",
    "ReportChanged",
    "ReportSeen",
    "ReviewAccepted",
    "ReviewAmended",
    "ReviewExported",
    "ReviewMerged",
    "ReviewPostponed",
    "ReviewRejected",
    "ReviewSplit",
    "ReviewUndone",
]

GENESIS = "0" * 64
"""The hash that stands before the first entry."""


class EventRecorded(Frozen, frozen=True, kw_only=True):
    """An event enters the record."""

    TYPE: ClassVar[str] = "event.recorded"
    SCHEMA: ClassVar[int] = 2
    event: Event


class EventCorrected(Frozen, frozen=True, kw_only=True):
    """An event we recorded wrongly, as it should have read. History keeps the old one."""

    TYPE: ClassVar[str] = "event.corrected"
    SCHEMA: ClassVar[int] = 2
    event: Event
    reason: str


class EventRetracted(Frozen, frozen=True, kw_only=True):
    """An event that should never have been in the record."""

    TYPE: ClassVar[str] = "event.retracted"
    SCHEMA: ClassVar[int] = 1
    id: str
    reason: str


class MeasureDefined(Frozen, frozen=True, kw_only=True):
    """A measure and its provisions get their names and scopes."""

    TYPE: ClassVar[str] = "measure.defined"
    SCHEMA: ClassVar[int] = 2
    measure: Measure


class MeasureCorrected(Frozen, frozen=True, kw_only=True):
    """A measure's definition, put right."""

    TYPE: ClassVar[str] = "measure.corrected"
    SCHEMA: ClassVar[int] = 2
    measure: Measure
    reason: str


class MeasureRetracted(Frozen, frozen=True, kw_only=True):
    """A measure that should never have been defined."""

    TYPE: ClassVar[str] = "measure.retracted"
    SCHEMA: ClassVar[int] = 1
    key: str
    reason: str


class Report(Frozen, frozen=True, kw_only=True):
    """One item of one feed, as it was served: hostile text, never markup to be trusted.

    `identity` is what makes it the same item next time (guid, else canonical
    link, else content hash); `content_hash` changes when its title, summary,
    link or date does; `evidence` is the SHA-256 of the feed body it came in.
    `published` is UTC, or None where the feed gave no date that could be read.
    """

    source: str
    identity: str
    title: str
    content_hash: str
    summary: str = ""
    link: str | None = None
    published: datetime | None = None
    language: str | None = None
    evidence: str | None = None


class ReportSeen(Frozen, frozen=True, kw_only=True):
    """A feed carried an item not seen before."""

    TYPE: ClassVar[str] = "report.seen"
    SCHEMA: ClassVar[int] = 1
    report: Report


class ReportChanged(Frozen, frozen=True, kw_only=True):
    """A feed carried an item seen before with another content."""

    TYPE: ClassVar[str] = "report.changed"
    SCHEMA: ClassVar[int] = 1
    report: Report


Payload: TypeAlias = (
    EventRecorded
    | EventCorrected
    | EventRetracted
    | MeasureDefined
    | MeasureCorrected
    | MeasureRetracted
    | ReportSeen
    | ReportChanged
    | ReviewAccepted
    | ReviewAmended
    | ReviewMerged
    | ReviewSplit
    | ReviewRejected
    | ReviewPostponed
    | ReviewUndone
    | ReviewExported
)

PAYLOADS: dict[str, type[Payload]] = {
    cls.TYPE: cls
    for cls in (
        EventRecorded,
        EventCorrected,
        EventRetracted,
        MeasureDefined,
        MeasureCorrected,
        MeasureRetracted,
        ReportSeen,
        ReportChanged,
        ReviewAccepted,
        ReviewAmended,
        ReviewMerged,
        ReviewSplit,
        ReviewRejected,
        ReviewPostponed,
        ReviewUndone,
        ReviewExported,
    )
}


class Draft(Frozen, frozen=True, kw_only=True):
    """A payload on its way into the ledger.

    `stream` groups entries about one thing (`event/ID`, `measure/KEY`,
    `report/SOURCE/IDENTITY-HASH`, `review/CANDIDATE`). `key` is the idempotency key: a second draft
    of the same key and payload adds nothing. `expected_version` is the number
    of entries the stream must hold at that moment, None for any.
    """

    stream: str
    key: str
    payload: Payload
    expected_version: int | None = None


class Entry(Frozen, frozen=True, kw_only=True):
    """One line of the ledger.

    `position` counts all entries from 1 without a gap, `version` those of the
    stream from 1. `recorded_at` is UTC and never before the previous entry's.
    `payload` is canonical JSON; `hash` covers everything above it and `previous`.
    """

    position: int
    stream: str
    version: int
    type: str
    schema: int
    key: str
    recorded_at: datetime
    payload: bytes
    previous: str
    hash: str


class Head(Frozen, frozen=True, kw_only=True):
    """How far a ledger reaches: its last position (0 when empty) and that entry's hash."""

    position: int = 0
    hash: str = GENESIS
