"""Deadlines folded: the last word on each, and the days it was set for before. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.core.events import Deadline, Event

__all__ = ["Due", "deadlines"]


@dataclass(frozen=True, slots=True)
class Due:
    """The last word on a deadline, who said it, and the days that earlier words set, in order.

    `words` counts the events that have spoken of it.
    """

    deadline: Deadline
    event: Event
    earlier: tuple[date, ...]
    words: int = 1

    @property
    def latest(self) -> date | None:
        """The last day on which it may fall, None where that is open."""
        when = self.deadline.when
        return self.deadline.day or (when.latest if when else None)

    @property
    def order(self) -> date:
        """Its place in a calendar: its day, else the first on which it may fall."""
        when = self.deadline.when
        found = self.deadline.day or (when.earliest or when.latest if when else None)
        return found or date.max

    def over(self, today: date) -> bool:
        """Whether it lies behind `today` for certain, or was cancelled."""
        return self.deadline.cancelled or (self.latest is not None and self.latest < today)


def deadlines(events: Sequence[Event]) -> tuple[Due, ...]:
    """Every deadline of the events, by day; those without one last."""
    last: dict[str, Due] = {}
    for event in events:
        for deadline in event.deadlines:
            before = last.get(deadline.key)
            earlier = before.earlier if before else ()
            if before and before.deadline.day and before.deadline.day != deadline.day:
                earlier = (*earlier, before.deadline.day)
            words = before.words + 1 if before else 1
            last[deadline.key] = Due(deadline, event, earlier, words)
    return tuple(sorted(last.values(), key=lambda due: (due.order, due.deadline.key)))
