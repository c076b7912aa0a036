"""Every benchmark, one after the other: `python -m tests.bench [--quick]`.

Prints the shape of the worlds, then a table for each benchmark; status 1 if a
limit does not hold. `--quick` stays at 1,000 events, to see that all of them
run: its times say nothing.
"""

from __future__ import annotations

import platform
import sys
from argparse import ArgumentParser
from collections.abc import Iterator

from tests.bench import (
    cold,
    diffs,
    everything,
    ingest,
    ledger,
    ledger_postgres,
    ledger_verify,
    memory,
    point,
    shapes,
    site,
    sql,
)
from tests.bench.timing import Result, show

_SIZES = (1_000, 10_000, 100_000, 1_000_000)
_VERIFIED = (10_000, 100_000, 300_000)


def measured(*, quick: bool) -> Iterator[tuple[str, list[Result]]]:
    """Title and results of each benchmark as it is done."""
    sizes = _SIZES[:1] if quick else _SIZES
    large, middle = sizes[-1], min(100_000, sizes[-1])
    rounds = 1 if quick else 5
    yield shapes.TITLE, [told for size in sizes for told in shapes.run(size)]
    yield point.TITLE, [told for size in {middle: 0, large: 0} for told in point.run(size)]
    yield everything.TITLE, everything.run(middle)
    yield diffs.TITLE, [told for size in sizes for told in diffs.run(size)]
    yield sql.TITLE, sql.run(min(10_000, large))
    yield cold.TITLE, cold.run(middle, rounds=rounds)
    yield ledger.TITLE, ledger.run(min(10_000, large), rounds=rounds)
    yield ledger_postgres.TITLE, ledger_postgres.run(min(10_000, large), rounds=rounds)
    yield ledger_verify.TITLE, ledger_verify.run(sizes if quick else _VERIFIED, rounds=rounds)
    feeds = 10 if quick else 200
    yield ingest.TITLE, [*ingest.run(feeds, rounds=rounds), ingest.memory(feeds * 5 // 2)]
    small = 12 if quick else 10_000
    yield site.TITLE, site.run(small, rounds=min(rounds, 3), real=not quick)
    yield memory.TITLE, [told for size in {middle: 0, large: 0} for told in memory.run(size)]


def main() -> int:
    """Run all; status 1 if a limit does not hold."""
    parser = ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    print(f"Python {platform.python_version()}, {platform.machine()}\n", flush=True)
    missed = 0
    for title, results in measured(quick=quick):
        show(title, results)
        missed += sum(result.holds is False for result in results)
    return 1 if missed and not quick else 0


if __name__ == "__main__":
    sys.exit(main())
