"""What a soak is reckoned by: what the ledger holds against what was published, and sizes.

Owns the counts. It writes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.soak.feeds import WINDOW, Feed
from tracker.core.codec import decode
from tracker.core.entries import ReportChanged, ReportSeen
from tracker.store.database import open_engine
from tracker.store.sql import SqlLedger
from tracker.store.verify import verify

__all__ = ["Reckoning", "reckon", "size_of"]


@dataclass(frozen=True, kw_only=True)
class Reckoning:
    """Counts of items: those published, found, lost, twice, never published; versions and entries.

    `stale` counts items shown by their feed whose newest title the ledger lacks.
    """

    published: int
    found: int
    lost: int
    duplicates: int
    strangers: int
    stale: int
    edits_published: int
    edits_found: int
    entries: int
    findings: tuple[str, ...]

    @property
    def well(self) -> bool:
        """Whether nothing is amiss."""
        wrong = self.lost + self.duplicates + self.strangers + self.stale
        return not wrong and not self.findings and self.found == self.published


def reckon(database: str, feeds: Sequence[Feed]) -> Reckoning:
    """Walk the whole ledger and hold it to what the feeds published."""
    engine = open_engine(database)
    seen: defaultdict[str, int] = defaultdict(int)
    titles: defaultdict[str, list[str]] = defaultdict(list)
    try:
        for entry in SqlLedger(engine).read():
            payload = decode(entry.type, entry.schema, entry.payload)
            if isinstance(payload, ReportSeen | ReportChanged):
                report = payload.report
                seen[report.identity] += isinstance(payload, ReportSeen)
                titles[report.identity].append(report.title)
        verdict = verify(engine)
    finally:
        engine.dispose()
    items = {item.guid: item for feed in feeds for item in feed.items}
    shown = {item.guid for feed in feeds for item in feed.items[-WINDOW:]}
    return Reckoning(
        published=len(items),
        found=len(titles.keys() & items.keys()),
        lost=len(items.keys() - titles.keys()),
        duplicates=sum(count - 1 for count in seen.values()),
        strangers=sum(
            guid not in items or not set(said) <= set(items[guid].titles)
            for guid, said in titles.items()
        ),
        stale=sum(titles[guid][-1:] != items[guid].titles[-1:] for guid in shown),
        edits_published=sum(len(item.titles) - 1 for item in items.values()),
        edits_found=sum(len(said) - 1 for said in titles.values()),
        entries=verdict.entries,
        findings=tuple(str(finding) for finding in verdict.findings),
    )


def size_of(pid: int) -> dict[str, int]:
    """Of a process: resident KiB, those with its children's, descriptors, threads, children."""
    children: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        with suppress(OSError):  # a thread that has just ended
            said = (task / "children").read_text(encoding="ascii")
            children += [int(child) for child in said.split()]
    own = _resident_kib(pid)
    return {
        "rss_kib": own,
        "all_rss_kib": own + sum(_resident_kib(child) for child in children),
        "fds": sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir()),
        "threads": sum(1 for _ in Path(f"/proc/{pid}/task").iterdir()),
        "children": len(children),
    }


def _resident_kib(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0  # it has just ended
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)
