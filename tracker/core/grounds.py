"""Grounds: which events a state rests on.

Owns the answer to "says who?" for a painted state: the order on top, what a
pause holds back, what confirmed either, and what uncovered them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from tracker.core.layers import Layer
from tracker.core.outline import Happening
from tracker.core.reading import Reading

__all__ = ["Confirmations", "confirmations_of", "rests_on"]


Confirmations = Mapping[str, tuple[Happening, ...]]
"""From an event's id to the events that confirm it, oldest first."""


def confirmations_of(events: Iterable[Happening]) -> Confirmations:
    """Who confirms whom among `events`, which stand in the order of announcement."""
    found: dict[str, tuple[Happening, ...]] = {}
    for event in events:
        for confirmed in event.confirms:
            found[confirmed] = (*found.get(confirmed, ()), event)
    return found


def rests_on(
    reading: Reading,
    day: date,
    bearing: tuple[Layer, ...],
    confirmations: Confirmations,
    *,
    known_by: date,
) -> tuple[str, ...]:
    """The events a painted state rests on, oldest first, each once.

    `bearing` are the layer on top and, where that is a pause, the one it holds
    back. Confirmations count if they were announced by `known_by`; one that
    names measures speaks of those alone, since one order may start several
    measures on different days.
    """
    first = bearing[0].event.id
    if len(bearing) == 1 and not reading.course.torn and first not in confirmations:
        return (first,)  # as most do
    named = {layer.event.id for layer in bearing}
    for layer in bearing:
        for by in confirmations.get(layer.event.id, ()):
            speaks = not by.measures or layer.effect.measure in by.measures
            if speaks and by.announced <= known_by:
                named.add(by.id)
    if reading.course.torn:
        # What uncovered this state belongs to it: the stay as much as the order.
        after = reading.layers.index(bearing[0])
        for layer in reading.layers[after + 1 :]:
            if not layer.planned and layer.withdrawn_on(day) and _spoke_of(layer, day):
                named.update(layer.withdrawn_by)
    # Ids start with the day of announcement: sorted ids are in order of time.
    return tuple(sorted(named)) if len(named) > 1 else tuple(named)


def _spoke_of(layer: Layer, day: date) -> bool:
    start, until = layer.effect.effective_from, layer.effect.effective_until
    return start is not None and start <= day and (until is None or day < until)
