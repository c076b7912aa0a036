"""One provision's events at every depth of knowledge, ready to be asked for any day.

Owns the grid on which a provision's answers lie. Its `edges` are the days at
which either clock can change the answer: days of announcement, first and last
days, the day after one for which something was planned. Between edges nothing
changes, so an answer is worked out once for each cell of the grid that is
asked for. It knows nothing of the world around the provision.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from operator import is_

from tracker.core.course import Course
from tracker.core.events import Effect
from tracker.core.layers import Interval, Layer, Withdrawals, layer_of, planned
from tracker.core.measures import Measure, Provision
from tracker.core.outline import Happening, in_order
from tracker.core.reading import Reading
from tracker.core.rows import ProvisionState
from tracker.core.words import PLANNED

__all__ = ["Place", "Stack", "days_of"]

Place = tuple[str, str]
"""Measure key and provision key."""

_MOST_CELLS = 4096
"""So many answers are kept for one provision; beyond that they are forgotten and made anew."""

_LAYERS_A_COURSE = 16
"""After so many layers a course is kept, for later depths of knowledge to go on from."""

Cells = dict[int, ProvisionState | None]

_WORKED_OUT = (
    "_announced",
    "_edges",
    "_kept",
    "_last",
    "_layers",
    "_readings",
    "_torn_layers",
    "cells",
)
"""What a stack works out from what it was filled with, and may share."""


class Stack:
    """The effects on one provision and the events that take such effects back.

    Filled while an index is built, in the order of announcement, and not
    changed afterwards. `number` is the provision's place in the order of
    definition.
    """

    __slots__ = (
        "_announced",
        "_edges",
        "_kept",
        "_last",
        "_layers",
        "_readings",
        "_torn_layers",
        "cells",
        "effects",
        "events",
        "measure",
        "more_days",
        "number",
        "place",
        "provision",
        "withdrawing",
    )

    def __init__(self, number: int, measure: Measure, provision: Provision) -> None:
        self.number = number
        self.place: Place = (measure.key, provision.key)
        self.measure = measure
        self.provision = provision
        self.events: list[Happening] = []
        self.effects: list[Effect] = []
        self.withdrawing: list[Happening] = []
        self.more_days: list[date] = []
        self.cells: Cells = {}
        self._announced: list[date] | None = None
        self._edges: array[int] | None = None
        self._layers: tuple[Layer, ...] = ()
        self._readings: dict[int, Reading] = {}
        self._kept: list[Course] = []
        self._last = Course()
        self._torn_layers: dict[tuple[int, tuple[tuple[Interval, str], ...]], Layer] = {}

    def holds_as(self, other: Stack) -> bool:
        """Whether both were filled with the same, so that both answer the same."""
        mine = (self.measure, self.provision, self.events, self.effects)
        theirs = (other.measure, other.provision, other.events, other.effects)
        bearing = (self.withdrawing, self.more_days) == (other.withdrawing, other.more_days)
        return bearing and mine == theirs

    def share(self, other: Stack) -> None:
        """Hold what the other, filled with the same, has worked out: from now on for both."""
        for name in _WORKED_OUT:
            setattr(self, name, getattr(other, name))

    @property
    def edges(self) -> list[date]:
        """The days at which an answer can change, by the day asked about or by what is known."""
        return [date.fromordinal(day) for day in self.ordinals]

    @property
    def ordinals(self) -> array[int]:
        """The edges as ordinals."""
        return self._edges or self._find_edges()

    def _find_edges(self) -> array[int]:
        found = {event.announced for event in self.events}
        found.update(event.announced for event in self.withdrawing)
        found.update(self.more_days)
        for effect in self.effects:
            found.update(days_of(effect))
        # Numbers side by side: looked up far oftener than anything else here.
        self._edges = array("i", sorted(map(date.toordinal, found)))
        return self._edges

    def depths(self) -> list[date]:
        """The edges at which more is known: something is said, confirmed, taken back, or lapses."""
        found = {event.announced for event in (*self.events, *self.withdrawing)}
        found.update(self.more_days)
        for effect in self.effects:
            # What waits for its day lapses by what is known, whatever day is asked about.
            if effect.status in PLANNED or effect.starts is not None:
                found.update(days_of(effect))
        return sorted(found)

    def cell(self, on: int, known: int | None) -> int:
        """The number of the cell that a day and a depth of knowledge, as ordinals, fall into."""
        edges = self._edges or self._find_edges()
        rank = len(edges)
        seen = rank if known is None else bisect_right(edges, known)
        return bisect_right(edges, on) * (rank + 1) + seen

    def keep(self, cell: int, row: ProvisionState | None) -> None:
        """Keep the answer of a cell."""
        if len(self.cells) >= _MOST_CELLS:
            self.cells.clear()
        self.cells[cell] = row

    def prepare(self) -> None:
        """Work out what every answer needs: layers, edges, the course as it is known now."""
        if self.effects:
            self._find_edges()
            self.reading(date.max)

    def reading(self, known: date) -> Reading:
        """What the provision's course says with everything announced by `known`."""
        announced = self._announced
        if announced is None:
            announced = self._prepare()
        cut = bisect_right(announced, known)
        found = self._readings.get(cut)
        if found is None:
            layers = self._torn(known) if self.withdrawing else self._layers[:cut]
            found = self._readings[cut] = Reading(self._course(layers), self.provision)
        return found

    def _course(self, layers: tuple[Layer, ...]) -> Course:
        """The course of layers, from the longest one at hand that they go on from."""
        base = self._last
        if not self._goes_on(base, layers):
            base = Course()
        kept, whole = self._kept, len(layers) // _LAYERS_A_COURSE
        for number in range(min(whole, len(kept)) - 1, -1, -1):
            if len(kept[number].layers) <= len(base.layers):
                break
            if self._goes_on(kept[number], layers):
                base = kept[number]
                break
        for upto in range(len(kept) + 1, whole + 1):
            if len(base.layers) < upto * _LAYERS_A_COURSE:
                base = base.over(layers[len(base.layers) : upto * _LAYERS_A_COURSE])
                kept.append(base)
        if len(base.layers) < len(layers):
            base = base.over(layers[len(base.layers) :])
        self._last = base
        return base

    def _goes_on(self, base: Course, layers: tuple[Layer, ...]) -> bool:
        """Whether `layers` begin with those of `base`."""
        if len(base.layers) > len(layers):
            return False
        # Without withdrawals every depth begins with the layers of the one before.
        return not self.withdrawing or all(map(is_, base.layers, layers))

    def _prepare(self) -> list[date]:
        pairs = zip(self.events, self.effects, strict=True)
        self._layers = tuple([layer_of(event, effect) for event, effect in pairs])
        days = [event.announced for event in self.events]
        if self.withdrawing:
            # Each day on which something is said or taken back is a depth of its own.
            days = sorted({*days, *(event.announced for event in self.withdrawing)})
        self._announced = days
        return days

    def _torn(self, known: date) -> tuple[Layer, ...]:
        """The layers where some are taken back by events announced by `known`."""
        count = bisect_right(self.events, known, key=lambda event: event.announced)
        by = {event.id: event for event in self.withdrawing if event.announced <= known}
        taken_back = {one.event for event in by.values() for one in event.withdraws}
        hit = [n for n in range(count) if self.events[n].id in taken_back]
        if not hit:
            return self._layers[:count]
        by.update((self.events[n].id, self.events[n]) for n in hit)
        withdrawals = Withdrawals(sorted(by.values(), key=in_order))
        layers = list(self._layers[:count])
        for n in hit:
            taken = withdrawals.of(self.events[n].id, *self.place)
            # The same layer is the same object at every depth, so that courses can go on from it.
            if (n, taken) not in self._torn_layers:
                torn = layer_of(self.events[n], self.effects[n], taken)
                self._torn_layers[n, taken] = torn
            layers[n] = self._torn_layers[n, taken]
        return tuple(layers)


def days_of(effect: Effect) -> Iterator[date]:
    """The days at which an effect can change what its provision reads."""
    for day in (effect.effective_from, effect.effective_until):
        if day is not None:
            yield day
    for when in (effect.starts, effect.ends):
        if when is not None:
            for day in (when.earliest, when.latest):
                if day is not None:
                    yield day
    if planned(effect) or effect.starts is not None:
        # An intention lapses on the day after the last one it was made for.
        starts = effect.starts
        last = effect.effective_from or (starts.latest if starts else None)
        if last is not None and last < date.max:
            yield last + timedelta(days=1)
