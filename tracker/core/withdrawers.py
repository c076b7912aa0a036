"""Who took it back: the events behind a change in which something said before is gone.

Pure. A row names what it rests on and what is ahead of it; where a plan or a
coming turn was withdrawn, the later row names nothing, and the withdrawal is
the cause that a reader looks for.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from operator import attrgetter

import msgspec

from tracker.core.diff import Change
from tracker.core.policy import ProvisionState, Viewpoint
from tracker.core.world import World

__all__ = ["with_withdrawers"]

_announced = attrgetter("announced")


def with_withdrawers(world: World, change: Change, start: Viewpoint, end: Viewpoint) -> Change:
    """The change with the events as causes that withdrew what the earlier side alone named.

    Left as it is where the later side names a cause itself, and where nothing was
    withdrawn between what was known on the two days. Costs the events
    announced in between.
    """
    after, until = _known_by(start), _known_by(end)
    causes = set(change.events)
    if until <= after or causes & _named(change.after) or not causes & _named(change.before):
        return change
    outlines = world.outlines
    low = bisect_right(outlines, after, key=_announced)
    high = bisect_right(outlines, until, key=_announced)
    measure, provision = change.subject.place
    found = [
        event.id
        for event in outlines[low:high]
        if any(
            taken.event in causes
            and taken.measure in {None, measure}
            and taken.provision in {None, provision}
            for taken in event.withdraws
        )
    ]
    return msgspec.structs.replace(change, events=tuple(sorted(found))) if found else change


def _known_by(seen: Viewpoint) -> date:
    """The day up to which plans are known: the day asked about, or the viewpoint's knowledge."""
    return seen.on if seen.announced_by is None else min(seen.on, seen.announced_by)


def _named(row: ProvisionState | None) -> set[str]:
    return set() if row is None else {*row.events, *(turn.event for turn in row.pending)}
