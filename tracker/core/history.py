"""The life of a provision: consecutive stretches of days on which it read the same.

Owns nothing but the cutting: every stretch is what `policy.state` says on its
first day, and the days between two cuts all read the same. Days of which the
record says nothing are a gap and are said to be one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import msgspec

from tracker.core.events import Event, When
from tracker.core.index import Index
from tracker.core.measures import Measure, Provision
from tracker.core.places import Place, named, provision_of
from tracker.core.policy import ProvisionState
from tracker.core.words import PLANNED

__all__ = ["History", "Stretch", "history"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Days `[start, until)` on which the provision read the same.

    `row` is its state on the first of them, None in a gap. `until=None` is the
    last stretch: its end is open, unless `ends` says that it has one which is
    not known as a day. `events` are those it rests on over all its days, oldest
    first. `scheduled` says that it begins after the last day looked at.
    """

    start: date
    until: date | None
    row: ProvisionState | None
    events: tuple[str, ...] = ()
    ends: When | None = None
    scheduled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A provision through time, as known by `announced_by` (None: everything).

    `stretches` follow on each other without a hole, oldest first; empty where the
    record never speaks of it. Of days before the first the record says nothing.
    `events` are all the events the stretches name, in order of announcement.
    """

    measure: Measure
    provision: Provision
    announced_by: date | None
    stretches: tuple[Stretch, ...]
    events: tuple[Event, ...]


def history(index: Index, place: Place, *, announced_by: date | None = None) -> History:
    """Every stretch of a provision's life, scheduled ones included.

    Raises: UnknownName if the place is not defined.
    """
    world = index.world
    measure, provision = provision_of(world, place)
    found: list[Stretch] = []
    for day in index.edges(place):
        row = index.row(place, on=day, announced_by=announced_by)
        if found and _look(found[-1].row) == _look(row):
            found[-1] = _longer(found[-1], row)
            continue
        if not found and row is None:
            continue
        if found:
            found[-1] = _until(found[-1], day)
        found.append(_stretch(day, row, world.known_until))
    return History(
        measure=measure,
        provision=provision,
        announced_by=announced_by,
        stretches=tuple(found),
        events=named(world, (name for stretch in found for name in stretch.events)),
    )


def _stretch(day: date, row: ProvisionState | None, known_until: date | None) -> Stretch:
    return Stretch(
        start=day,
        until=None,
        row=row,
        events=row.events if row else (),
        ends=row.ends if row else None,
        scheduled=known_until is not None and day > known_until,
    )


def _until(stretch: Stretch, day: date) -> Stretch:
    return Stretch(
        start=stretch.start,
        until=day,
        row=stretch.row,
        events=stretch.events,
        scheduled=stretch.scheduled,
    )


def _longer(stretch: Stretch, row: ProvisionState | None) -> Stretch:
    """The stretch with what its later days rest on and say of its end."""
    more = row.events if row else ()
    return Stretch(
        start=stretch.start,
        until=None,
        row=stretch.row,
        # Ids start with the day of announcement: sorted ids are in order of time.
        events=tuple(sorted({*stretch.events, *more})),
        ends=row.ends if row else None,
        scheduled=stretch.scheduled,
    )


def _look(row: ProvisionState | None) -> object:
    """What a reader can tell two stretches apart by. What is only planned is told by its plan."""
    if row is None:
        return None
    plans = row.pending if row.status in PLANNED else ()
    return (
        row.status,
        row.rate_pct,
        row.basis,
        row.rate_text,
        row.scope,
        row.alternatives,
        tuple(msgspec.structs.replace(turn, event="") for turn in plans),
    )
