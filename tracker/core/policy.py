"""Policy state at a viewpoint: what stands where on a day, and what was coming.

Owns how knowledge cuts the events (rule 7 of the policy model). State is a pure
function of the world and a viewpoint. Two depths of knowledge are at work:
status, rate and scope are those of everything the viewpoint may know, so that
a retroactive order counts; what is *pending*, and until when a state is said
to last, are what was known on the day asked about, because a plan is a thing
of its time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.core.course import course_of
from tracker.core.events import Claim, Event
from tracker.core.grounds import confirmations_of
from tracker.core.layers import layers_by_provision
from tracker.core.outline import Happening
from tracker.core.reading import Reading
from tracker.core.rows import ProvisionState, Viewpoint, reads_same
from tracker.core.states import state_of
from tracker.core.world import World

__all__ = [
    "Disputed",
    "ProvisionState",
    "Viewpoint",
    "claimed",
    "claiming",
    "disputed_claims",
    "horizon_of",
    "known_events",
    "reads_same",
    "state",
]


@dataclass(frozen=True, slots=True)
class Disputed:
    """A claim about a provision on the day asked, and the event that records it."""

    claim: Claim
    event: Event


def known_events(world: World, announced_by: date | None) -> Sequence[Event]:
    """The events the public could know by the end of a day; all of them for None."""
    if announced_by is None:
        return world.events
    return tuple(event for event in world.events if event.announced <= announced_by)


def horizon_of(world: World, on: date, announced_by: date | None) -> date:
    """The last day on which the answerer can say that a plan was not carried out."""
    known_by = on if announced_by is None or on < announced_by else announced_by
    until = world.known_until
    return known_by if until is None or known_by < until else until


def state(world: World, viewpoint: Viewpoint) -> tuple[ProvisionState, ...]:
    """Every provision that has something to say at the viewpoint, in order of definition.

    Ended provisions are included; `ProvisionState.over` tells them. Provisions
    never spoken of by then are left out. Effects on measures or provisions that
    are not defined are left out too (the record's rules refuse them).
    This is the rule written down; `index.Index` gives the same answers fast.
    """
    known = known_events(world, viewpoint.announced_by)
    known_by = min(viewpoint.on, viewpoint.announced_by or viewpoint.on)
    then = tuple(event for event in known if event.announced <= known_by)
    all_layers, then_layers = layers_by_provision(known), layers_by_provision(then)
    confirmations = confirmations_of(known)
    horizon = horizon_of(world, viewpoint.on, viewpoint.announced_by)
    found: list[ProvisionState] = []
    for measure in world.measures.values():
        for provision in measure.provisions:
            place = (measure.key, provision.key)
            if place not in all_layers:
                continue
            row = state_of(
                measure,
                Reading(course_of(all_layers[place]), provision),
                Reading(course_of(then_layers.get(place, ())), provision),
                viewpoint.on,
                known_by=known_by,
                horizon=horizon,
                confirmations=confirmations,
            )
            if row is not None:
                found.append(row)
    return tuple(found)


def disputed_claims(world: World, viewpoint: Viewpoint) -> tuple[Disputed, ...]:
    """Claims about the day asked that sources make and others contradict, oldest first."""
    return claimed(world, claiming(world), viewpoint)


def claiming(world: World) -> tuple[Happening, ...]:
    """The events with which a claim in dispute was recorded, for who asks about many days."""
    return tuple(outline for outline in world.outlines if outline.claims)


def claimed(
    world: World, outlines: Iterable[Happening], viewpoint: Viewpoint
) -> tuple[Disputed, ...]:
    """As `disputed_claims`, of the events that `claiming` found."""
    known = viewpoint.announced_by
    found: list[Disputed] = []
    for outline in outlines:
        if known is not None and outline.announced > known:
            continue
        event = world.event(outline.id)
        for claim in outline.claims:
            until = claim.claimed_until
            spoken = claim.claimed_from <= viewpoint.on and (until is None or viewpoint.on < until)
            if spoken and event is not None:
                found.append(Disputed(claim, event))
    return tuple(found)
