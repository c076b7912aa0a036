"""A synthetic record in which most events say something and change nothing.

Owns how many do. Every day's board shows every provision there is, and with a world of
lives alone 10,000 events would bring so many that a day were as long as a book.
"""

from __future__ import annotations

from datetime import timedelta

import msgspec

from tests.bench.worlds import FIRST, LAST, Synthetic, synthetic
from tracker.core.events import order_of
from tracker.core.words import Kind

__all__ = ["talked_of"]

_CHANGING = 10
"""One event in so many is of the synthetic world's lives."""


def talked_of(events: int) -> Synthetic:
    """The world with statements added, until it has so many events: one on a day, as most are."""
    world = synthetic(max(10, events // _CHANGING))
    days = (LAST - FIRST).days
    more = [
        msgspec.structs.replace(
            world.events[number * 7919 % len(world.events)],
            id=f"{FIRST + timedelta(days=number * 7919 % days)}-statement-{number}",
            kind=Kind.STATEMENT,
            announced=FIRST + timedelta(days=number * 7919 % days),
            sequence=1_000 + number // days,
            effects=(),
            withdraws=(),
            confirms=(),
            follows=(),
            deadlines=(),
            claims=(),
        )
        for number in range(events - len(world.events))
    ]
    return Synthetic(world.measures, tuple(sorted((*world.events, *more), key=order_of)))
