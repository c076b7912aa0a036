"""What became of each layer on a day: which counts, which does not, and why.

Owns the reasons, in the terms of the policy model's rules. It must agree with
`policy`: the layer that counts is the one that the state rests on, and the open
plan is the one that is pending. It knows nothing of what stands around a layer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.core.layers import Layer, held_back, paint
from tracker.core.pending import answers, planned_day

__all__ = ["Reason", "Verdict", "verdicts"]


class Reason(StrEnum):
    """Why a layer counts on a day, or does not."""

    COUNTS = "counts"
    HELD_BACK = "held_back"
    COVERED = "covered"
    MAY_COUNT = "may_count"
    NOT_BEGUN = "not_begun"
    PASSED = "passed"
    WITHDRAWN = "withdrawn"
    PLAN = "plan"
    PLAN_LATE = "plan_late"
    PLAN_REPLACED = "plan_replaced"
    PLAN_ANSWERED = "plan_answered"
    PLAN_LAPSED = "plan_lapsed"
    NOT_YET_KNOWN = "not_yet_known"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A reason, the events that made it so, and since when.

    `by` covers it, withdrew it, replaced or answered the plan. `since` is the day
    on which that happened or, for days that have not begun, will happen; None
    where no such day is known.
    """

    reason: Reason
    by: tuple[str, ...] = ()
    since: date | None = None


def verdicts(layers: Sequence[Layer], day: date, *, ahead: frozenset[str]) -> tuple[Verdict, ...]:
    """What became of each of `layers` on `day`, in the order given, bottom first.

    `ahead` are the events that the state of that day lists as pending.
    """
    painted = paint(layers, day)
    bench = _Bench(
        layers=tuple(layers),
        day=day,
        top=painted[0] if painted else None,
        held=held_back(layers, day),
        ahead=ahead,
    )
    return tuple(bench.verdict(index) for index in range(len(layers)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bench:
    """The layers of one provision on one day: what lies on top, what a pause there holds back."""

    layers: tuple[Layer, ...]
    day: date
    top: Layer | None
    held: Layer | None
    ahead: frozenset[str]

    def verdict(self, index: int) -> Verdict:
        layer = self.layers[index]
        if layer is self.top:
            return Verdict(Reason.COUNTS)
        if taken := self._taken(layer):
            return taken
        if layer.planned:
            return self._plan(index)
        if layer.covers(self.day):
            return self._covered(Reason.HELD_BACK if layer is self.held else Reason.COVERED)
        if layer.may_cover(self.day):
            return self._perhaps(index)
        return self._elsewhere(layer)

    def _covered(self, reason: Reason) -> Verdict:
        return Verdict(reason, (self.top.event.id,) if self.top else ())

    def _perhaps(self, index: int) -> Verdict:
        """A layer that may have begun counts perhaps only above what counts for certain."""
        below = self.top is not None and any(x is self.top for x in self.layers[index:])
        return self._covered(Reason.COVERED) if below else Verdict(Reason.MAY_COUNT)

    def _elsewhere(self, layer: Layer) -> Verdict:
        """A layer that speaks of other days."""
        ended = [until for _, until in layer.days if until is not None and until <= self.day]
        if ended:
            return Verdict(Reason.PASSED, (), max(ended))
        starts = [start for start, _ in layer.days if start > self.day]
        return Verdict(Reason.NOT_BEGUN, (), min(starts, default=None))

    def _taken(self, layer: Layer) -> Verdict | None:
        """That it stands withdrawn, unless its own days had passed before that."""
        since = [
            start
            for start, until in layer.withdrawn
            # What was taken back before it began never has a day to count on.
            if (start <= self.day or _never(layer)) and (until is None or self.day < until)
        ]
        stated = layer.effect.effective_until
        if not since or (stated is not None and stated <= min(since)):
            return None
        return Verdict(Reason.WITHDRAWN, layer.withdrawn_by, min(since))

    def _plan(self, index: int) -> Verdict:
        """What became of a plan: open, known too late, replaced, answered or lapsed."""
        plan = self.layers[index]
        if plan.event.announced > self.day:
            return Verdict(Reason.PLAN_LATE, (), plan.event.announced)
        if plan.event.id in self.ahead:
            return Verdict(Reason.PLAN, (), plan.effect.effective_from)
        planned = planned_day(plan)
        for later in self.layers[index + 1 :]:
            if later.event.announced > self.day:
                break
            if later.planned and not later.withdrawn_on(self.day):
                return Verdict(Reason.PLAN_REPLACED, (later.event.id,), later.event.announced)
            if answers(later, planned):
                return Verdict(Reason.PLAN_ANSWERED, (later.event.id,), later.event.announced)
        return Verdict(Reason.PLAN_LAPSED, (), planned)


def _never(layer: Layer) -> bool:
    return not layer.planned and not layer.days and not layer.may_begin
