"""The peer of the cold start: the PyPI library `eventsourcing` on SQLite.

Owns its set-up: its SQLite recorder and its default `JSONTranscoder`. Payload
content is handed over as plain JSON data (days and rates as text), which
spares it a custom transcoding for every day and rate; the log is read through
its recorder in large steps and its mapper, which is quicker than sections of
ten. Three ways are offered: nested attributes in the order of the log, the
same as aggregates from its repository, and one attribute of text that msgspec
decodes into our own types.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from tests.bench.worlds import Synthetic, payloads
from tracker.core.codec import decode, encode
from tracker.core.entries import EventCorrected, EventRecorded, MeasureDefined, Payload
from tracker.core.events import concerned

__all__ = ["WAYS", "present", "read", "write"]

WAYS = {
    "nested": "nested attributes, read in the order of the log",
    "aggregates": "nested attributes, an aggregate for each measure",
    "packed": "one attribute of text, then msgspec",
}
_AT_ONCE = 1000


def present() -> bool:
    """Whether the library is installed."""
    return find_spec("eventsourcing") is not None


def _application(file: Path) -> Any:
    from eventsourcing.application import Application

    return Application(
        env={"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(file)}
    )


def write(world: Synthetic, file: Path, way: str) -> int:
    """Store what a ledger of the world holds in one of `WAYS`; the number of events stored."""
    application = _application(file)
    made = _said(world) if way == "aggregates" else _logged(world, way)
    count = 0
    while batch := list(islice(made, _AT_ONCE)):
        application.events.put(batch)
        count += len(batch)
    application.close()
    return count


def read(file: Path, way: str) -> int:
    """Replay everything and hold it; the number of events replayed."""
    application = _application(file)
    if way == "aggregates":
        held = [application.repository.get(uuid) for uuid in _ids(file)]
        count = sum(len(holder.contents) + 1 for holder in held)
    else:
        unpack = _unpacked if way == "packed" else _as_it_is
        count = len([unpack(found) for found in _replayed(application)])
    application.close()
    return count


def _replayed(application: Any) -> Iterator[Any]:
    start = 1
    while found := application.recorder.select_notifications(start=start, limit=_AT_ONCE):
        yield from map(application.mapper.to_domain_event, found)
        start = found[-1].id + 1


def _as_it_is(found: Any) -> Any:
    return found


def _unpacked(found: Any) -> Payload:
    return decode(found.sort, found.schema, found.content.encode())


def _plain(payload: Payload) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(encode(payload))
    return data


def _logged(world: Synthetic, way: str) -> Iterator[Any]:
    from tests.bench.peer_events import Nested, Packed

    for stream, version, payload in payloads(world):
        common = {
            "originator_id": uuid5(NAMESPACE_URL, stream),
            "originator_version": version,
            "timestamp": Nested.create_timestamp(),
            "sort": payload.TYPE,
        }
        if way == "packed":
            text = encode(payload).decode()
            yield Packed(**common, schema=payload.SCHEMA, content=text)
        else:
            yield Nested(**common, content=_plain(payload))


def _said(world: Synthetic) -> Iterator[Any]:
    """The events of one aggregate for each measure, aggregate after aggregate."""
    from tests.bench.peer_events import Holder

    said: dict[str, list[Payload]] = {}
    for _, _, payload in payloads(world):
        said.setdefault(_measure_of(payload), []).append(payload)
    for of_measure in said.values():
        holder = Holder()
        for payload in of_measure:
            holder.say(_plain(payload))
        yield from holder.collect_events()


def _measure_of(payload: Payload) -> str:
    if isinstance(payload, MeasureDefined):
        return payload.measure.key
    if isinstance(payload, EventRecorded | EventCorrected):
        # An event without a measure of its own (a withdrawal) goes by its id.
        return next(iter(concerned(payload.event)), payload.event.id)
    raise AssertionError(f"a synthetic ledger holds no {payload.TYPE}")


def _ids(file: Path) -> Sequence[UUID]:
    """Every aggregate's id, asked of the table itself: the library lists none."""
    import sqlite3

    with sqlite3.connect(file) as connection:
        rows = connection.execute("SELECT DISTINCT originator_id FROM stored_events").fetchall()
    return [UUID(text) for (text,) in rows]
