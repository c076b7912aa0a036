"""From the lines of a ledger to which of them bear on what: one pass, then a look at all.

Owns how far back an entry reaches: to the first day of which it says something, and to days
that were learned late of what it speaks of. Pure; what is made of it is `bearing`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from heapq import heappop, heappush

from tracker.core.bearing import Bearing, Mark
from tracker.core.codec import UNREADABLE, decode, unreadable
from tracker.core.entries import (
    EventCorrected,
    EventRecorded,
    EventRetracted,
    MeasureCorrected,
    MeasureDefined,
    MeasureRetracted,
)
from tracker.core.events import Effect, concerned
from tracker.core.glance import OUTLINES
from tracker.core.outline import Happening
from tracker.core.world import Line

__all__ = ["bearing_of"]

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
        for name, marks in self.events.items():
            versions, mark = self.versions.get(name, ()), marks[-1]
            for key in self._concerned(name, {name}):
                measures[key] = max(measures.get(key, mark), mark)
            for version in versions:
                day = version.announced
                announced[day] = max(announced.get(day, mark), mark)
                if version.effects or version.withdraws or version.claims or version.confirms:
                    since.append((self._reach(version), mark))
        # Which measures there are, and what they are called, bears on every day.
        first = [(date.min, self.defined)] if self.defined else []
        return Bearing(
            record=self.last,
            defined=self.defined,
            events={name: tuple(marks) for name, marks in self.events.items()},
            measures=measures,
            since=tuple(_latest([*first, *sorted(since)])),
            announced=announced,
            late=tuple(_highest(self._late())),
        )

    def _reach(self, version: Happening) -> date:
        """The first day on which it may bear on a state: it is named beside what it confirms."""
        confirmed = (one for name in version.confirms for one in self.versions.get(name, ()))
        return min([_begins(version), *map(_begins, confirmed)])

    def _late(self) -> Iterator[tuple[date, date, Mark]]:
        """Days `[start, end)` of a provision that were announced only when they had come.

        On such a day what it lasts until is told as known now, since nothing was known then. So
        the last entry of all on the provision bears on it, however much later its day is.
        """
        spoken: dict[_Place, Mark] = {}
        late: list[tuple[_Place, date, date]] = []
        for name, versions in self.versions.items():
            mark = self.events[name][-1]
            for version in versions:
                for place in self._places(version):
                    spoken[place] = max(spoken.get(place, mark), mark)
                for effect in version.effects:
                    # A start that is not known as a day changes no word of days gone by.
                    first = effect.effective_from or version.announced
                    if first < version.announced:
                        place = (effect.measure, effect.provision)
                        late.append((place, first, version.announced))
        return ((start, end, spoken[place]) for place, start, end in late)

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
        found += _first(effect)
    return min(found)


def _first(effect: Effect) -> list[date]:
    """The days on which it may begin; none where it is for an open day."""
    earliest = effect.starts.earliest if effect.starts else None
    known = [day for day in (effect.effective_from, earliest) if day is not None]
    # Of a start that nobody knows, nothing says that it is not long past.
    return known or ([date.min] if effect.starts else [])


def _latest(since: Iterable[tuple[date, Mark]]) -> Iterator[tuple[date, Mark]]:
    """For each day from which something bears, the last entry of all that do by then."""
    best: Mark | None = None
    for day, mark in since:
        if best is None or mark > best:
            best = mark
            yield day, best


def _highest(spans: Iterable[tuple[date, date, Mark]]) -> Iterator[tuple[date, Mark | None]]:
    """From each day on, the last entry of all spans `[start, end)` it lies in; None for none."""
    held = sorted(set(spans))
    days = sorted({day for start, end, _ in held for day in (start, end)})
    over: list[tuple[int, date, Mark]] = []
    coming = iter(held)
    ahead = next(coming, None)
    for day in days:
        while ahead is not None and ahead[0] <= day:
            heappush(over, (-ahead[2].position, ahead[1], ahead[2]))
            ahead = next(coming, None)
        while over and over[0][1] <= day:
            heappop(over)
        yield day, over[0][2] if over else None
