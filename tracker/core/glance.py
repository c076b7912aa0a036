"""Events of ledger payloads at a glance, and whole when they are looked at.

Owns how little of a payload is decoded while a world is folded: its outline.
What that passes over is decoded, and found to be broken if it is, when the
event is looked at. `codec` owns what the bytes are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from tracker.core.codec import PLAIN, UNREADABLE, unreadable
from tracker.core.entries import PAYLOADS, EventCorrected, EventRecorded
from tracker.core.events import Event
from tracker.core.outline import Outline

__all__ = ["OUTLINES", "read_event"]


class _OutlinePayload(msgspec.Struct, frozen=True, gc=False):
    """A payload that holds an event, read without the event's texts."""

    event: Outline


class _EventPayload(msgspec.Struct, frozen=True, gc=False):
    """A payload that holds an event, recorded or corrected."""

    event: Event


_OUTLINES = msgspec.json.Decoder(_OutlinePayload)
_EVENTS = msgspec.json.Decoder(_EventPayload)

OUTLINES: Mapping[tuple[str, int], Callable[[bytes], _OutlinePayload]] = {
    plain: _OUTLINES.decode
    for plain in PLAIN
    if PAYLOADS[plain[0]] in {EventRecorded, EventCorrected}
}
"""From the types and versions that hold an event as it is to what reads its outline."""


def read_event(data: bytes) -> Event:
    """The whole event of a payload whose outline has been read.

    Raises: LedgerBroken if the bytes do not fit.
    """
    try:
        return _EVENTS.decode(data).event
    except UNREADABLE as error:
        raise unreadable("event", 0, error) from error
