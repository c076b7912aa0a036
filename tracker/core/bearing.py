"""Which entry of the ledger is the last that bears on a day, a measure or an event.

Owns what somebody has to name who cites a page: the entry after which nothing was
recorded that could make it read otherwise. Pure. Where it is not sure, it names a
later entry, never an earlier one: the world as it stood after the entry named
gives the same states. Reports, and what is decided about them, bear on nothing.
Which entries bear on what is worked out in `weighing`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from tracker.core.entries import Head

__all__ = ["Bearing", "Mark"]


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
    day on; `announced` the last on an event of the day. `late` gives, from each day
    until the next, the last on a provision of which such days were learned late.
    """

    record: Mark | None = None
    defined: Mark | None = None
    events: Mapping[str, tuple[Mark, ...]] = field(default_factory=dict)
    measures: Mapping[str, Mark] = field(default_factory=dict)
    since: tuple[tuple[date, Mark], ...] = ()
    announced: Mapping[date, Mark] = field(default_factory=dict)
    late: tuple[tuple[date, Mark | None], ...] = ()

    def event(self, event_id: str) -> Mark | None:
        """The last entry on an event."""
        marks = self.events.get(event_id)
        return marks[-1] if marks else None

    def measure(self, key: str) -> Mark | None:
        """The last entry on a measure, on what it is called beside, or on its events."""
        found = (self.measures.get(key), self.defined)
        return max((one for one in found if one), default=None)

    def state(self, day: date, start: date | None = None) -> Mark | None:
        """The last entry that bears on the state on a day, or on one since `start`."""
        place = bisect_right(self.since, day, key=_day)
        found = self.since[place - 1][1] if place else self.defined
        first = bisect_right(self.late, start or day, key=_day)
        last = bisect_right(self.late, day, key=_day)
        known = [mark for _, mark in self.late[max(0, first - 1) : last]]
        return max((one for one in (found, *known) if one), default=None)

    def day(self, day: date, start: date | None = None) -> Mark | None:
        """As `state`, what was announced on the day included."""
        found = [one for one in (self.state(day, start), self.announced.get(day)) if one]
        return max(found, default=None)


def _day(one: tuple[date, Mark | None]) -> date:
    return one[0]
