"""What the ledger says of the world: events, measures and reports folded from entries.

A projection: dropping and folding it again changes nothing. `recorded_until`
gives the world as this ledger held it at an earlier instant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

from tracker.core.codec import decode
from tracker.core.entries import (
    Entry,
    EventCorrected,
    EventRecorded,
    EventRetracted,
    Head,
    MeasureCorrected,
    MeasureDefined,
    MeasureRetracted,
    Report,
    ReportChanged,
    ReportSeen,
)
from tracker.core.events import Event, order_of
from tracker.core.measures import Measure

__all__ = ["SeenReport", "World", "fold", "world_of"]


@dataclass(frozen=True, slots=True)
class SeenReport:
    """A feed item as it reads now. `first_seen` is UTC; `changes` counts later versions."""

    report: Report
    first_seen: datetime
    changes: int = 0


@dataclass(frozen=True, slots=True)
class World:
    """Everything held, corrections applied.

    `events` stand in the order in which they were announced; `measures` by key
    in the order of definition; `reports` by the order in which they were first
    seen. `known_until` is the policy day up to which the answerer has
    looked: a plan whose day lies later is open, not lapsed. None means that it
    is not known, and then the day asked about counts as seen.
    """

    events: tuple[Event, ...] = ()
    measures: Mapping[str, Measure] = field(default_factory=dict)
    reports: tuple[SeenReport, ...] = ()
    head: Head = field(default_factory=Head)
    known_until: date | None = None


def world_of(
    events: Iterable[Event], measures: Iterable[Measure], *, known_until: date | None = None
) -> World:
    """A world of given events and measures, with no ledger behind it."""
    return World(
        events=tuple(sorted(events, key=order_of)),
        measures=MappingProxyType({measure.key: measure for measure in measures}),
        known_until=known_until,
    )


def fold(
    entries: Iterable[Entry],
    *,
    recorded_until: datetime | None = None,
    known_until: date | None = None,
) -> World:
    """Fold ledger entries, in order of position, into the world they describe.

    Entries recorded after `recorded_until` (an aware instant, inclusive) do not
    count. Raises: LedgerBroken if a payload does not read.
    """
    events: dict[str, Event] = {}
    measures: dict[str, Measure] = {}
    reports: dict[tuple[str, str], SeenReport] = {}
    head = Head()
    for entry in entries:
        if recorded_until is not None and entry.recorded_at > recorded_until:
            break
        head = Head(position=entry.position, hash=entry.hash)
        match decode(entry.type, entry.schema, entry.payload):
            case EventRecorded(event=event) | EventCorrected(event=event):
                events[event.id] = event
            case EventRetracted(id=event_id):
                events.pop(event_id, None)
            case MeasureDefined(measure=measure) | MeasureCorrected(measure=measure):
                measures[measure.key] = measure
            case MeasureRetracted(key=key):
                measures.pop(key, None)
            case ReportSeen(report=report):
                reports[report.source, report.identity] = SeenReport(report, entry.recorded_at)
            case ReportChanged(report=report):
                place = (report.source, report.identity)
                old = reports.get(place) or SeenReport(report, entry.recorded_at)
                reports[place] = SeenReport(report, old.first_seen, old.changes + 1)
    return World(
        events=tuple(sorted(events.values(), key=order_of)),
        measures=MappingProxyType(measures),
        reports=tuple(reports.values()),
        head=head,
        known_until=known_until,
    )
