"""Real feeds, served over loopback HTTP where the folder of captures is."""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from tests.ingest.material import CAPTURES, NOON, MemoryStates, captures, parsed, reports_in, source
from tests.ingest.server import FeedServer
from tracker.ingest.decide import decide
from tracker.ingest.run import poll
from tracker.ingest.web import Web
from tracker.store.memory import MemoryLedger


def name_of(file: Path) -> str:
    return file.relative_to(CAPTURES).as_posix()


@pytest.mark.parametrize("file", captures(), ids=name_of)
def test_a_real_feed_yields_items(file: Path, server: FeedServer, client: Web) -> None:
    ledger, states = MemoryLedger(), MemoryStates()
    one = source(server.serve(file.read_bytes()))
    for expected in ("new", "unchanged"):
        polled = poll(
            one,
            ledger=ledger,
            evidence=ledger,
            states=states,
            client=client,
            now=NOON,
            allow_private=True,
        )
        assert polled.error is None
        assert polled.outcome == expected
    reports = reports_in(tuple(ledger.read()))
    assert reports
    for report in reports:
        assert report.title
        assert "<" not in report.title
        assert "\ufffd" not in report.title
        assert report.link is None or report.link.startswith(("http://", "https://"))


def series() -> list[tuple[str, list[Path]]]:
    """Feeds that were captured again and again, by publisher, in order of time."""
    dated = (file for file in captures() if file.name[:4].isdigit() and "_" in file.name)
    return [(name, list(files)) for name, files in groupby(dated, lambda file: file.parent.name)]


@pytest.mark.parametrize(("name", "files"), series(), ids=[name for name, _ in series()])
def test_a_feed_over_time_brings_its_items_once(
    name: str, files: list[Path], server: FeedServer, client: Web
) -> None:
    # These feeds stamp every item anew with the time they were made.
    ledger, states = MemoryLedger(), MemoryStates()
    seen = changed = 0
    for file in files:
        polled = poll(
            source(server.serve(file.read_bytes())),
            ledger=ledger,
            evidence=ledger,
            states=states,
            client=client,
            now=NOON,
            allow_private=True,
        )
        seen += polled.new
        changed += polled.changed
    reports = reports_in(tuple(ledger.read()))
    assert len(reports) == seen + changed
    assert len({report.identity for report in reports}) == seen
    assert changed * 50 <= seen


def recorded() -> list[tuple[str, list[Path]]]:
    """Items that others recorded from RSS feeds day by day, by publisher, in order of time."""
    files = sorted(CAPTURES.rglob("*_entries.json")) if CAPTURES.is_dir() else []
    return [(name, list(days)) for name, days in groupby(files, lambda file: file.parent.name)]


def as_rss(items: list[dict[str, str | None]]) -> bytes:
    """Recorded items as the RSS feed they came from."""
    names = {"title": "title", "link": "link", "description": "description"}
    lines = []
    for item in items:
        fields = {names[name]: text for name, text in item.items() if name in names and text}
        fields["pubDate"] = item["date_published"] or ""
        inner = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in fields.items())
        lines.append(f"<item>{inner}</item>")
    return f"<rss version='2.0'><channel>{''.join(lines)}</channel></rss>".encode()


@pytest.mark.parametrize(("name", "files"), recorded(), ids=[name for name, _ in recorded()])
def test_recorded_items_come_through_whole(name: str, files: list[Path]) -> None:
    ledger = MemoryLedger()
    for file in files:
        items = json.loads(file.read_text(encoding="utf-8"))
        found = parsed(as_rss(items))
        assert len(found.reports) == len({report.identity for report in found.reports})
        assert len(items) >= len(found.reports) >= len({item["link"] for item in items}) * 0.97
        assert all(report.published is not None for report in found.reports)
        assert all(report.link is not None for report in found.reports)
        drafts = decide(found, ledger.latest_reports("example"))
        ledger.append(drafts, at=NOON)
        assert decide(found, ledger.latest_reports("example")) == ()
    seen = {report.identity for report in reports_in(tuple(ledger.read()))}
    assert len(seen) == len(ledger.latest_reports("example")) > 0
