"""Which accepted events wait for their export: held by the ledger, not yet by the record's files.

Owns the rule that keeps loading and reviewing apart: until an accepted event has been
seen in the files once, their silence about it says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tracker.core.decisions import ReviewAccepted, ReviewExported, ReviewUndone
from tracker.core.entries import Payload

__all__ = ["Waiting"]


class Waiting:
    """A fold over the streams of decisions, in order of position."""

    def __init__(self) -> None:
        self._accepted: dict[tuple[str, int], str] = {}
        self._waiting: dict[str, str] = {}

    def take(self, candidate: str, version: int, payload: Payload) -> None:
        """Take in entry number `version` of the stream of `candidate`."""
        match payload:
            case ReviewAccepted(event=event):
                self._accepted[candidate, version] = event
                self._waiting[event] = candidate
            case ReviewUndone(undoes=undone):
                event_id = self._accepted.pop((candidate, undone), None)
                if event_id is not None and self._waiting.get(event_id) == candidate:
                    del self._waiting[event_id]
            case ReviewExported(event=event):
                self._waiting.pop(event, None)
            case _:
                pass

    @property
    def events(self) -> Mapping[str, str]:
        """The events that wait, by id, and the candidate each was accepted from."""
        return MappingProxyType(self._waiting)
