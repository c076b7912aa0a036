"""Synthetic worlds of any size with the shape of the real record, and their ledgers.

Owns sizes, spread in time and skew: how many measures there are, how long each
one lives and in which years. The same size and seed give the same world.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import islice
from math import log
from pathlib import Path
from random import Random
from statistics import median

from tests.bench.lives import Life
from tests.bench.prose import pick, seeded
from tests.bench.turns import turn
from tracker.core.codec import content_key, encode, instant_text
from tracker.core.entries import Draft, EventCorrected, EventRecorded, MeasureDefined, Payload
from tracker.core.events import Event, Text, order_of
from tracker.core.measures import Measure, Provision
from tracker.core.world import Line, World, fold_lines
from tracker.store.database import create_database, open_engine
from tracker.store.sql import SqlLedger

__all__ = [
    "FIRST",
    "LAST",
    "Shape",
    "Synthetic",
    "ledger_of",
    "payloads",
    "read_back",
    "shape_of",
    "synthetic",
]

FIRST = date(1986, 11, 1)
LAST = date(2026, 11, 1)
"""Every announcement lies in `[FIRST, LAST)`: forty years."""

_EVENTS_EACH = 20
"""Events of a measure on average. Two provisions each make one provision in ten events."""
_SKEW = 0.9
"""Sigma of the log-normal spread of events over measures: a few measures have hundreds."""
_PROVISIONS = (1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 4, 5)
_IMPOSERS = (("US", "CA"), ("US", "MX"), ("US", "*"), ("CA", "US"), ("MX", "US"))
_AUTHORITIES = ("IEEPA", "Section 232", "Section 301", "Customs Tariff", "LIGIE")
_ORIGINS = ("any", "any", "not_usmca", "usmca")
_RECORDED = datetime(2026, 11, 1, tzinfo=UTC)
_BATCH = 500
_CORRECTED_EVERY = 200
"""One event in so many is corrected once in the ledger."""


@dataclass(frozen=True, slots=True)
class Synthetic:
    """Measures in order of definition; events in the order in which they were announced."""

    measures: tuple[Measure, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a world measures: counts, and bytes of payload and layers by provision."""

    events: int
    measures: int
    provisions: int
    effects_per_event: float
    silent_share: float
    payload_median: float
    layers_median: float
    layers_p99: int
    layers_max: int


def synthetic(size: int, *, seed: int = 1) -> Synthetic:
    """A world of exactly `size` events, the same for the same `size` and `seed`."""
    rng = seeded(f"{seed}/{size}")
    measures: list[Measure] = []
    events: list[Event] = []
    numbers: dict[date, int] = {}
    while len(events) < size:
        measure = _measure(rng, len(measures))
        measures.append(measure)
        wanted = min(_how_many(rng), size - len(events))
        life = Life(rng, measure, numbers)
        events.extend(turn(life, day) for day in _days(rng, wanted))
    return Synthetic(tuple(measures), tuple(sorted(events, key=order_of)))


def _how_many(rng: Random) -> int:
    middle = log(_EVENTS_EACH) - _SKEW**2 / 2
    return max(1, round(rng.lognormvariate(middle, _SKEW)))


def _days(rng: Random, count: int) -> list[date]:
    """The days of a life in order: an event every two weeks to three months, in the forty years."""
    whole = (LAST - FIRST).days
    span = min(whole, 30 + int(count * (15 + rng.random() * 75)))
    start = rng.random() * (whole - span)
    offsets = sorted(start + rng.random() * span for _ in range(count))
    return [FIRST + timedelta(days=int(offset)) for offset in offsets]


def _measure(rng: Random, number: int) -> Measure:
    imposer, target = pick(rng, _IMPOSERS)
    return Measure(
        key=f"{imposer.lower()}.bench.m{number}",
        imposer=imposer,
        authority=pick(rng, _AUTHORITIES),
        title=Text(en=f"Synthetic measure number {number}"),
        provisions=tuple(
            Provision(
                key=f"part{place}",
                products=Text(en=f"Goods of part {place} of the list"),
                targets=(target,),
                origin=pick(rng, _ORIGINS),
                hts=(f"9903.{int(rng.random() * 100):02d}.{place:02d}",),
            )
            for place in range(pick(rng, _PROVISIONS))
        ),
    )


def shape_of(world: Synthetic) -> Shape:
    """What the world measures; payload bytes from every hundredth event at most."""
    layers = Counter((x.measure, x.provision) for event in world.events for x in event.effects)
    sizes = sorted(layers.values())
    sample = world.events[:: max(1, len(world.events) // 2000)]
    return Shape(
        events=len(world.events),
        measures=len(world.measures),
        provisions=sum(len(measure.provisions) for measure in world.measures),
        effects_per_event=sum(sizes) / len(world.events),
        silent_share=sum(not event.effects for event in world.events) / len(world.events),
        payload_median=median(len(encode(EventRecorded(event=event))) for event in sample),
        layers_median=median(sizes),
        layers_p99=sizes[int(len(sizes) * 0.99)],
        layers_max=sizes[-1],
    )


def payloads(world: Synthetic) -> Iterator[tuple[str, int, Payload]]:
    """What a ledger of the world holds, in order: stream, version, payload."""
    for measure in world.measures:
        yield f"measure/{measure.key}", 1, MeasureDefined(measure=measure)
    for number, event in enumerate(world.events):
        yield f"event/{event.id}", 1, EventRecorded(event=event)
        if number % _CORRECTED_EVERY == 0:
            corrected = EventCorrected(event=event, reason="A word was wrong.")
            yield f"event/{event.id}", 2, corrected


def read_back(world: Synthetic) -> World:
    """The world as it is read from a ledger: the same fold, with no ledger on disk."""
    recorded = instant_text(_RECORDED)
    return fold_lines(
        Line(position, payload.TYPE, payload.SCHEMA, recorded, encode(payload), "")
        for position, (_, _, payload) in enumerate(payloads(world), start=1)
    )


def ledger_of(world: Synthetic, file: Path) -> int:
    """Write the world into a new SQLite ledger at `file`; the number of its entries."""
    url = f"sqlite:///{file}"
    create_database(url, migrations=Path(__file__).resolve().parents[2] / "db/migrations")
    engine = open_engine(url)
    ledger = SqlLedger(engine)
    count = 0
    try:
        for batch in _batches(payloads(world)):
            ledger.append([_draft(*entry) for entry in batch], at=_RECORDED)
            count += len(batch)
    finally:
        engine.dispose()
    return count


def _draft(stream: str, version: int, payload: Payload) -> Draft:
    return Draft(stream=stream, key=content_key(stream, version, payload), payload=payload)


def _batches(
    entries: Iterable[tuple[str, int, Payload]],
) -> Iterator[Sequence[tuple[str, int, Payload]]]:
    rest = iter(entries)
    yield from iter(partial(_next, rest), ())


def _next(
    rest: Iterator[tuple[str, int, Payload]],
) -> tuple[tuple[str, int, Payload], ...]:
    return tuple(islice(rest, _BATCH))
