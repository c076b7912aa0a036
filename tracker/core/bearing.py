"""Which entry of the ledger is the last that bears on a day, a measure or an event.

Owns what somebody has to name who cites a page: the entry after which nothing was
recorded that could make it read otherwise. Pure. Where it is not sure, it names a
later entry, never an earlier one: the world as it stood after the entry named
gives the same states. Reports, and what is decided about them, bear on nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from tracker.core.codec import UNREADABLE, decode, unreadable
from tracker.core.entries import (
    EventCorrected,
    EventRecorded,
    EventRetracted,
    Head,
    MeasureCorrected,
    MeasureDefined,
    MeasureRetracted,
)
from tracker.core.events import concerned
from tracker.core.glance import OUTLINES
from tracker.core.outline import Happening
from tracker.core.world import Line

__all__ = ["Bearing", "Mark", "bearing_of"]

_BEARING = frozenset(
    kind.TYPE
    for kind in (
        EventRecorded,
        EventCorrected,
        EventRetracted,
        MeasureDefined,
        MeasureCorrected,
        MeasureRetracted,
    )
)


_Place = tuple[str, str]
"""A measure and a provision of it, by their keys."""


class Mark(NamedTuple):
    """A place in the ledger: the entry's position, its hash, and when it was recorded (UTC)."""

    position: int
    hash: str
    recorded_at: datetime | None = None

    @property
    def head(self) -> Head:
        """How far a ledger reaches that ends there."""
        return Head(position=self.position, hash=self.hash)


@dataclass(frozen=True)
class Bearing:
    """The last entries that bear on things. Without a ledger behind it, it names none.

    `record` is the last entry on any event or measure, `defined` the last that
    says what a measure is. `events` are all entries of an event by its id, oldest
    first; `measures` the last entry on a measure or on an event that concerns it,
    by key. `since` gives, by day, the last entry that bears on states from that
    day on; `announced` the last on an event of the day.
    """

    record: Mark | None = None
    defined: Mark | None = None
    events: Mapping[str, tuple[Mark, ...]] = field(default_factory=dict)
    measures: Mapping[str, Mark] = field(default_factory=dict)
    since: tuple[tuple[date, Mark], ...] = ()
    announced: Mapping[date, Mark] = field(default_factory=dict)

    def event(self, event_id: str) -> Mark | None:
        """The last entry on an event."""
        marks = self.events.get(event_id)
        return marks[-1] if marks else None

    def measure(self, key: str) -> Mark | None:
        """The last entry on a measure, on what it is called beside, or on its events."""
        found = (self.measures.get(key), self.defined)
        return max((one for one in found if one), default=None)

    def state(self, day: date) -> Mark | None:
        """The last entry that bears on the state on a day or on any earlier one."""
        place = bisect_right(self.since, day, key=lambda one: one[0])
        return self.since[place - 1][1] if place else self.defined

    def day(self, day: date) -> Mark | None:
        """As `state`, what was announced on the day included."""
        found = [one for one in (self.state(day), self.announced.get(day)) if one]
        return max(found, default=None)


def bearing_of(lines: Iterable[Line]) -> Bearing:
    """The bearing of a whole ledger's lines, in order of position.

    Raises: LedgerBroken if a payload does not read.
    """
    gathered = _Gathered()
    for line in lines:
        if line.type in _BEARING:
            gathered.take(line)
    return gathered.bearing()


