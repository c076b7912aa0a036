"""Checking proofs with nothing but the proof and a key: no ledger, no workspace, no network.

Owns what makes a proof hold, and what may be said to be proven by it. It
proves that entries stand in the ledger that was signed; that there are no
others, and that what they say is true, no proof of this kind can show.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tracker.core.codec import canonical, decode, instant_text, preimage, sha256
from tracker.core.entries import (
    Entry,
    EventCorrected,
    EventRecorded,
    EventRetracted,
)
from tracker.core.merkle import EMPTY_ROOT, LARGEST, grown_roots, leaf_hash, root_above
from tracker.errors import BadInput, LedgerBroken, ProofFailed
from tracker.proof.base64s import unspelled
from tracker.proof.checkpoint import Checkpoint, read_checkpoint
from tracker.proof.document import ConsistencyProof, EntryProof, EventProof
from tracker.proof.keys import VerifierKey, read_verifier_key

__all__ = ["Proven", "ProvenEntry", "Unbroken", "check_consistency", "check_event"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenEntry:
    """An entry that was shown to stand in the ledger.

    `title` is the event's in English, `reason` why it was corrected or
    retracted; each None where the entry has none.
    """

    position: int
    version: int
    type: str
    recorded_at: str
    title: str | None
    reason: str | None
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """What a proof on an event showed. `trusted` says whether the key was given by the reader."""

    event: str
    entries: tuple[ProvenEntry, ...]
    checkpoint: Checkpoint
    key: VerifierKey
    trusted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Unbroken:
    """That the ledger of `new` begins with the one of `old`. `trusted` as in `Proven`."""

    old: Checkpoint
    new: Checkpoint
    key: VerifierKey
    trusted: bool


def check_event(proof: EventProof, *, key: VerifierKey | None, what: str) -> Proven:
    """What `proof` shows, checked with `key`, or with the key it brings itself if None.

    `what` names it in an error.
    Raises: ProofFailed if it does not hold; BadInput if it does not read.
    """
    brought = _brought(proof.verifier_key, key)
    checkpoint = read_checkpoint(proof.checkpoint, what=f"the checkpoint in {what}")
    checkpoint.check(brought, what=f"the checkpoint in {what}")
    if not proof.entries:
        raise ProofFailed(f"{what} shows no entry")
    last = 0
    shown: list[ProvenEntry] = []
    for place, one in enumerate(proof.entries, 1):
        entry = _entry(one)
        _check_entry(one, entry, checkpoint)
        if one.stream != f"event/{proof.event}" or one.version != place or one.position <= last:
            raise ProofFailed(
                f"entry {one.position} is not number {place} on the event {proof.event!r}"
            )
        last = one.position
        shown.append(_shown(entry, proof.event))
    return Proven(
        event=proof.event,
        entries=tuple(shown),
        checkpoint=checkpoint,
        key=brought,
        trusted=key is not None,
    )


def check_consistency(proof: ConsistencyProof, *, key: VerifierKey | None) -> Unbroken:
    """That the ledger only grew between the two checkpoints of `proof`; keys as in `check_event`.

    Raises: ProofFailed if it does not hold; BadInput if it does not read.
    """
    brought = _brought(proof.verifier_key, key)
    old = read_checkpoint(proof.old, what="the earlier checkpoint")
    new = read_checkpoint(proof.new, what="the later checkpoint")
    old.check(brought, what="the earlier checkpoint")
    new.check(brought, what="the later checkpoint")
    if new.size < old.size:
        raise ProofFailed(
            f"the later checkpoint is of {new.size} entries, the earlier of {old.size}",
            "Either they were given the wrong way round, or entries have been cut off",
        )
    try:
        path = [unspelled(one, length=32) for one in proof.path]
    except ValueError as error:
        raise BadInput(f"a hash in the proof does not read: {error}") from error
    if not _grew(old, new, path):
        raise ProofFailed(
            f"what the earlier checkpoint signed as entries 1 to {old.size} is not what the "
            f"later one begins with",
            "The ledger was rewritten between them, or the proof is not of these two",
        )
    return Unbroken(old=old, new=new, key=brought, trusted=key is not None)


def _brought(text: str, key: VerifierKey | None) -> VerifierKey:
    """The key to check with: the trusted one, which must then be the one the file names."""
    brought = read_verifier_key(text)
    if key is not None and key != brought:
        raise ProofFailed(
            f"it was signed by {brought}, which is not the key {key}",
            "Somebody else made it, or the publisher has changed the key and should say so",
        )
    return brought


def _grew(old: Checkpoint, new: Checkpoint, path: list[bytes]) -> bool:
    if old.size in {0, new.size}:
        known = EMPTY_ROOT if old.size == 0 else new.root
        return not path and old.root == known and (new.size > 0 or new.root == EMPTY_ROOT)
    try:
        found = grown_roots(old.size, new.size, path, old_root=old.root)
    except ValueError:
        return False
    return found == (old.root, new.root)


def _entry(one: EntryProof) -> Entry:
    """The entry that a file shows, as the ledger would hold it."""
    try:
        recorded_at = datetime.fromisoformat(one.recorded_at)
        if instant_text(recorded_at) != one.recorded_at:
            raise ValueError("it is spelled otherwise than the ledger spells it")
        payload = canonical(one.payload)
    except (ValueError, OverflowError, RecursionError) as error:
        raise BadInput(f"entry {one.position} in the proof does not read: {error}") from error
    return Entry(
        position=one.position,
        stream=one.stream,
        version=one.version,
        type=one.type,
        schema=one.schema,
        key=one.key,
        recorded_at=recorded_at,
        payload=payload,
        previous=one.previous,
        hash=one.hash,
    )


def _check_entry(one: EntryProof, entry: Entry, checkpoint: Checkpoint) -> None:
    if not 1 <= one.position <= min(checkpoint.size, LARGEST):
        raise ProofFailed(
            f"entry {one.position} is not among the {checkpoint.size} that were signed"
        )
    covered = preimage(entry)
    if one.hash != sha256(covered):
        raise ProofFailed(
            f"entry {one.position} does not hash to what it should",
            "One of its fields was changed",
        )
    try:
        path = [unspelled(text, length=32) for text in one.path]
    except ValueError as error:
        raise BadInput(f"a hash beside entry {one.position} does not read: {error}") from error
    try:
        root = root_above(leaf_hash(covered), one.position - 1, checkpoint.size, path)
    except ValueError as error:
        raise ProofFailed(f"the path above entry {one.position} has {error}") from error
    if root != checkpoint.root:
        raise ProofFailed(
            f"entry {one.position} does not lead up to the root that was signed",
            "It, its path or the checkpoint was changed",
        )


def _shown(entry: Entry, event: str) -> ProvenEntry:
    try:
        payload = decode(entry.type, entry.schema, entry.payload)
    except LedgerBroken as error:
        raise BadInput(
            f"entry {entry.position} is proven but does not read here: {error.message}",
            "Use the version of tracker that wrote it, or a later one",
        ) from error
    title = reason = None
    match payload:
        case EventRecorded(event=one):
            about, title = one.id, one.title.en
        case EventCorrected(event=one):
            about, title, reason = one.id, one.title.en, payload.reason
        case EventRetracted(id=about):
            reason = payload.reason
        case _:
            about = ""
    if about != event:
        raise ProofFailed(f"entry {entry.position} is not about the event {event!r}")
    return ProvenEntry(
        position=entry.position,
        version=entry.version,
        type=entry.type,
        recorded_at=instant_text(entry.recorded_at),
        title=title,
        reason=reason,
        hash=entry.hash,
    )
