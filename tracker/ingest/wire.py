"""What passes between a poll and the process that reads for it: frames and their shapes. Pure.

Owns the form of a question and of an answer. It starts no process and reads no feed.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from tracker.errors import SourceFailed
from tracker.ingest.shapes import Parsed
from tracker.ingest.sources import Source

__all__ = ["HEAD", "LIMITS", "MOST_BYTES", "Asked", "Limits", "Told", "frame", "size_of"]

HEAD = 4
"""So many bytes before each message say how long it is."""

MOST_BYTES = 128_000_000
"""No message is longer: 5,000 items at their longest are a fifth of it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one feed may cost to read.

    `cpu_s` are whole seconds of processor time, `wall_s` seconds on the clock
    (a busy machine takes longer), `memory_bytes` the address space of the
    process, where the system keeps such a limit. A process that has grown
    beyond `retire_kib` is replaced after its answer.
    """

    cpu_s: int = 10
    wall_s: float = 60.0
    memory_bytes: int = 512_000_000
    retire_kib: int = 65_536


LIMITS = Limits()
"""What a feed may cost unless somebody says otherwise."""


class Asked(msgspec.Struct, frozen=True, array_like=True):
    """A body to be read: the arguments of `reading.read`."""

    body: bytes
    media_type: str
    charset: str | None
    source: Source
    evidence: str
    held: bytes | None


class Told(msgspec.Struct, frozen=True, array_like=True):
    """What was read, or the kind, message and advice of why not; and the memory held, in KiB."""

    parsed: Parsed | None
    failed: tuple[str, str, str] | None
    grown_kib: int

    def outcome(self) -> Parsed:
        """What was read. Raises: SourceFailed where it was not."""
        if self.parsed is None:
            raise SourceFailed(*(self.failed or ("internal", "was not read", "")))
        return self.parsed


def frame(message: Asked | Told) -> bytearray:
    """A message with its length before it; a body of megabytes is copied once."""
    packed = bytearray(HEAD)
    msgspec.msgpack.Encoder().encode_into(message, packed, HEAD)
    packed[:HEAD] = (len(packed) - HEAD).to_bytes(HEAD, "big")
    return packed


def size_of(head: bytes | bytearray) -> int:
    """How long the message is that these bytes announce. Raises: ValueError beyond MOST_BYTES."""
    size = int.from_bytes(head[:HEAD], "big")
    if size > MOST_BYTES:
        raise ValueError("the message is too long")
    return size
