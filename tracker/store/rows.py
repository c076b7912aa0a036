"""How an entry lies in a row and an instant in a column, and back.

Owns the checks on what comes back: a database is a file anybody can write to,
so a row is believed only once its types and spellings are right.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tracker.core.codec import instant_text
from tracker.core.entries import Entry
from tracker.errors import LedgerBroken

__all__ = ["COLUMNS", "entry_of", "instant_of", "row_of", "well_typed"]

COLUMNS = (
    "position",
    "stream",
    "version",
    "type",
    "schema",
    "key",
    "recorded_at",
    "payload",
    "previous",
    "hash",
)
"""The columns of `entries` in the order rows are read and written."""

_TYPES = (int, str, int, str, int, str, str, bytes, str, str)
_ADVICE = "Run `tracker verify` to see all that is wrong, and restore from a backup"


def instant_of(text: str) -> datetime:
    """The UTC instant `text` spells, in exactly the spelling of `codec.instant_text`.

    Raises: ValueError for any other text.
    """
    instant = datetime.fromisoformat(text)
    if instant_text(instant) != text:
        raise ValueError(f"{text!r} is not an instant as the ledger spells it")
    return instant


def well_typed(row: Sequence[Any]) -> bool:
    """Whether the values of a row of `COLUMNS` are of the types they should be."""
    return tuple(map(type, row)) == _TYPES


def row_of(entry: Entry) -> tuple[Any, ...]:
    """The values of an entry in the order of `COLUMNS`."""
    return (
        entry.position,
        entry.stream,
        entry.version,
        entry.type,
        entry.schema,
        entry.key,
        instant_text(entry.recorded_at),
        entry.payload,
        entry.previous,
        entry.hash,
    )


def entry_of(row: Sequence[Any]) -> Entry:
    """The entry in a row of `COLUMNS`. Its hash is not checked here.

    Raises: LedgerBroken if a value has a wrong type or the instant does not read.
    """
    for name, kind, value in zip(COLUMNS, _TYPES, row, strict=True):
        if type(value) is not kind:
            raise LedgerBroken(
                f"position {row[0]}: {name} holds {type(value).__name__}, not {kind.__name__}",
                _ADVICE,
            )
    try:
        recorded_at = instant_of(row[6])
    except ValueError as error:
        raise LedgerBroken(
            f"position {row[0]}: recorded_at {row[6]!r} is not an instant", _ADVICE
        ) from error
    return Entry(
        position=row[0],
        stream=row[1],
        version=row[2],
        type=row[3],
        schema=row[4],
        key=row[5],
        recorded_at=recorded_at,
        payload=row[7],
        previous=row[8],
        hash=row[9],
    )
