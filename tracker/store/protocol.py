"""What a ledger promises, whatever keeps it. The contract tests hold every backend to this text.

Promises:
- Positions count from 1 without a gap; a stream's versions likewise.
- A batch is appended whole or not at all, and is durable when `append` returns.
- A draft whose key is already held, with the same stream and payload, adds
  nothing and answers with the position it has; with another payload it is refused.
- `recorded_at` never goes backwards: an `at` before the last entry's is raised to it.
- Entries never change and never go away.
- A reader that remembers the last position it saw misses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from tracker.core.entries import Draft, Entry, Head
from tracker.core.world import Line

__all__ = ["Appended", "Evidence", "Ledger"]


class Appended(NamedTuple):
    """Where a draft stands in the ledger; `new` is False if it had been there before."""

    position: int
    version: int
    new: bool


class Ledger(Protocol):
    """An append-only, hash-chained sequence of entries."""

    def append(self, drafts: Sequence[Draft], *, at: datetime) -> tuple[Appended, ...]:
        """Append a batch atomically and answer one place for each draft, in order.

        `at` is the present instant, UTC and aware. An empty batch does nothing.
        Raises: AppendConflict if an `expected_version` does not hold or a key is
        held with another payload (nothing is appended then); ValueError if `at`
        is naive; OperationFailed if the store cannot be written.
        """
        ...

    def read(self, *, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        """Entries with `after < position <= until`, in order of position, one consistent view.

        Raises: OperationFailed if the store cannot be read.
        """
        ...

    def lines(
        self, *, until: int | None = None, recorded_until: datetime | None = None
    ) -> Iterator[Line]:
        """What a world is folded from: entries with `position <= until`, in order, one view.

        Entries recorded after `recorded_until` (an aware instant, inclusive) are
        left out. Lighter than `read`: without what only a verifier needs, and
        unchecked; folding tells what does not read.
        Raises: OperationFailed if the store cannot be read.
        """
        ...

    def stream(self, name: str) -> tuple[Entry, ...]:
        """The entries of one stream in order of version; empty if there is none."""
        ...

    def under(self, prefix: str) -> tuple[Entry, ...]:
        """The entries of every stream under `prefix` (it ends in a slash), in order of position."""
        ...

    def head(self) -> Head:
        """The last position and its hash; position 0 for an empty ledger."""
        ...


class Evidence(Protocol):
    """Content-addressed bytes: what was really served, kept for ever."""

    def keep(self, body: bytes, *, media_type: str, at: datetime) -> str:
        """Keep `body` (compressed) and answer its SHA-256 in hex; the same bytes are kept once."""
        ...

    def fetch(self, digest: str) -> bytes | None:
        """The bytes of that SHA-256, or None. Raises: LedgerBroken if they no longer match it."""
        ...
