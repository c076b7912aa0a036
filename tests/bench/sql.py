"""The spans table: the same questions asked in SQL, of the file, with no index in memory."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path
from statistics import mean, median

from sqlalchemy import Connection, text

from tests.bench.asked import days, places_of, questions
from tests.bench.prose import seeded
from tests.bench.subject import application, index_of
from tests.bench.timing import Result, apart, arguments, percentile, seconds, show
from tests.bench.worlds import ledger_of, synthetic
from tracker.store.spans import SqlSpans

__all__ = ["TITLE", "run"]

TITLE = "The same questions in SQL"
_ASKED = 500
_WEEK = text("""
SELECT p.measure, p.provision, a.status, a.rate_pct, b.status, b.rate_pct
FROM span_places p
LEFT JOIN spans a ON a.measure = p.measure AND a.provision = p.provision
  AND a.known_until IS NULL
  AND a.on_from <= :on AND (a.on_until IS NULL OR a.on_until > :on)
LEFT JOIN spans b ON b.measure = p.measure AND b.provision = p.provision
  AND b.known_until IS NULL
  AND b.on_from <= :later AND (b.on_until IS NULL OR b.on_until > :later)
WHERE COALESCE(a.reads, '') <> COALESCE(b.reads, '')
""")
_COUNT = text("SELECT COUNT(*) FROM spans")


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
        with app.engine.connect() as connection:
            count = connection.execute(_COUNT).scalar_one()
            weeks = [1e3 * seconds(lambda: _week(connection, on)) for on in days(rng, 20)]  # noqa: B023
        size = file.stat().st_size
        app.close()
    return [
        Result(what=f"all spans made, at {events:,} events", figure=f"{made:.1f} s"),
        Result(what="spans there are", figure=f"{count:,}, {count / events:.1f} an event"),
        Result(what="made again with nothing new", figure=f"{again * 1000:.1f} ms"),
        Result(
            what="one provision at a viewpoint",
            figure=f"{median(rows):.0f} us (p99 {percentile(rows, 0.99):.0f})",
        ),
        Result(what="the whole state on a day", figure=f"{mean(whole):.1f} ms"),
        Result(what="what changed in a week", figure=f"{median(weeks):.1f} ms"),
        Result(what="file with ledger and spans", figure=f"{size / 2**20:,.0f} MiB"),
    ]


def _week(connection: Connection, on: date) -> int:
    asked = {"on": on.isoformat(), "later": (on + timedelta(days=7)).isoformat()}
    return len(connection.execute(_WEEK, asked).all())


def main() -> None:
    """Run from the command line."""
    sizes, _ = arguments(TITLE, events=(10_000,), rounds=1)
    show(TITLE, [result for size in sizes for result in run(size)])


if __name__ == "__main__":
    main()
