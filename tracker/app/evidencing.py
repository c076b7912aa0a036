"""The evidence: what was really served, who cites it, and what it reads as today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.app.listing import Listing
from tracker.core.codec import decode
from tracker.core.entries import Report, ReportChanged, ReportSeen
from tracker.errors import SourceFailed
from tracker.store.evidence import Kept, SqlEvidence
from tracker.store.sql import SqlLedger

if TYPE_CHECKING:
    from tracker.ingest.rereading import Difference

__all__ = ["Carried", "Evidencing", "Reread"]

_REPORTS = frozenset({ReportSeen.TYPE, ReportChanged.TYPE})


@dataclass(frozen=True, slots=True)
class Carried:
    """One version of an item, as an entry of the ledger has it. `recorded_at` is UTC."""

    position: int
    recorded_at: datetime
    report: Report
    changed: bool


@dataclass(frozen=True, slots=True)
class Reread:
    """What reading one piece of evidence again came to; `failed` is why it does not read."""

    digest: str
    source: str
    items: int
    differences: tuple[Difference, ...] = ()
    failed: str | None = None


class Evidencing(Listing):
    """A workspace whose evidence can be looked at."""

    def evidence_kept(self) -> tuple[tuple[Kept, ...], frozenset[str]]:
        """Every piece of evidence, the oldest first, and the digests that entries cite.

        Raises: NotInitialised, OperationFailed, LedgerBroken.
        """
        evidence = SqlEvidence(self.engine)
        return evidence.all(), evidence.cited()

    def evidence_body(self, digest: str) -> bytes | None:
        """The bytes of that SHA-256, None if they are not held.

        Raises: NotInitialised, OperationFailed; LedgerBroken if they no longer match it.
        """
        return SqlEvidence(self.engine).fetch(digest)

    def carried(self) -> tuple[Carried, ...]:
        """Every version of every item, in order of the ledger.

        Raises: NotInitialised, OperationFailed, LedgerBroken.
        """
        found = []
        for line in SqlLedger(self.engine).lines():
            if line.type not in _REPORTS:
                continue
            payload = decode(line.type, line.schema, line.payload)
            if isinstance(payload, ReportSeen | ReportChanged):
                changed = isinstance(payload, ReportChanged)
                at = datetime.fromisoformat(line.recorded_at)
                found.append(Carried(line.position, at, payload.report, changed))
        return tuple(found)

    def reread(
        self, only: str | None = None, *, progress: Callable[[int], None] | None = None
    ) -> tuple[tuple[Reread, ...], tuple[str, ...]]:
        """Read the evidence again, of the source `only` if given, and hold it against the ledger.

        Nothing is written. Answers what each body came to, in order of its first
        citation, and the sources that are on no list and so were not read.
        Bodies are read as their bytes say: what the header said of their
        character set was not kept. `progress` is told the bodies read so far.
        Raises: NotInitialised, OperationFailed, LedgerBroken.
        """
        from tracker.ingest.apart import Readers
        from tracker.ingest.rereading import differences

        sources = {source.id: source for source in self.sources()}
        citing: defaultdict[tuple[str, str], list[Report]] = defaultdict(list)
        known: defaultdict[str, set[str]] = defaultdict(set)
        for one in self.carried():
            report = one.report
            known[report.source].add(report.identity)
            if report.evidence and only in {None, report.source}:
                citing[report.evidence, report.source].append(report)
        kept = {one.digest: one for one in SqlEvidence(self.engine).all()}
        found: list[Reread] = []
        with Readers() as read:
            for number, ((digest, name), held) in enumerate(citing.items(), 1):
                if name not in sources:
                    continue
                body = self.evidence_body(digest)
                if body is None:
                    found.append(Reread(digest, name, 0, failed="is not held"))
                    continue
                try:
                    parsed = read(
                        body,
                        media_type=kept[digest].media_type,
                        charset=None,
                        source=sources[name],
                        evidence=digest,
                    )
                except SourceFailed as error:
                    found.append(Reread(digest, name, 0, failed=error.message))
                else:
                    told = differences(held, parsed.reports, known[name])
                    found.append(Reread(digest, name, parsed.items, told))
                if progress is not None:
                    progress(number)
        return tuple(found), tuple(sorted({name for _, name in citing} - sources.keys()))
