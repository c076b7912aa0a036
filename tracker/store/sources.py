"""Operational state beside the ledger: how each feed is doing, what is due when.

Owns the tables `source_state`, `source_items`, `source_pauses` and `due`. It is
replaced, never kept as history; losing it costs a poll, not a fact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Row,
    Table,
    TextClause,
    delete,
    insert,
    select,
    text,
    update,
)

from tracker.core.codec import instant_text
from tracker.errors import OperationFailed
from tracker.store.rows import instant_of
from tracker.store.sessions import reading, writing
from tracker.store.tables import due, source_items, source_pauses, source_state

__all__ = ["DueTimes", "Pause", "SourceState", "SourceStates"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What is known of one feed. Instants are aware and UTC; None is never or unknown.

    `failures` counts those since the last success; `last_error_kind` is a
    `SourceFailed.kind`; `moved_to` is where it said it has gone for good.
    `why` says in words why `next_due_at` is when it is; `asks` is what the feed
    asked of those who poll it, as JSON; `quiet` counts polls without news,
    `polls` all of them; bytes are those of bodies unpacked; `body_digest` is
    the SHA-256 of the last body read whole.
    """

    source: str
    etag: str | None = None
    last_modified: str | None = None
    next_due_at: datetime | None = None
    last_polled_at: datetime | None = None
    last_success_at: datetime | None = None
    last_new_at: datetime | None = None
    failures: int = 0
    last_error_kind: str | None = None
    last_error: str | None = None
    moved_to: str | None = None
    why: str | None = None
    asks: str | None = None
    quiet: int | None = None
    polls: int | None = None
    last_bytes: int | None = None
    total_bytes: int | None = None
    body_digest: str | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """A feed that rests: since when (UTC) and why, in somebody's words (may be empty)."""

    source: str
    paused_at: datetime
    reason: str


_INSTANTS = frozenset({"next_due_at", "last_polled_at", "last_success_at", "last_new_at"})
_NAMES = tuple(field.name for field in fields(SourceState))
_columns = [source_state.c[name] for name in _NAMES]


def _upsert(table: Table) -> TextClause:
    """Insert rows, each in the place of the one of its source. Both databases spell it so."""
    names = [column.name for column in table.columns]
    return text(
        f"INSERT INTO {table.name} ({', '.join(names)})"  # noqa: S608 - names of our own
        f" VALUES ({', '.join(f':{name}' for name in names)}) ON CONFLICT (source) DO UPDATE SET "
        + ", ".join(f"{name} = excluded.{name}" for name in names if name != "source")
    )


_put_states, _put_items = _upsert(source_state), _upsert(source_items)


class SourceStates:
    """The state of every feed, by its id; safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get(self, source: str) -> SourceState:
        """The state of a feed; a blank one if it has never been polled.

        Raises: OperationFailed if the store cannot be read.
        """
        query = select(*_columns).where(source_state.c.source == source)
        with reading(self._engine) as connection:
            row = connection.execute(query).first()
        return SourceState(source=source) if row is None else _state_of(row)

    def all(self) -> tuple[SourceState, ...]:
        """Every feed's state, ordered by id. Raises: OperationFailed if it cannot be read."""
        query = select(*_columns).order_by(source_state.c.source)
        with reading(self._engine) as connection:
            return tuple(_state_of(row) for row in connection.execute(query))

    def save(self, state: SourceState) -> None:
        """Replace the state of its feed, durable on return.

        Raises: ValueError for a naive instant; OperationFailed if it cannot be written.
        """
        self.save_all([state], {})

    def save_all(self, states: Sequence[SourceState], items: Mapping[str, bytes | None]) -> None:
        """Replace the states of several feeds at once, durable on return.

        `items` has what a feed held, by its id: bytes replace what is kept,
        None forgets it, a feed that is not in it keeps what it has.
        Raises: as `save`; nothing is replaced then.
        """
        rows = [_values(state) for state in states]
        kept = [{"source": name, "items": held} for name, held in items.items() if held is not None]
        gone = [name for name, held in items.items() if held is None]
        if not rows and not items:
            return
        with writing(self._engine) as connection:
            if rows:
                connection.execute(_put_states, rows)
            if kept:
                connection.execute(_put_items, kept)
            if gone:
                connection.execute(delete(source_items).where(source_items.c.source.in_(gone)))

    def items(self, source: str) -> bytes | None:
        """What the feed held when it was last read, as it was saved; None if that is not known.

        Raises: OperationFailed if the store cannot be read.
        """
        query = select(source_items.c["items"]).where(source_items.c.source == source)
        with reading(self._engine) as connection:
            held = connection.execute(query).scalar_one_or_none()
        return None if held is None else bytes(held)

    def pauses(self) -> dict[str, Pause]:
        """The feeds that rest, by their id. Raises: OperationFailed if it cannot be read."""
        query = select(
            source_pauses.c.source, source_pauses.c.paused_at, source_pauses.c.reason
        ).order_by(source_pauses.c.source)
        with reading(self._engine) as connection:
            rows = connection.execute(query).all()
        return {
            source: Pause(source, _instant("paused_at", source, at), reason)
            for source, at, reason in rows
        }

    def pause(self, source: str, *, at: datetime, reason: str = "") -> None:
        """Let a feed rest from `at` (UTC, aware) on, durable on return.

        Raises: ValueError for a naive instant; OperationFailed if it cannot be written.
        """
        values = {"source": source, "paused_at": instant_text(at), "reason": reason}
        with writing(self._engine) as connection:
            _put(connection, source_pauses, "source", values)

    def resume(self, source: str) -> bool:
        """Wake a feed that rests; True if it did. Raises: OperationFailed if it cannot be."""
        gone = delete(source_pauses).where(source_pauses.c.source == source)
        with writing(self._engine) as connection:
            return connection.execute(gone).rowcount > 0


class DueTimes:
    """When each named tick is due next; safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def due(self, name: str) -> datetime | None:
        """The UTC instant at which `name` is due, or None if it was never set.

        Raises: OperationFailed if the store cannot be read.
        """
        query = select(due.c.due_at).where(due.c.name == name)
        with reading(self._engine) as connection:
            said = connection.execute(query).scalar_one_or_none()
        return None if said is None else _instant("due", name, said)

    def set_due(self, name: str, instant: datetime) -> None:
        """Set when `name` is due, durable on return.

        Raises: ValueError for a naive instant; OperationFailed if it cannot be written.
        """
        with writing(self._engine) as connection:
            _put(connection, due, "name", {"name": name, "due_at": instant_text(instant)})


def _values(state: SourceState) -> dict[str, Any]:
    values = {name: getattr(state, name) for name in _NAMES}
    for name in _INSTANTS:
        if values[name] is not None:
            values[name] = instant_text(values[name])
    return values


def _put(connection: Connection, table: Table, key: str, values: dict[str, Any]) -> None:
    """Insert or replace one row. The write lock is held, so nobody comes between."""
    changed = connection.execute(update(table).where(table.c[key] == values[key]).values(values))
    if changed.rowcount == 0:
        connection.execute(insert(table).values(values))


def _state_of(row: Row[Any]) -> SourceState:
    values = dict(zip(_NAMES, row, strict=True))
    for name in _INSTANTS:
        if values[name] is not None:
            values[name] = _instant(name, values["source"], values[name])
    return SourceState(**values)


def _instant(column: str, name: str, said: str) -> datetime:
    try:
        return instant_of(said)
    except ValueError as error:
        raise OperationFailed(
            f"the database holds {said!r} as {column} of {name}, which is no instant",
            "Remove that row from the table; the next poll writes it anew",
        ) from error
