"""What ingest needs from others: a ledger, a keeper of evidence, a memory of each source.

Owns the Protocols and the shape of a source's state. The store provides them;
nothing here knows how they are kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from tracker.core.entries import Draft

__all__ = ["Evidence", "Known", "ReportLedger", "SourceState", "State", "States"]

Known = Mapping[str, tuple[str, int]]
"""From a report's identity to its latest content hash and the version of its stream."""


class ReportLedger(Protocol):
    """The part of a ledger that a poll writes to and decides by."""

    def append(self, drafts: Sequence[Draft], *, at: datetime) -> object:
        """Append the batch whole or not at all; durable on return. `at` is UTC.

        Raises: AppendConflict if somebody else was first; OperationFailed if
        nothing can be written.
        """
        ...

    def latest_of(self, streams: Sequence[str]) -> Mapping[str, tuple[str, int]]:
        """From those of the streams that hold a report to its latest content hash and version."""
        ...


class Evidence(Protocol):
    """Content-addressed bytes, kept for ever."""

    def keep(self, body: bytes, *, media_type: str, at: datetime) -> str:
        """Keep `body` and answer its SHA-256 in hex; the same bytes are kept once."""
        ...

    def keep_all(self, bodies: Sequence[tuple[bytes, str]], *, at: datetime) -> None:
        """Keep several bodies with their media types, durable on return; the same bytes once."""
        ...


class State(Protocol):
    """What is remembered of one source between polls; instants are UTC and aware."""

    @property
    def source(self) -> str:
        """The source's id."""
        ...

    @property
    def etag(self) -> str | None:
        """The ETag of the last whole answer."""
        ...

    @property
    def last_modified(self) -> str | None:
        """The Last-Modified of the last whole answer, as it was sent."""
        ...

    @property
    def next_due_at(self) -> datetime | None:
        """When it is to be polled next; None for at once."""
        ...

    @property
    def last_success_at(self) -> datetime | None:
        """When it was last read without failure."""
        ...

    @property
    def last_new_at(self) -> datetime | None:
        """When it last brought something new or changed."""
        ...

    @property
    def failures(self) -> int:
        """Failures in a row, 0 after a success."""
        ...

    @property
    def moved_to(self) -> str | None:
        """Where the source says it has moved for good."""
        ...

    @property
    def asks(self) -> str | None:
        """What the feed asked of those who poll it, as JSON."""
        ...

    @property
    def quiet(self) -> int | None:
        """Polls in a row that brought nothing."""
        ...

    @property
    def polls(self) -> int | None:
        """Polls so far."""
        ...

    @property
    def total_bytes(self) -> int | None:
        """Bytes of all bodies so far, unpacked."""
        ...

    @property
    def body_digest(self) -> str | None:
        """The SHA-256 of the last body read whole."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """A `State` as a poll leaves it. `last_error_kind` is a stable word, None after a success.

    `why` says in words why `next_due_at` is when it is.
    """

    source: str
    etag: str | None = None
    last_modified: str | None = None
    next_due_at: datetime | None = None
    last_polled_at: datetime | None = None
    last_success_at: datetime | None = None
    last_new_at: datetime | None = None
    failures: int = 0
    last_error_kind: str | None = None
    last_error: str | None = None
    moved_to: str | None = None
    why: str | None = None
    asks: str | None = None
    quiet: int | None = None
    polls: int | None = None
    last_bytes: int | None = None
    total_bytes: int | None = None
    body_digest: str | None = None


class States(Protocol):
    """Keeps the state of every source."""

    def get(self, source: str, /) -> State | None:
        """The state of a source, None (or an empty one) if it was never polled."""
        ...

    def all(self) -> Sequence[State]:
        """The states of all sources that were ever polled."""
        ...

    def items(self, source: str, /) -> bytes | None:
        """What the source held when it was last read; None if that is not known."""
        ...

    # A store may annotate its own class of the same attributes here; a stricter
    # annotation would refuse it, since parameters are contravariant.
    def save(self, state: Any, /) -> None:
        """Keep a `SourceState`, replacing the one before; durable on return."""
        ...

    def save_all(self, states: Any, items: Mapping[str, bytes | None], /) -> None:
        """Keep several `SourceState`s and what their sources held, all at once.

        In `items` None forgets; a source that is not in it keeps what it has.
        """
        ...
