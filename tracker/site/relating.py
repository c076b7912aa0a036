"""Which events have to do with which others, and which speak of which provision.

Pure. Owns that taking back what was said of a provision is speaking of it, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tracker.core.index import Place
from tracker.core.outline import Happening

__all__ = ["related", "speaking"]


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
