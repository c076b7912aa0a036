"""Policy state at a viewpoint: what stands where on a day, and what was coming.

Owns rules 3, 4 and 7 of the policy model on top of `layers`. State is a pure
function of the world and a viewpoint. Two depths of knowledge are at work:
status, rate and scope are those of everything the viewpoint may know, so that
a retroactive order counts; what is *pending*, and until when a state is said
to last, are what was known on the day asked about, because a plan is a thing
of its time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from tracker.core.events import Claim, Event, Wording
from tracker.core.grounds import Confirmations, confirmations_of, rests_on
from tracker.core.layers import (
    Layer,
    Scope,
    layers_by_provision,
    paint,
    substance,
)
from tracker.core.measures import Measure, Provision
from tracker.core.pending import Pending, pending_turns
from tracker.core.runs import run_around, stated_end
from tracker.core.words import ENDED, Basis, Status
from tracker.core.world import World

__all__ = ["Disputed", "ProvisionState", "Viewpoint", "disputed_claims", "known_events", "state"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewpoint:
    """From where one looks: a day, what the public knew, what the ledger held.

    `on` is a policy day; `announced_by` a day, inclusive, None for everything;
    `recorded_by` a UTC instant, inclusive, None for everything. The ledger's
    clock is applied where the world is folded (`world.fold`); here it is only
    carried along so that an answer can say from where it was seen.
    """

    on: date
    announced_by: date | None = None
    recorded_by: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionState:
    """Where one provision stands on the day asked about.

    `rate_pct` is ad valorem percent, None where unknown or not a percentage;
    for a pause it is the rate held back. `effective_from` is the day since when
    it has stood so, `effective_until` the day on which it was said to end, as
    known on the day asked. `events` are the events it rests on, oldest first.
    """

    measure: str
    provision: str
    imposer: str
    targets: tuple[str, ...]
    authority: str
    scope: Scope
    status: Status
    rate_pct: Decimal | None = None
    basis: Basis = Basis.FULL_VALUE
    rate_text: Wording | None = None
    effective_from: date | None = None
    effective_until: date | None = None
    pending: tuple[Pending, ...] = ()
    events: tuple[str, ...] = ()

    @property
    def place(self) -> tuple[str, str]:
        """Measure key and provision key."""
        return (self.measure, self.provision)

    @property
    def over(self) -> bool:
        """Whether it has ended and nothing is planned: left out unless asked for."""
        return self.status in ENDED and not self.pending


@dataclass(frozen=True, slots=True)
class Disputed:
    """A claim about a provision on the day asked, and the event that records it."""

    claim: Claim
    event: Event


def known_events(world: World, announced_by: date | None) -> tuple[Event, ...]:
    """The events the public could know by the end of a day; all of them for None."""
    if announced_by is None:
        return world.events
    return tuple(event for event in world.events if event.announced <= announced_by)


def state(world: World, viewpoint: Viewpoint) -> tuple[ProvisionState, ...]:
    """Every provision that has something to say at the viewpoint, in order of definition.

    Ended provisions are included; `ProvisionState.over` tells them. Provisions
    never spoken of by then are left out. Effects on measures or provisions that
    are not defined are left out too (the record's rules refuse them).
    """
    known = known_events(world, viewpoint.announced_by)
    then = tuple(event for event in known if event.announced <= viewpoint.on)
    all_layers, then_layers = layers_by_provision(known), layers_by_provision(then)
    confirmations = confirmations_of(then)
    horizon = min(
        day for day in (viewpoint.on, viewpoint.announced_by, world.known_until) if day is not None
    )
    found: list[ProvisionState] = []
    for measure in world.measures.values():
        for provision in measure.provisions:
            place = (measure.key, provision.key)
            if place in all_layers:
                row = _row(
                    measure,
                    provision,
                    _Stacks(all_layers[place], then_layers.get(place, ())),
                    viewpoint.on,
                    horizon=horizon,
                    confirmations=confirmations,
                )
                found.extend(row)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Stacks:
    """Layers with everything the viewpoint may know, and with what was known on the day."""

    known: tuple[Layer, ...]
    then: tuple[Layer, ...]


def _row(
    measure: Measure,
    provision: Provision,
    stacks: _Stacks,
    day: date,
    *,
    horizon: date,
    confirmations: Confirmations,
) -> tuple[ProvisionState, ...]:
    """The provision's state on `day`, or nothing where nothing can be said."""
    pending = pending_turns(stacks.then, provision, day, horizon=horizon)
    base = ProvisionState(
        measure=measure.key,
        provision=provision.key,
        imposer=measure.imposer,
        targets=provision.targets,
        authority=measure.authority,
        scope=Scope(provision.products, provision.hts, provision.origin),
        status=Status.EXPIRED,
        pending=pending,
    )
    if paint(stacks.known, day):
        return (_painted(base, provision, stacks, day, confirmations=confirmations),)
    return _unpainted(base, stacks, day)


def _painted(
    base: ProvisionState,
    provision: Provision,
    stacks: _Stacks,
    day: date,
    *,
    confirmations: Confirmations,
) -> ProvisionState:
    """The state where a layer lies on top."""
    top = paint(stacks.known, day)[0]
    words = substance(stacks.known, provision, day, top)
    if words is None:
        raise AssertionError("a layer on top always says something")
    status, rate, basis, text, scope = words
    run_known = run_around(stacks.known, provision, day)
    run_then = run_around(stacks.then, provision, day)
    then_top = next(iter(paint(stacks.then, day)), None)
    same = substance(stacks.then, provision, day, then_top) == words
    return replace(
        base,
        scope=scope,
        status=status,
        rate_pct=None if status in ENDED else rate,
        basis=basis,
        rate_text=None if status in ENDED else text,
        effective_from=run_known[0].start,
        effective_until=stated_end(run_then if same and run_then else run_known),
        events=rests_on(stacks.known, day, top, confirmations),
    )


def _unpainted(base: ProvisionState, stacks: _Stacks, day: date) -> tuple[ProvisionState, ...]:
    """The state where nothing lies on the day: a plan, an end, or nothing at all."""
    past = [x for x in stacks.known if not x.planned and any(start <= day for start, _ in x.days)]
    plans = [x for x in stacks.then if x.planned and not x.withdrawn_on(day)]
    planned = {turn.status for turn in base.pending}
    events = tuple(dict.fromkeys(turn.event for turn in base.pending))
    if planned & {Status.ANNOUNCED, Status.PAUSED}:
        return (replace(base, status=Status.ANNOUNCED, events=events),)
    if past:
        return (_run_out(base, past, day),)
    if Status.THREATENED in planned:
        return (replace(base, status=Status.THREATENED, events=events),)
    if plans:
        return (replace(base, status=Status.LAPSED, events=(plans[-1].event.id,)),)
    return ()


def _run_out(base: ProvisionState, past: Sequence[Layer], day: date) -> ProvisionState:
    """The state after the last layer: expired, or revoked where it was taken back."""
    ends = [(until, layer) for layer in past for _, until in layer.days if until and until <= day]
    ended, last = max(ends, key=lambda end: end[0])
    taken_back = last.withdrawn_on(ended)
    named = (last.event.id, *(last.withdrawn_by if taken_back else ()))
    return replace(
        base,
        status=Status.REVOKED if taken_back else Status.EXPIRED,
        effective_from=ended,
        events=named,
    )


def disputed_claims(world: World, viewpoint: Viewpoint) -> tuple[Disputed, ...]:
    """Claims about the day asked that sources make and others contradict, oldest first."""
    found: list[Disputed] = []
    for event in known_events(world, viewpoint.announced_by):
        for claim in event.claims:
            until = claim.claimed_until
            if claim.claimed_from <= viewpoint.on and (until is None or viewpoint.on < until):
                found.append(Disputed(claim, event))
    return tuple(found)
