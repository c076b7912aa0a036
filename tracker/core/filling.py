"""How an index is filled: each provision's stack with all that bears on it.

Owns which events bear on which provision: those whose effects speak of it, and those
that take such events back or confirm them. It asks a stack nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tracker.core.grounds import Confirmations, confirmations_of
from tracker.core.outline import Happening
from tracker.core.stacks import Place, Stack
from tracker.core.world import World

__all__ = ["stacked"]


def stacked(world: World) -> tuple[dict[Place, Stack], Confirmations]:
    """Every provision defined, in order of definition, with what bears on it; who confirms whom."""
    stacks, outlines = _defined(world), world.outlines
    linked: list[Happening] = []
    for event in outlines:
        if event.withdraws or event.confirms:
            linked.append(event)
        for effect in event.effects:
            stack = stacks.get((effect.measure, effect.provision))
            if stack is not None:  # not defined: the rules refuse it, state leaves it out
                stack.events.append(event)
                stack.effects.append(effect)
    _link(stacks, linked, outlines)
    return stacks, confirmations_of(linked)


def _defined(world: World) -> dict[Place, Stack]:
    places = (
        (measure, provision)
        for measure in world.measures.values()
        for provision in measure.provisions
    )
    return {
        (measure.key, provision.key): Stack(number, measure, provision)
        for number, (measure, provision) in enumerate(places)
    }


def _link(
    stacks: Mapping[Place, Stack], linked: Sequence[Happening], outlines: Iterable[Happening]
) -> None:
    """Let what withdraws and what confirms bear on the provisions of what it speaks of."""
    taken = {one.event for event in linked for one in event.withdraws}
    confirmed = {name for event in linked for name in event.confirms}
    named = taken | confirmed
    touched: dict[str, set[Place]] = {
        event.id: {(x.measure, x.provision) for x in event.effects}
        for event in outlines
        if event.id in named
    }
    for event in linked:
        for place in _reached(event.confirms, touched):
            _note(stacks, place, event)
        for taken_back in event.withdraws:
            for place in _reached((taken_back.event,), touched):
                if (stack := _note(stacks, place, event)) is not None:
                    stack.withdrawing.append(event)
                # Whatever takes this one back in turn bears on the same provisions.
                touched.setdefault(event.id, set()).add(place)


def _note(stacks: Mapping[Place, Stack], place: Place, event: Happening) -> Stack | None:
    stack = stacks.get(place)
    if stack is not None:
        stack.more_days.append(event.announced)
    return stack


def _reached(names: Iterable[str], touched: Mapping[str, set[Place]]) -> set[Place]:
    return {place for name in names for place in touched.get(name, ())}
