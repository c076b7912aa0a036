"""Labels: why two viewpoints on one provision read differently.

Pure. Owns the five labels and which of them wins. It is handed the readings of
one provision on the way from one viewpoint to the other and knows nothing of
how they are looked up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from tracker.core.diff import Change, ChangeKind, alike, charged
from tracker.core.events import Event
from tracker.core.policy import ProvisionState
from tracker.core.words import ENDED, PLANNED, Kind, Label, Status

__all__ = ["OF_THE_DAY", "Axis", "Way", "axis_of", "label_of", "only_ahead", "struck_down"]

Row = ProvisionState | None

Events = Callable[[str], Event | None]
"""Finds an event by its id."""

OF_THE_DAY = frozenset({ChangeKind.DATES, ChangeKind.PENDING})
"""Changes of plans and stated ends: these are things of their day, charged or not."""


class Axis(StrEnum):
    """The three clocks, in the order in which the way between two viewpoints is walked."""

    RECORDED = "recorded"
    ANNOUNCED = "announced"
    ON = "on"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The readings of one provision between two viewpoints, one clock after the other.

    `start` is the earlier viewpoint's; `recorded` the same day and knowledge in
    the later ledger; `announced` the same day with the later knowledge; `end`
    the later viewpoint's. Beside the way: `present` is the later viewpoint's
    reading of its own present (of its day, where that is not ahead), `then` the
    later day as known on that day, `mended` the start in a ledger that holds no
    more events than the earlier one, but as the later one corrects them, and
    `held` the start in the ledger of the earlier position.
    """

    start: Row
    recorded: Row
    announced: Row
    end: Row
    present: Row
    then: Row
    mended: Row
    held: Row


def _same(kind: ChangeKind, one: Row, other: Row) -> bool:
    """Whether two readings are the same as far as a change of that kind goes."""
    return alike(one, other) if kind in OF_THE_DAY else charged(one) == charged(other)


def axis_of(way: Way, kind: ChangeKind) -> Axis:
    """The clock that made the final difference: the last one that changed the reading."""
    if not _same(kind, way.announced, way.end):
        return Axis.ON
    if not _same(kind, way.recorded, way.announced):
        return Axis.ANNOUNCED
    return Axis.RECORDED


def struck_down(change: Change, event_of: Events) -> bool:
    """Whether a court took away what stood before.

    It did where the later state is `invalidated` and the earlier was not, and
    where a ruling withdrew an event that is no ruling itself. A ruling that
    withdraws a ruling, such as a stay, brings back what the other took.
    """
    before, after = change.before, change.after
    if after is not None and after.status is Status.INVALIDATED:
        return before is None or before.status is not Status.INVALIDATED
    for name in change.events:
        event = event_of(name)
        if event is None or event.kind is not Kind.COURT_RULING:
            continue
        for taken in event.withdraws:
            hit = event_of(taken.event)
            if (
                hit is not None
                and hit.kind is not Kind.COURT_RULING
                and taken.measure in (None, change.subject.measure)
                and taken.provision in (None, change.subject.provision)
                and any((x.measure, x.provision) == change.subject.place for x in hit.effects)
            ):
                return True
    return False


def only_ahead(change: Change) -> bool:
    """Whether all that the later side brings is still ahead of its day: an order or a threat."""
    before, after = change.before, change.after
    if after is None or not after.pending:
        return False
    if change.kind is ChangeKind.PENDING:
        return True
    return after.status in PLANNED and (before is None or before.status in PLANNED | ENDED)


def label_of(change: Change, way: Way, event_of: Events) -> Label:
    """Why the two sides of a change read differently. `event_of` finds an event.

    The way is walked recorded, announced, on; the last clock that changed the
    reading decides. Readings are compared by what is charged; for changes of
    dates and plans alone, by everything that is shown.

    1. *Recorded*: `corrected` where correcting and retracting alone would make
       the earlier ledger read otherwise; `learned_late` where it lacked an event.
    2. *Announced*: `learned_late`.
    3. *On*: `scheduled` where the later viewpoint's present does not read so yet;
       else `voided` where a court struck (`struck_down`); else `learned_late` where
       what applied on the later day was announced only after it; else `scheduled`
       where all that is new lies ahead of the later day (`only_ahead`); else
       `law_changed`.

    So what lies ahead is never told as done, not even a ruling, and a court's
    hand shows before lateness.
    """
    kind = change.kind
    match axis_of(way, kind):
        case Axis.RECORDED:
            ours = not _same(kind, way.held, way.mended)
            return Label.CORRECTED if ours else Label.LEARNED_LATE
        case Axis.ANNOUNCED:
            return Label.LEARNED_LATE
        case Axis.ON:
            if not _same(kind, way.present, way.end):
                return Label.SCHEDULED
            if struck_down(change, event_of):
                return Label.VOIDED
            if kind not in OF_THE_DAY and charged(way.then) != charged(way.end):
                return Label.LEARNED_LATE
            return Label.SCHEDULED if only_ahead(change) else Label.LAW_CHANGED