@dataclass(slots=True)
class _Gathered:
    """What one pass over the lines leaves: every version of each event, and who is of when."""

    last: Mark | None = None
    events: dict[str, list[Mark]] = field(default_factory=dict)
    versions: dict[str, list[Happening]] = field(default_factory=dict)
    measures: dict[str, Mark] = field(default_factory=dict)
    defined: Mark | None = None

    def take(self, line: Line) -> None:
        """Take in one line on an event or a measure."""
        mark = Mark(line.position, line.hash, datetime.fromisoformat(line.recorded_at))
        self.last = mark
        subject = _subject(line)
        if isinstance(subject, str):
            self.measures[subject] = self.defined = mark
            return
        name, version = subject
        self.events.setdefault(name, []).append(mark)
        if version is not None:
            self.versions.setdefault(name, []).append(version)

    def bearing(self) -> Bearing:
        """What bears on what."""
        measures = dict(self.measures)
        since: list[tuple[date, Mark]] = []
        announced: dict[date, Mark] = {}
        late = self._late()
        for name, marks in self.events.items():
            versions, mark = self.versions.get(name, ()), marks[-1]
            for key in self._concerned(name, {name}):
                measures[key] = max(measures.get(key, mark), mark)
            for version in versions:
                day = version.announced
                announced[day] = max(announced.get(day, mark), mark)
                if version.effects or version.withdraws or version.claims or version.confirms:
                    known = (late[one] for one in self._places(version) if one in late)
                    since.append((min([self._reach(version), *known]), mark))
        # Which measures there are, and what they are called, bears on every day.
        first = [(date.min, self.defined)] if self.defined else []
        return Bearing(
            record=self.last,
            defined=self.defined,
            events={name: tuple(marks) for name, marks in self.events.items()},
            measures=measures,
            since=tuple(_latest([*first, *sorted(since)])),
            announced=announced,
        )

    def _reach(self, version: Happening) -> date:
        """The first day on which it may bear on a state: it is named beside what it confirms."""
        confirmed = (one for name in version.confirms for one in self.versions.get(name, ()))
        return min([_begins(version), *map(_begins, confirmed)])

    def _late(self) -> dict[_Place, date]:
        """The first day that was learned late of a provision: announced after it had come.

        On such a day what it lasts until is told as known now, not as known then. So whatever
        speaks of the provision afterwards bears on it, however much later.
        """
        found: dict[_Place, date] = {}
        for versions in self.versions.values():
            for version in versions:
                reach = self._reach(version)
                if reach < version.announced:
                    for place in self._places(version):
                        found[place] = min(found.get(place, reach), reach)
        return found

    def _places(self, version: Happening) -> set[_Place]:
        """The provisions that it speaks of, and those of what it takes back or confirms."""
        found: set[_Place] = set()
        seen: set[str] = set()
        left = [version]
        while left:
            one = left.pop()
            found.update((effect.measure, effect.provision) for effect in one.effects)
            for name in {*(taken.event for taken in one.withdraws), *one.confirms} - seen:
                seen.add(name)
                left += self.versions.get(name, ())
        return found

    def _concerned(self, name: str, seen: set[str]) -> set[str]:
        """The measures of an event and of those it takes back or confirms, in any version."""
        found: set[str] = set()
        for version in self.versions.get(name, ()):
            found.update(_measures(version))
            for other in (*(taken.event for taken in version.withdraws), *version.confirms):
                if other not in seen:
                    seen.add(other)
                    found |= self._concerned(other, seen)
        return found


def _subject(line: Line) -> str | tuple[str, Happening | None]:
    """The key of the measure a line is on, or the event's id with what it says of it."""
    read = OUTLINES.get((line.type, line.schema))
    if read is not None:
        try:
            outline = read(line.payload).event
        except (*UNREADABLE, TypeError) as error:
            raise unreadable(line.type, line.schema, error) from error
        return outline.id, outline
    match decode(line.type, line.schema, line.payload):
        case EventRecorded(event=event) | EventCorrected(event=event):
            return event.id, event
        case EventRetracted(id=name):
            return name, None
        case MeasureDefined(measure=measure) | MeasureCorrected(measure=measure):
            return measure.key
        case MeasureRetracted(key=key):
            return key
        case other:  # what bears on nothing, which the caller leaves out
            raise AssertionError(other)


def _measures(happening: Happening) -> tuple[str, ...]:
    return concerned(happening)  # type: ignore[arg-type]  # an outline answers all that is asked


def _begins(happening: Happening) -> date:
    """The first day of which a happening itself says something."""
    found = [happening.announced, *(claim.claimed_from for claim in happening.claims)]
    for effect in happening.effects:
        earliest = effect.starts.earliest if effect.starts else None
        known = [day for day in (effect.effective_from, earliest) if day is not None]
        # Of a start that nobody knows, nothing says that it is not long past.
        found += known or ([date.min] if effect.starts else [])
    return min(found)


def _latest(since: Iterable[tuple[date, Mark]]) -> Iterator[tuple[date, Mark]]:
    """For each day from which something bears, the last entry of all that do by then."""
    best: Mark | None = None
    for day, mark in since:
        if best is None or mark > best:
            best = mark
            yield day, best
