"""What to append so that the ledger says what the record says.

Pure: from the record and the ledger's entries to drafts. Owns the rules of
loading: a new entry is recorded, a changed one corrected, one that is gone
retracted, one that is back recorded again; nothing else is touched. An event
that an editor has accepted from reports is not gone while the files have never
held it; once a load finds it there, that is noted, and the files have the last word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec

from tracker.core.codec import content_key, decode
from tracker.core.entries import (
    Draft,
    Entry,
    EventCorrected,
    EventRecorded,
    EventRetracted,
    MeasureCorrected,
    MeasureDefined,
    MeasureRetracted,
    Payload,
    ReviewExported,
)
from tracker.core.events import Event, order_of
from tracker.core.measures import Measure
from tracker.core.streams import EVENT_STREAM, MEASURE_STREAM, REVIEW_STREAM
from tracker.core.waiting import Waiting
from tracker.record.read import Record

__all__ = ["EVENT_STREAM", "MEASURE_STREAM", "plan_load"]

_GONE = "no longer in the record"


@dataclass(slots=True)
class _Held:
    """What the ledger's curated streams say now: versions, and what has not been retracted.

    `waiting` are the events that an editor has accepted and no file has held yet.
    """

    versions: dict[str, int]
    measures: dict[str, Measure]
    events: dict[str, Event]
    waiting: Waiting


def plan_load(record: Record, entries: Iterable[Entry]) -> tuple[Draft, ...]:
    """The drafts that bring a ledger holding `entries` to what `record` says.

    `entries` are all entries of the ledger in order of position (those of
    other streams are passed over). Measures come first, in the order of the
    record, then events in the order in which they were announced. Each draft
    expects the version it was planned for, so that a plan overtaken by another
    load is refused whole; append them as one batch. The plan for a ledger that
    already says it is empty.

    Raises: LedgerBroken if an entry does not read.
    """
    held = _fold(entries)
    plan = (*_measures(record, held), *_events(record, held), *_arrived(record, held))
    drafts: list[Draft] = []
    for stream, payload in plan:
        version = held.versions.get(stream, 0)
        drafts.append(
            Draft(
                stream=stream,
                key=content_key(stream, version + 1, payload),
                payload=payload,
                expected_version=version,
            )
        )
    return tuple(drafts)


def _fold(entries: Iterable[Entry]) -> _Held:
    held = _Held({}, {}, {}, Waiting())
    for entry in entries:
        if not entry.stream.startswith((EVENT_STREAM, MEASURE_STREAM, REVIEW_STREAM)):
            continue
        held.versions[entry.stream] = entry.version
        payload = decode(entry.type, entry.schema, entry.payload)
        if entry.stream.startswith(REVIEW_STREAM):
            held.waiting.take(entry.stream.removeprefix(REVIEW_STREAM), entry.version, payload)
            continue
        match payload:
            case EventRecorded(event=event) | EventCorrected(event=event):
                held.events[event.id] = event
            case EventRetracted(id=event_id):
                held.events.pop(event_id, None)
            case MeasureDefined(measure=measure) | MeasureCorrected(measure=measure):
                held.measures[measure.key] = measure
            case MeasureRetracted(key=key):
                held.measures.pop(key, None)
            case _:
                pass
    return held


def _measures(record: Record, held: _Held) -> Iterator[tuple[str, Payload]]:
    for measure in record.measures:
        stream = f"{MEASURE_STREAM}{measure.key}"
        old = held.measures.get(measure.key)
        if old is None:
            yield stream, MeasureDefined(measure=measure)
        elif old != measure:
            yield stream, MeasureCorrected(measure=measure, reason=_reason(old, measure))
    kept = {measure.key for measure in record.measures}
    for key in held.measures:
        if key not in kept:
            yield f"{MEASURE_STREAM}{key}", MeasureRetracted(key=key, reason=_GONE)


def _events(record: Record, held: _Held) -> Iterator[tuple[str, Payload]]:
    wanted = {event.id: event for event in record.events}
    for event in sorted({**held.events, **wanted}.values(), key=order_of):
        stream = f"{EVENT_STREAM}{event.id}"
        old = held.events.get(event.id)
        if event.id not in wanted:
            if event.id in held.waiting.events:
                continue
            yield stream, EventRetracted(id=event.id, reason=_GONE)
        elif old is None:
            yield stream, EventRecorded(event=event)
        elif old != event:
            yield stream, EventCorrected(event=event, reason=_reason(old, event))


def _arrived(record: Record, held: _Held) -> Iterator[tuple[str, Payload]]:
    """Accepted events that the files hold now, whoever wrote them there."""
    waiting = held.waiting.events
    for event in record.events:
        if event.id in waiting:
            candidate = waiting[event.id]
            yield (
                f"{REVIEW_STREAM}{candidate}",
                ReviewExported(candidate=candidate, event=event.id),
            )


def _reason(old: msgspec.Struct, new: msgspec.Struct) -> str:
    """The names of the fields that were changed."""
    changed = (name for name in new.__struct_fields__ if getattr(old, name) != getattr(new, name))
    return f"corrected: {', '.join(changed)}"
