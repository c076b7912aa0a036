"""The garbage collector, told to rest while a world is made.

Owns the one place where the collector is touched. It belongs beside `app`:
what it changes holds for the whole process.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

__all__ = ["made_at_once", "many_at_once"]

_ONCE_IN = 50
"""Each time leaves some thousand objects in cycles behind; they go after so many times."""

_times = count(1)

_VERY_MANY = 50_000
"""So many objects made at once are what a world of some ten thousand events brings."""


@contextmanager
def many_at_once() -> Iterator[None]:
    """The garbage collector paused while a great many objects are made that will all stay.

    It would go through all of them again and again: a third of a cold start. If
    they are very many it is told to leave them alone for good, or a question
    would now and then take seconds; they hold no cycles and go when the last
    reference does.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if gc.get_count()[0] > _VERY_MANY:
            gc.freeze()
        if running:
            gc.enable()


@contextmanager
def made_at_once() -> Iterator[None]:
    """The garbage collector paused while much is made, again and again, of which most stays.

    It would go through all of that each time for the little that holds cycles. So it is
    told to leave that alone, too, until the collector looks at everything every so often.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if next(_times) % _ONCE_IN:
            gc.freeze()
        else:
            gc.unfreeze()
        if running:
            gc.enable()
