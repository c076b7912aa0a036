"""Canonical JSON, hashes and schema versions: bytes that stay the same for ever.

Owns the one way a payload becomes bytes and an entry becomes a hash; how values
are spelled in them belongs to `spelling`. An old payload climbs the upcaster
chain to today's schema when it is read; it is never rewritten.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from tracker.core.entries import PAYLOADS, Draft, Entry, Head, Payload
from tracker.core.spelling import canonical, instant_text
from tracker.errors import LedgerBroken

__all__ = [
    "PLAIN",
    "UNREADABLE",
    "UPCASTERS",
    "canonical",
    "check_upcasters",
    "content_key",
    "decode",
    "encode",
    "entry_hash",
    "instant_text",
    "preimage",
    "preimage_of_row",
    "seal",
    "sha256",
    "unreadable",
]

_ENCODER = msgspec.json.Encoder()

UNREADABLE = (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError)
"""What msgspec raises for bytes that do not hold what they should."""

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]


def _as_it_is(data: dict[str, Any]) -> dict[str, Any]:
    """The step up to a version that only added optional fields."""
    return data


UPCASTERS: Mapping[tuple[str, int], Upcaster] = {
    # 2: starts, ends, follows, deadlines, kind and steps of an instrument, wording in three
    # languages.
    ("event.recorded", 1): _as_it_is,
    ("event.corrected", 1): _as_it_is,
    # 2: notes in three languages.
    ("measure.defined", 1): _as_it_is,
    ("measure.corrected", 1): _as_it_is,
}
"""From (type, schema version) to a function that turns that version's data into the next one's."""


def sha256(data: bytes) -> str:
    """The SHA-256 of `data` in lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def encode(payload: Payload) -> bytes:
    """The canonical bytes of a payload; `decode` is its inverse."""
    return canonical(payload)


_NEWER = "Use the version of tracker that wrote it, or a later one"


_DECODERS = {name: msgspec.json.Decoder(cls) for name, cls in PAYLOADS.items()}


def _reads_as_it_is(type_: str, schema: int) -> bool:
    """Whether a payload of that version fits today's shape without being changed.

    Raises: LedgerBroken if the type is not known or the version newer than this program's.
    """
    found = PAYLOADS.get(type_)
    if found is None:
        raise LedgerBroken(f"the ledger holds an entry of unknown type {type_!r}", _NEWER)
    if schema > found.SCHEMA:
        raise LedgerBroken(f"the ledger holds {type_} of schema {schema}", _NEWER)
    return all(
        UPCASTERS.get((type_, version)) is _as_it_is for version in range(schema, found.SCHEMA)
    )


PLAIN = frozenset(
    (name, schema)
    for name, cls in PAYLOADS.items()
    for schema in range(1, cls.SCHEMA + 1)
    if _reads_as_it_is(name, schema)
)
"""Types and versions whose bytes fit today's shape."""


def decode(type_: str, schema: int, data: bytes) -> Payload:
    """The payload held in `data`, raised to today's schema version.

    Raises: LedgerBroken if the type is not known, the version is newer than
    this program's or has no way up, or the bytes do not fit the type.
    """
    try:
        if (type_, schema) in PLAIN or _reads_as_it_is(type_, schema):
            return _DECODERS[type_].decode(data)
        raw = msgspec.json.decode(data)
        for version in range(schema, PAYLOADS[type_].SCHEMA):
            raw = UPCASTERS[type_, version](raw)
        return msgspec.convert(raw, PAYLOADS[type_])
    except (*UNREADABLE, KeyError, TypeError) as error:
        raise unreadable(type_, schema, error) from error


def unreadable(type_: str, schema: int, error: Exception) -> LedgerBroken:
    """What to say of a payload that does not fit its type."""
    return LedgerBroken(
        f"a payload of type {type_}, schema {schema}, does not read: {error}",
        "Run `tracker verify` to find where, and restore from a backup",
    )


def check_upcasters() -> None:
    """Make sure every past schema version has a way up to the present one.

    Raises: LedgerBroken naming the missing step. Called by the tests and at start.
    """
    for name, cls in PAYLOADS.items():
        for version in range(1, cls.SCHEMA):
            if (name, version) not in UPCASTERS:
                raise LedgerBroken(f"no upcaster for {name} from schema {version}", _NEWER)


def content_key(stream: str, version: int, payload: Payload) -> str:
    """An idempotency key for saying `payload` as entry number `version` of `stream`.

    The same words at the same place give the same key, so a retry after a
    crash adds nothing; the same words later in the stream are a new entry.
    """
    head = f"{stream}\n{version}\n{payload.TYPE}/{payload.SCHEMA}\n".encode()
    data = encode(payload)
    if len(_SAID) >= _SAID_AT_MOST:
        _SAID.clear()
    _SAID[id(payload)] = payload, data  # holds the payload, so that its id stays its own
    return sha256(head + data)


_SAID: dict[int, tuple[Payload, bytes]] = {}
_SAID_AT_MOST = 2_048
"""Bytes of payloads that got a key and are about to be sealed: spelling them is most of both."""


def _bytes_of(payload: Payload) -> bytes:
    said = _SAID.pop(id(payload), None)
    return said[1] if said is not None and said[0] is payload else encode(payload)


def preimage(entry: Entry) -> bytes:
    """What an entry's hash is taken of: its fields but `hash`, the payload by its hash."""
    return _ENCODER.encode(
        (
            entry.position,
            entry.stream,
            entry.version,
            entry.type,
            entry.schema,
            entry.key,
            instant_text(entry.recorded_at),
            sha256(entry.payload),
            entry.previous,
        )
    )


def preimage_of_row(row: Sequence[Any]) -> bytes:
    """As `preimage`, of an entry's ten values in their order, its instant as text.

    Gives the preimage of exactly these values: whether they are spelled rightly is not asked.
    """
    position, stream, version, type_, schema, key, recorded_at, payload, previous, _ = row
    return _ENCODER.encode(
        (position, stream, version, type_, schema, key, recorded_at, sha256(payload), previous)
    )


def entry_hash(entry: Entry) -> str:
    """The hash an entry must carry: the SHA-256 of its `preimage`."""
    return sha256(preimage(entry))


def seal(draft: Draft, *, after: Head, version: int, recorded_at: datetime) -> Entry:
    """The entry that `draft` becomes right after `after`, hashed and ready to store."""
    payload = draft.payload
    position, data = after.position + 1, _bytes_of(payload)
    recorded = instant_text(recorded_at)
    kind, schema = payload.TYPE, payload.SCHEMA
    sealed = _ENCODER.encode(
        (
            position,
            draft.stream,
            version,
            kind,
            schema,
            draft.key,
            recorded,
            sha256(data),
            after.hash,
        )
    )
    return Entry(
        position=position,
        stream=draft.stream,
        version=version,
        type=kind,
        schema=schema,
        key=draft.key,
        recorded_at=recorded_at,
        payload=data,
        previous=after.hash,
        hash=sha256(sealed),
    )
