"""Coverage: of which days an answer can speak, and what the ledger holds but state leaves out.

Pure. Owns the facts; how they are told belongs to `telling`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from tracker.core.compare import Comparison
from tracker.core.world import World

__all__ = ["Coverage", "coverage_of", "coverage_of_both", "strays"]

_SILENCE = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Coverage:
    """From which day on the record speaks, and up to which day anything is known.

    `first` is the day of the first event's announcement, None in an empty
    ledger; an event that is followed by more than a year of silence is
    background that still applied later, and begins no coverage. What lies after
    `known_until` can only have been planned.
    """

    first: date | None
    known_until: date


def coverage_of(world: World, *, today: date, announced_by: date | None = None) -> Coverage:
    """What a viewpoint with that knowledge on that ledger can speak of."""
    first = world.outlines[0].announced if world.outlines else None
    for before, after in pairwise(world.outlines):
        if after.announced - before.announced > _SILENCE:
            first = after.announced
    return Coverage(first, today if announced_by is None else min(today, announced_by))


def coverage_of_both(found: Comparison, *, today: date) -> Coverage:
    """What a comparison can speak of: the longer ledger, and the later knowledge of the two."""
    sides = (found.before, found.after)
    world = max(sides, key=lambda side: side.world.head.position).world
    known = [side.viewpoint.announced_by or date.max for side in sides]
    return coverage_of(world, today=today, announced_by=max(known))


def strays(world: World) -> tuple[str, ...]:
    """Ids of events with an effect on a measure or provision that is not defined, in order.

    Such effects stand in no state: there is nothing they could be shown of.
    """
    defined = {(m.key, p.key) for m in world.measures.values() for p in m.provisions}
    return tuple(
        event.id
        for event in world.outlines
        if any((effect.measure, effect.provision) not in defined for effect in event.effects)
    )
