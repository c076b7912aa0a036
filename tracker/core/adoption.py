"""Adoption: an index on a later world takes over what an earlier one has worked out.

Owns the question which provisions answer the same on both, by what bears on
them. Pure but for the answers kept, which both indexes share from then on.
"""

from __future__ import annotations

from tracker.core.index import Index, Place
from tracker.core.stacks import Stack

__all__ = ["adopt"]


def adopt(index: Index, former: Index) -> frozenset[Place]:
    """Share the answers of `former` with `index`; answers the provisions that may read otherwise.

    A provision of which both hold the same gives the very same rows, so that
    whoever kept one finds it again. Nothing is shared where the two worlds look
    ahead to different days.
    """
    if index.world.known_until != former.world.known_until:
        return frozenset({*index.stacks, *former.stacks})
    differing = {*former.stacks} - {*index.stacks}
    for place, stack in index.stacks.items():
        other = former.stacks.get(place)
        if other is not None and stack.holds_as(other) and _confirmed(stack, index, former):
            stack.share(other)
        else:
            differing.add(place)
    return frozenset(differing)


def _confirmed(stack: Stack, index: Index, former: Index) -> bool:
    """Whether the events on a provision are confirmed by the same ones in both."""
    now, then = index.confirmations, former.confirmations
    return all(now.get(event.id) == then.get(event.id) for event in stack.events)
