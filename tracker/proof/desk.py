"""Signing and proving on a ledger: checkpoints, and the proofs that go with them.

Owns what is handed out. Everything is checked with the rules of `check` before
it leaves, so that no proof is given that would not hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

from tracker.core.entries import Entry, Head
from tracker.core.merkle import consistency_ranges, inclusion_ranges
from tracker.errors import ProofFailed, UnknownName
from tracker.proof.base64s import spelled
from tracker.proof.check import check_consistency, check_event
from tracker.proof.checkpoint import Checkpoint, signed
from tracker.proof.document import ConsistencyProof, EventProof, entry_proof
from tracker.proof.keyfile import open_signer
from tracker.proof.keys import Signer, VerifierKey
from tracker.proof.walk import Leaves, root_of

__all__ = ["CHECKPOINT", "VERIFIER_KEY", "Desk", "Readable"]

CHECKPOINT, VERIFIER_KEY = "checkpoint", "verifier.key"
"""What the two files are called that are published with every build."""


class Readable(Protocol):
    """What is needed of a ledger; see `store.protocol.Ledger`."""

    def read(self, *, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        """Entries in order of position."""
        ...

    def stream(self, name: str) -> tuple[Entry, ...]:
        """The entries of one stream in order of version."""
        ...

    def head(self) -> Head:
        """The last position and its hash."""
        ...


@dataclass(frozen=True)
class Desk:
    """Signs for `ledger` under the name `origin` with the key in `key_file`.

    With `make_key` a key that is missing is made when it is first needed.
    Every method raises LedgerBroken for a ledger that does not hold together,
    OperationFailed if it or the key cannot be read, BadInput for an unusable key.
    """

    ledger: Readable
    origin: str
    key_file: Path
    make_key: bool

    @cached_property
    def _signer(self) -> Signer:
        return open_signer(self.key_file, name=self.origin, make=self.make_key)

    @property
    def verifier_key(self) -> VerifierKey:
        """The key by which others know what was signed here."""
        return self._signer.verifier

    def checkpoint(self, size: int | None = None) -> Checkpoint:
        """The signed checkpoint of the first `size` entries (default: all there are now)."""
        until = self.ledger.head().position if size is None else size
        root = root_of(self.ledger.read(until=until), size=until)
        return signed(self._signer, size=until, root=root)

    def published(self, size: int) -> Mapping[str, bytes]:
        """The files that are published with a site made from the first `size` entries."""
        return {
            CHECKPOINT: str(self.checkpoint(size).note).encode(),
            VERIFIER_KEY: f"{self.verifier_key}\n".encode(),
        }

    def prove_event(self, event: str) -> EventProof:
        """The proof that the ledger holds what it holds on `event`: every entry of its stream.

        Raises: UnknownName if there is none.
        """
        size = self.ledger.head().position
        entries = [one for one in self.ledger.stream(f"event/{event}") if one.position <= size]
        if not entries:
            raise UnknownName(
                f"the ledger holds no event {event!r}", "`tracker timeline --json` lists their ids"
            )
        leaves = Leaves(*(inclusion_ranges(one.position - 1, size) for one in entries))
        leaves.take(self.ledger.read(until=size), size=size)
        proof = EventProof(
            event=event,
            entries=tuple(
                entry_proof(one, path) for one, path in zip(entries, leaves.paths(), strict=True)
            ),
            checkpoint=str(signed(self._signer, size=size, root=leaves.tree.root()).note),
            verifier_key=str(self.verifier_key),
        )
        check_event(proof, key=self.verifier_key, what="this proof")
        return proof

    def prove_consistency(
        self, old: Checkpoint, new: Checkpoint | None = None, *, key: VerifierKey | None = None
    ) -> ConsistencyProof:
        """The proof that the ledger of `new` (default: this one as it is now) begins with `old`'s.

        `key` is who must have signed both (default: the key of this desk).
        Raises: ProofFailed if it does not, or if one of them is not of this ledger.
        """
        held = self.ledger.head().position
        if new is None:
            new = self.checkpoint(held)
        for one, name in ((old, "the earlier checkpoint"), (new, "the later checkpoint")):
            if one.size > held:
                raise ProofFailed(
                    f"{name} is of {one.size} entries, and this ledger holds {held}",
                    "Either it is of another ledger, or entries have been cut off from this one",
                )
        size = min(old.size, new.size)
        leaves = Leaves(consistency_ranges(size, new.size))
        leaves.take(self.ledger.read(until=new.size), size=new.size)
        (path,) = leaves.paths()
        proof = ConsistencyProof(
            old=str(old.note),
            new=str(new.note),
            path=tuple(spelled(one) for one in path),
            verifier_key=str(key or self.verifier_key),
        )
        check_consistency(proof, key=key or self.verifier_key)
        return proof
