"""What stands in force across all provisions on a day, without asking each of them.

Owns a book of the days on which provisions come into force and go out of it,
with the whole list written down every so many turns. A day is answered from
the list before it and the turns since, so it costs what is in force, not what
there is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from tracker.core.course import Course
from tracker.core.layers import Layer
from tracker.core.words import Status

__all__ = ["Standing", "StandingBook"]

_TURNS_A_LIST = 1024
"""So many turns lie between two lists: fewer cost memory, more cost time."""


class Standing(NamedTuple):
    """A provision that is in force, and the layer that says so. `number` orders provisions."""

    number: int
    place: tuple[str, str]
    layer: Layer


class StandingBook:
    """Everything in force on any day, from the courses of all provisions."""

    def __init__(self, courses: Iterable[tuple[int, tuple[str, str], Course]]) -> None:
        turns: list[tuple[date, int, Standing | None]] = []
        for number, place, course in courses:
            showing = None
            for span in course:
                top = span.top
                stands = top is not None and top.effect.status is Status.IN_FORCE
                now = Standing(number, place, top) if stands and top is not None else None
                if now is not None or showing is not None:
                    turns.append((span.start, number, now))
                showing = now
        turns.sort(key=lambda turn: turn[0])
        self._turns = turns
        self._days = [turn[0] for turn in turns]
        self._lists: list[dict[int, Standing]] = [{}]
        standing: dict[int, Standing] = {}
        for count, turn in enumerate(turns, start=1):
            _turn(standing, turn)
            if count % _TURNS_A_LIST == 0:
                self._lists.append(dict(standing))

    def on(self, day: date) -> tuple[Standing, ...]:
        """What is in force on `day`, in order of definition."""
        count = bisect_right(self._days, day)
        nearest = count // _TURNS_A_LIST
        standing = dict(self._lists[nearest])
        for turn in self._turns[nearest * _TURNS_A_LIST : count]:
            _turn(standing, turn)
        return tuple(sorted(standing.values()))


def _turn(standing: dict[int, Standing], turn: tuple[date, int, Standing | None]) -> None:
    _, number, now = turn
    if now is None:
        standing.pop(number, None)
    else:
        standing[number] = now
