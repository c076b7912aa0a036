"""Comparison: any two viewpoints, on one ledger or on two states of it, in words a reader needs.

Pure. Owns the net changes with their labels, the steps on the way, and what
came back. Seen in the order of time: two viewpoints the wrong way round are
compared the right way round and mirrored. How a row is found belongs to
`index`, what a label means to `labels`, the walk to `steps`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import msgspec

from tracker.core.diff import Change, ChangeKind, Step, alike, change_of, mirrored
from tracker.core.events import Event
from tracker.core.index import Index
from tracker.core.labels import OF_THE_DAY, Way, label_of
from tracker.core.policy import ProvisionState, Viewpoint
from tracker.core.steps import Leg, Place, Rows, steps_between
from tracker.core.withdrawers import with_withdrawers
from tracker.core.words import Label
from tracker.core.world import World

__all__ = ["Comparison", "Side", "compare", "side_of"]


@dataclass(frozen=True, slots=True)
class Side:
    """One end of a comparison: a viewpoint, and the ledger it is seen from.

    `rows` answers for `world`. Two sides on one ledger share both.
    """

    world: World
    viewpoint: Viewpoint
    rows: Rows = field(compare=False)

    def row(self, place: Place, seen: Viewpoint) -> ProvisionState | None:
        """A provision on this ledger, from any viewpoint."""
        return self.rows.row(place, on=seen.on, announced_by=seen.announced_by)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two sides.

    `changes` are net, one for each provision that reads otherwise, labelled; in
    the order of definition, those that fell silent last. `returned` are those
    that went and came back, each with its steps: what read otherwise in between
    and reads the same again, and what was charged otherwise in between and is
    charged the same again (its *since* then differs, so it stands in `changes`
    too). `swapped` tells that the earlier side was given last.
    """

    before: Side
    after: Side
    changes: tuple[Change, ...]
    returned: tuple[Change, ...]
    swapped: bool = False


def side_of(world: World, viewpoint: Viewpoint, like: Side | None = None) -> Side:
    """A side on a world; it shares the index of `like` where that is on the same world."""
    shared = like.rows if like is not None and like.world is world else Index(world)
    return Side(world, viewpoint, shared)


def compare(before: Side, after: Side, *, today: date, steps: bool = False) -> Comparison:
    """Compare two sides as of the policy day `today`; `steps` fills those of net changes too."""
    swapped = _moment(after) < _moment(before)
    first, last = (after, before) if swapped else (before, after)
    changes, returned = _Comparer(first, last, today).compared(steps=steps)
    if swapped:
        changes, returned = map(mirrored, changes), map(mirrored, returned)
    # The order of a plain diff: what fell silent comes last.
    told = sorted(changes, key=lambda change: change.after is None)
    return Comparison(before, after, tuple(told), tuple(returned), swapped)


def _moment(side: Side) -> tuple[date, date, int]:
    seen = side.viewpoint
    return (seen.on, seen.announced_by or date.max, side.world.head.position)


