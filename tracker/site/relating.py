"""Which events have to do with which others, and which speak of which provision or measure.

Pure. Owns that taking back what was said of a provision is speaking of it, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tracker.core.chain import Chain, chains_of, joined
from tracker.core.events import Event
from tracker.core.index import Place
from tracker.core.measures import Measure
from tracker.core.outline import Happening

__all__ = ["chains_on", "related", "speaking"]


def related(events: Iterable[Happening]) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """For each event id, which others withdraw, confirm or follow it, by these words."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for event in events:
        named = {
            "withdraws": [taken.event for taken in event.withdraws],
            "confirms": event.confirms,
            "follows": event.follows,
        }
        for how, ids in named.items():
            for name in dict.fromkeys(ids):
                held = found.setdefault(name, {})
                held[how] = (*held.get(how, ()), event.id)
    return found


def speaking(events: Iterable[Happening]) -> Mapping[Place, tuple[Happening, ...]]:
    """For each provision the events that speak of it, in the order in which `events` stand."""
    held = list(events)
    said = {event.id: {(one.measure, one.provision) for one in event.effects} for event in held}
    found: dict[Place, list[Happening]] = {}
    for event in held:
        places = set(said[event.id])
        for taken in event.withdraws:
            # Of what it took back in turn, an earlier event says nothing here.
            places.update(
                place
                for place in said.get(taken.event, ())
                if taken.measure in {None, place[0]} and taken.provision in {None, place[1]}
            )
        for place in places:
            found.setdefault(place, []).append(event)
    return {place: tuple(events_of) for place, events_of in found.items()}


def chains_on(
    measure: Measure,
    selected: Iterable[Event],
    confirmed_by: Mapping[str, Sequence[Event]],
    events: Mapping[str, Event],
) -> Iterator[Chain]:
    """The papers that a measure rests on, one chain for each, oldest first.

    `selected` are its events, `confirmed_by` gives those that confirm one by its id.
    """
    found: dict[str, list[Chain]] = {}
    for event in selected:
        effects = [one for one in event.effects if one.measure == measure.key]
        confirming = [
            other
            for other in confirmed_by[event.id]
            # One that names measures confirms what it says of these alone.
            if not other.measures or measure.key in other.measures
        ]
        for chain in chains_of(
            event,
            effects,
            imposer=measure.imposer,
            events=events,
            confirmed_by=confirming,
        ):
            found.setdefault(chain.event.id, []).append(chain)
    return (joined(chains) for _, chains in sorted(found.items()))
