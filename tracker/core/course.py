"""The course of a provision: which layer lies on top on which days, and whose rate counts.

Owns rules 1 and 2 of the policy model, carried out as they are written: each
layer is laid over the days it counts on, bottom first; what it covers comes
back where it ends. A course is built once for each depth of knowledge and then
asked for any day by bisection.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tracker.core.layers import Layer, Substance, substance
from tracker.core.measures import Provision
from tracker.core.words import Status

__all__ = ["Course", "Span", "course_of"]


class Span(NamedTuple):
    """Consecutive days `[start, until)` with the same layer on top; None: none is.

    `speaking` is the layer whose rate counts on them: the top itself, or for a
    pause what it holds back, None where it holds back nothing.
    """

    start: date
    until: date | None
    top: Layer | None
    speaking: Layer | None


class Course:
    """Layers over days. `starts` are the first days of its spans in order; the last has no end.

    Days before the first start have nothing on top. `intents` are the plans
    among the layers, `unsure` those that may count on days on which they do not
    for certain, `torn` tells whether any was taken back for some days. Not
    to be changed once built: `over` gives a new one.
    """

    __slots__ = ("_speaking", "_tops", "intents", "layers", "starts", "torn", "unsure")

    def __init__(self) -> None:
        self.layers: tuple[Layer, ...] = ()
        self.starts: list[date] = []
        self.intents: tuple[Layer, ...] = ()
        self.unsure: tuple[Layer, ...] = ()
        self.torn = False
        self._tops: list[Layer | None] = []
        self._speaking: list[Layer | None] = []

    def __len__(self) -> int:
        return len(self.starts)

    def __iter__(self) -> Iterator[Span]:
        return (self.span(index) for index in range(len(self.starts)))

    def span(self, index: int) -> Span:
        """The span of that index. Raises: IndexError outside 0 to len - 1."""
        after = index + 1
        until = self.starts[after] if after < len(self.starts) else None
        return Span(self.starts[index], until, self._tops[index], self._speaking[index])

    def at(self, day: date) -> int:
        """The index of the span that `day` lies in; -1 before the first."""
        return bisect_right(self.starts, day) - 1

    def top(self, day: date) -> Layer | None:
        """The layer on top on `day`, or None."""
        index = bisect_right(self.starts, day) - 1
        return self._tops[index] if index >= 0 else None

    def says(self, provision: Provision, index: int) -> Substance:
        """What a reader is told on the days of a span; None for index -1 and where nothing is."""
        if index < 0:
            return None
        return substance(provision, self._tops[index], self._speaking[index])

    def last_top(self, index: int) -> Layer | None:
        """The latest layer that lay on top up to and on span `index`; None before any did."""
        while index >= 0 and self._tops[index] is None:
            index -= 1
        return self._tops[index] if index >= 0 else None

    def over(self, more: Iterable[Layer]) -> Course:
        """The course with further layers laid on top of it, in the order given."""
        more = tuple(more)
        found = Course()
        found.layers = (*self.layers, *more)
        canvas = _Canvas(self.starts[:], self._tops[:], self._speaking[:])
        intents: list[Layer] = []
        unsure: list[Layer] = []
        found.torn = self.torn
        for layer in more:
            if layer.withdrawn:
                found.torn = True
            if layer.intends:
                intents.append(layer)
            if not layer.planned:
                for start, until in layer.days:
                    canvas.lay(layer, start, until)
                if layer.may_begin:
                    unsure.append(layer)
        found.intents, found.unsure = (*self.intents, *intents), (*self.unsure, *unsure)
        found.starts, found._tops, found._speaking = canvas.starts, canvas.tops, canvas.speaking
        return found


def course_of(layers: Iterable[Layer]) -> Course:
    """The course of layers given bottom first."""
    return Course().over(layers)


@dataclass(slots=True)
class _Canvas:
    """A course while it is painted."""

    starts: list[date]
    tops: list[Layer | None]
    speaking: list[Layer | None]

    def lay(self, layer: Layer, start: date, until: date | None) -> None:
        """Lay one layer over `[start, until)`, in place."""
        starts, tops, speaking = self.starts, self.tops, self.speaking
        first = bisect_left(starts, start)
        after = len(starts) if until is None else bisect_left(starts, until)
        cut_starts: list[date] = [start]
        cut_speaking: list[Layer | None] = [layer]
        if layer.effect.status is Status.PAUSED:
            cut_starts, cut_speaking = self._held(start, first, after)
        cut_tops: list[Layer | None] = [layer] * len(cut_starts)
        if until is not None and (after == len(starts) or starts[after] != until):
            # What lay beneath comes back on the day the layer ends.
            cut_starts.append(until)
            cut_tops.append(tops[after - 1] if after else None)
            cut_speaking.append(speaking[after - 1] if after else None)
        starts[first:after] = cut_starts
        tops[first:after] = cut_tops
        speaking[first:after] = cut_speaking

    def _held(self, start: date, first: int, after: int) -> tuple[list[date], list[Layer | None]]:
        """What a pause from `start` holds back up to span `after`, cut where that changes."""
        exact = first < len(self.starts) and self.starts[first] == start
        under = first if exact else first - 1
        cuts, held = [start], [self.speaking[under] if under >= 0 else None]
        for index in range(under + 1, after):
            if self.speaking[index] is not held[-1]:
                cuts.append(self.starts[index])
                held.append(self.speaking[index])
        return cuts, held
