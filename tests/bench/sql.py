"""The spans table: the same questions asked in SQL, of the file, with no index in memory."""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import mean, median

from tests.bench.asked import days, places_of, questions
from tests.bench.prose import seeded
from tests.bench.subject import application, index_of
from tests.bench.timing import Result, apart, arguments, percentile, seconds, show
from tests.bench.worlds import ledger_of, synthetic
from tracker.store.spans import SqlSpans

__all__ = ["TITLE", "run"]

TITLE = "The same questions in SQL"
_ASKED = 500


def run(events: int) -> list[Result]:
    """Measure a ledger of `events` events, in a process of its own."""
    return apart(measured, events)


def measured(events: int) -> list[Result]:
    """As `run`, in this process."""
    world = synthetic(events)
    rng = seeded(13)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ledger.db"
        ledger_of(world, file)
        app = application(file)
        index = index_of(app.world())
        table = SqlSpans(app.engine)
        made = seconds(lambda: table.refresh(index, version="bench"))
        again = seconds(lambda: table.refresh(index, version="bench"))
        rows = [
            1e6 * seconds(lambda: table.row(place, on=on, announced_by=by))  # noqa: B023 - at once
            for place, on, by in questions(rng, places_of(world), _ASKED)
        ]
        whole = [1e3 * seconds(lambda: table.state(on=on)) for on in days(rng, 10)]  # noqa: B023
        size = file.stat().st_size
        app.close()
    return [
        Result(what=f"all spans made, at {events:,} events", figure=f"{made:.1f} s"),
        Result(what="made again with nothing new", figure=f"{again * 1000:.1f} ms"),
        Result(
            what="one provision at a viewpoint",
            figure=f"{median(rows):.0f} us (p99 {percentile(rows, 0.99):.0f})",
        ),
        Result(what="the whole state on a day", figure=f"{mean(whole):.1f} ms"),
        Result(what="file with ledger and spans", figure=f"{size / 2**20:,.0f} MiB"),
    ]


def main() -> None:
    """Run from the command line."""
    sizes, _ = arguments(TITLE, events=(10_000,), rounds=1)
    show(TITLE, [result for size in sizes for result in run(size)])


if __name__ == "__main__":
    main()
