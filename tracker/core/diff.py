"""Diff: state against state, provision by provision, each change with its causes.

Pure and symmetric: `diff(b, a)` says the mirror of `diff(a, b)`, and applying
`diff(a, b)` to state a gives state b. It compares what a reader can tell
apart; two states that differ only in the events they rest on are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

import msgspec

from tracker.core.policy import ProvisionState, Viewpoint, state
from tracker.core.rows import (
    goods_of,
    rate_of,
    reads_same,
    same_ahead,
    same_days,
    same_goods,
    same_rate,
)
from tracker.core.words import Label
from tracker.core.world import World

__all__ = [
    "Change",
    "ChangeKind",
    "Step",
    "alike",
    "apply",
    "change_of",
    "charged",
    "diff",
    "diff_viewpoints",
    "mirrored",
]


class ChangeKind(StrEnum):
    """The weightiest way in which two states of a provision differ, heaviest first."""

    ADDED = "added"
    REMOVED = "removed"
    STATUS = "status"
    RATE = "rate"
    BASIS = "basis"
    SCOPE = "scope"
    DATES = "dates"
    PENDING = "pending"


class Step(msgspec.Struct, frozen=True, gc=False):
    """One turn on the way: the day on which it shows, and the change from the day before."""

    day: date
    change: Change


class Change(msgspec.Struct, frozen=True, gc=False):
    """One provision's state before and after; one of the two may be absent.

    `events` are the events that caused it, oldest first. `label` and `steps`
    are for `compare` to fill: why the two sides read differently, and the
    changes on the way from one to the other, in order.
    """

    kind: ChangeKind
    before: ProvisionState | None
    after: ProvisionState | None
    events: tuple[str, ...]
    label: Label | None = None
    steps: tuple[Step, ...] = ()

    @property
    def subject(self) -> ProvisionState:
        """The state that says which provision this is about: after, else before."""
        found = self.after or self.before
        if found is not None:
            return found
        if not self.steps:
            raise AssertionError("a change has at least one side, or steps that have")
        return self.steps[-1].change.subject


def alike(one: ProvisionState | None, other: ProvisionState | None) -> bool:
    """Whether a reader cannot tell two states of a provision apart; None is silence."""
    if one is None or other is None:
        return one is other
    return reads_same(one, other)


def charged(row: ProvisionState | None) -> object:
    """What is charged, on what, under which status: nothing of its days and plans."""
    return None if row is None else (row.status, rate_of(row), row.basis, goods_of(row))


def _same_status(one: ProvisionState, other: ProvisionState) -> bool:
    return one.status is other.status


def _same_basis(one: ProvisionState, other: ProvisionState) -> bool:
    return one.basis is other.basis


_PARTS = (
    (ChangeKind.STATUS, _same_status),
    (ChangeKind.RATE, same_rate),
    (ChangeKind.BASIS, _same_basis),
    (ChangeKind.SCOPE, same_goods),
    (ChangeKind.DATES, same_days),
    (ChangeKind.PENDING, same_ahead),
)
"""What two states of a provision can differ in, weightiest first."""


def _kind(before: ProvisionState | None, after: ProvisionState | None) -> ChangeKind | None:
    """How two states differ, or None where they read the same."""
    if before is None or after is None:
        return ChangeKind.ADDED if before is None else ChangeKind.REMOVED
    for kind, same in _PARTS:
        if not same(before, after):
            return kind
    return None


def _causes(
    kind: ChangeKind, before: ProvisionState | None, after: ProvisionState | None
) -> tuple[str, ...]:
    """The events that made the difference, oldest first.

    Of the events that only one side rests on, those of the side that holds the
    youngest: the order that came, or the pause that ran out. Where both sides
    rest on the same events, all of them. The answer is the same in both
    directions, so that a mirrored diff names the same causes.
    """
    left, right = _named(kind, before), _named(kind, after)
    if len(left) == len(right) == 1:
        return left if left >= right else right
    if left == right:
        return tuple(sorted(set(left)))
    here, there = set(left).difference(right), set(right).difference(left)
    # Ids start with the day of announcement: sorted ids are in order of time.
    if not here and not there:
        return tuple(sorted(set(left)))
    return tuple(sorted(here if max(here, default="") >= max(there, default="") else there))


def _named(kind: ChangeKind, row: ProvisionState | None) -> tuple[str, ...]:
    if row is None:
        return ()
    if kind is ChangeKind.PENDING or not row.events:
        return (*row.events, *(turn.event for turn in row.pending))
    return row.events


def diff(before: Sequence[ProvisionState], after: Sequence[ProvisionState]) -> tuple[Change, ...]:
    """What changed from one state to another, in the order of the later state's rows.

    Provisions only in `before` come last, in their order there. Each provision
    appears at most once on each side; two rows of one provision are a bug.
    """
    old = {row.place: row for row in before}
    new = {row.place: row for row in after}
    places = (*new, *(place for place in old if place not in new))
    found = (change_of(old.get(place), new.get(place)) for place in places)
    return tuple(change for change in found if change is not None)


def change_of(before: ProvisionState | None, after: ProvisionState | None) -> Change | None:
    """The change of one provision, or None where both sides read the same."""
    if before is None and after is None:
        return None
    kind = _kind(before, after)
    if kind is None:
        return None
    return Change(kind, before, after, _causes(kind, before, after))


def diff_viewpoints(world: World, before: Viewpoint, after: Viewpoint) -> tuple[Change, ...]:
    """What changed between two viewpoints on one world."""
    return diff(state(world, before), state(world, after))


def mirrored(change: Change) -> Change:
    """The same change seen from the other side, its steps in the order of the way back."""
    swapped = {
        ChangeKind.ADDED: ChangeKind.REMOVED,
        ChangeKind.REMOVED: ChangeKind.ADDED,
    }.get(change.kind, change.kind)
    steps = tuple(Step(step.day, mirrored(step.change)) for step in reversed(change.steps))
    return Change(swapped, change.after, change.before, change.events, change.label, steps)


def apply(
    changes: Iterable[Change], before: Sequence[ProvisionState]
) -> tuple[ProvisionState, ...]:
    """The state that `changes` make of `before`, sorted by measure and provision.

    Raises: ValueError if a change does not start from what `before` holds.
    """
    rows = {row.place: row for row in before}
    for change in changes:
        place = change.subject.place
        if rows.get(place) != change.before:
            raise ValueError(f"the change of {'.'.join(place)} starts from another state")
        if change.after is None:
            del rows[place]
        else:
            rows[place] = change.after
    return tuple(rows[place] for place in sorted(rows))
