"""What lies ahead of a provision: turns the layers already hold, threats, plans.

Owns the second half of rules 3 and 4 of the policy model. It is handed layers
that are already cut to what was known, and a horizon: the last day on which
the answerer can say that nothing was done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.core.events import Wording
from tracker.core.layers import Layer, Scope, held_back, spans, substance
from tracker.core.measures import Provision
from tracker.core.words import Basis, Status

__all__ = ["Pending", "pending_turns"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A turn ahead: what it is as of now, what it would bring, from when, by which event.

    `status` is `announced` for anything that will be in force, `threatened` for
    a threat, else the pause or end that is coming. `effective_from=None` is a
    plan whose day is not known.
    """

    status: Status
    rate_pct: Decimal | None
    basis: Basis
    rate_text: Wording | None
    scope: Scope | None
    effective_from: date | None
    event: str


def pending_turns(
    layers: Sequence[Layer], provision: Provision, day: date, *, horizon: date
) -> tuple[Pending, ...]:
    """Every later turn the layers hold on `day`, by day, unknown days last.

    A plan whose day lies before `horizon` with nothing done is lapsed and is
    not listed; one that a later order has answered is not either.
    """
    found = [*_turns(layers, provision, day), *_plans(layers, provision, day, horizon)]
    return tuple(sorted(found, key=lambda turn: turn.effective_from or date.max))


def _turns(layers: Sequence[Layer], provision: Provision, day: date) -> list[Pending]:
    """Starts, resumptions, rate steps, pauses and ends after `day`."""
    found: list[Pending] = []
    before = None
    last: Layer | None = None
    for span in spans(layers):
        words = substance(layers, provision, span.start, span.top)
        if span.start > day and words != before:
            speaking = span.top or last
            if speaking is None:
                raise AssertionError("the first span always has a layer")
            found.append(_turn(layers, provision, span.start, span.top, speaking))
        before, last = words, span.top or last
    return found


def _turn(
    layers: Sequence[Layer], provision: Provision, start: date, top: Layer | None, speaking: Layer
) -> Pending:
    words = substance(layers, provision, start, top)
    if words is None:
        return Pending(
            status=Status.EXPIRED,
            rate_pct=None,
            basis=speaking.effect.basis,
            rate_text=None,
            scope=None,
            effective_from=start,
            event=speaking.event.id,
        )
    status, rate, basis, text, scope = words
    if status is Status.PAUSED and (beneath := held_back(layers, start)):
        rate = beneath.effect.rate_pct
    return Pending(
        status=Status.ANNOUNCED if status is Status.IN_FORCE else status,
        rate_pct=rate,
        basis=basis,
        rate_text=text,
        scope=scope,
        effective_from=start,
        event=speaking.event.id,
    )


def _plans(
    layers: Sequence[Layer], provision: Provision, day: date, horizon: date
) -> list[Pending]:
    """The last word of intent, unless it was taken back, answered or has lapsed."""
    alive = [x for x in layers if x.planned and not x.withdrawn_on(day)]
    if not alive:
        return []
    plan = alive[-1]
    planned = plan.effect.effective_from
    if planned is not None and planned < horizon:
        return []
    if any(_answers(layer, planned) for layer in layers[layers.index(plan) + 1 :]):
        return []
    words = substance(layers, provision, day, plan)
    if words is None:
        raise AssertionError("a plan always says something")
    status, rate, basis, text, scope = words
    return [
        Pending(
            status=status,
            rate_pct=rate,
            basis=basis,
            rate_text=text,
            scope=scope,
            effective_from=planned,
            event=plan.event.id,
        )
    ]


def _answers(layer: Layer, planned: date | None) -> bool:
    """Whether a later order has spoken of the days the plan was about."""
    if layer.planned or not layer.days:
        return False
    last_until = layer.days[-1][1]
    return last_until is None or (planned is not None and planned < last_until)
