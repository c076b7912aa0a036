"""What the benchmarks ask: provisions and viewpoints drawn over the whole of a world's history.

Owns the draw, the same for the same world and seed. Days are uniform, so that
nothing is asked twice but where a benchmark says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from tests.bench.prose import pick
from tests.bench.worlds import FIRST, LAST, Synthetic

__all__ = ["Place", "Question", "days", "heaviest", "places_of", "questions"]

Place = tuple[str, str]
Question = tuple[Place, date, date | None]
"""Provision, day asked about, and what was announced by when (None: everything)."""


def layers_of(world: Synthetic) -> Counter[Place]:
    """How many effects speak of each provision."""
    return Counter((x.measure, x.provision) for event in world.events for x in event.effects)


def places_of(world: Synthetic) -> tuple[Place, ...]:
    """Every provision that some event speaks of, in order of first mention."""
    return tuple(layers_of(world))


def heaviest(world: Synthetic, count: int) -> tuple[Place, ...]:
    """The provisions with the most layers."""
    return tuple(place for place, _ in layers_of(world).most_common(count))


def days(rng: Random, count: int) -> list[date]:
    """Days uniform over the forty years."""
    whole = (LAST - FIRST).days
    return [FIRST + timedelta(days=int(rng.random() * whole)) for _ in range(count)]


def questions(rng: Random, places: Sequence[Place], count: int) -> list[Question]:
    """Random provisions at random viewpoints; half of them ask what was known by a random day."""
    drawn = tuple(places)
    return [
        (pick(rng, drawn), on, by if rng.random() < 0.5 else None)
        for on, by in zip(days(rng, count), days(rng, count), strict=True)
    ]
