"""Going through the ledger's rows one after the other and saying what is wrong with each.

Owns what an entry must be where it stands: its place, its link, its hash, its
instant, its payload. Pure: rows come in, in order of position, and none is
kept. A row that is plainly sound costs a few microseconds; only one that is
not is taken apart to say why.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from typing import Any

from tracker.core.codec import (
    decode,
    encode,
    entry_hash,
    instant_text,
    preimage,
    preimage_of_row,
    sha256,
)
from tracker.core.entries import GENESIS, PAYLOADS, Entry, Head, Payload, ReportChanged, ReportSeen
from tracker.core.merkle import Tree, leaf_hash
from tracker.errors import LedgerBroken
from tracker.store.rows import entry_of, instant_of, well_typed

__all__ = ["Walk"]


class Walk:
    """Checks entries handed over in order of position; holds none of them.

    Checked: positions without a gap, the chain, each hash, instants that never
    go back, payloads that read and spell themselves the same again, evidence
    that is held (`evidence` has the digests; None leaves it unchecked). After a
    finding it goes on from what it saw, so that one fault is told once.
    """

    def __init__(self, *, evidence: frozenset[str] | None = None) -> None:
        self.count = 0
        self._position, self._hash = 0, GENESIS
        self._recorded = ""
        self._evidence = evidence
        self._tree: Tree | None = Tree()

    @property
    def head(self) -> Head:
        """How far it has come: the last position and the hash that stands there."""
        return Head(position=self._position, hash=self._hash)

    @property
    def root(self) -> str | None:
        """The root of the Merkle tree over all entries so far, in base64 as in a checkpoint.

        None once a row could not be read: nobody knows its leaf.
        """
        return None if self._tree is None else b64encode(self._tree.root()).decode()

    def take(self, row: Sequence[Any]) -> Sequence[str]:
        """What is wrong with the next row of the ledger, a line for each fault."""
        covered = self._sound(row)
        if covered is not None:
            self._step(row[0], row[9], row[6], covered)
            return ()
        try:
            entry = entry_of(row)
        except LedgerBroken as error:
            self._lost(row[0])
            return (error.message,)
        return tuple(self.check(entry))

    def check(self, entry: Entry) -> Iterator[str]:
        """What is wrong with the next entry, a line for each fault."""
        for fault in self._faults(entry):
            yield f"position {entry.position}: {fault}"
        recorded = max(self._recorded, instant_text(entry.recorded_at))
        self._step(entry.position, entry.hash, recorded, preimage(entry))

    def _step(self, position: int, hash_: str, recorded: str, covered: bytes) -> None:
        self.count += 1
        self._position, self._hash, self._recorded = position, hash_, recorded
        if self._tree is not None:
            self._tree.push(leaf_hash(covered))

    def _lost(self, position: object) -> None:
        """Take note of a row that could not be read as an entry."""
        self.count += 1
        self._tree = None
        if isinstance(position, int):
            self._position, self._hash = position, ""

    def _sound(self, row: Sequence[Any]) -> bytes | None:
        """The bytes its hash is taken of, if nothing at all is wrong with the row."""
        if not well_typed(row):
            return None
        if row[0] != self._position + 1 or row[8] != self._hash or row[6] < self._recorded:
            return None
        try:
            if row[6] != self._recorded:  # a batch has one instant
                instant_of(row[6])
            covered = preimage_of_row(row)
            if sha256(covered) != row[9]:
                return None
            payload = decode(row[3], row[4], row[7])
        except (LedgerBroken, ValueError):
            return None
        if row[4] == PAYLOADS[row[3]].SCHEMA and not _spelled_same(row[7], payload):
            return None
        return covered if self._missing(payload) is None else None

    def _faults(self, entry: Entry) -> Iterator[str]:
        expected = self._position + 1
        if entry.position != expected:
            yield f"it comes where position {expected} belongs"
        # After an unreadable row nobody knows what the link should be.
        if self._hash and entry.previous != self._hash:
            after = "the start" if self._hash == GENESIS else f"position {self._position}"
            yield f"its link to {after} does not match"
        if entry.hash != entry_hash(entry):
            yield "its hash does not match what it holds"
        if instant_text(entry.recorded_at) < self._recorded:
            yield "it was recorded before the entry that stands before it"
        yield from self._payload_faults(entry)

    def _payload_faults(self, entry: Entry) -> Iterator[str]:
        try:
            payload = decode(entry.type, entry.schema, entry.payload)
        except LedgerBroken as error:
            yield error.message
            return
        current = entry.schema == PAYLOADS[entry.type].SCHEMA
        if current and not _spelled_same(entry.payload, payload):
            yield "its payload is not in canonical form"
        missing = self._missing(payload)
        if missing is not None:
            yield f"its evidence {missing} is not held"

    def _missing(self, payload: Payload) -> str | None:
        """The digest of evidence the payload names and nobody holds."""
        if self._evidence is None or not isinstance(payload, ReportSeen | ReportChanged):
            return None
        digest = payload.report.evidence
        return digest if digest is not None and digest not in self._evidence else None


def _spelled_same(data: bytes, payload: Payload) -> bool:
    try:
        return encode(payload) == data
    except ValueError:  # a number that is none, an instant without a zone
        return False
