"""Fingerprints: whether a provision's answers can have changed since somebody wrote them down.

Owns what a provision's answers are made of: its definition, the effects on it,
the events that confirm or take back those events, and how many of its edges the
policy day has passed. Two worlds that give a provision the same fingerprint
give it the same answers from every viewpoint; the other way round is not
promised. Pure; it knows nothing of where answers are kept.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from tracker.core.codec import canonical, sha256
from tracker.core.index import Index, Place
from tracker.core.outline import Happening

__all__ = ["fingerprints"]


def fingerprints(index: Index, *, rules: str) -> dict[Place, str]:
    """SHA-256 in hex of what each provision's answers are made of, in order of definition.

    `rules` names the program that works them out: another one may answer otherwise.
    """
    world = index.world
    said: dict[Place, list[object]] = {place: [] for place in index.places()}
    events: dict[Place, list[str]] = {place: [] for place in said}
    for event in world.outlines:
        for effect in event.effects:
            place = (effect.measure, effect.provision)
            if place in said:
                told = [event.id, event.announced, event.sequence, event.doubts, effect]
                said[place].append(told)
                events[place].append(event.id)
    naming = _naming(world.outlines)
    today = world.known_until
    found: dict[Place, str] = {}
    for place, effects in said.items():
        measure = world.measures[place[0]]
        basis = [
            rules,
            [measure.key, measure.imposer, measure.authority, measure.provision(place[1])],
            effects,
            _links(events[place], naming),
            None if today is None else bisect_right(index.edges(place), today),
        ]
        found[place] = sha256(canonical(basis))
    return found


def _naming(outlines: Iterable[Happening]) -> dict[str, list[Happening]]:
    """From an event's id to the events that confirm it or take it back, in order."""
    found: dict[str, list[Happening]] = {}
    for event in outlines:
        named = {*event.confirms, *(one.event for one in event.withdraws)}
        for name in named:
            found.setdefault(name, []).append(event)
    return found


def _links(ids: Sequence[str], naming: Mapping[str, Sequence[Happening]]) -> list[object]:
    """What bears on the events of these ids, followed through withdrawals of withdrawals."""
    seen: dict[str, Happening] = {}
    ahead = list(ids)
    while ahead:
        for event in naming.get(ahead.pop(), ()):
            if event.id not in seen:
                seen[event.id] = event
                ahead.append(event.id)
    return [
        [x.id, x.announced, x.sequence, x.measures, x.withdraws, x.confirms]
        for _, x in sorted(seen.items())
    ]
