"""Appending: from typed payloads to durable, chained rows, beside a bare driver and a library.

Every contender gets the same payloads and syncs at every commit. Rounds are
taken in turns; each round has a new file. What is held against a limit is the
whole way: ours makes drafts with their keys and appends them, the library makes
aggregates and saves them, the bare driver inserts rows that are encoded already.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median

from tests.bench import ledger_peers as peers
from tests.bench.timing import Result, apart, arguments, of_rounds, seconds, show
from tests.bench.worlds import payloads, synthetic
from tracker.core.codec import content_key, encode
from tracker.core.entries import Draft, EventRecorded, Payload
from tracker.core.events import Effect, Event, Source, Text
from tracker.core.words import Kind, Status
from tracker.store.database import create_database, open_engine
from tracker.store.rows import row_of
from tracker.store.sql import SqlLedger

__all__ = [
    "MIGRATIONS",
    "RECORDED",
    "SHAPES",
    "TITLE",
    "drafts_of",
    "like_the_record",
    "ours",
    "run",
    "short",
]

TITLE = "Appending on SQLite"
MIGRATIONS = Path(__file__).resolve().parents[2] / "db/migrations"
RECORDED = datetime(2026, 11, 1, tzinfo=UTC)
_BATCH = 1_000
_OF_PEER, _OF_BARE, _OF_BARE_SINGLE = 3.5, 0.75, 0.75


def short(count: int) -> list[Payload]:
    """Events of a line or two, with one effect each."""
    source = Source(url="https://example.org/1", publisher="Example", title="One")
    first = date(2025, 1, 1)
    return [
        EventRecorded(
            event=Event(
                id=f"2025-01-01-number-{number}",
                kind=Kind.RATE_CHANGE,
                announced=first + timedelta(days=number % 300),
                title=Text(en="A rate changes"),
                summary=Text(en="From 10% to 25%."),
                sources=(source,),
                effects=(
                    Effect(
                        measure="us.bench",
                        provision="general",
                        status=Status.IN_FORCE,
                        rate_pct=Decimal(25),
                        effective_from=first,
                    ),
                ),
            )
        )
        for number in range(count)
    ]


def like_the_record(count: int) -> list[Payload]:
    """Payloads as the record has them, summaries and sources included."""
    return [payload for _, _, payload in islice(payloads(synthetic(count)), count)]


SHAPES: dict[str, Callable[[int], list[Payload]]] = {
    "short": short,
    "as in the record": like_the_record,
}


def drafts_of(made: Sequence[Payload], *, first: int = 0) -> list[Draft]:
    """A draft of each, in a stream of its own, with the key that its content gives it."""
    streams = (f"event/{number}" for number in range(first, first + len(made)))
    return [
        Draft(stream=stream, key=content_key(stream, 1, payload), payload=payload)
        for stream, payload in zip(streams, made, strict=True)
    ]


def run(events: int, *, rounds: int = 3) -> list[Result]:
    """Measure `events` payloads of each shape, in a process of its own."""
    return [told for shape in SHAPES for told in apart(measured, shape, events, rounds)]


def measured(shape: str, events: int, rounds: int) -> list[Result]:
    """As `run` for one shape, in this process."""
    made = SHAPES[shape](events)
    size = median(len(encode(payload)) for payload in made)
    rows = _rows(made)
    results = _batches(f"{shape}, {size:,.0f} B", made, rows, rounds)
    few = max(events // 20, 20)
    return results + _singles(f"{shape}, {size:,.0f} B", made[:few], rows[:few], rounds)


def _batches(
    shape: str, made: Sequence[Payload], rows: Sequence[tuple[object, ...]], rounds: int
) -> list[Result]:
    contenders: list[Callable[[], float]] = [
        partial(_rate, len(made), partial(_ours, made, at_once=_BATCH)),
        partial(_rate, len(made), partial(_ours, made, at_once=_BATCH, made_before=True)),
        partial(_rate, len(made), partial(_bare, rows, _BATCH, peers.INDEXES)),
        partial(_rate, len(made), partial(_bare, rows, _BATCH, "")),
    ]
    if peers.present():
        contenders += [
            partial(_rate, len(made), partial(_peer, made, _BATCH, made_before))
            for made_before in (False, True)
        ]
    whole, prepared, indexed, plain, *library = of_rounds(contenders, rounds)
    results = [
        _told(f"{shape}: batches of {_BATCH:,}, keys and all", whole),
        _told("from drafts that are there already", prepared),
        _told("bare driver, same indexes", indexed, f"x {_OF_BARE}", prepared / indexed, _OF_BARE),
        _told("bare driver, no indexes", plain, "", prepared / plain),
    ]
    if library:
        saved, ready = library
        results += [
            _told("`eventsourcing`, 1,000 aggregates", saved, f"x {_OF_PEER}", whole / saved, 3.5),
            _told("from aggregates that are there already", ready, "", prepared / ready),
        ]
    return results


def _singles(
    shape: str, made: Sequence[Payload], rows: Sequence[tuple[object, ...]], rounds: int
) -> list[Result]:
    contenders: list[Callable[[], float]] = [
        partial(_rate, len(made), partial(_ours, made, at_once=1)),
        partial(_rate, len(made), partial(_bare, rows, 1, peers.INDEXES)),
    ]
    if peers.present():
        contenders.append(partial(_rate, len(made), partial(_peer, made, 1, False)))
    whole, indexed, *library = of_rounds(contenders, rounds)
    share = _OF_BARE_SINGLE
    results = [
        _told(f"{shape}: one at a time, keys and all", whole),
        _told("bare driver, same indexes", indexed, f"x {share}", whole / indexed, share),
    ]
    if library:
        results.append(
            _told("`eventsourcing`, 1 aggregate", library[0], "x 1", whole / library[0], 1)
        )
    return results


def _told(
    what: str, rate: float, limit: str = "", ratio: float | None = None, least: float | None = None
) -> Result:
    figure = f"{rate:,.0f}/s" + ("" if ratio is None else f", ours x {ratio:.2f}")
    holds = None if ratio is None or least is None else ratio >= least
    return Result(what=what, figure=figure, limit=limit and f"ours >= {limit}", holds=holds)


def _rate(count: int, work: Callable[[Path], float]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        return count / work(Path(folder) / "ledger.db")


def ours(made: Sequence[Payload], url: str, *, at_once: int, made_before: bool = False) -> float:
    """Seconds that the ledger takes for payloads, so many a batch, in a database without tables."""
    create_database(url, migrations=MIGRATIONS)
    engine = open_engine(url)
    ledger = SqlLedger(engine)
    ledger.head()
    ready = drafts_of(made) if made_before else []

    def append() -> None:
        for start in range(0, len(made), at_once):
            part = slice(start, start + at_once)
            drafts = ready[part] if made_before else drafts_of(made[part], first=start)
            ledger.append(drafts, at=RECORDED)

    try:
        return seconds(append)
    finally:
        engine.dispose()


def _ours(made: Sequence[Payload], file: Path, *, at_once: int, made_before: bool = False) -> float:
    return ours(made, f"sqlite:///{file}", at_once=at_once, made_before=made_before)


def _bare(rows: Sequence[tuple[object, ...]], at_once: int, indexes: str, file: Path) -> float:
    return peers.bare_rows(rows, file, at_once=at_once, indexes=indexes)


def _peer(made: Sequence[Payload], at_once: int, made_before: bool, file: Path) -> float:
    with peers.on_sqlite(file) as application:
        return peers.saved(application, made, at_once=at_once, made_before=made_before)


def _rows(made: Sequence[Payload]) -> list[tuple[object, ...]]:
    """The rows that the ledger makes of them, for who only inserts."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ledger.db"
        _ours(made, file, at_once=_BATCH)
        engine = open_engine(f"sqlite:///{file}")
        try:
            return [row_of(entry) for entry in SqlLedger(engine).read()]
        finally:
            engine.dispose()


def main() -> None:
    """Run from the command line."""
    sizes, rounds = arguments(TITLE, events=(10_000,), rounds=3)
    for size in sizes:
        show(TITLE, run(size, rounds=rounds))


if __name__ == "__main__":
    main()
