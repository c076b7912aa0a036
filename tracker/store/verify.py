"""Walking the whole ledger and saying everything that is wrong with it.

Owns the checks behind `tracker verify` that only the database can answer; what
an entry must be is held by `walking`, what the spans must be by `replaying`. It
never stops at the first finding and never mends anything. What it cannot see is
a tail cut off cleanly: compare the head, or a checkpoint, with one noted elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Engine, func, inspect, or_, select

from tracker.core.entries import Head
from tracker.errors import LedgerBroken
from tracker.store.dialects import dialect_of
from tracker.store.evidence import unpack
from tracker.store.replaying import span_findings, span_note
from tracker.store.rows import instant_of
from tracker.store.sessions import reading, translated
from tracker.store.sql import walk_entries
from tracker.store.tables import entries, evidence, metadata
from tracker.store.walking import Walk

__all__ = ["Verdict", "verify"]

_STEP = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a walk found. `findings` is empty for a sound ledger; each is one line.

    `root` is that of the Merkle tree over all entries, in base64 as in a
    checkpoint; None if anything was found, for nothing is proven of it then.
    `notes` are lines on what was not checked, and why.
    """

    entries: int
    streams: int
    evidence_blobs: int
    head: Head
    findings: tuple[str, ...]
    root: str | None = None
    notes: tuple[str, ...] = ()


def verify(
    engine: Engine,
    *,
    version: str | None = None,
    progress: Callable[[int], None] | None = None,
) -> Verdict:
    """Walk everything the ledger holds, in one snapshot, and say all that is wrong.

    With the program's `version` the spans are worked out anew from the ledger
    and compared, if that version made them. `progress` is told the number of
    entries walked, now and then. Reads only. Memory grows with the number of
    blobs (a digest each), not of entries; with `version` also with the events
    of the world that the spans are made from.

    Raises: OperationFailed if the database cannot be read at all.
    """
    findings: list[str] = []
    notes: list[str] = []
    walk, digests, streams = Walk(), frozenset[str](), 0
    with reading(engine) as connection:
        with _damage_told(engine, findings):
            findings.extend(dialect_of(connection).integrity_findings(connection))
        missing = sorted(metadata.tables.keys() - set(inspect(connection).get_table_names()))
        if missing:
            findings.extend(f"the table {name} is gone" for name in missing)
        else:
            findings.extend(_trigger_findings(connection))
            with _damage_told(engine, findings):
                digests = _check_evidence(connection, findings)
                walk = Walk(evidence=digests)
            with _damage_told(engine, findings):
                findings.extend(_walk(connection, walk, progress))
            with _damage_told(engine, findings):
                findings.extend(_stream_findings(connection))
                findings.extend(_key_findings(connection))
                distinct = func.count(entries.c.stream.distinct())
                streams = int(connection.execute(select(distinct)).scalar_one())
            if version is not None:
                with _damage_told(engine, findings):
                    _check_spans(connection, version, findings, notes)
    return Verdict(
        entries=walk.count,
        streams=streams,
        evidence_blobs=len(digests),
        head=walk.head,
        root=None if findings else walk.root,
        findings=_lines(findings),
        notes=_lines(notes),
    )


def _lines(found: list[str]) -> tuple[str, ...]:
    return tuple(" ".join(line.split()) for line in found)


@contextmanager
def _damage_told(engine: Engine, findings: list[str]) -> Iterator[None]:
    """Go on with the next check where pages of the file cannot be read."""
    try:
        with translated(engine):
            yield
    except LedgerBroken as error:
        findings.append(error.message)


def _walk(
    connection: Connection, walk: Walk, progress: Callable[[int], None] | None
) -> Iterator[str]:
    for row in walk_entries(connection):
        yield from walk.take(row)
        if progress is not None and walk.count % _STEP == 0:
            progress(walk.count)
    if progress is not None:
        progress(walk.count)


def _trigger_findings(connection: Connection) -> Iterator[str]:
    dialect = dialect_of(connection)
    wanted, present = dialect.TRIGGERS, dialect.triggers_present(connection)
    for name, (table, text) in wanted.items():
        if name not in present:
            yield f"the trigger {name} that guards {table} is gone"
        elif present[name] != text:
            yield f"the trigger {name} that guards {table} has been changed"
    for name in sorted(present.keys() - wanted.keys()):
        yield f"there is a trigger {name} that does not belong here"


def _check_evidence(connection: Connection, findings: list[str]) -> frozenset[str]:
    """The digests held; what is wrong with the blobs is added to `findings`."""
    columns = evidence.c
    query = select(columns.digest, columns.encoding, columns.body, columns.size, columns.stored_at)
    digests: set[str] = set()
    with connection.execute(query.execution_options(yield_per=8)) as result:
        for digest, encoding, body, size, stored_at in result:
            digests.add(digest)
            try:
                unpack(digest, encoding, body, size)
                instant_of(stored_at)
            except LedgerBroken as error:
                findings.append(error.message)
            except (ValueError, TypeError):
                findings.append(f"the evidence {digest} has no readable instant")
    return frozenset(digests)


def _stream_findings(connection: Connection) -> Iterator[str]:
    """Entries whose version is not their place among those of their stream."""
    if _streams_are_whole(connection):
        return
    place = (
        func.row_number()
        .over(partition_by=entries.c.stream, order_by=entries.c.position)
        .label("place")
    )
    numbered = select(entries.c.position, entries.c.stream, entries.c.version, place).subquery()
    query = (
        select(numbered).where(numbered.c.version != numbered.c.place).order_by(numbered.c.position)
    )
    for position, stream, version, place_of in connection.execute(query):
        yield (
            f"position {position}: version {version} of {stream} stands where "
            f"version {place_of} belongs"
        )


def _streams_are_whole(connection: Connection) -> bool:
    """Whether versions count from 1 by ones as positions rise: one pass over an index."""

    def earlier(column: ColumnElement[int]) -> ColumnElement[int]:
        return func.lag(column, 1, 0).over(
            partition_by=entries.c.stream, order_by=entries.c.version
        )

    version, position = entries.c.version, entries.c.position
    beside = select(
        version,
        position,
        earlier(version).label("version_before"),
        earlier(position).label("position_before"),
    ).subquery()
    amiss = or_(
        beside.c.version != beside.c.version_before + 1,
        beside.c.position <= beside.c.position_before,
    )
    return connection.execute(select(beside.c.position).where(amiss).limit(1)).first() is None


def _key_findings(connection: Connection) -> Iterator[str]:
    """Idempotency keys held more than once."""
    query = (
        select(entries.c.key, func.min(entries.c.position), func.count())
        .group_by(entries.c.key)
        .having(func.count() > 1)
    )
    for key, position, count in connection.execute(query):
        yield f"position {position}: its key {key} is held {count} times"


def _check_spans(
    connection: Connection, version: str, findings: list[str], notes: list[str]
) -> None:
    """Compare the spans with a replay, unless the ledger itself does not hold."""
    if findings:
        notes.append("the spans were not compared: they follow from a ledger that is whole")
        return
    note = span_note(connection, version)
    if note is None:
        findings.extend(span_findings(connection, version))
    else:
        notes.append(note)
