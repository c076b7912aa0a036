"""Checkpoints: how many entries a ledger holds and the root over them (c2sp.org/tlog-checkpoint).

Owns the three lines of a checkpoint; the signature under them belongs to `note` and `keys`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.core.merkle import LARGEST
from tracker.errors import BadInput, ProofFailed
from tracker.proof.base64s import spelled, unspelled
from tracker.proof.keys import Signer, VerifierKey
from tracker.proof.note import Note, read_note

__all__ = ["Checkpoint", "read_checkpoint", "signed"]

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a signed checkpoint says, and the note it stands in.

    `root` is the RFC 9162 root over the first `size` entries of the ledger `origin`.
    """

    origin: str
    size: int
    root: bytes
    note: Note

    def check(self, key: VerifierKey, *, what: str) -> None:
        """Make sure that `key` signed it, and for its own ledger. Raises: ProofFailed."""
        key.check(self.note, what=what)
        if self.origin != key.name:
            raise ProofFailed(f"{what} is of {self.origin!r}, and the key of {key.name!r}")


def read_checkpoint(text: str, *, what: str) -> Checkpoint:
    """The checkpoint that `text` spells, its signatures unchecked; `what` names it in an error.

    Lines after the third are signed with it and mean nothing here.
    Raises: BadInput.
    """
    note = read_note(text, what=what)
    lines = note.text.removesuffix("\n").split("\n")
    if len(lines) < 3 or not all(lines):
        raise BadInput(f"{what} has not the three lines of a checkpoint")
    origin, size, root = lines[:3]
    if not _SIZE.fullmatch(size) or int(size) > LARGEST:
        raise BadInput(f"the second line of {what} is no number of entries")
    try:
        return Checkpoint(origin, int(size), unspelled(root, length=32), note)
    except ValueError as error:
        raise BadInput(f"the third line of {what} is no root: {error}") from error


def signed(signer: Signer, *, size: int, root: bytes) -> Checkpoint:
    """The checkpoint that says so, signed; the same words give the same bytes."""
    origin = signer.verifier.name
    return Checkpoint(origin, size, root, signer.sign(f"{origin}\n{size}\n{spelled(root)}\n"))
