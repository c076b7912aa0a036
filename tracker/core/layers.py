"""Layers over days: how the effects on one provision lie on top of each other.

Owns rules 1, 2, 5 and 6 of the policy model: the last word wins day by day,
what lay beneath comes back, withdrawing uncovers, an end is a layer too. It
knows nothing of plans, of pending turns or of how a state is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.core.events import Effect, Event, Text, Wording, order_of
from tracker.core.measures import Provision
from tracker.core.words import PLANNED, Basis, Status

__all__ = ["Layer", "Scope", "Span", "layers_by_provision", "paint", "scope_of", "spans"]

Interval = tuple[date, date | None]
"""Half-open days `[from, until)`; `None` is an open end."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a rate falls on: products in words, tariff headings, origin condition."""

    products: Text
    hts: tuple[str, ...]
    origin: str


def scope_of(provision: Provision, effect: Effect) -> Scope:
    """The provision's scope as an effect leaves it."""
    return Scope(
        products=effect.products or provision.products,
        hts=provision.hts if effect.hts is None else effect.hts,
        origin=effect.origin or provision.origin,
    )


@dataclass(frozen=True, slots=True)
class Layer:
    """One effect of one event on one provision.

    `days` are the intervals on which it counts, in order: the days it speaks of
    less those on which its event stands withdrawn. Empty for a plan without a
    day and for one whose days are all taken back. `withdrawn_by` names the
    events that took days away.
    """

    event: Event
    effect: Effect
    days: tuple[Interval, ...]
    withdrawn: tuple[Interval, ...] = ()
    withdrawn_by: tuple[str, ...] = ()

    @property
    def planned(self) -> bool:
        """Whether it is an intention only: it never enters into force by itself."""
        return self.effect.status in PLANNED

    def covers(self, day: date) -> bool:
        """Whether the layer counts on `day`."""
        return any(_inside(day, interval) for interval in self.days)

    def withdrawn_on(self, day: date) -> bool:
        """Whether the layer's event stands withdrawn on `day`."""
        return any(_inside(day, interval) for interval in self.withdrawn)


@dataclass(frozen=True, slots=True)
class Span:
    """Consecutive days `[start, until)` on which the same layer lies on top; None: none does."""

    start: date
    until: date | None
    top: Layer | None


def _inside(day: date, interval: Interval) -> bool:
    start, until = interval
    return start <= day and (until is None or day < until)


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


class _Withdrawals:
    """On which days which event stands withdrawn, followed through withdrawals of withdrawals.

    Only a later event can withdraw an earlier one, so the chain always ends.
    """

    def __init__(self, events: Sequence[Event]) -> None:
        self._events = {event.id: event for event in events}
        self._by: dict[str, list[tuple[Event, str | None, str | None]]] = {}
        for event in events:
            for taken in event.withdraws:
                target = self._events.get(taken.event)
                if target is not None and order_of(target) < order_of(event):
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


def layers_by_provision(events: Sequence[Event]) -> Mapping[tuple[str, str], tuple[Layer, ...]]:
    """Layers of every provision, bottom first, from events already cut to what is known.

    `events` stand in the order in which they were announced.
    """
    withdrawals = _Withdrawals(events)
    found: dict[tuple[str, str], list[Layer]] = {}
    for event in events:
        for effect in event.effects:
            place = (effect.measure, effect.provision)
            taken = withdrawals.of(event.id, *place)
            holes = tuple(interval for interval, _ in taken)
            start = effect.effective_from
            days = () if start is None else _subtract((start, effect.effective_until), holes)
            by = tuple(dict.fromkeys(event_id for _, event_id in taken))
            found.setdefault(place, []).append(Layer(event, effect, days, holes, by))
    return {place: tuple(layers) for place, layers in found.items()}


def paint(layers: Sequence[Layer], day: date) -> tuple[Layer, ...]:
    """The layers that count on `day`, top first. Plans never paint."""
    return tuple(x for x in reversed(layers) if not x.planned and x.covers(day))


def spans(layers: Sequence[Layer]) -> tuple[Span, ...]:
    """Every stretch of days and the layer on top of it, from the first painted day on.

    The last span has no end. Gaps between layers are spans with `top=None`. A
    pause is cut where what it holds back changes.
    """
    painted = [x for x in layers if not x.planned and x.days]
    edges = sorted({edge for x in painted for interval in x.days for edge in interval if edge})
    found: list[Span] = []
    showing: tuple[Layer | None, Layer | None] = (None, None)
    for index, edge in enumerate(edges):
        until = edges[index + 1] if index + 1 < len(edges) else None
        top = next(iter(paint(painted, edge)), None)
        shown = (top, held_back(painted, edge))
        if found and showing[0] is top and (showing == shown or not _pauses(top)):
            found[-1] = Span(found[-1].start, until, top)
        else:
            found.append(Span(edge, until, top))
        showing = shown
    return tuple(found)


def _pauses(top: Layer | None) -> bool:
    return top is not None and top.effect.status is Status.PAUSED


Substance = tuple[Status, Decimal | None, Basis, Wording | None, Scope] | None
"""What a reader can tell two states apart by."""


def substance(
    layers: Sequence[Layer], provision: Provision, day: date, top: Layer | None
) -> Substance:
    """Status, rate, basis, wording and scope on a day whose top layer is `top`.

    A pause speaks of no rate of its own: the rate, basis and scope it holds
    back are those of what lies beneath it.
    """
    if top is None:
        return None
    speaking = top.effect
    if speaking.status is Status.PAUSED:
        beneath = held_back(layers, day)
        speaking = beneath.effect if beneath else speaking
    return (
        top.effect.status,
        speaking.rate_pct,
        speaking.basis,
        speaking.rate_text,
        scope_of(provision, speaking),
    )


def held_back(layers: Sequence[Layer], day: date) -> Layer | None:
    """The layer that a pause on top of `day` holds back, or None."""
    below = (x for x in paint(layers, day) if x.effect.status is not Status.PAUSED)
    return next(below, None)
