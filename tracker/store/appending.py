"""The way in to the ledger: what an append reads and writes, with as little between as can be.

Owns the statements of an append, on the driver's own cursor: compiling them
anew and wrapping each row took longer than all else a single entry needs.
What an append means is decided in `deciding`; it must not know how a
transaction begins or ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

from sqlalchemy import func, select
from sqlalchemy.engine.interfaces import DBAPICursor

from tracker.core.entries import Draft, Entry, Head
from tracker.store.deciding import Tail, decide
from tracker.store.dialect import Dialect
from tracker.store.protocol import Appended
from tracker.store.rows import COLUMNS, entry_of, row_of
from tracker.store.tables import entries

__all__ = ["append_on", "batches"]

_VALUES_AT_ONCE = 500

_columns = [entries.c[name] for name in COLUMNS]
_ENTRIES = str(select(*_columns))
_COUNTS = str(select(entries.c.stream, func.max(entries.c.version)))
_LAST = f"{_ENTRIES} ORDER BY position DESC LIMIT 1"


def append_on(
    cursor: DBAPICursor, drafts: Sequence[Draft], *, at: datetime, dialect: Dialect
) -> tuple[Appended, ...]:
    """Append a batch inside the writing transaction of `cursor`, and the place of each draft.

    Raises: AppendConflict, ValueError as `decide`; LedgerBroken for a bad row
    where one is read; the driver's own errors.
    """
    added, places = decide(
        drafts,
        tail=_tail(cursor),
        held=_held(cursor, dialect, [draft.key for draft in drafts]),
        versions=_versions(cursor, dialect, [draft.stream for draft in drafts]),
        at=at,
    )
    if added:
        dialect.insert_rows(cursor, entries.name, COLUMNS, [row_of(entry) for entry in added])
    return places


def _tail(cursor: DBAPICursor) -> Tail:
    cursor.execute(_LAST)
    row = cursor.fetchone()
    if row is None:
        return Tail(Head())
    last = entry_of(row)
    return Tail(Head(position=last.position, hash=last.hash), last.recorded_at)


def _held(cursor: DBAPICursor, dialect: Dialect, keys: Sequence[str]) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for batch in batches(keys):
        condition, filled = dialect.any_of("key", batch)
        cursor.execute(f"{_ENTRIES} WHERE {condition}", filled)
        for row in cursor.fetchall():
            entry = entry_of(row)
            found[entry.key] = entry
    return found


def _versions(cursor: DBAPICursor, dialect: Dialect, streams: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for batch in batches(streams):
        condition, filled = dialect.any_of("stream", batch)
        cursor.execute(f"{_COUNTS} WHERE {condition} GROUP BY stream", filled)
        found.update(cursor.fetchall())
    return found


def batches(values: Sequence[str]) -> Iterator[list[str]]:
    """The values, each once, so many at a time as one statement may name."""
    if len(values) == 1:
        yield [values[0]]
        return
    rest = iter(dict.fromkeys(values))
    while batch := list(islice(rest, _VALUES_AT_ONCE)):
        yield batch
