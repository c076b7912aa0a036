"""Copying a ledger into another database, entry by entry as it lies, checked on the way.

Owns what a copy is: everything that was recorded and the evidence behind it,
with hashes unchanged, and how the feeds are doing; not the spans, which are
made anew from it. All of it in one transaction of the target, read in one
snapshot of the source, so that either may be in use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Row, Table, func, insert, select
from sqlalchemy.engine.interfaces import DBAPICursor

from tracker.core.entries import Head
from tracker.errors import LedgerBroken, OperationFailed
from tracker.store.database import place_of
from tracker.store.dialects import dialect_of
from tracker.store.evidence import cited_in, unpack
from tracker.store.rows import COLUMNS, instant_of
from tracker.store.sessions import reading, writing
from tracker.store.tables import (
    alert_targets,
    alerts,
    due,
    entries,
    evidence,
    source_items,
    source_pauses,
    source_state,
)
from tracker.store.walking import Walk

__all__ = ["Copied", "copy_ledger"]

_ROWS_AT_ONCE, _BLOBS_AT_ONCE = 1_000, 16
_BLOBS = ("digest", "media_type", "encoding", "body", "size", "stored_at")
_OPERATIONAL = (source_state, source_items, source_pauses, due, alerts, alert_targets)
_RESTORE = "Nothing was copied: `tracker verify` says what is wrong with it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """What a copy did: how much is there now, and how much of it was new."""

    entries: int
    new_entries: int
    evidence_blobs: int
    new_blobs: int
    head: Head
    root: str


def copy_ledger(
    source: Engine,
    target: Engine,
    *,
    only_into_empty: bool = False,
    cited_only: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Copied:
    """Bring `target`, a ledger of this version, to what `source` holds; all or nothing.

    Idempotent: the target may hold the beginning of the same ledger already
    (nothing at all with `only_into_empty`), and only the rest is written. Every
    entry is held to its hash and its link before it counts, every blob to its
    digest. With `cited_only` evidence that no entry names stays behind. How feeds are
    doing is copied where the target knows of none.
    `progress` is told the number of entries gone through, now and then. Memory
    grows with the number of blobs (a digest each), not of entries.

    Raises: OperationFailed if the target holds something else, or either cannot
    be read or written; LedgerBroken if the source does not hold.
    """
    with reading(source) as reader, writing(target) as writer:
        held = _held(writer)
        _check_target(reader, writer, source, target, held, only_into_empty=only_into_empty)
        cursor = _cursor(writer)
        digests, new_blobs = _copy_evidence(reader, writer, cursor, target, cited_only=cited_only)
        walk = _copy_entries(
            reader, cursor, target, held=held, walk=Walk(evidence=digests), progress=progress
        )
        cursor.close()
        for table in _OPERATIONAL:
            _copy_operational(reader, writer, table)
        root = walk.root
        if root is None:  # never: a row that does not read has been refused
            raise LedgerBroken(f"the ledger in {place_of(source)} has no root", _RESTORE)
    return Copied(
        entries=walk.count,
        new_entries=walk.count - held.position,
        evidence_blobs=len(digests),
        new_blobs=new_blobs,
        head=walk.head,
        root=root,
    )


def _cursor(connection: Connection) -> DBAPICursor:
    cursor: DBAPICursor = connection.connection.cursor()
    return cursor


def _held(connection: Connection) -> Head:
    columns = entries.c
    query = select(columns.position, columns.hash).order_by(columns.position.desc()).limit(1)
    row = connection.execute(query).first()
    return Head() if row is None else Head(position=row.position, hash=row.hash)


def _check_target(
    reader: Connection,
    writer: Connection,
    source: Engine,
    target: Engine,
    held: Head,
    *,
    only_into_empty: bool,
) -> None:
    """Raises: OperationFailed unless the target holds the beginning of the source, or nothing."""
    if only_into_empty:
        blobs = writer.execute(select(func.count()).select_from(evidence)).scalar_one()
        if held.position or blobs:
            raise OperationFailed(
                f"{place_of(target)} holds a ledger already "
                f"({held.position} entries, {blobs} pieces of evidence)",
                "Name an empty place in TRACKER_HOME or TRACKER_DATABASE_URL: "
                "nothing is ever written over",
            )
    if held.position == 0:
        return
    query = select(entries.c.hash).where(entries.c.position == held.position)
    there = reader.execute(query).scalar_one_or_none()
    if there == held.hash:
        return
    theirs = f"{place_of(target)} holds {held.position} entries that {place_of(source)} does not"
    raise OperationFailed(
        theirs, "Copy into an empty database, or into an earlier copy of this one"
    )


def _copy_evidence(
    reader: Connection,
    writer: Connection,
    cursor: DBAPICursor,
    target: Engine,
    *,
    cited_only: bool,
) -> tuple[frozenset[str], int]:
    """The digests that the target holds then, and how many of them are new."""
    held = set(writer.execute(select(evidence.c.digest)).scalars())
    wanted = set(reader.execute(select(evidence.c.digest)).scalars()) - held
    if cited_only:
        wanted &= cited_in(reader)
    query = select(*(evidence.c[name] for name in _BLOBS)).order_by(evidence.c.digest)
    if wanted:
        for rows in _batches(reader, query, _BLOBS_AT_ONCE):
            new = [tuple(row) for row in rows if row[0] in wanted]
            for digest, _, encoding, body, size, stored_at in new:
                unpack(digest, encoding, body, size)
                _check_instant(digest, stored_at)
            if new:
                dialect_of(target).insert_rows(cursor, evidence.name, _BLOBS, new)
    return frozenset(held | wanted), len(wanted)


def _check_instant(digest: str, text: object) -> None:
    try:
        instant_of(str(text))
    except ValueError as error:
        raise LedgerBroken(f"the evidence {digest} has no readable instant", _RESTORE) from error


def _copy_entries(
    reader: Connection,
    cursor: DBAPICursor,
    target: Engine,
    *,
    held: Head,
    walk: Walk,
    progress: Callable[[int], None] | None,
) -> Walk:
    query = select(*(entries.c[name] for name in COLUMNS)).order_by(entries.c.position)
    for rows in _batches(reader, query, _ROWS_AT_ONCE):
        for row in rows:
            faults = walk.take(row)
            if faults:
                raise LedgerBroken(" ".join(faults[0].split()), _RESTORE)
        new = [tuple(row) for row in rows if row[0] > held.position]
        if new:
            dialect_of(target).insert_rows(cursor, entries.name, COLUMNS, new)
        if progress is not None:
            progress(walk.count)
    return walk


def _batches(connection: Connection, query: Any, at_once: int) -> Iterator[Sequence[Row[Any]]]:
    with connection.execute(query.execution_options(yield_per=at_once)) as result:
        yield from result.partitions()


def _copy_operational(reader: Connection, writer: Connection, table: Table) -> None:
    if writer.execute(select(func.count()).select_from(table)).scalar_one():
        return
    rows = [dict(row) for row in reader.execute(select(table)).mappings()]
    if rows:
        writer.execute(insert(table), rows)
