"""Policy state in SQL: the answers of an index, each with the days of both clocks it holds for.

Owns the projection `spans`: when it is made anew, which provisions of it, and
that a reader sees the old one or the new one, never half of each. What a state
is comes from the core; how it lies in columns belongs to `span_rows`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    and_,
    bindparam,
    delete,
    insert,
    or_,
    select,
    update,
)

from tracker.core.entries import Head
from tracker.core.fingerprints import fingerprints
from tracker.core.index import Index, Place
from tracker.core.rectangles import rectangles
from tracker.core.rows import ProvisionState
from tracker.store.sessions import reading, writing
from tracker.store.span_places import digests_in, put_places
from tracker.store.span_rows import state_in, values_of
from tracker.store.tables import entries, projections, span_places, spans

__all__ = ["MadeFrom", "Refreshed", "SqlSpans", "made_from_in"]

_NAME = "spans"


@dataclass(frozen=True, slots=True)
class MadeFrom:
    """What spans are made from: a ledger entry, the policy day, the program's version."""

    position: int
    hash: str
    as_of: date | None
    version: str


_UNREADABLE = MadeFrom(0, "", None, "")


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did: how many provisions it wrote anew or removed, and spans it wrote."""

    made_from: MadeFrom
    rewritten: int = 0
    removed: int = 0
    written: int = 0


_Values = list[dict[str, object]]


class SqlSpans:
    """The spans in the database of `engine`; safe to share between threads and processes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def made_from(self) -> MadeFrom | None:
        """What the spans that are there were made from, None where there are none.

        Raises: OperationFailed if the store cannot be read.
        """
        with reading(self._engine) as connection:
            return made_from_in(connection)

    def refresh(self, index: Index, *, version: str, rebuild: bool = False) -> Refreshed:
        """Bring the spans to what `index` answers; all or nothing, durable on return.

        Idempotent: nothing is written where they were made from the same entry
        and day by the same `version`. Only provisions whose answers can have
        changed are worked out (all with `rebuild`), before the write lock is
        taken. Spans that another process made from later entries are left.
        Raises: OperationFailed if the store cannot be read or written.
        """
        head = index.world.head
        wanted = MadeFrom(head.position, head.hash, index.world.known_until, version)
        while True:
            with reading(self._engine) as connection:
                held = made_from_in(connection)
                digests = {} if rebuild else digests_in(connection)
            if held == wanted and not rebuild:
                return Refreshed(wanted)
            now = fingerprints(index, rules=version)
            stale = [place for place in now if digests.get(place) != now[place]]
            rows = _rows(index, stale)
            with writing(self._engine) as connection:
                found = made_from_in(connection)
                if found != held:
                    continue  # somebody else was quicker: see what is left to do
                if held is not None and _holds_later(connection, held, head):
                    return Refreshed(held)
                before = digests_in(connection)
                gone = [place for place in before if place not in now]
                _replace(connection, None if rebuild else [*stale, *gone], rows)
                if list(before.items()) != list(now.items()):
                    put_places(connection, index.world, now)
                _note(connection, wanted)
            return Refreshed(wanted, len(stale), len(gone), len(rows))

    def state(self, *, on: date, announced_by: date | None = None) -> tuple[ProvisionState, ...]:
        """Every provision that has something to say at a viewpoint; as `Index.state`.

        Raises: OperationFailed if the store cannot be read.
        """
        query = (
            select(spans)
            .join(
                span_places,
                and_(
                    spans.c.measure == span_places.c.measure,
                    spans.c.provision == span_places.c.provision,
                ),
            )
            .where(_at(on, announced_by))
            .order_by(span_places.c.number)
        )
        with reading(self._engine) as connection:
            return tuple(state_in(row) for row in connection.execute(query).mappings())

    def row(
        self, place: Place, *, on: date, announced_by: date | None = None
    ) -> ProvisionState | None:
        """One provision at a viewpoint, None where nothing can be said; as `Index.row`.

        Raises: OperationFailed if the store cannot be read.
        """
        query = select(spans).where(_of(place), _at(on, announced_by))
        with reading(self._engine) as connection:
            found = connection.execute(query).mappings().one_or_none()
        return None if found is None else state_in(found)


def _of(place: Place) -> ColumnElement[bool]:
    return and_(spans.c.measure == place[0], spans.c.provision == place[1])


def _at(on: date, announced_by: date | None) -> ColumnElement[bool]:
    day = on.isoformat()
    days = and_(spans.c.on_from <= day, or_(spans.c.on_until.is_(None), spans.c.on_until > day))
    if announced_by is None:
        return and_(spans.c.known_until.is_(None), days)
    known = announced_by.isoformat()
    still = or_(spans.c.known_until.is_(None), spans.c.known_until > known)
    return and_(spans.c.known_from <= known, still, days)


def made_from_in(connection: Connection) -> MadeFrom | None:
    """What the spans seen by `connection` were made from, None where there are none.

    A note that does not read is one of no version: the spans are made anew.
    """
    table = projections.c
    query = select(table.position, table.hash, table.as_of, table.version)
    row = connection.execute(query.where(table.name == _NAME)).first()
    if row is None:
        return None
    position, hashed, as_of, version = row
    try:
        day = None if as_of is None else date.fromisoformat(as_of)
    except (TypeError, ValueError):
        return _UNREADABLE
    if (type(position), type(hashed), type(version)) != (int, str, str):
        return _UNREADABLE
    return MadeFrom(position, hashed, day, version)


def _holds_later(connection: Connection, held: MadeFrom, head: Head) -> bool:
    """Whether the spans were made from an entry of this ledger that comes after `head`."""
    if held.position <= head.position:
        return False
    query = select(entries.c.hash).where(entries.c.position == held.position)
    return connection.execute(query).scalar_one_or_none() == held.hash


def _rows(index: Index, places: Iterable[Place]) -> _Values:
    found: _Values = []
    for place in places:
        found.extend(values_of(rectangle) for rectangle in rectangles(index, place))
        index.forget(place)
    return found


def _replace(connection: Connection, places: Sequence[Place] | None, rows: _Values) -> None:
    """Put `rows` in the place of the spans of `places`, of all for None."""
    if places is None:
        connection.execute(delete(spans))
    elif places:
        this = and_(
            spans.c.measure == bindparam("old_measure"),
            spans.c.provision == bindparam("old_provision"),
        )
        old = [{"old_measure": place[0], "old_provision": place[1]} for place in places]
        connection.execute(delete(spans).where(this), old)
    if rows:
        connection.execute(insert(spans), rows)


def _note(connection: Connection, made_from: MadeFrom) -> None:
    as_of = made_from.as_of
    values: dict[str, Any] = {
        "position": made_from.position,
        "hash": made_from.hash,
        "as_of": None if as_of is None else as_of.isoformat(),
        "version": made_from.version,
    }
    row = projections.c.name == _NAME
    changed = connection.execute(update(projections).where(row).values(values))
    if changed.rowcount == 0:
        connection.execute(insert(projections).values(name=_NAME, **values))
