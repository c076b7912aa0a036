"""Events at a glance: what policy needs of them, and the whole of them when it is asked for.

Owns the two depths at which an event of the ledger is read. An outline is the
event without its texts and sources; a world of a million events is built from
outlines, and the texts of the few that an answer names are read then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from operator import attrgetter
from typing import TypeAlias, overload

import msgspec

from tracker.core.events import Claim, Deadline, Effect, Event, Withdrawal
from tracker.core.words import Doubt, Kind

__all__ = ["Happening", "KeptEvents", "Outline", "in_order"]


class Outline(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An event without its texts, instrument and sources. Fields as in `Event`."""

    id: str
    kind: Kind
    announced: date
    sequence: int = 0
    parties: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    effects: tuple[Effect, ...] = ()
    withdraws: tuple[Withdrawal, ...] = ()
    confirms: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    claims: tuple[Claim, ...] = ()
    doubts: tuple[Doubt, ...] = ()


Happening: TypeAlias = Event | Outline
"""An event at either depth: what rules over days may ask of it, both answer."""

in_order = attrgetter("announced", "sequence", "id")
"""The key that puts happenings in the order in which they were announced."""


class KeptEvents(Sequence[Event]):
    """Events in order, each read from what is kept of it when it is first looked at.

    `outlines` stand in the same order; `kept` holds for each either the event or
    its ledger payload, which `read` makes an event. Compares equal to any
    sequence of the same events.
    """

    __slots__ = ("_kept", "_places", "_read", "outlines")

    def __init__(
        self,
        outlines: Sequence[Happening],
        kept: Iterable[Event | bytes],
        read: Callable[[bytes], Event],
    ) -> None:
        self.outlines = outlines
        self._kept = list(kept)
        self._read = read
        self._places: dict[str, int] | None = None

    def __len__(self) -> int:
        return len(self._kept)

    @overload
    def __getitem__(self, index: int) -> Event: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Event, ...]: ...
    def __getitem__(self, index: int | slice) -> Event | tuple[Event, ...]:
        if isinstance(index, slice):
            return tuple(self[one] for one in range(*index.indices(len(self))))
        found = self._kept[index]
        if isinstance(found, bytes):
            found = self._kept[index] = self._read(found)
        return found

    def __iter__(self) -> Iterator[Event]:
        return (self[index] for index in range(len(self)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or isinstance(other, str | bytes):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(tuple(outline.id for outline in self.outlines))

    def kept(self) -> tuple[Event | bytes, ...]:
        """What is kept of each, in order: read already, or its payload."""
        return tuple(self._kept)

    def get(self, event_id: str) -> Event | None:
        """The event of that id, or None."""
        if self._places is None:
            self._places = {outline.id: n for n, outline in enumerate(self.outlines)}
        place = self._places.get(event_id)
        return None if place is None else self[place]
