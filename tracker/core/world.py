"""What the ledger says of the world: events, measures and reports folded from its lines.

A projection: dropping and folding it again changes nothing. The world as this
ledger held it at an earlier position or instant is the fold of its lines up to there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import NamedTuple

from tracker.core.codec import UNREADABLE, decode, instant_text, unreadable
from tracker.core.entries import (
    Entry,
    EventCorrected,
    EventRecorded,
    EventRetracted,
    Head,
    MeasureCorrected,
    MeasureDefined,
    MeasureRetracted,
    Payload,
    Report,
    ReportChanged,
    ReportSeen,
)
from tracker.core.events import Event, order_of
from tracker.core.glance import OUTLINES, read_event
from tracker.core.measures import Measure
from tracker.core.outline import Happening, KeptEvents, in_order

__all__ = ["Line", "SeenReport", "World", "fold", "fold_lines", "line_of_entry", "world_of"]


_CORRECTED = EventCorrected.TYPE


class Line(NamedTuple):
    """What a world needs of a ledger entry. `recorded_at` as `codec.instant_text` spells it."""

    position: int
    type: str
    schema: int
    recorded_at: str
    payload: bytes
    hash: str


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
    seen. `amended` gives, by event id or measure key, the position of the last
    entry that corrected or retracted it. `known_until` is the policy day up to
    which the answerer has looked: a plan whose day lies later is open, not
    lapsed. None means that it is not known, and then the day asked about counts
    as seen.
    """

    events: Sequence[Event] = ()
    measures: Mapping[str, Measure] = field(default_factory=dict)
    reports: tuple[SeenReport, ...] = ()
    head: Head = field(default_factory=Head)
    known_until: date | None = None
    amended: Mapping[str, int] = field(default_factory=dict)

    @property
    def outlines(self) -> Sequence[Happening]:
        """The events as far as the rules over days need them, in the same order."""
        events = self.events
        return events.outlines if isinstance(events, KeptEvents) else events

    def event(self, event_id: str) -> Event | None:
        """The event of that id, or None."""
        if isinstance(self.events, KeptEvents):
            return self.events.get(event_id)
        return next((event for event in self.events if event.id == event_id), None)


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
    until_position: int | None = None,
    known_until: date | None = None,
) -> World:
    """Fold ledger entries, in order of position, into the world they describe.

    Entries recorded after `recorded_until` (an aware instant, inclusive) or
    past `until_position` do not count. Raises: LedgerBroken if a payload does not read.
    """
    lines = map(line_of_entry, entries)
    latest = None if recorded_until is None else instant_text(recorded_until)
    counted = (
        line
        for line in lines
        if (latest is None or line.recorded_at <= latest)
        and (until_position is None or line.position <= until_position)
    )
    return fold_lines(counted, known_until=known_until)


def line_of_entry(entry: Entry) -> Line:
    """An entry as far as a world needs it."""
    return Line(
        entry.position,
        entry.type,
        entry.schema,
        instant_text(entry.recorded_at),
        entry.payload,
        entry.hash,
    )


def fold_lines(
    lines: Iterable[Line | tuple[int, str, int, str, bytes, str]],
    *,
    known_until: date | None = None,
    onto: World | None = None,
) -> World:
    """Fold lines of the ledger, in order of position, all of which count.

    `onto` is the world that the lines before these folded into: it is not changed,
    and what they do not speak of is the same object in both.
    Texts and sources of events are read when they are looked at.
    Raises: LedgerBroken if a payload does not read, now or then.
    """
    outlines: dict[str, Happening] = {}
    kept: dict[str, Event | bytes] = {}
    rest = _Rest(outlines, kept)
    position, hashed = 0, Head().hash
    if onto is not None:
        position, hashed = onto.head.position, onto.head.hash
        outlines.update((outline.id, outline) for outline in onto.outlines)
        kept.update(zip(outlines, _kept(onto.events), strict=True))
        rest.measures.update(onto.measures)
        rest.reports.update(((s.report.source, s.report.identity), s) for s in onto.reports)
        rest.amended.update(onto.amended)
    for position, kind, schema, recorded_at, payload, hashed in lines:  # noqa: B007 - the last stay
        read = OUTLINES.get((kind, schema))
        if read is None:
            rest.take(position, decode(kind, schema, payload), recorded_at)
            continue
        try:
            outline = read(payload).event
        except (*UNREADABLE, TypeError) as error:
            raise unreadable(kind, schema, error) from error
        name = outline.id
        if kind == _CORRECTED:
            rest.amended[name] = position
        outlines[name] = outline
        kept[name] = payload
    # Nearly in order as it is: a ledger is mostly written in the order of announcement.
    found = sorted(outlines.values(), key=in_order)
    return World(
        events=KeptEvents(found, [kept[outline.id] for outline in found], read_event),
        measures=MappingProxyType(rest.measures),
        reports=tuple(rest.reports.values()),
        head=Head(position=position, hash=hashed),
        known_until=known_until,
        amended=MappingProxyType(rest.amended),
    )


def _kept(events: Sequence[Event]) -> Iterable[Event | bytes]:
    return events.kept() if isinstance(events, KeptEvents) else events


@dataclass(slots=True)
class _Rest:
    """What a fold gathers beside the events whose outlines are read."""

    outlines: dict[str, Happening]
    kept: dict[str, Event | bytes]
    measures: dict[str, Measure] = field(default_factory=dict)
    reports: dict[tuple[str, str], SeenReport] = field(default_factory=dict)
    amended: dict[str, int] = field(default_factory=dict)

    def take(self, position: int, payload: Payload, recorded_at: str) -> None:
        """Take in one payload."""
        match payload:
            case EventRecorded(event=event) | EventCorrected(event=event):
                if isinstance(payload, EventCorrected):
                    self.amended[event.id] = position
                self.outlines[event.id] = self.kept[event.id] = event
            case EventRetracted(id=event_id):
                self.amended[event_id] = position
                self.outlines.pop(event_id, None)
                self.kept.pop(event_id, None)
            case MeasureDefined(measure=measure):
                self.measures[measure.key] = measure
            case MeasureCorrected(measure=measure):
                self.measures[measure.key] = measure
                self.amended[measure.key] = position
            case MeasureRetracted(key=key):
                self.measures.pop(key, None)
                self.amended[key] = position
            case ReportSeen(report=report):
                seen = datetime.fromisoformat(recorded_at)
                self.reports[report.source, report.identity] = SeenReport(report, seen)
            case ReportChanged(report=report):
                place = (report.source, report.identity)
                seen = datetime.fromisoformat(recorded_at)
                old = self.reports.get(place) or SeenReport(report, seen)
                self.reports[place] = SeenReport(report, old.first_seen, old.changes + 1)
