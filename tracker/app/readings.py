"""What items say, each read once: reading them is most of what a look at the queue costs.

Owns what is kept of earlier readings, in memory. Dropping it changes nothing but the time.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.app.gathering import Reader
from tracker.extract import Extraction, Item, extract
from tracker.review.desk import Progress

__all__ = ["Readings"]

_AT_ONCE = 200


class Readings:
    """What items say, each read once for as long as this lives."""

    def __init__(self) -> None:
        self._known: dict[Item, Extraction] = {}

    def reader(self, progress: Progress | None = None) -> Reader:
        """Reads items, telling `progress` how far it is."""

        def read(items: Sequence[Item]) -> Sequence[Extraction]:
            for start in range(0, len(items), _AT_ONCE):
                for item in items[start : start + _AT_ONCE]:
                    if item not in self._known:
                        self._known[item] = extract(item)
                if progress is not None:
                    progress(min(start + _AT_ONCE, len(items)), len(items))
            return [self._known[item] for item in items]

        return read
