"""Grounds: which events a state rests on.

Owns the answer to "says who?" for a painted state: the order on top, what a
pause holds back, what confirmed either, and what uncovered them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from tracker.core.events import Event
from tracker.core.layers import Layer, held_back
from tracker.core.words import Status

__all__ = ["confirmations_of", "rests_on"]


def confirmations_of(events: Iterable[Event]) -> Mapping[str, tuple[str, ...]]:
    """From an event to the events that confirm it, oldest first."""
    found: dict[str, tuple[str, ...]] = {}
    for event in events:
        for confirmed in event.confirms:
            found[confirmed] = (*found.get(confirmed, ()), event.id)
    return found


def rests_on(
    layers: Sequence[Layer],
    day: date,
    top: Layer,
    confirmations: Mapping[str, tuple[str, ...]],
) -> tuple[str, ...]:
    """The events a painted state rests on, oldest first, each once."""
    bearing = [top]
    if top.effect.status is Status.PAUSED and (beneath := held_back(layers, day)):
        bearing.append(beneath)
    named = {layer.event.id for layer in bearing}
    for event_id in tuple(named):
        named.update(confirmations.get(event_id, ()))
    # What uncovered this state belongs to it: the stay as much as the order.
    after = layers.index(top)
    for layer in layers[after + 1 :]:
        if not layer.planned and layer.withdrawn_on(day) and _spoke_of(layer, day):
            named.update(layer.withdrawn_by)
    order = {event_id: None for layer in layers for event_id in (layer.event.id,)}
    known = [event_id for event_id in order if event_id in named]
    return (*known, *sorted(named - set(known)))


def _spoke_of(layer: Layer, day: date) -> bool:
    start, until = layer.effect.effective_from, layer.effect.effective_until
    return start is not None and start <= day and (until is None or day < until)
