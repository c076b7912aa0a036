"""Cold start: from a ledger on disk to a world and its index, against what it cannot do without.

Three contenders read the same content from SQLite files of their own: the
tracker as in production; a bare fetch of the rows with msgspec decoding, the
floor under any reader; the PyPI library `eventsourcing`. Each round of each
runs in a fresh process, the files are warm in the page cache. The others run
with the garbage collector paused, which is quicker for both; the tracker as
the application runs it.
"""

from __future__ import annotations

import gc
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import msgspec

from tests.bench import replay_peer
from tests.bench.subject import index_of, world_of_file
from tests.bench.timing import Result, apart, arguments, of_rounds, seconds, show
from tests.bench.worlds import ledger_of, synthetic
from tracker.core.entries import PAYLOADS

__all__ = ["TITLE", "run"]

TITLE = "Cold start"
_OF_BARE = 0.6
_OF_PEER = 4.0


def start(file: Path) -> float:
    """Seconds to read the ledger, fold the world and build the index."""
    return seconds(lambda: index_of(world_of_file(file)))


def folded(file: Path) -> float:
    """Seconds to read the ledger and fold the world, without an index."""
    return seconds(lambda: world_of_file(file))


def bare(file: Path) -> float:
    """Seconds to fetch type and payload of every row and decode them, and no more."""
    with _paused():
        return seconds(lambda: _bare(file))


@contextmanager
def _paused() -> Iterator[None]:
    """No garbage collection meanwhile."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _bare(file: Path) -> list[object]:
    decoders = {name: msgspec.json.Decoder(cls).decode for name, cls in PAYLOADS.items()}
    connection = sqlite3.connect(file)
    try:
        rows = connection.execute("SELECT type, payload FROM entries ORDER BY position")
        return [decoders[name](payload) for name, payload in rows]
    finally:
        connection.close()


def peer(file: Path, way: str) -> float:
    """Seconds in which `eventsourcing` replays everything."""
    with _paused():
        return seconds(lambda: replay_peer.read(file, way))


def run(events: int, *, rounds: int = 5) -> list[Result]:
    """Measure a ledger of `events` events; rates count entries of the ledger."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ledger.db"
        count = apart(_write, events, file)
        contenders: dict[str, Callable[[], float]] = {
            "start": partial(apart, start, file),
            "fold": partial(apart, folded, file),
            "bare": partial(apart, bare, file),
        }
        if replay_peer.present():
            for way in replay_peer.WAYS:
                other = Path(folder) / f"{way}.db"
                apart(_write_peer, events, other, way)
                contenders[way] = partial(apart, peer, other, way)
        times = of_rounds(list(contenders.values()), rounds)
        rates = {name: count / time for name, time in zip(contenders, times, strict=True)}
    return results_of(events, count, rates)


def _write(events: int, file: Path) -> int:
    return ledger_of(synthetic(events), file)


def _write_peer(events: int, file: Path, way: str) -> int:
    return replay_peer.write(synthetic(events), file, way)


def results_of(events: int, count: int, rates: dict[str, float]) -> list[Result]:
    ours, at = rates["start"], f"at {events:,} events"
    found = [
        Result(what=f"ledger to world and index {at} ({count:,} entries)", figure=_rate(ours)),
        Result(what="the same without the index", figure=_rate(rates["fold"])),
        Result(what="rows fetched and decoded, no more", figure=_rate(rates["bare"])),
        _against("of that", ours / rates["bare"], _OF_BARE),
    ]
    ways = {way: rates[way] for way in replay_peer.WAYS if way in rates}
    if not ways:
        return [*found, Result(what="`eventsourcing` is not installed", figure="")]
    found += [
        Result(what=f"`eventsourcing`: {replay_peer.WAYS[way]}", figure=_rate(rate))
        for way, rate in ways.items()
    ]
    return [*found, _against("times the quickest of these", ours / max(ways.values()), _OF_PEER)]


def _rate(rate: float) -> str:
    return f"{rate / 1000:,.1f}k/s"


def _against(what: str, ratio: float, limit: float) -> Result:
    return Result(what=what, figure=f"{ratio:.2f}", limit=f">= {limit:g}", holds=ratio >= limit)


def main() -> None:
    """Run from the command line."""
    sizes, rounds = arguments(TITLE, events=(100_000,), rounds=5)
    for size in sizes:
        show(TITLE, run(size, rounds=rounds))


if __name__ == "__main__":
    main()
