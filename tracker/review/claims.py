"""What each outlet says of an event that the record has, beside what the record says.

Owns which reports tell of an event, and in what a report differs from it. A report that
says nothing of a figure does not differ on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tracker.core.events import Event
from tracker.review.desk import SourceView, Standing
from tracker.review.queueing import Candidate

__all__ = ["OutletClaim", "claims_on"]


@dataclass(frozen=True, slots=True)
class OutletClaim:
    """A report of an event. `how` is accepted or merged by an editor, or seems, by likeness.

    `differs` names the slots on which it says something that the event does not:
    rate_pct, effective_date, until_date.
    """

    source: SourceView
    candidate: str
    how: str
    differs: tuple[str, ...]


def claims_on(
    event: Event, candidates: Iterable[Candidate], known: Mapping[str, str], today: date
) -> tuple[OutletClaim, ...]:
    """The reports that tell of an event, in order of time; `known` is by likeness, by report."""
    found = []
    for candidate in candidates:
        decided = _decided(candidate, today)
        for source in candidate.sources:
            how = decided.get(event.id) or ("seems" if known.get(source.report) == event.id else "")
            if how and (not decided or event.id in decided):
                found.append(OutletClaim(source, candidate.id, how, _differs(event, source)))
    return tuple(
        sorted(found, key=lambda one: (one.source.published or date.max, one.source.report))
    )


def _decided(candidate: Candidate, today: date) -> dict[str, str]:
    """The event that an editor said the candidate tells of, and how."""
    closing, standing = candidate.case.closing, candidate.case.standing(today)
    event = getattr(closing.what, "event", None) if closing else None
    if not isinstance(event, str) or standing is Standing.OPEN:
        return {}
    return {event: "merged" if standing is Standing.MERGED else "accepted"}


def _differs(event: Event, source: SourceView) -> tuple[str, ...]:
    says, effects = source.says, event.effects
    pairs = (
        ("rate_pct", says.rate_pct, {one.rate_pct for one in effects}),
        ("effective_date", says.effective_from, {one.effective_from for one in effects}),
        ("until_date", says.effective_until, {one.effective_until for one in effects}),
    )
    return tuple(
        slot for slot, value, held in pairs if value is not None and held and value not in held
    )
