"""Proof files: JSON that a person can read, and that says each thing in one way only.

Owns the shapes of the two kinds of file and how strictly they are read. Layout
means nothing here, so a file survives an editor; a name that is given twice, a
field that does not belong or a number with a point is refused.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, NoReturn, TypeAlias

import msgspec

from tracker.core.codec import canonical, instant_text
from tracker.core.entries import Entry
from tracker.core.merkle import LARGEST
from tracker.errors import BadInput, LedgerBroken
from tracker.proof.base64s import spelled

__all__ = [
    "ConsistencyProof",
    "EntryProof",
    "EventProof",
    "Proof",
    "document_of",
    "entry_proof",
    "read_proof",
]


_Count = Annotated[int, msgspec.Meta(ge=1, le=LARGEST)]


class _Shape(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of the shapes of a file: strict, and every field is written."""


class EntryProof(_Shape, frozen=True, kw_only=True):
    """A ledger entry with all its fields, and the hashes beside its way up to the root.

    `path` is in base64, from the leaf up. The leaf is the entry's preimage, see `core.codec`.
    """

    position: _Count
    stream: str
    version: _Count
    type: str
    schema: _Count
    key: str
    recorded_at: str
    payload: dict[str, Any]
    previous: str
    hash: str
    path: tuple[str, ...]


class EventProof(_Shape, frozen=True, kw_only=True, tag_field="format", tag="tracker/event@1"):
    """That the ledger holds these entries on one event, as of a signed checkpoint."""

    event: str
    entries: tuple[EntryProof, ...]
    checkpoint: str
    verifier_key: str


class ConsistencyProof(
    _Shape, frozen=True, kw_only=True, tag_field="format", tag="tracker/consistency@1"
):
    """That the ledger of the checkpoint `new` begins with the one of `old`."""

    old: str
    new: str
    path: tuple[str, ...]
    verifier_key: str


Proof: TypeAlias = EventProof | ConsistencyProof


def entry_proof(entry: Entry, path: Sequence[bytes]) -> EntryProof:
    """The entry and its path as a file shows them.

    Raises: LedgerBroken if its payload is not spelled as the ledger spells it.
    """
    try:
        payload = json.loads(entry.payload)
        sound = isinstance(payload, dict) and canonical(payload) == entry.payload
    except (ValueError, RecursionError, OverflowError):
        sound = False
    if not sound:
        raise LedgerBroken(
            f"position {entry.position}: its payload is not in canonical form",
            "Run `tracker verify` to see all that is wrong",
        )
    return EntryProof(
        position=entry.position,
        stream=entry.stream,
        version=entry.version,
        type=entry.type,
        schema=entry.schema,
        key=entry.key,
        recorded_at=instant_text(entry.recorded_at),
        payload=payload,
        previous=entry.previous,
        hash=entry.hash,
        path=tuple(spelled(one) for one in path),
    )


def document_of(proof: Proof) -> bytes:
    """The file, UTF-8 with a line end; the same proof gives the same bytes."""
    text = json.dumps(msgspec.to_builtins(proof), ensure_ascii=False, indent=2)
    return f"{text}\n".encode()


def read_proof(data: bytes, *, what: str) -> Proof:
    """The proof in a file, its shape checked and nothing of what it claims.

    Raises: BadInput.
    """
    try:
        found = json.loads(
            data.decode(),
            object_pairs_hook=_once,
            parse_float=_no_number,
            parse_constant=_no_number,
        )
        json.dumps(found, ensure_ascii=False).encode()  # half a surrogate pair is no text
        return msgspec.convert(found, type=EventProof | ConsistencyProof)
    except (ValueError, RecursionError) as error:  # text, JSON and shape alike
        told = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise BadInput(
            f"{what} is not a proof file: {told}",
            "Such a file is made by `tracker prove`; use it as it was given",
        ) from error


def _once(pairs: list[tuple[str, Any]]) -> Mapping[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in it")
    return found


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is a number that no ledger holds")
