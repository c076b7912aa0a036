"""Canonical JSON, hashes and schema versions: bytes that stay the same for ever.

Owns the one way a payload becomes bytes and an entry becomes a hash. Canonical
means: UTF-8, keys sorted, no white space, defaults left out, days and instants
in ISO 8601, decimals as strings without trailing zeros. An old payload climbs
the upcaster chain to today's schema when it is read; it is never rewritten.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import msgspec

from tracker.core.entries import PAYLOADS, Draft, Entry, Head, Payload
from tracker.errors import LedgerBroken

__all__ = [
    "PLAIN",
    "UPCASTERS",
    "canonical",
    "check_upcasters",
    "content_key",
    "decode",
    "encode",
    "entry_hash",
    "instant_text",
    "preimage",
    "seal",
    "sha256",
    "unreadable",
]

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]


def _as_it_is(data: dict[str, Any]) -> dict[str, Any]:
    """The step up to a version that only added optional fields."""
    return data


UPCASTERS: Mapping[tuple[str, int], Upcaster] = {
    # 2: starts, ends, follows, deadlines, kind and steps of an instrument, wording in three
    # languages.
    ("event.recorded", 1): _as_it_is,
    ("event.corrected", 1): _as_it_is,
}
"""From (type, schema version) to a function that turns that version's data into the next one's."""


def sha256(data: bytes) -> str:
    """The SHA-256 of `data` in lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def _plain_decimal(number: Decimal) -> str:
    """`25`, `25.0` and `2.5E+1` all become `25`: one value, one spelling."""
    if not number.is_finite():
        raise ValueError(f"{number} is not a number the ledger can hold")
    text = f"{number.normalize():f}"
    return "0" if text in {"-0", ""} else text


def instant_text(instant: datetime) -> str:
    """An aware instant as `YYYY-MM-DDTHH:MM:SS.ffffffZ`, always with microseconds.

    Raises: ValueError for a naive instant.
    """
    if instant.tzinfo is None:
        raise ValueError("instants must say their time zone")
    plain = instant.astimezone(UTC).replace(tzinfo=None)
    return f"{plain.isoformat(timespec='microseconds')}Z"


def _spelled(value: Any) -> Any:
    """Built-in data with decimals and instants in their one spelling."""
    if isinstance(value, Decimal):
        return _plain_decimal(value)
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, dict):
        return {key: _spelled(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_spelled(item) for item in value]
    return value


def canonical(value: Any) -> bytes:
    """Canonical JSON of a struct or of built-in data.

    Raises: ValueError for a decimal that is not finite or a naive instant.
    """
    data = msgspec.to_builtins(value, builtin_types=(Decimal, datetime))
    return msgspec.json.encode(_spelled(data), order="sorted")


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
    except (msgspec.ValidationError, msgspec.DecodeError, KeyError, TypeError) as error:
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
    return sha256(head + encode(payload))


def preimage(entry: Entry) -> bytes:
    """What an entry's hash is taken of: its fields but `hash`, the payload by its hash."""
    return msgspec.json.encode(
        [
            entry.position,
            entry.stream,
            entry.version,
            entry.type,
            entry.schema,
            entry.key,
            instant_text(entry.recorded_at),
            sha256(entry.payload),
            entry.previous,
        ]
    )


def entry_hash(entry: Entry) -> str:
    """The hash an entry must carry: the SHA-256 of its `preimage`."""
    return sha256(preimage(entry))


def seal(draft: Draft, *, after: Head, version: int, recorded_at: datetime) -> Entry:
    """The entry that `draft` becomes right after `after`, hashed and ready to store."""
    entry = Entry(
        position=after.position + 1,
        stream=draft.stream,
        version=version,
        type=draft.payload.TYPE,
        schema=draft.payload.SCHEMA,
        key=draft.key,
        recorded_at=recorded_at,
        payload=encode(draft.payload),
        previous=after.hash,
        hash="",
    )
    return msgspec.structs.replace(entry, hash=entry_hash(entry))
