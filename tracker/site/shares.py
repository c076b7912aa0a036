"""How the work of a build is shared out: in runs, each claimed by whoever comes to it first.

Owns that no run is taken twice and in which order a part comes to them. Neighbours show
the same rows, which each part makes for itself: so every part begins with a stretch of
its own, and who is done goes on from the far end of another's. It knows nothing of pages.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Generic, TypeVar

__all__ = ["Shares", "turns"]

_One = TypeVar("_One")

_FEWEST = 24
"""A run is of so many at least."""
_RUNS = 48
"""So many runs are laid out for each part, where there is enough to do."""


class Shares(Generic[_One]):
    """What is to be done, shared out among `parts`.

    `claims` is a folder that all of them see, kept for this; one part needs none.
    """

    def __init__(self, work: Sequence[_One], parts: int, claims: Path | None = None) -> None:
        size = max(_FEWEST, len(work) // (_RUNS * parts))
        self._runs = [work[start : start + size] for start in range(0, len(work), size)]
        self._parts = parts
        self._claims = claims

    def of(self, part: int) -> Iterator[Sequence[_One]]:
        """The runs that a part has to do, each claimed as it is asked for. Raises: OSError."""
        for number in turns(len(self._runs), self._parts, part):
            if self._claimed(number):
                yield self._runs[number]

    def _claimed(self, number: int) -> bool:
        if self._claims is None:
            return True
        try:
            os.close(os.open(self._claims / str(number), os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        except FileExistsError:
            return False
        return True


def turns(runs: int, parts: int, part: int) -> Iterator[int]:
    """In which order a part comes to all runs: its own stretch onwards, then the others' backwards.

    `part` is from 0 up to `parts`.
    """
    stretches = [range(runs * one // parts, runs * (one + 1) // parts) for one in range(parts)]
    yield from stretches[part]
    for further in range(1, parts):
        yield from reversed(stretches[(part + further) % parts])
