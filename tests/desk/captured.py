"""A workspace as an editor would have had it on 24 July 2026: the record so far, captured news.

The captures stand beside the project, not in it; where they are not, `captured()` is empty.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.ingest.material import CAPTURES
from tests.review.material import Stopped, seen
from tracker.app import App
from tracker.config import Settings, shipped
from tracker.core.entries import Report
from tracker.store.sql import SqlLedger

__all__ = ["NOW", "captured", "workspace"]

NOW = datetime(2026, 7, 24, 12, 0, tzinfo=UTC)
_SINCE = NOW - timedelta(days=15)
_KNOWN_UNTIL = date(2026, 7, 22)
_ENTRY = re.compile(r"^(?=  - id: )", re.MULTILINE)
# Feeds of the project's own list that these items come from; others are named by their outlet.
_FEEDS = {
    ("news.google.com", "en"): "gnews-usmca-mexico",
    ("news.google.com", "es"): "gnews-mexico-aranceles",
    ("The White House", "en"): "us-whitehouse-actions",
}


def captured() -> list[Report]:
    """The items of two weeks of captured feeds, in order of time; none where there are none."""
    found: dict[str, tuple[datetime, Report]] = {}
    for title, at, report in [*_weeks(), *_labelled()]:
        if _SINCE <= at <= NOW:
            found.setdefault(title, (at, report))
    return [report for _, report in sorted(found.values(), key=lambda one: one[0])]


def _weeks() -> Iterator[tuple[str, datetime, Report]]:
    """Two weeks of a reader of Mexican feeds."""
    for name in ("2026-W28.json", "2026-W29.json"):
        for item in _read(CAPTURES / "mexico-in-data" / name):
            at = datetime.fromisoformat(item["published_at"])
            yield item["title"], at, _report(item, item["source"], item.get("dek"), at)


def _labelled() -> Iterator[tuple[str, datetime, Report]]:
    """Items of the days after them, from the set that extraction is measured on."""
    for item in _read(CAPTURES.parent / "labelled_dev.jsonl"):
        # One without a time of day is a paper's; it comes by another way.
        if item.get("published") and "T" in item["published"]:
            at = datetime.fromisoformat(item["published"])
            at = at if at.tzinfo else at.replace(tzinfo=UTC)
            yield item["title"], at, _report(item, item["publisher"], item.get("summary"), at)


def _read(file: Path) -> list[dict[str, Any]]:
    if not file.is_file():
        return []
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".json":
        return list(json.loads(text))
    return [json.loads(line) for line in text.splitlines()]


def _report(item: dict[str, Any], outlet: str, summary: str | None, at: datetime) -> Report:
    language = item.get("lang") or item.get("language") or "es"
    return Report(
        source=_FEEDS.get((outlet, language), outlet.replace("/", " ")),
        identity=item["id"],
        title=item["title"],
        summary=summary or "",
        link=item.get("url"),
        published=at,
        language=language,
        content_hash=item["id"],
    )


def _record_so_far(folder: Path) -> Path:
    """The record's files without what was announced later."""
    folder.mkdir(parents=True)
    last = f"{_KNOWN_UNTIL:%Y-%m}"
    for file in shipped("db/record").iterdir():
        text = file.read_text(encoding="utf-8")
        if file.stem == last:
            head, *entries = _ENTRY.split(text)
            so_far = [one for one in entries if one[8:18] <= _KNOWN_UNTIL.isoformat()]
            text = "".join([head, *so_far])
        if file.stem == "measures" or file.stem <= last:
            (folder / file.name).write_text(text, encoding="utf-8")
    return folder


@contextmanager
def workspace(home: Path) -> Iterator[App]:
    """The record as it stood two days before, the captured reports, and a clock that stands."""
    app = App(Settings(home=home, database_url=f"sqlite:///{home}/ledger.db"), Stopped(NOW))
    try:
        app.init()
        app.load(_record_so_far(home / "record"))
        SqlLedger(app.engine).append(seen(captured()), at=NOW)
        yield app
    finally:
        app.close()
