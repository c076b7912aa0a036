"""The queue: how weighty a candidate is, and its line.

Owns the weights. Pure: the day asked about is given.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.core.decisions import (
    ReviewAccepted,
    ReviewMerged,
    ReviewPostponed,
    ReviewRejected,
)
from tracker.review.cases import Case
from tracker.review.desk import QueueItem, SourceView, Standing
from tracker.review.slots import agreed_of

__all__ = ["Candidate", "importance", "queue_item", "ranked"]

_TITLE = 300
_SCORE, _OFFICIAL, _NEW, _SIZE, _CLEAR = 0.35, 0.2, 0.2, 0.15, 0.1
_MANY = 16  # outlets; more say nothing more


@dataclass(frozen=True, slots=True)
class Candidate:
    """Reports that tell one story, in order of time, and what was decided on them.

    `known` is the event of the record that they seem to report.
    """

    id: str
    sources: tuple[SourceView, ...]
    case: Case
    known: str | None = None

    @property
    def reports(self) -> tuple[str, ...]:
        """The streams of its reports."""
        return tuple(source.report for source in self.sources)


def importance(candidate: Candidate) -> float:
    """How much a candidate deserves a minute, 0 to 1.

    A sum of: how likely the surest of its reports is news; whether a government itself says
    it; whether it is new to the record; how many outlets carry it; and how much of what an
    effect needs was read.
    """
    sources, agreed = candidate.sources, agreed_of(candidate.sources)
    outlets = len({source.publisher for source in sources})
    read = (agreed.imposer, agreed.targets, agreed.rate_pct, agreed.effective_from)
    parts = (
        _SCORE * max((source.score for source in sources), default=0.0),
        _OFFICIAL * any(source.official for source in sources),
        _NEW * (candidate.known is None),
        _SIZE * min(1.0, math.log2(max(outlets, 1)) / math.log2(_MANY)),
        _CLEAR * sum(bool(one) for one in read) / len(read),
    )
    return round(sum(parts), 4)


def headline(sources: Sequence[SourceView]) -> str:
    """The title that stands for all: a government's own, then the surest, then the first."""
    best = min(sources, key=lambda one: (not one.official, -one.score), default=None)
    return " ".join(best.title.split())[:_TITLE] if best else ""


def queue_item(candidate: Candidate, today: date) -> QueueItem:
    """The line of a candidate in the queue as it stands on a policy day."""
    sources, case = candidate.sources, candidate.case
    agreed = agreed_of(sources)
    closing, standing = case.closing, case.standing(today)
    what = closing.what if closing else None
    last = case.last
    named = set(what.reports) if what is not None else set()
    postponed = what if standing is Standing.POSTPONED else None
    return QueueItem(
        id=candidate.id,
        version=case.version,
        standing=standing,
        title=headline(sources),
        importance=importance(candidate),
        kind=agreed.kind,
        imposer=agreed.imposer,
        targets=agreed.targets,
        products=agreed.products,
        rates=agreed.rates,
        day=min((one.published for one in sources if one.published), default=None),
        size=len(sources),
        publishers=tuple(dict.fromkeys(one.publisher for one in sources)),
        official=any(one.official for one in sources),
        known=candidate.known,
        event=what.event if isinstance(what, ReviewAccepted | ReviewMerged) else None,
        editor=last.what.editor if last else None,
        decided_at=last.at if last else None,
        why=what.reason if isinstance(what, ReviewRejected) else None,
        until=postponed.until if isinstance(postponed, ReviewPostponed) else None,
        since=len(set(candidate.reports) - named) if what is not None else 0,
        amended=case.amended is not None,
    )


def ranked(items: Sequence[QueueItem]) -> tuple[QueueItem, ...]:
    """Most important first; of equals the latest, then by name."""
    return tuple(
        sorted(
            items,
            key=lambda one: (-one.importance, -(one.day or date.min).toordinal(), one.id),
        )
    )
