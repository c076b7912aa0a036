"""Why a provision stands as it does: every layer with what became of it on the day asked.

Owns the explanation as a whole. The answer itself is that of `policy.state`, the
reasons are those of `reasons`; this puts beside each layer what the record says
around it: confirmations, the paper's chain, what it follows, claims in dispute,
mirrors. Structure only: words belong to who tells it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.core.chain import Chain, chains_of
from tracker.core.events import Event
from tracker.core.grounds import Confirmations, confirmations_of
from tracker.core.layers import Layer, layers_by_provision
from tracker.core.measures import Measure, Provision
from tracker.core.places import Place, alone, named, provision_of
from tracker.core.policy import (
    Disputed,
    ProvisionState,
    Viewpoint,
    disputed_claims,
    known_events,
    state,
)
from tracker.core.reasons import Reason, Verdict, verdicts
from tracker.core.world import World

__all__ = ["Explanation", "Told", "explain"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One layer and what became of it on the day asked.

    `late` says that it was announced only after the day asked, `may_be_over` of a
    layer that counts that its end is not known and may have come. `confirmed_by`
    and `follows` are event ids, oldest first; `chains` is empty where no paper is due:
    the first is that of the paper it rests on, then those of what confirmed it.
    """

    event: Event
    layer: Layer
    verdict: Verdict
    late: bool = False
    may_be_over: bool = False
    confirmed_by: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    chains: tuple[Chain, ...] = ()

    @property
    def reason(self) -> Reason:
        """Why it counts or does not."""
        return self.verdict.reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A provision at a viewpoint, with its reasons.

    `row` is its state, None where nothing can be said. `layers` stand from top
    to bottom; `not_yet_known` holds those announced after the viewpoint's
    `announced_by`, oldest first. `answers` and `answered_by` are the keys of
    the measures that it mirrors and that mirror it. `events` are all the events
    that the explanation names and the world holds, oldest first.
    """

    measure: Measure
    provision: Provision
    viewpoint: Viewpoint
    row: ProvisionState | None
    layers: tuple[Told, ...]
    not_yet_known: tuple[Told, ...]
    claims: tuple[Disputed, ...]
    answers: tuple[str, ...]
    answered_by: tuple[str, ...]
    events: tuple[Event, ...]

    @property
    def place(self) -> Place:
        """Measure key and provision key."""
        return (self.measure.key, self.provision.key)


def explain(world: World, place: Place, viewpoint: Viewpoint) -> Explanation:
    """The state of one provision at a viewpoint, and why.

    Raises: UnknownName if the place is not defined.
    """
    measure, provision = provision_of(world, place)
    near = alone(world, place)
    known = known_events(near, viewpoint.announced_by)
    layers = layers_by_provision(known).get(place, ())
    row = next(iter(state(near, viewpoint)), None)
    ahead = frozenset(turn.event for turn in row.pending) if row else frozenset()
    follows = (name for event in near.events for name in event.follows)
    around = _Around(
        events={event.id: event for event in (*named(world, follows), *near.events)},
        confirmations=confirmations_of(known),
        measure=measure,
        day=viewpoint.on,
        known_by=viewpoint.announced_by,
    )
    told = [
        around.told(*pair)
        for pair in zip(layers, verdicts(layers, viewpoint.on, ahead=ahead), strict=True)
    ]
    hidden = [
        around.told(layer, Verdict(Reason.NOT_YET_KNOWN, (), layer.event.announced))
        for layer in layers_by_provision(near.events[len(known) :]).get(place, ())
    ]
    claims = tuple(
        found
        for found in disputed_claims(world, viewpoint)
        if (found.claim.measure, found.claim.provision) == place
    )
    return Explanation(
        measure=measure,
        provision=provision,
        viewpoint=viewpoint,
        row=row,
        layers=tuple(reversed(told)),
        not_yet_known=tuple(hidden),
        claims=claims,
        answers=measure.mirrors,
        answered_by=tuple(m.key for m in world.measures.values() if measure.key in m.mirrors),
        events=_named(world, row, (*told, *hidden), claims),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Around:
    """What the record says around a layer: who confirms it, what it follows, its paper."""

    events: Mapping[str, Event]
    confirmations: Confirmations
    measure: Measure
    day: date
    known_by: date | None

    def told(self, layer: Layer, verdict: Verdict) -> Told:
        event = self.events[layer.event.id]
        confirming = tuple(
            self.events[found.id]
            for found in self.confirmations.get(event.id, ())
            if not found.measures or self.measure.key in found.measures
        )
        return Told(
            event=event,
            layer=layer,
            verdict=verdict,
            late=event.announced > self.day,
            may_be_over=verdict.reason is Reason.COUNTS and layer.may_have_ended(self.day),
            confirmed_by=tuple(found.id for found in confirming),
            follows=event.follows,
            chains=chains_of(
                event,
                [layer.effect],
                imposer=self.measure.imposer,
                events=self.events,
                confirmed_by=confirming,
                known_by=self.known_by,
            ),
        )


def _named(
    world: World,
    row: ProvisionState | None,
    told: Sequence[Told],
    claims: Sequence[Disputed],
) -> tuple[Event, ...]:
    """Every event of the world that the explanation names, in order of announcement."""
    names = {found.event.id for found in claims}
    if row is not None:
        names.update(row.events, (turn.event for turn in row.pending))
    for one in told:
        names.update((one.event.id,), one.verdict.by, one.confirmed_by, one.follows)
        for chain in one.chains:
            names.add(chain.event.id)
            names.update(link.event for link in chain.links if link.event)
    return named(world, names)
