"""What lies ahead of a day, as known on that day: turns of provisions and deadlines.

Owns which of them fall into a window of days, and keeps apart those whose day
is not known: they are never listed as if dated. It knows no calendar of its own:
every day in it was set by an event of the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tracker.core.events import Deadline, When
from tracker.core.filters import EVERYTHING, Wanted, authority_fits, fits, named
from tracker.core.index import Index
from tracker.core.measures import Measure, targets_of
from tracker.core.outline import Happening
from tracker.core.pending import Pending
from tracker.core.policy import ProvisionState, Viewpoint
from tracker.core.words import PLANNED, Status
from tracker.core.world import World

__all__ = ["Ahead", "AheadKind", "Upcoming", "upcoming"]


class AheadKind(StrEnum):
    """What it is that comes."""

    START = "start"
    CHANGE = "change"
    RESUMPTION = "resumption"
    PAUSE = "pause"
    END = "end"
    PLAN = "plan"
    THREAT = "threat"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """One thing ahead: a turn of a provision, or a deadline.

    `day` is None where it is not known as one, and `when` then says what is
    known (all empty: nothing). A turn has `row`, the provision's state on the day
    asked, and `turn`; a deadline has `deadline`, and `moved_from` where an
    earlier word set another day for it. `event` is the id of the event that says so.
    """

    kind: AheadKind
    event: str
    day: date | None = None
    when: When | None = None
    row: ProvisionState | None = None
    turn: Pending | None = None
    deadline: Deadline | None = None
    moved_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Upcoming:
    """Everything ahead of `day` and up to `until`, both inclusive, as known by `known_by`.

    `dated` stands in order of day. `undated` are those that may fall into the
    window or have no day at all.
    """

    day: date
    until: date
    known_by: date
    dated: tuple[Ahead, ...]
    undated: tuple[Ahead, ...]


def upcoming(
    index: Index,
    day: date,
    days: int,
    announced_by: date | None = None,
    *,
    wanted: Wanted = EVERYTHING,
) -> Upcoming:
    """What was ahead of `day` within `days` days, as known by then or by `announced_by` if earlier.

    `wanted` narrows: turns by the state of their provision, deadlines by the
    measures they concern, so that those that concern none are then left out. A
    window that reaches past the last day of the calendar ends there.
    """
    until = day + timedelta(days=min(days, (date.max - day).days))
    known_by = day if announced_by is None else min(day, announced_by)
    world = index.world
    looked = known_by if world.known_until is None else min(known_by, world.known_until)
    known = [event for event in world.outlines if event.announced <= known_by]
    rows = index.state(Viewpoint(on=day, announced_by=known_by))
    turns = _turns((row for row in rows if fits(world, row, wanted)), known)
    deadlines = (one for one in _deadlines(known) if _fits(world, one, wanted))
    found = [*turns, *deadlines]
    dated = [one for one in found if one.day is not None and day <= one.day <= until]
    undated = [one for one in found if one.day is None and _may_fall(one.when, day, until)]
    return Upcoming(
        day=day,
        until=until,
        known_by=looked,
        dated=tuple(sorted(dated, key=lambda one: one.day or date.max)),
        undated=tuple(undated),
    )


def _may_fall(when: When | None, day: date, until: date) -> bool:
    """Whether something not known as a day may lie in the window, for all that is known."""
    if when is None:
        return True
    if when.latest is not None and when.latest < day:
        return False
    return when.earliest is None or when.earliest <= until


def _turns(rows: Iterable[ProvisionState], known: Sequence[Happening]) -> list[Ahead]:
    """The pending turns of every provision, with what each one is."""
    events = {event.id: event for event in known}
    found: list[Ahead] = []
    for row in rows:
        before = row.status
        for turn in row.pending:
            kind = _kind(row, turn, before, events.get(turn.event))
            found.append(
                Ahead(
                    kind=kind,
                    event=turn.event,
                    day=turn.effective_from,
                    when=turn.when,
                    row=row,
                    turn=turn,
                )
            )
            # A plan may come to nothing: what follows it is told from what is sure.
            if kind not in {AheadKind.PLAN, AheadKind.THREAT}:
                before = Status.IN_FORCE if turn.status is Status.ANNOUNCED else turn.status
    return found


def _kind(row: ProvisionState, turn: Pending, before: Status, event: Happening | None) -> AheadKind:
    if turn.status is Status.THREATENED:
        return AheadKind.THREAT
    if turn.status is Status.PAUSED:
        return AheadKind.PAUSE
    if turn.status is not Status.ANNOUNCED:
        return AheadKind.END
    if event is not None and _only_planned(row, turn, event):
        return AheadKind.PLAN
    if before is Status.PAUSED:
        return AheadKind.RESUMPTION
    return AheadKind.CHANGE if before is Status.IN_FORCE else AheadKind.START


def _only_planned(row: ProvisionState, turn: Pending, event: Happening) -> bool:
    """Whether the event merely plans this turn: another act is still needed."""
    here = [f for f in event.effects if (f.measure, f.provision) == row.place]
    same = [f for f in here if f.effective_from == turn.effective_from] or here
    return bool(same) and all(effect.status in PLANNED for effect in same)


def _deadlines(known: Sequence[Happening]) -> list[Ahead]:
    """The last word on every deadline, cancelled ones left out."""
    last: dict[str, tuple[Happening, Deadline]] = {}
    moved: dict[str, date | None] = {}
    for event in known:
        for deadline in event.deadlines:
            if deadline.key in last and last[deadline.key][1].day != deadline.day:
                moved[deadline.key] = last[deadline.key][1].day
            last[deadline.key] = (event, deadline)
    return [
        Ahead(
            kind=AheadKind.DEADLINE,
            event=event.id,
            day=deadline.day,
            when=deadline.when,
            deadline=deadline,
            moved_from=moved.get(deadline.key),
        )
        for event, deadline in last.values()
        if not deadline.cancelled
    ]


def _fits(world: World, one: Ahead, wanted: Wanted) -> bool:
    """Whether a deadline concerns a measure that fits. It has no goods, origin or status itself."""
    if wanted == EVERYTHING:
        return True
    if one.deadline is None or wanted.product or wanted.hts or wanted.origin or wanted.status:
        return False
    concerned = (world.measures.get(key) for key in one.deadline.measures)
    return any(_wished(measure, wanted) for measure in concerned if measure is not None)


def _means(measure: Measure, name: str) -> bool:
    return any(named((measure.key, provision.key), name) for provision in measure.provisions)


def _wished(measure: Measure, wanted: Wanted) -> bool:
    target = wanted.target
    return (
        wanted.imposer in {None, measure.imposer}
        and (wanted.measure is None or _means(measure, wanted.measure))
        and (wanted.authority is None or authority_fits(measure.authority, wanted.authority))
        and (target is None or any(targets_of(p, target) for p in measure.provisions))
    )
