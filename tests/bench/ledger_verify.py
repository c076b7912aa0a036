"""Verifying: how many entries a second, and that memory does not grow with them.

Everything `tracker verify` looks at in the ledger is measured (no spans are
made here), each size in a fresh process. The chain alone is what is left when
nobody asks what payloads say: rows read, hashed and held to their neighbours.
"""

from __future__ import annotations

import resource
import tempfile
from functools import partial
from pathlib import Path

from tests.bench.ledger import MIGRATIONS, RECORDED, drafts_of, like_the_record, short
from tests.bench.timing import Result, apart, arguments, of_rounds, seconds, show
from tracker.core.codec import preimage_of_row, sha256
from tracker.core.entries import GENESIS
from tracker.store.database import create_database, open_engine
from tracker.store.sessions import reading
from tracker.store.sql import SqlLedger, walk_entries
from tracker.store.verify import verify

__all__ = ["TITLE", "run"]

TITLE = "Verifying"
_BATCH = 1_000
_CHAIN_EACH_S = 250_000
_SECONDS = 1.5
_GROWTH_MIB = 16
_SHAPES = {"short": short, "as in the record": like_the_record}


def run(sizes: tuple[int, ...], *, rounds: int = 3) -> list[Result]:
    """Measure ledgers of these sizes, the smallest first, each shape of payload."""
    results: list[Result] = []
    for shape in _SHAPES:
        peaks: list[float] = []
        for size in sorted(sizes):
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder) / "ledger.db"
                apart(written, shape, size, file)
                whole, chain = apart(times, file, rounds)
                peaks.append(apart(peak_mib, file))
            results += _told(shape, size, whole, chain)
        results.append(_memory(shape, sorted(sizes), peaks))
    return results


def written(shape: str, size: int, file: Path) -> None:
    """Write a ledger of that many entries."""
    url = f"sqlite:///{file}"
    create_database(url, migrations=MIGRATIONS)
    engine = open_engine(url)
    drafts = drafts_of(_SHAPES[shape](size))
    for start in range(0, size, _BATCH):
        SqlLedger(engine).append(drafts[start : start + _BATCH], at=RECORDED)
    engine.dispose()


def times(file: Path, rounds: int) -> tuple[float, float]:
    """Median seconds of verifying everything, and of the chain alone."""
    whole, chain = of_rounds(
        [partial(seconds, partial(verified, file)), partial(seconds, partial(chained, file))],
        rounds,
    )
    return whole, chain


def verified(file: Path) -> int:
    """Verify as the command does; how many entries there are."""
    engine = open_engine(f"sqlite:///{file}")
    verdict = verify(engine)
    engine.dispose()
    if verdict.findings:
        raise AssertionError(verdict.findings[0])
    return verdict.entries


def chained(file: Path) -> int:
    """Hold every row to its hash and to the row before; how many there are."""
    engine = open_engine(f"sqlite:///{file}")
    previous, count = GENESIS, 0
    with reading(engine) as connection:
        for row in walk_entries(connection):
            if row[8] != previous or sha256(preimage_of_row(row)) != row[9]:
                raise AssertionError(f"position {row[0]} does not hold")
            previous, count = str(row[9]), count + 1
    engine.dispose()
    return count


def peak_mib(file: Path) -> float:
    """By how much verifying raises the highest memory of a fresh process."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    verified(file)
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


def _told(shape: str, size: int, whole: float, chain: float) -> list[Result]:
    about = size == 100_000
    return [
        Result(
            what=f"{size:,} entries, {shape}: everything",
            figure=f"{whole:.2f} s, {size / whole:,.0f}/s",
            limit=f"< {_SECONDS} s" if about else "",
            holds=whole < _SECONDS if about else None,
        ),
        Result(
            what="the chain alone",
            figure=f"{size / chain:,.0f}/s",
            limit=f">= {_CHAIN_EACH_S:,}/s" if about else "",
            holds=size / chain >= _CHAIN_EACH_S if about else None,
        ),
    ]


def _memory(shape: str, sizes: list[int], peaks: list[float]) -> Result:
    told = ", ".join(f"{peak:.1f}" for peak in peaks)
    return Result(
        what=f"peak memory at {', '.join(f'{size:,}' for size in sizes)} entries, {shape}",
        figure=f"{told} MiB",
        limit=f"grows < {_GROWTH_MIB} MiB" if len(sizes) > 1 else "",
        holds=peaks[-1] - peaks[0] < _GROWTH_MIB if len(sizes) > 1 else None,
    )


def main() -> None:
    """Run from the command line."""
    sizes, rounds = arguments(TITLE, events=(10_000, 100_000, 300_000), rounds=3)
    show(TITLE, run(sizes, rounds=rounds))


if __name__ == "__main__":
    main()
