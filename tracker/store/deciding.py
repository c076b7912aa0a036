"""What appending a batch means, as a pure function that every ledger shares.

Owns the rules: duplicates answer with their place, expected versions hold or
nothing is appended, positions and versions have no gap, time does not go back.
It must not know where entries are kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from tracker.core.codec import decode, encode, seal
from tracker.core.entries import Draft, Entry, Head
from tracker.errors import AppendConflict
from tracker.store.protocol import Appended

__all__ = ["Tail", "decide"]

_AGAIN = "Read the ledger again and decide again; nothing was appended"


@dataclass(frozen=True, slots=True)
class Tail:
    """Where the chain ends now. `recorded_at` is None for an empty ledger."""

    head: Head
    recorded_at: datetime | None = None


def decide(
    drafts: Sequence[Draft],
    *,
    tail: Tail,
    held: Mapping[str, Entry],
    versions: Mapping[str, int],
    at: datetime,
) -> tuple[tuple[Entry, ...], tuple[Appended, ...]]:
    """The entries a batch adds, in order, and the place of each draft.

    `held` has the entry of every draft's key that the ledger holds; `versions`
    the number of entries of every draft's stream (absent means none); `at` is
    an aware instant. A draft is compared with the earlier ones of its batch too.

    Raises: AppendConflict if an expected version does not hold or a key is held
    with another stream or payload; ValueError if `at` is naive.
    """
    if at.tzinfo is None:
        raise ValueError("the instant of an append must say its time zone")
    now = at.astimezone(UTC)
    recorded_at = max(now, tail.recorded_at) if tail.recorded_at else now
    head = tail.head
    counts = dict(versions)
    known: dict[str, Entry] = {}
    added: list[Entry] = []
    places: list[Appended] = []
    for draft in drafts:
        old = known.get(draft.key) or held.get(draft.key)
        if old is not None:
            _check_same(draft, old)
            places.append(Appended(old.position, old.version, new=False))
            continue
        count = counts.get(draft.stream, 0)
        if draft.expected_version is not None:
            _check_version(draft, count)
        entry = seal(draft, after=head, version=count + 1, recorded_at=recorded_at)
        head = Head(position=entry.position, hash=entry.hash)
        counts[draft.stream] = entry.version
        known[draft.key] = entry
        added.append(entry)
        places.append(Appended(entry.position, entry.version, new=True))
    return tuple(added), tuple(places)


def _check_version(draft: Draft, count: int) -> None:
    expected = draft.expected_version
    if expected != count:
        raise AppendConflict(
            f"the stream {draft.stream} holds {count} entries where {expected} were expected",
            _AGAIN,
        )


def _check_same(draft: Draft, old: Entry) -> None:
    payload = draft.payload
    if old.stream == draft.stream and old.type == payload.TYPE:
        if old.schema == payload.SCHEMA:
            same = old.payload == encode(payload)
        else:
            # Written by an earlier version: what it says counts, not its bytes.
            same = decode(old.type, old.schema, old.payload) == payload
        if same:
            return
    raise AppendConflict(
        f"the key {draft.key} is held at position {old.position} ({old.stream}) "
        f"with something else than was given for {draft.stream}",
        _AGAIN,
    )