class _Comparer:
    """Two sides in the order of time, and what both are asked for again and again."""

    def __init__(self, before: Side, after: Side, today: date) -> None:
        self.before, self.after = before, after
        known = after.viewpoint.announced_by
        self.present = today if known is None else min(today, known)
        self.today = today
        self.two_ledgers = before.world is not after.world

    def compared(self, *, steps: bool) -> tuple[Iterable[Change], Iterable[Change]]:
        """Net changes, and what went and came back, both in the order of definition."""
        start, end = self.before.viewpoint, self.after.viewpoint
        changes: list[Change] = []
        returned: list[Change] = []
        for place in self._places():
            net = change_of(self.before.row(place, start), self.after.row(place, end))
            light = net is None or net.kind in OF_THE_DAY
            way = self._steps(place) if steps or light else ()
            if net is not None:
                told = self._told(net, start, end)
                changes.append(msgspec.structs.replace(told, steps=way if steps else ()))
            if light and any(net is None or step.change.kind not in OF_THE_DAY for step in way):
                returned.append(self._back(place, way))
        return changes, returned

    def _places(self) -> list[Place]:
        """The provisions that may differ somewhere on the way, in the order of definition."""
        if not self.two_ledgers:
            return [*self.after.rows.between(self.before.viewpoint, self.after.viewpoint)]
        worlds = (self.after.world, self.before.world)
        both = [measure for world in worlds for measure in world.measures.values()]
        return [*dict.fromkeys((m.key, p.key) for m in both for p in m.provisions)]

    def _steps(self, place: Place) -> tuple[Step, ...]:
        """The turns on the way, labelled: first that of the ledger, then those of the clocks."""
        start, end = self.before.viewpoint, self.after.viewpoint
        found: list[Step] = []
        if self.two_ledgers:
            noted = change_of(self.before.row(place, start), self.after.row(place, start))
            if noted is not None:
                recorded = end.recorded_by.date() if end.recorded_by else self.today
                found.append(Step(recorded, self._told(noted, start, start)))
        for step, leg in steps_between(self.after.rows, place, start, end):
            found.append(Step(step.day, self._told_of_leg(step.change, leg)))
        return tuple(found)

    def _back(self, place: Place, way: tuple[Step, ...]) -> Change:
        """What came back: the weightiest kind and all causes of its steps, the sides alike."""
        kinds = {step.change.kind for step in way}
        named = {name for step in way for name in step.change.events}
        return Change(
            next(kind for kind in ChangeKind if kind in kinds),
            self.before.row(place, self.before.viewpoint),
            self.after.row(place, self.after.viewpoint),
            tuple(sorted(named)),
            steps=way,
        )

    def _told_of_leg(self, change: Change, leg: Leg) -> Change:
        """A step with its label; a leg that leads back in time is told as its mirror."""
        first, last = leg.start, leg.end
        back = (last.on, last.announced_by or date.max) < (first.on, first.announced_by or date.max)
        if back:
            return mirrored(self._told(mirrored(change), last, first))
        return self._told(change, first, last)

    def _told(self, change: Change, start: Viewpoint, end: Viewpoint) -> Change:
        """The change with all its causes and its label, `start` not being the later viewpoint."""
        told = with_withdrawers(self.after.world, change, start, end)
        return msgspec.structs.replace(told, label=self._label(told, start, end))

    def _label(self, change: Change, start: Viewpoint, end: Viewpoint) -> Label:
        """Why the rows at two viewpoints differ, `start` not being the later one."""
        place, later = change.subject.place, self.after
        ahead = end.on > self.present
        recorded = later.row(place, start)
        apart = self.two_ledgers and not alike(change.before, recorded)
        way = Way(
            start=change.before,
            recorded=recorded,
            announced=later.row(place, replace(start, announced_by=end.announced_by)),
            end=change.after,
            present=later.row(place, replace(end, on=max(start.on, self.present)))
            if ahead
            else change.after,
            then=later.row(
                place, replace(end, announced_by=min(end.on, end.announced_by or end.on))
            ),
            held=self._older.row(place, start) if apart else recorded,
            mended=self._mended.row(place, start) if apart else recorded,
        )
        return label_of(change, way, self._event)

    @cached_property
    def _older(self) -> Side:
        """The side on the shorter ledger."""
        return min(self.before, self.after, key=lambda side: side.world.head.position)

    @cached_property
    def _mended(self) -> Side:
        """The shorter ledger's events as the longer one corrects them, and no others."""
        newer = self.after if self._older is self.before else self.before
        held = {event.id for event in self._older.world.outlines}
        world = replace(
            newer.world, events=tuple(event for event in newer.world.events if event.id in held)
        )
        return side_of(world, newer.viewpoint)

    def _event(self, event_id: str) -> Event | None:
        return self.after.world.event(event_id) or self.before.world.event(event_id)
