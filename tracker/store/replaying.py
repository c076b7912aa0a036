"""Whether the spans are what the ledger says: the projection worked out anew and compared.

Owns that comparison and what to say of a difference. It writes nothing and
mends nothing: spans that differ are made anew by `tracker spans --rebuild`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, select

from tracker.core.fingerprints import fingerprints
from tracker.core.index import Index, Place
from tracker.core.rectangles import rectangles
from tracker.core.world import Line, World, fold_lines
from tracker.store.span_places import countries_of
from tracker.store.span_rows import values_of
from tracker.store.spans import MadeFrom, made_from_in
from tracker.store.tables import entries, span_countries, span_places, spans

__all__ = ["span_findings", "span_note"]

_ADVICE = "`tracker spans --rebuild` makes them anew"


def span_note(connection: Connection, version: str) -> str | None:
    """Why the spans cannot be compared, None if they can be.

    Spans made from an earlier entry can: the ledger as it stood then is replayed.
    """
    held = made_from_in(connection)
    if held is None:
        return "there are no spans to compare: `tracker spans` makes them"
    if held.version != version:
        made = f"version {held.version}" if held.version else "an unknown version"
        return f"the spans were made by {made}, not by this one: {_ADVICE}"
    return None


def span_findings(connection: Connection, version: str) -> Iterator[str]:
    """Every provision whose spans differ from a replay, a line for each.

    Raises: LedgerBroken if the ledger cannot be replayed.
    """
    held = made_from_in(connection)
    if held is None:
        return
    world = _world(connection, held)
    if world.head.position != held.position or world.head.hash != held.hash:
        yield f"the spans were made from an entry not found at position {held.position}: {_ADVICE}"
        return
    index = Index(world)
    wanted = fingerprints(index, rules=version)
    if _places(connection) != [
        (*place, n, digest) for n, (place, digest) in enumerate(wanted.items())
    ]:
        yield f"the provisions in span_places are not those of the ledger: {_ADVICE}"
    if _countries(connection) != sorted(countries_of(world, wanted), key=repr):
        yield f"the countries in span_countries are not those of the ledger: {_ADVICE}"
    yield from _stray(connection, wanted)
    for place in wanted:
        expected = [values_of(one) for one in rectangles(index, place)]
        index.forget(place)
        yield from _differences(place, expected, _rows(connection, place))


def _world(connection: Connection, held: MadeFrom) -> World:
    query = (
        select(*(entries.c[name] for name in Line._fields))
        .where(entries.c.position <= held.position)
        .order_by(entries.c.position)
        .execution_options(yield_per=1_000)
    )
    with connection.execute(query) as result:
        lines = (row for rows in result.partitions() for row in rows)
        return fold_lines(lines, known_until=held.as_of)


def _places(connection: Connection) -> list[tuple[Any, ...]]:
    table = span_places.c
    query = select(table.measure, table.provision, table.number, table.digest)
    return [tuple(row) for row in connection.execute(query.order_by(table.number))]


def _countries(connection: Connection) -> list[tuple[Any, ...]]:
    table = span_countries.c
    query = select(table.country, table.measure, table.provision)
    return sorted((tuple(row) for row in connection.execute(query)), key=repr)


def _stray(connection: Connection, wanted: Mapping[Place, str]) -> Iterator[str]:
    found = connection.execute(select(spans.c.measure, spans.c.provision).distinct())
    for measure, provision in sorted((tuple(row) for row in found), key=repr):
        if (measure, provision) not in wanted:
            yield f"there are spans of {measure}.{provision}, which the ledger does not define"


def _rows(connection: Connection, place: Place) -> list[dict[str, object]]:
    query = select(spans).where(spans.c.measure == place[0], spans.c.provision == place[1])
    return [dict(row) for row in connection.execute(query).mappings()]


def _differences(
    place: Place, expected: Iterable[dict[str, object]], held: Iterable[dict[str, object]]
) -> Iterator[str]:
    ours, theirs = _by_corner(expected), _by_corner(held)
    if ours == theirs:
        return
    missing, extra = ours.keys() - theirs.keys(), theirs.keys() - ours.keys()
    told = [f"{len(missing)} missing"] if missing else []
    if extra:
        told.append(f"{len(extra)} too many")
    for corner in sorted(ours.keys() & theirs.keys(), key=str):
        names = [name for name in ours[corner] if ours[corner][name] != theirs[corner].get(name)]
        if names:
            told.append(f"{', '.join(names)} from {corner[1]} as known from {corner[0]}")
            break  # the first says what kind of difference it is
    yield f"the spans of {'.'.join(place)} differ from a replay ({'; '.join(told)}): {_ADVICE}"


def _by_corner(rows: Iterable[dict[str, object]]) -> dict[tuple[object, object], dict[str, object]]:
    return {(row["known_from"], row["on_from"]): row for row in rows}
