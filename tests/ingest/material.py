"""What the ingest tests work on: feeds of our own, real captures, a source, a memory of states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tracker.core.codec import decode, sha256
from tracker.core.entries import Entry, Report, ReportChanged, ReportSeen
from tracker.ingest.ports import SourceState
from tracker.ingest.reading import read
from tracker.ingest.shapes import Parsed
from tracker.ingest.sources import Source

ROOT = Path(__file__).resolve().parents[2]
FEEDS = ROOT / "tests" / "data" / "feeds"
CAPTURES = ROOT.parent / "shared" / "feeds" / "captures"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def captures() -> list[Path]:
    """Every raw capture of a feed; empty where the folder is not."""
    if not CAPTURES.is_dir():
        return []
    files = (file for file in CAPTURES.rglob("*") if file.is_file())
    return sorted(file for file in files if file.suffix not in {".json", ".csv"})


def feed(name: str) -> bytes:
    return (FEEDS / name).read_bytes()


def source(url: str = "https://example.org/feed", *, name: str = "example") -> Source:
    return Source(
        id=name,
        url=url,
        title="Example",
        publisher="Example",
        language="en",
        country="US",
        official=False,
        interval_s=900,
    )


def parsed(
    body: bytes, *, media_type: str = "application/xml", charset: str | None = None
) -> Parsed:
    return read(
        body, media_type=media_type, charset=charset, source=source(), evidence=sha256(body)
    )


class MemoryStates:
    """States in memory; counts how often one was saved."""

    def __init__(self) -> None:
        self.held: dict[str, SourceState] = {}
        self.kept: dict[str, bytes | None] = {}
        self.saves = 0

    def get(self, source: str, /) -> SourceState | None:
        return self.held.get(source)

    def all(self) -> list[SourceState]:
        return list(self.held.values())

    def save(self, state: SourceState, /) -> None:
        self.saves += 1
        self.held[state.source] = state

    def items(self, source: str, /) -> bytes | None:
        return self.kept.get(source)

    def save_all(self, states: Sequence[SourceState], items: Mapping[str, bytes | None], /) -> None:
        self.kept.update(items)
        for state in states:
            self.save(state)


def reports_in(entries: tuple[Entry, ...]) -> list[Report]:
    found = []
    for entry in entries:
        payload = decode(entry.type, entry.schema, entry.payload)
        assert isinstance(payload, ReportSeen | ReportChanged)
        found.append(payload.report)
    return found


def by_title(found: Parsed) -> Mapping[str, Report]:
    return {report.title: report for report in found.reports}
