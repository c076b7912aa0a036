"""Going through a ledger once for what a checkpoint and proofs need of it.

Owns the way from entries to leaves. An entry that does not carry the hash of
what it holds, or does not follow on the one before, stops it: nothing is signed
or proven of a ledger that does not agree with itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracker.core.codec import preimage, sha256
from tracker.core.entries import Entry, Head
from tracker.core.merkle import Range, Ranges, Tree, leaf_hash
from tracker.errors import LedgerBroken

__all__ = ["Leaves", "root_of"]

_ADVICE = "Run `tracker verify` to see all that is wrong"


class Leaves:
    """Takes the entries of a ledger in order and keeps what was asked of them."""

    def __init__(self, *wanted: Sequence[Range]) -> None:
        self.tree = Tree()
        self._gathered = tuple(Ranges(one) for one in wanted)
        self._head = Head()

    def take(self, entries: Iterable[Entry], *, size: int) -> None:
        """Go through the first `size` entries.

        Raises: LedgerBroken if one does not hold together or they end before.
        """
        for entry in entries:
            leaf = leaf_hash(self._sound(entry))
            self.tree.push(leaf)
            for ranges in self._gathered:
                ranges.push(leaf)
        if self.tree.size != size:
            raise LedgerBroken(f"{self.tree.size} entries were read where {size} stand", _ADVICE)

    def paths(self) -> tuple[tuple[bytes, ...], ...]:
        """The hashes of the wanted ranges, once all entries have gone by."""
        return tuple(one.hashes() for one in self._gathered)

    def _sound(self, entry: Entry) -> bytes:
        covered, head = preimage(entry), self._head
        if (entry.position, entry.previous) != (head.position + 1, head.hash):
            raise LedgerBroken(
                f"position {entry.position}: it does not follow on position {head.position}",
                _ADVICE,
            )
        if entry.hash != sha256(covered):
            raise LedgerBroken(
                f"position {entry.position}: its hash does not match what it holds", _ADVICE
            )
        self._head = Head(position=entry.position, hash=entry.hash)
        return covered


def root_of(entries: Iterable[Entry], *, size: int) -> bytes:
    """The root over the first `size` entries, all of which are given. Raises: as `Leaves.take`."""
    leaves = Leaves()
    leaves.take(entries, size=size)
    return leaves.tree.root()
