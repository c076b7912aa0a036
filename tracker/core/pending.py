"""What lies ahead of a provision: turns the layers already hold, threats, plans.

Owns the second half of rules 3 and 4 of the policy model: what a turn ahead
is called and when a plan has lapsed or been answered. A day that is not known
as a day stays so: `effective_from` is None and `when` says what is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec

from tracker.core.events import When, Wording
from tracker.core.layers import Layer, Scope, Substance, substance
from tracker.core.measures import Provision
from tracker.core.words import PLANNED, Basis, Status

__all__ = [
    "Alternative",
    "Pending",
    "answers",
    "plan_ahead",
    "planned_day",
    "turn_of",
    "unknown_day",
]


class Pending(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A turn ahead: what it is as of now, what it would bring, from when, by which event.

    `status` is `announced` for anything that will be in force, `threatened` for
    a threat, else the pause or end that is coming. `effective_from=None` is a
    turn whose day is not known as one; `when` then says what is known of it,
    None for nothing.
    """

    status: Status
    rate_pct: Decimal | None
    basis: Basis
    rate_text: Wording | None
    scope: Scope | None
    effective_from: date | None
    event: str
    when: When | None = None

    @property
    def by(self) -> date:
        """The last day on which it may come, for sorting; the end of time where nobody knows."""
        when = self.when
        return self.effective_from or (when and (when.latest or when.earliest)) or date.max


class Alternative(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What may hold on a day instead of what is shown, since a start or an end is not known.

    `when` is what is known of that start or end.
    """

    status: Status
    rate_pct: Decimal | None
    basis: Basis
    rate_text: Wording | None
    scope: Scope | None
    event: str
    when: When


def turn_of(words: Substance, start: date, top: Layer | None, last: Layer | None) -> Pending:
    """The turn of a course on `start`, where `words` begin to hold with `top` on top of it.

    `last` is the latest layer that lay on top before, None before the first.
    """
    when = unknown_day(start, top, last)
    speaking = top or last
    if speaking is None:
        raise AssertionError("a course begins with a layer")
    if words is None:
        return Pending(
            status=Status.EXPIRED,
            rate_pct=None,
            basis=speaking.effect.basis,
            rate_text=None,
            scope=None,
            effective_from=None if when else start,
            event=speaking.event.id,
            when=when,
        )
    status, rate, basis, text, scope = words
    return Pending(
        status=Status.ANNOUNCED if status is Status.IN_FORCE else status,
        rate_pct=rate,
        basis=basis,
        rate_text=text,
        scope=scope,
        effective_from=None if when else start,
        event=speaking.event.id,
        when=when,
    )


def unknown_day(start: date, top: Layer | None, last: Layer | None) -> When | None:
    """What is known of a turn's day where it only stands for the last day of a range."""
    if top is not None and top.effect.starts is not None and top.effect.starts.latest == start:
        return top.effect.starts
    if last is not None and last.effect.ends is not None and last.effect.ends.latest == start:
        return last.effect.ends
    return None


def planned_day(layer: Layer) -> date | None:
    """The last day for which a plan was made, None where it names none."""
    starts = layer.effect.starts
    return layer.effect.effective_from or (starts.latest if starts else None)


def plan_ahead(
    layers: Sequence[Layer],
    intents: Sequence[Layer],
    provision: Provision,
    day: date,
    *,
    horizon: date,
) -> Pending | None:
    """The last word of intent on `day`, unless it was taken back, answered or has lapsed.

    `intents` are the plans among `layers`, bottom first. A plan whose day
    lies before `horizon`, the last day on which the answerer can say that
    nothing was done, has lapsed.
    """
    plan = next((x for x in reversed(intents) if not x.withdrawn_on(day)), None)
    if plan is None:
        return None
    planned = planned_day(plan)
    if planned is not None and planned < horizon:
        return None
    if any(answers(layer, planned) for layer in layers[layers.index(plan) + 1 :]):
        return None
    words = substance(provision, plan, plan)
    if words is None:
        raise AssertionError("a plan always says something")
    status, rate, basis, text, scope = words
    return Pending(
        status=status if status in PLANNED else Status.ANNOUNCED,
        rate_pct=rate,
        basis=basis,
        rate_text=text,
        scope=scope,
        effective_from=plan.effect.effective_from,
        event=plan.event.id,
        when=plan.effect.starts,
    )


def answers(layer: Layer, planned: date | None) -> bool:
    """Whether a later order has spoken of the days the plan was about."""
    if layer.planned or not layer.days:
        return False
    last_until = layer.days[-1][1]
    return last_until is None or (planned is not None and planned < last_until)
