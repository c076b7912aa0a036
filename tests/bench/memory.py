"""Memory of a world and its index, in bytes an event.

Measured as growth of the resident set (`/proc/self/statm`) of a fresh process
that reads the ledger as the application does, garbage collected before each
reading. What the allocator holds free is counted: it is the process that has
to fit. The peak is the highest the whole process ever stood.
"""

from __future__ import annotations

import gc
import os
import resource
import tempfile
from pathlib import Path

from tests.bench.subject import index_of, warm, world_of_file
from tests.bench.timing import Result, apart, arguments, show
from tests.bench.worlds import ledger_of, synthetic

__all__ = ["TITLE", "run"]

TITLE = "Memory"


def run(events: int) -> list[Result]:
    """Measure a ledger of `events` events."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ledger.db"
        apart(_write, events, file)
        world, index, peak = apart(grown, file)
        size = file.stat().st_size
    return [
        Result(what=f"world of {events:,} events", figure=_each(world, events)),
        Result(what="its index, warm", figure=_each(index, events)),
        Result(what="both", figure=f"{_each(world + index, events)}, {_mib(world + index)}"),
        Result(what="highest of the whole process", figure=_mib(peak)),
        Result(what="the ledger's file", figure=f"{_each(size, events)}, {_mib(size)}"),
    ]


def _write(events: int, file: Path) -> int:
    return ledger_of(synthetic(events), file)


def grown(file: Path) -> tuple[int, int, int]:
    """Bytes by which the process grows for the world and then for the index, and its peak."""
    start = _resident()
    world = world_of_file(file)
    read = _resident()
    index = index_of(world)
    warm(index)
    end = _resident()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return read - start, end - read, peak


def _resident() -> int:
    gc.collect()
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _each(size: int, events: int) -> str:
    return f"{size / events:,.0f} B an event"


def _mib(size: int) -> str:
    return f"{size / 2**20:,.0f} MiB"


def main() -> None:
    """Run from the command line."""
    sizes, _ = arguments(TITLE, events=(100_000, 1_000_000), rounds=1)
    show(TITLE, [result for size in sizes for result in run(size)])


if __name__ == "__main__":
    main()
