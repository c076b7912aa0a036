"""The index: a world made ready to be asked again and again, from any viewpoint.

Gives the answers of `policy.state`, which is the rule written down, at a cost
that follows what is asked for: one provision costs its own events, a diff
costs the provisions that have a turn between the two viewpoints. A property
test holds the two to each other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from operator import attrgetter

from tracker.core.filling import stacked
from tracker.core.grounds import Confirmations
from tracker.core.policy import horizon_of
from tracker.core.rows import ProvisionState, Viewpoint
from tracker.core.stacks import Place, Stack
from tracker.core.standing import Standing, StandingBook
from tracker.core.states import state_of
from tracker.core.world import World

__all__ = ["Index", "Place"]

_UNASKED = object()


class Index:
    """A world's provisions by place, each with its events; answers are worked out when asked for.

    Reading it from several threads is safe: at worst an answer is worked out twice.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self._stacks, self._confirmations = stacked(world)
        self._turning: dict[int, list[Stack]] | None = None
        self._turning_days: list[int] = []
        self._standing: StandingBook | None = None

    @property
    def stacks(self) -> Mapping[Place, Stack]:
        """Every provision defined, in order of definition, and what bears on it."""
        return self._stacks

    @property
    def confirmations(self) -> Confirmations:
        """Who confirms whom."""
        return self._confirmations

    def warm(self) -> None:
        """Work out beforehand what every answer needs; for who will ask a great many times."""
        for stack in self._stacks.values():
            stack.prepare()
        self._find_turning()

    def row(
        self, place: Place, *, on: date, announced_by: date | None = None
    ) -> ProvisionState | None:
        """One provision's state at a viewpoint, or None where nothing can be said of it then."""
        stack = self._stacks.get(place)
        if stack is None or not stack.effects:
            return None
        cell = stack.cell(on.toordinal(), _ordinal(announced_by))
        return self._answer(stack, cell, on, announced_by)

    def _answer(
        self, stack: Stack, cell: int, on: date, known: date | None
    ) -> ProvisionState | None:
        found = stack.cells.get(cell, _UNASKED)
        if found is _UNASKED:
            found = self._worked_out(stack, on, known)
            stack.keep(cell, found)
        return found  # type: ignore[return-value]  # the marker is never kept

    def _worked_out(self, stack: Stack, on: date, known: date | None) -> ProvisionState | None:
        everything = stack.reading(known or date.max)
        if not everything.layers:
            return None
        known_by = on if known is None else min(on, known)
        return state_of(
            stack.measure,
            everything,
            stack.reading(known_by),
            on,
            known_by=known_by,
            horizon=horizon_of(self.world, on, known),
            confirmations=self._confirmations,
        )

    def state(self, viewpoint: Viewpoint) -> tuple[ProvisionState, ...]:
        """Every provision that has something to say, in order of definition; as `policy.state`."""
        on, known = viewpoint.on, viewpoint.announced_by
        day, seen = on.toordinal(), _ordinal(known)
        rows = (
            self._answer(stack, stack.cell(day, seen), on, known)
            for stack in self._stacks.values()
            if stack.effects
        )
        return tuple(row for row in rows if row is not None)

    def places(self) -> Iterator[Place]:
        """The provisions that some event speaks of, in order of definition."""
        return (place for place, stack in self._stacks.items() if stack.effects)

    def edges(self, place: Place) -> tuple[date, ...]:
        """The days, of either clock, at which the provision's answer can change, in order."""
        stack = self._stacks.get(place)
        return tuple(stack.edges) if stack is not None else ()

    def depths(self, place: Place) -> tuple[date, ...]:
        """The edges at which what is known can change the answer, the day being the same."""
        stack = self._stacks.get(place)
        return tuple(stack.depths()) if stack is not None else ()

    def forget(self, place: Place) -> None:
        """Let go of the answers kept for a provision: after a walk over all of them."""
        if (stack := self._stacks.get(place)) is not None:
            stack.cells.clear()

    def touched(self, after: date, until: date) -> tuple[Place, ...]:
        """The provisions with an edge in `(after, until]`, in order of definition."""
        return tuple(stack.place for stack in self._touched(after, until))

    def between(self, one: Viewpoint, other: Viewpoint) -> tuple[Place, ...]:
        """The provisions whose answers at two viewpoints can differ, in order of definition."""
        return tuple(stack.place for stack in self._between(one, other))

    def differing(
        self, one: Viewpoint, other: Viewpoint
    ) -> Iterator[tuple[ProvisionState | None, ProvisionState | None]]:
        """The answers at two viewpoints where they are not the same, in order of definition.

        Costs what turns between the two, whatever the size of the world.
        """
        from_, since = one.on.toordinal(), _ordinal(one.announced_by)
        to, until = other.on.toordinal(), _ordinal(other.announced_by)
        for stack in self._between(one, other):
            left, right = stack.cell(from_, since), stack.cell(to, until)
            if left == right:
                continue
            before = self._answer(stack, left, one.on, one.announced_by)
            after = self._answer(stack, right, other.on, other.announced_by)
            if before is not after:
                yield before, after

    def _between(self, one: Viewpoint, other: Viewpoint) -> list[Stack]:
        found = self._touched(*sorted((one.on, other.on)))
        known = (one.announced_by or date.max, other.announced_by or date.max)
        if known[0] != known[1]:
            more = {*found, *self._touched(*sorted(known))}
            found = sorted(more, key=_number)
        return found

    def _touched(self, after: date, until: date) -> list[Stack]:
        turning = self._turning or self._find_turning()
        days = self._turning_days
        first, last = bisect_right(days, after.toordinal()), bisect_right(days, until.toordinal())
        found: set[Stack] = set()
        for day in days[first:last]:
            found.update(turning[day])
        return sorted(found, key=_number)

    def _find_turning(self) -> dict[int, list[Stack]]:
        """Put each stack under its edges; the first question of what turned pays for it."""
        found: defaultdict[int, list[Stack]] = defaultdict(list)
        for stack in self._stacks.values():
            if stack.effects:
                for day in stack.ordinals:
                    found[day].append(stack)
        self._turning_days = sorted(found)
        self._turning = found
        return found

    def in_force(self, on: date) -> tuple[Standing, ...]:
        """Everything in force on a day with all that is known now: place and the layer on top."""
        if self._standing is None:
            self._standing = StandingBook(
                (stack.number, stack.place, stack.reading(date.max).course)
                for stack in self._stacks.values()
                if stack.effects
            )
        return self._standing.on(on)


def _ordinal(day: date | None) -> int | None:
    return None if day is None else day.toordinal()


_number = attrgetter("number")
