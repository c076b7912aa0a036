"""The state of one provision on one day, from what its course says.

Owns rules 3 and 4 of the policy model: what is in force is told apart from
what is announced, threatened, lapsed or run out, and what is pending stands
beside it. It is handed readings that are already cut to what was known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from tracker.core.course import Span, course_of
from tracker.core.events import When, Wording
from tracker.core.grounds import Confirmations, rests_on
from tracker.core.layers import Layer, Scope, substance
from tracker.core.measures import Measure
from tracker.core.outline import Happening
from tracker.core.pending import Alternative, Pending, plan_ahead
from tracker.core.reading import Reading
from tracker.core.rows import ProvisionState
from tracker.core.words import ENDED, Basis, Doubt, Status

__all__ = ["state_of"]


def state_of(
    measure: Measure,
    known: Reading,
    then: Reading,
    day: date,
    *,
    known_by: date,
    horizon: date,
    confirmations: Confirmations,
) -> ProvisionState | None:
    """One provision's state on `day`, or None where nothing can be said.

    `known` holds everything the viewpoint may know, `then` what was known by
    `known_by`: the day itself or the viewpoint's knowledge, whichever is earlier.
    """
    provision = known.provision
    pending = _ahead(then, day, horizon)
    at = known.course.at(day)
    span = known.course.span(at) if at >= 0 else None
    alternatives = _alternatives(known, day, span)
    if span is None or span.top is None:
        return _unpainted(_planned(measure, then, pending, alternatives), known, then, day)
    status, rate, basis, text, scope = known.words(at) or _nothing()
    then_at = then.course.at(day)
    same = then_at >= 0 and (then is known or then.words(then_at) == known.words(at))
    start, starts = known.since(at)
    until, ends = then.stated_end(then_at) if same else known.stated_end(at)
    bearing = _bearing(span)
    over = status in ENDED
    return ProvisionState(
        measure=measure.key,
        provision=provision.key,
        imposer=measure.imposer,
        targets=provision.targets,
        authority=measure.authority,
        scope=scope,
        status=status,
        rate_pct=None if over else rate,
        basis=basis,
        rate_text=None if over else text,
        effective_from=start,
        effective_until=until,
        starts=starts,
        ends=ends,
        alternatives=alternatives,
        pending=pending,
        events=rests_on(known, day, bearing, confirmations, known_by=known_by),
        doubts=_doubts([layer.event for layer in bearing]),
    )


def _ahead(then: Reading, day: date, horizon: date) -> tuple[Pending, ...]:
    """The turns after `day` that were known, and the last plan where it still stands, by day."""
    turns, intents = then.turns_after(day), then.course.intents
    if intents:
        plan = plan_ahead(then.layers, intents, then.provision, day, horizon=horizon)
        if plan is not None:
            turns = sorted([*turns, plan], key=lambda turn: turn.by)
    return tuple(turns)


def _nothing() -> tuple[Status, Decimal | None, Basis, Wording | None, Scope]:
    raise AssertionError("a layer on top always says something")


def _bearing(span: Span) -> tuple[Layer, ...]:
    """The layer on top, and what it holds back where that is another one."""
    if span.top is None:
        return ()
    held = span.speaking
    return (span.top,) if held is None or held is span.top else (span.top, held)


def _doubts(events: Iterable[Happening]) -> tuple[Doubt, ...]:
    found = [doubt for event in events for doubt in event.doubts]
    return tuple(doubt for doubt in Doubt if doubt in found) if found else ()


def _alternatives(known: Reading, day: date, span: Span | None) -> tuple[Alternative, ...]:
    """What may hold on `day` instead, latest word first."""
    top = span.top if span else None
    open_end = top is not None and bool(top.may_be_over)
    if not known.course.unsure and not open_end:
        return ()
    found = [
        _alternative(known, layer, layer, layer.effect.starts or When())
        for layer in known.may_count(day)
    ]
    if top is not None and top.may_have_ended(day):
        beneath = course_of(layer for layer in known.layers if layer is not top).top(day)
        found.append(_alternative(known, top, beneath, top.effect.ends or When()))
    return tuple(found)


def _alternative(known: Reading, by: Layer, shown: Layer | None, when: When) -> Alternative:
    """What `shown` says instead, because of a day of the layer `by` that is not known."""
    words = substance(known.provision, shown, shown)
    status, rate, basis, text, scope = words or (Status.EXPIRED, None, by.effect.basis, None, None)
    return Alternative(
        status=status,
        rate_pct=rate,
        basis=basis,
        rate_text=text,
        scope=scope,
        event=by.event.id,
        when=when,
    )


def _planned(
    measure: Measure,
    then: Reading,
    pending: tuple[Pending, ...],
    alternatives: tuple[Alternative, ...],
) -> ProvisionState:
    """A row with nothing in it but what lies ahead."""
    provision = then.provision
    named = {turn.event for turn in pending}
    return ProvisionState(
        measure=measure.key,
        provision=provision.key,
        imposer=measure.imposer,
        targets=provision.targets,
        authority=measure.authority,
        scope=Scope(provision.products, provision.hts, provision.origin),
        status=Status.ANNOUNCED,
        pending=pending,
        alternatives=alternatives,
        events=tuple(dict.fromkeys(turn.event for turn in pending)),
        doubts=_doubts(x.event for x in then.layers if x.event.id in named) if named else (),
    )


def _unpainted(
    base: ProvisionState, known: Reading, then: Reading, day: date
) -> ProvisionState | None:
    """The state where nothing lies on the day: a plan, an end, or nothing at all."""
    pending, alternatives = base.pending, base.alternatives
    planned = {turn.status for turn in pending}
    if planned & {Status.ANNOUNCED, Status.PAUSED}:
        return base
    past = [x for x in known.layers if not x.planned and any(start <= day for start, _ in x.days)]
    if past:
        return _run_out(base, past, day)
    if Status.THREATENED in planned:
        return replace(base, status=Status.THREATENED)
    if alternatives:
        return replace(base, events=tuple(dict.fromkeys(other.event for other in alternatives)))
    plans = [x for x in then.course.intents if not x.withdrawn_on(day)]
    if plans:
        return replace(base, status=Status.LAPSED, events=(plans[-1].event.id,))
    return None


def _run_out(base: ProvisionState, past: Sequence[Layer], day: date) -> ProvisionState:
    """The state after the last layer: expired, or revoked where it was taken back."""
    ends = [(until, layer) for layer in past for _, until in layer.days if until and until <= day]
    ended, last = max(ends, key=lambda end: end[0])
    taken_back = last.withdrawn_on(ended)
    unknown = None if taken_back else last.effect.ends
    return replace(
        base,
        status=Status.REVOKED if taken_back else Status.EXPIRED,
        effective_from=None if unknown else ended,
        starts=unknown,
        events=(last.event.id, *(last.withdrawn_by if taken_back else ())),
        doubts=_doubts((last.event,)),
    )
