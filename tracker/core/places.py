"""Places: one provision looked at by itself, found by name and cut out of the world.

Owns what a dotted name on the command line means and which events bear on one
provision: those that speak of it, those that take such events back (and so on),
those that confirm them. The state of a provision in the world cut out for it is
the state it has in the whole world. It knows nothing of layers.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType

import msgspec

from tracker.core.events import Event, order_of
from tracker.core.measures import Measure, Provision
from tracker.core.outline import Happening
from tracker.core.world import World
from tracker.errors import UnknownName

__all__ = ["Place", "alone", "named", "provision_of", "resolve"]

Place = tuple[str, str]
"""Measure key and provision key."""


def resolve(world: World, name: str) -> tuple[Place, ...]:
    """The places that `MEASURE` or `MEASURE.PROVISION` names, in order of definition.

    Keys contain dots themselves: a whole measure's key wins over a provision of
    a shorter one. Raises: UnknownName, with the nearest name the record knows.
    """
    whole = name.strip().rstrip(".")
    measure = world.measures.get(whole)
    if measure is not None:
        return tuple((measure.key, provision.key) for provision in measure.provisions)
    found = [place for place in _all(world) if ".".join(place) == whole]
    if found:
        return (found[0],)
    raise UnknownName(
        f"there is no measure or provision {name!r} in the record", _near(world, whole)
    )


def _all(world: World) -> list[Place]:
    return [(m.key, p.key) for m in world.measures.values() for p in m.provisions]


def _near(world: World, whole: str) -> str:
    """What to write instead: what begins so, else what is spelled nearly so."""
    if not world.measures:
        return "It holds no measures: run `tracker load` first, or ask with a later --recorded-by"
    whole = whole.casefold()
    begun = [key for key in world.measures if key.startswith(f"{whole}.")]
    if begun:
        return f"It is the front of several: {', '.join(begun)}"
    of = max((key for key in world.measures if whole.startswith(f"{key}.")), key=len, default=None)
    if of is not None:
        return f"{of} has {', '.join(p.key for p in world.measures[of].provisions)}"
    names = [*world.measures, *(".".join(place) for place in _all(world))]
    near = difflib.get_close_matches(whole, names, n=1, cutoff=0.6)
    return f"Did you mean {near[0]}?" if near else "`tracker state --all` lists the keys"


def provision_of(world: World, place: Place) -> tuple[Measure, Provision]:
    """The definitions of a place. Raises: UnknownName if it is not defined."""
    measure = world.measures.get(place[0])
    provision = measure.provision(place[1]) if measure else None
    if measure is None or provision is None:
        raise UnknownName(
            f"there is no provision {'.'.join(place)!r} in the record",
            _near(world, ".".join(place)),
        )
    return measure, provision


def alone(world: World, place: Place) -> World:
    """The world with that provision and the events that bear on it, and nothing else.

    Of the others no more than the outline is read. Raises: UnknownName if the place is not defined.
    """
    measure, provision = provision_of(world, place)
    only = msgspec.structs.replace(measure, provisions=(provision,))
    return World(
        events=tuple(world.events[number] for number in _bearing(world.outlines, place)),
        measures=MappingProxyType({only.key: only}),
        head=world.head,
        known_until=world.known_until,
    )


def named(world: World, names: Iterable[str]) -> tuple[Event, ...]:
    """The events of those ids that the world holds, each once, in order of announcement."""
    found = (world.event(name) for name in set(names))
    return tuple(sorted((event for event in found if event is not None), key=order_of))


def _bearing(outlines: Sequence[Happening], place: Place) -> Iterator[int]:
    """Where the events stand that bear on a place, in order."""
    spoken = {e.id for e in outlines if any((f.measure, f.provision) == place for f in e.effects)}
    reached = set(spoken)
    # Events stand in order, and only a later one takes an earlier one back: one pass does.
    for event in outlines:
        if any(
            taken.event in reached
            and taken.measure in {None, place[0]}
            and taken.provision in {None, place[1]}
            for taken in event.withdraws
        ):
            reached.add(event.id)
    for number, event in enumerate(outlines):
        if event.id in reached or not spoken.isdisjoint(event.confirms):
            yield number
