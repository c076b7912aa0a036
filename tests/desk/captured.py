"""A workspace as an editor would have had it in July 2026: the record so far, captured news.

The captures stand beside the project, not in it; where they are not, `captured()` is empty.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from tests.ingest.material import CAPTURES
from tests.review.material import Stopped, seen
from tracker.app import App
from tracker.config import Settings, shipped
from tracker.core.entries import Report
from tracker.store.sql import SqlLedger

__all__ = ["NOW", "captured", "workspace"]

NOW = datetime(2026, 7, 18, 15, 0, tzinfo=UTC)
SINCE = NOW - timedelta(days=9)
_WEEKS = ("2026-W28.json", "2026-W29.json")


class _Item(msgspec.Struct):
    """An item as the capture keeps it."""

    id: str
    url: str
    title: str
    source: str
    published_at: datetime
    dek: str | None = None
    lang: str | None = None


def captured() -> list[Report]:
    """The items of nine days of captured feeds, in order of time; none where there are none."""
    files = [CAPTURES / "mexico-in-data" / name for name in _WEEKS]
    items = [
        msgspec.convert(data, _Item)
        for file in files
        if file.is_file()
        for data in json.loads(file.read_text(encoding="utf-8"))
    ]
    found = {one.id: one for one in items if SINCE <= one.published_at <= NOW}
    return [_report(one) for one in sorted(found.values(), key=lambda one: one.published_at)]


def _report(item: _Item) -> Report:
    return Report(
        source=re.sub(r"[^a-z0-9.-]+", "-", item.source.lower()).strip("-") or "unnamed",
        identity=item.id,
        title=item.title,
        summary=item.dek or "",
        link=item.url,
        published=item.published_at,
        language=item.lang or "es",
        content_hash=item.id,
    )


def _record_until(folder: Path, day: str) -> Path:
    """The record's files up to the month before that day's."""
    folder.mkdir(parents=True)
    for file in shipped("db/record").iterdir():
        if file.stem == "measures" or file.stem < day[:7]:
            (folder / file.name).write_bytes(file.read_bytes())
    return folder


@contextmanager
def workspace(home: Path) -> Iterator[App]:
    """The record as far as June 2026, the captured reports, and a clock that stands."""
    app = App(Settings(home=home, database_url=f"sqlite:///{home}/ledger.db"), Stopped(NOW))
    try:
        app.init()
        app.load(_record_until(home / "record", "2026-07"))
        SqlLedger(app.engine).append(seen(captured()), at=NOW)
        yield app
    finally:
        app.close()
