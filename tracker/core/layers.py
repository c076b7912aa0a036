"""Layers over days: how the effects on one provision lie on top of each other.

Owns which layers there are and on which days each counts: rules 1, 5 and 6 of
the policy model, withdrawing included. A layer whose first day is a range
counts for certain from the last day of it; one whose end is a range counts
until the last day of that; in between it *may* count. How layers cover each
other belongs to `course`; plans and pending turns to `pending`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import msgspec

from tracker.core.events import Effect, Text, Wording
from tracker.core.measures import Provision
from tracker.core.outline import Happening, in_order
from tracker.core.words import Basis, Status

__all__ = [
    "Interval",
    "Layer",
    "Scope",
    "Substance",
    "Withdrawals",
    "held_back",
    "layer_of",
    "layers_by_provision",
    "paint",
    "planned",
    "scope_of",
    "substance",
]

Interval = tuple[date, date | None]
"""Half-open days `[from, until)`; `None` is an open end."""


class Scope(msgspec.Struct, frozen=True, gc=False):
    """What a rate falls on: products in words, tariff headings, origin condition."""

    products: Text
    hts: tuple[str, ...]
    origin: str


def planned(effect: Effect) -> bool:
    """Whether an effect is an intention only."""
    # By identity, since the hash of an enum's member is slow: layers are many.
    return effect.status is Status.THREATENED or effect.status is Status.ANNOUNCED


def scope_of(provision: Provision, effect: Effect) -> Scope:
    """The provision's scope as an effect leaves it."""
    return Scope(
        products=effect.products or provision.products,
        hts=provision.hts if effect.hts is None else effect.hts,
        origin=effect.origin or provision.origin,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One effect of one event on one provision. Two are the same only if they are one object.

    `days` are the intervals on which it counts, in order: the days it speaks of
    less those on which its event stands withdrawn. Empty where no day is
    known for certain and where all are taken back. `withdrawn_by` names the
    events that took days away. On the days of `may_begin` it may count already,
    on those of `may_be_over` it may count no more: the record does not know.
    `planned` tells an intention only, which never enters into force by itself;
    `intends` that, or an order whose first day nobody can name yet.
    """

    event: Happening
    effect: Effect
    days: tuple[Interval, ...]
    planned: bool
    intends: bool
    withdrawn: tuple[Interval, ...] = ()
    withdrawn_by: tuple[str, ...] = ()
    may_begin: tuple[Interval, ...] = ()
    may_be_over: tuple[Interval, ...] = ()

    def covers(self, day: date) -> bool:
        """Whether the layer counts on `day`."""
        return _within(day, self.days)

    def withdrawn_on(self, day: date) -> bool:
        """Whether the layer's event stands withdrawn on `day`."""
        return bool(self.withdrawn) and _within(day, self.withdrawn)

    def may_cover(self, day: date) -> bool:
        """Whether the layer may count on `day` already, its first day not being known."""
        return _within(day, self.may_begin)

    def may_have_ended(self, day: date) -> bool:
        """Whether the layer, which counts on `day`, may be over, its end not being known."""
        return _within(day, self.may_be_over)


def _within(day: date, intervals: tuple[Interval, ...]) -> bool:
    return any(start <= day and (until is None or day < until) for start, until in intervals)


def _subtract(whole: Interval, holes: Iterable[Interval]) -> tuple[Interval, ...]:
    """The parts of `whole` outside every hole, in order."""
    parts = [whole]
    for low, high in holes:
        left: list[Interval] = []
        for start, until in parts:
            if (until is not None and until <= low) or (high is not None and high <= start):
                left.append((start, until))
                continue
            if start < low:
                left.append((start, low))
            if high is not None and (until is None or high < until):
                left.append((high, until))
        parts = left
    return tuple(parts)


class Withdrawals:
    """On which days which event stands withdrawn, followed through withdrawals of withdrawals.

    Only a later event can withdraw an earlier one, so the chain always ends.
    """

    def __init__(self, events: Sequence[Happening]) -> None:
        self._events = {event.id: event for event in events}
        self._by: dict[str, list[tuple[Happening, str | None, str | None]]] = {}
        for event in events:
            for taken in event.withdraws:
                target = self._events.get(taken.event)
                if target is not None and in_order(target) < in_order(event):
                    self._by.setdefault(taken.event, []).append(
                        (event, taken.measure, taken.provision)
                    )

    def of(self, event_id: str, measure: str, provision: str) -> tuple[tuple[Interval, str], ...]:
        """The intervals taken from the event as far as it concerns the provision, with by whom."""
        found: list[tuple[Interval, str]] = []
        for by, on_measure, on_provision in self._by.get(event_id, ()):
            if on_measure not in (None, measure) or on_provision not in (None, provision):
                continue
            undone = [interval for interval, _ in self.of(by.id, measure, provision)]
            found.extend((part, by.id) for part in _subtract((by.announced, None), undone))
        return tuple(found)


def layers_by_provision(events: Sequence[Happening]) -> Mapping[tuple[str, str], tuple[Layer, ...]]:
    """Layers of every provision, bottom first, from events already cut to what is known.

    `events` stand in the order in which they were announced.
    """
    withdrawals = Withdrawals(events)
    found: dict[tuple[str, str], list[Layer]] = {}
    for event in events:
        for effect in event.effects:
            place = (effect.measure, effect.provision)
            taken = withdrawals.of(event.id, *place)
            found.setdefault(place, []).append(layer_of(event, effect, taken))
    return {place: tuple(layers) for place, layers in found.items()}


def layer_of(event: Happening, effect: Effect, taken: Sequence[tuple[Interval, str]] = ()) -> Layer:
    """The layer of one effect; `taken` are the days its event stands withdrawn, with by whom."""
    holes = tuple(interval for interval, _ in taken)
    starts, ends = effect.starts, effect.ends
    start = effect.effective_from or (starts.latest if starts else None)
    until = effect.effective_until or (ends.latest if ends else None)
    begin = starts.earliest if starts else None
    over = ends.earliest if ends else None
    days = _days(start, until, holes)
    intention = planned(effect)
    return Layer(
        event,
        effect,
        days,
        intention,
        intention or (starts is not None and not days),
        holes,
        tuple(dict.fromkeys(event_id for _, event_id in taken)) if taken else (),
        may_begin=_days(begin, start if begin and start else until, holes) if begin else (),
        may_be_over=_days(over, until, holes) if over and start else (),
    )


def _days(
    start: date | None, until: date | None, holes: tuple[Interval, ...]
) -> tuple[Interval, ...]:
    if start is None or (until is not None and until <= start):
        return ()
    return _subtract((start, until), holes) if holes else ((start, until),)


def paint(layers: Sequence[Layer], day: date) -> tuple[Layer, ...]:
    """The layers that count on `day`, top first. Plans never paint."""
    return tuple(x for x in reversed(layers) if not x.planned and x.covers(day))


Substance = tuple[Status, Decimal | None, Basis, Wording | None, Scope] | None
"""What a reader can tell two states apart by."""


def substance(provision: Provision, top: Layer | None, speaking: Layer | None) -> Substance:
    """Status, rate, basis, wording and scope where `top` lies on top; None where nothing does.

    `speaking` is the layer whose rate counts: the top itself, or what a pause
    holds back. A pause speaks of no rate of its own.
    """
    if top is None:
        return None
    effect = (speaking or top).effect
    return (
        top.effect.status,
        effect.rate_pct,
        effect.basis,
        effect.rate_text,
        scope_of(provision, effect),
    )


def held_back(layers: Sequence[Layer], day: date) -> Layer | None:
    """The layer that a pause on top of `day` holds back, or None."""
    below = (x for x in paint(layers, day) if x.effect.status is not Status.PAUSED)
    return next(below, None)
