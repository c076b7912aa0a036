"""Small helpers of the comparison's document: tables of things by number, and what goes into them.

They know nothing of the document's shape.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

from tracker.core.events import Event
from tracker.core.rectangles import EVER, Rectangle
from tracker.core.world import World

__all__ = ["Table", "bearing", "first_day", "number_of", "short"]

_Key = TypeVar("_Key")


@dataclass(slots=True)
class Table(Generic[_Key]):
    """Things that are named by their numbers, each once, in the order they came."""

    numbers: dict[_Key, int] = field(default_factory=dict)
    values: list[Any] = field(default_factory=list)

    def number(self, key: _Key, value: Any = None) -> int:
        """The number of a thing from 1; 0 is kept for nothing."""
        found = self.numbers.get(key)
        if found is None:
            found = self.numbers[key] = len(self.values) + 1
            self.values.append(key if value is None else value)
        return found


def number_of(words: type[StrEnum], word: StrEnum) -> int:
    """The place of a word in its closed vocabulary."""
    return [*words].index(word)


def short(values: Iterable[Any]) -> list[Any]:
    """The values without the empty ones at their end."""
    found = [*values]
    while found and (found[-1] == 0 or found[-1] == []):
        found.pop()
    return found


def bearing(world: World, spans: Iterable[Sequence[Rectangle]]) -> tuple[Event, ...]:
    """The events that a row names, that take another back or are taken, by id.

    Ids start with the day of announcement: an order of numbers is an order of time.
    """
    named: set[str] = set()
    for found in spans:
        for one in found:
            row = one.row
            named.update(row.events)
            named.update(turn.event for turn in row.pending)
            named.update(other.event for other in row.alternatives)
    for outline in world.outlines:
        if outline.withdraws:
            named.add(outline.id)
            named.update(taken.event for taken in outline.withdraws)
    return tuple(sorted((e for e in world.events if e.id in named), key=lambda event: event.id))


def first_day(events: Iterable[Event], today: date) -> int:
    """The ordinal of the day before every day that is named, so that no day has the number 0.

    Whatever day a row or a rectangle names stands in an event, or comes after one that does.
    """
    days: list[date | None] = [today]
    for event in events:
        days.append(event.announced)
        for effect in event.effects:
            days += (effect.effective_from, effect.effective_until)
            for when in filter(None, (effect.starts, effect.ends)):
                days += (when.earliest, when.latest)
        for claim in event.claims:
            days += (claim.claimed_from, claim.claimed_until)
    return min(day.toordinal() for day in days if day is not None and day != EVER) - 1
