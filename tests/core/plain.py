"""The index as the rules are written: slow, plain, and what the fast one must agree with."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from tracker.core.policy import ProvisionState, Viewpoint, state
from tracker.core.world import World

Place = tuple[str, str]


class PlainRows:
    """Answers by `policy.state` alone; every day of the world is an edge of every provision."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._seen = cache(self._rows)
        days: set[date] = set()
        for event in world.events:
            days.add(event.announced)
            for effect in event.effects:
                for when in (effect.starts, effect.ends):
                    if when is not None:
                        days.update(x for x in (when.earliest, when.latest) if x)
                days.update(x for x in (effect.effective_from, effect.effective_until) if x)
        # A plan lapses, and a range is over, the day after its last one.
        self._edges = tuple(sorted(days | {x + timedelta(days=1) for x in days if x < date.max}))

    def _rows(self, on: date, announced_by: date | None) -> dict[Place, ProvisionState]:
        found = state(self.world, Viewpoint(on=on, announced_by=announced_by))
        return {row.place: row for row in found}

    def row(
        self, place: Place, *, on: date, announced_by: date | None = None
    ) -> ProvisionState | None:
        return self._seen(on, announced_by).get(place)

    def state(self, viewpoint: Viewpoint) -> tuple[ProvisionState, ...]:
        return tuple(self._seen(viewpoint.on, viewpoint.announced_by).values())

    def edges(self, place: Place) -> tuple[date, ...]:
        del place  # every provision is given every edge
        return self._edges

    def between(self, one: Viewpoint, other: Viewpoint) -> tuple[Place, ...]:
        del one, other  # every provision may differ
        return tuple(
            (measure.key, provision.key)
            for measure in self.world.measures.values()
            for provision in measure.provisions
        )
