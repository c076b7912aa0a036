"""The ledger in a database: the contract of `protocol` over SQLAlchemy Core.

Owns the statements on `entries`. What an append means is decided in
`deciding`; what a transaction is belongs to `sessions`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, bindparam, func, select

from tracker.core.codec import decode, instant_text
from tracker.core.entries import Draft, Entry, Head, Report, ReportChanged, ReportSeen
from tracker.core.world import Line
from tracker.store.appending import append_on, batches
from tracker.store.dialects import dialect_of
from tracker.store.protocol import Appended
from tracker.store.rows import COLUMNS, entry_of
from tracker.store.sessions import driving, reading
from tracker.store.tables import entries

__all__ = ["SqlLedger", "walk_entries"]

_ROWS_AT_ONCE = 256
_LINES_AT_ONCE = 1_000
_LAST_POSITION = 2**63 - 1

_columns = [entries.c[name] for name in COLUMNS]
_in_order = select(*_columns).order_by(entries.c.position)
_of_lines = select(*(entries.c[name] for name in Line._fields)).order_by(entries.c.position)
_last = select(*_columns).order_by(entries.c.position.desc()).limit(1)


def _latest_where(within: ColumnElement[bool]) -> Select[Any]:
    """The last entry of each stream. Made once: a poll asks it of every feed."""
    newest = (
        select(entries.c.stream, func.max(entries.c.version).label("version"))
        .where(within)
        .group_by(entries.c.stream)
        .subquery()
    )
    return select(*_columns).join(
        newest, and_(entries.c.stream == newest.c.stream, entries.c.version == newest.c.version)
    )


_latest_among = _latest_where(entries.c.stream.in_(bindparam("streams", expanding=True)))
_latest_between = _latest_where(
    and_(entries.c.stream >= bindparam("first"), entries.c.stream < bindparam("end"))
)


class SqlLedger:
    """The `Ledger` contract on the database of `engine`; safe to share between threads.

    Appends of all processes are serialised by the database's write lock.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._dialect = dialect_of(engine)

    def append(self, drafts: Sequence[Draft], *, at: datetime) -> tuple[Appended, ...]:
        """Append a batch whole or not at all, durable on return; see `Ledger.append`.

        Raises: AppendConflict, ValueError and OperationFailed as the contract
        says; LedgerBroken if the database refuses an entry or holds a bad row.
        """
        if at.tzinfo is None:
            raise ValueError("the instant of an append must say its time zone")
        if not drafts:
            return ()
        with driving(self._engine) as cursor:
            return append_on(cursor, drafts, at=at, dialect=self._dialect)

    def read(self, *, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        """Entries with `after < position <= until` in order, from one snapshot.

        The snapshot is taken at the first step and given back when the iterator
        ends or is closed; a bounded number of rows is held at a time.
        Raises: OperationFailed if the store cannot be read; LedgerBroken for a bad row.
        """
        with reading(self._engine) as connection:
            yield from map(entry_of, _rows(connection, after, until))

    def lines(
        self, *, until: int | None = None, recorded_until: datetime | None = None
    ) -> Iterator[Line]:
        """What a world is folded from, up to a position and an instant; see `Ledger.lines`.

        The snapshot is taken at the first step, as by `read`. Raises: as `read`.
        """
        query = _of_lines
        if until is not None:
            query = query.where(entries.c.position <= min(until, _LAST_POSITION))
        if recorded_until is not None:
            # Instants are spelled so that they sort as text.
            query = query.where(entries.c.recorded_at <= instant_text(recorded_until))
        chunked = query.execution_options(yield_per=_LINES_AT_ONCE)
        with reading(self._engine) as connection, connection.execute(chunked) as result:
            for rows in result.partitions():
                yield from rows  # type: ignore[misc]  # rows with the fields of a line

    def stream(self, name: str) -> tuple[Entry, ...]:
        """The entries of one stream in order of version; empty if there is none.

        Raises: as `read`.
        """
        query = select(*_columns).where(entries.c.stream == name).order_by(entries.c.version)
        with reading(self._engine) as connection:
            return tuple(entry_of(row) for row in connection.execute(query))

    def under(self, prefix: str) -> tuple[Entry, ...]:
        """The entries of every stream under `prefix` (it ends in a slash), in order of position.

        Raises: as `read`.
        """
        # Streams sort by their bytes: "0" follows "/".
        within = and_(entries.c.stream >= prefix, entries.c.stream < f"{prefix[:-1]}0")
        with reading(self._engine) as connection:
            return tuple(entry_of(row) for row in connection.execute(_in_order.where(within)))

    def head(self) -> Head:
        """The last position and its hash; position 0 for an empty ledger. Raises: as `read`."""
        with reading(self._engine) as connection:
            row = connection.execute(_last).first()
        if row is None:
            return Head()
        last = entry_of(row)
        return Head(position=last.position, hash=last.hash)

    def latest_reports(self, source: str) -> dict[str, tuple[str, int]]:
        """Identity to content hash and stream version of every report of `source`, as it is now.

        Reads the streams of that source only. Raises: as `read`.
        """
        # Streams sort by their bytes: "0" follows "/": every stream with the prefix.
        ends = {"first": f"report/{source}/", "end": f"report/{source}0"}
        return {
            report.identity: (report.content_hash, version)
            for _, report, version in self._latest(_latest_between, ends)
            if report.source == source  # a source's name may hold a slash
        }

    def latest_of(self, streams: Sequence[str]) -> dict[str, tuple[str, int]]:
        """Stream to content hash and version of those of the `streams` that hold a report.

        Raises: as `read`.
        """
        return {
            stream: (report.content_hash, version)
            for batch in batches(streams)
            for stream, report, version in self._latest(_latest_among, {"streams": batch})
        }

    def _latest(
        self, query: Select[Any], values: Mapping[str, object]
    ) -> list[tuple[str, Report, int]]:
        found: list[tuple[str, Report, int]] = []
        with reading(self._engine) as connection:
            for row in connection.execute(query, values):
                entry = entry_of(row)
                payload = decode(entry.type, entry.schema, entry.payload)
                if isinstance(payload, ReportSeen | ReportChanged):
                    found.append((entry.stream, payload.report, entry.version))
        return found


def walk_entries(connection: Connection) -> Iterator[Sequence[object]]:
    """Every row of the ledger as it lies, unchecked, in order of position."""
    yield from _rows(connection, 0, None)


def _rows(connection: Connection, after: int, until: int | None) -> Iterator[Sequence[object]]:
    query = _in_order
    if after > 0:  # a damaged ledger may hold rows below 1: a walk of all shows them
        query = query.where(entries.c.position > min(after, _LAST_POSITION))
    if until is not None:
        query = query.where(entries.c.position <= min(until, _LAST_POSITION))
    # The result is closed with the generator: an open cursor would hold its
    # snapshot, and the log file, for as long as the connection lives.
    with connection.execute(query.execution_options(yield_per=_ROWS_AT_ONCE)) as result:
        for rows in result.partitions():
            yield from rows
