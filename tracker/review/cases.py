"""What has been decided on each candidate: a fold of the streams of decisions.

Owns which decisions still count and how a candidate stands for them. Pure; it must not
know what the reports say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import TypeAlias

from tracker.core.codec import decode
from tracker.core.decisions import (
    ReviewAccepted,
    ReviewAmended,
    ReviewExported,
    ReviewMerged,
    ReviewPostponed,
    ReviewRejected,
    ReviewSplit,
    ReviewUndone,
)
from tracker.core.entries import Entry
from tracker.core.events import Event
from tracker.core.streams import REVIEW_STREAM
from tracker.review.desk import Standing

__all__ = ["Case", "Decided", "Decision", "cases_of"]

Decision: TypeAlias = (
    ReviewAccepted | ReviewAmended | ReviewMerged | ReviewPostponed | ReviewRejected | ReviewSplit
)
"""What an editor can decide, and take back."""

_CLOSING = (ReviewAccepted, ReviewMerged, ReviewRejected, ReviewPostponed)
_STANDINGS: dict[type, Standing] = {
    ReviewAccepted: Standing.ACCEPTED,
    ReviewMerged: Standing.MERGED,
    ReviewRejected: Standing.REJECTED,
    ReviewPostponed: Standing.POSTPONED,
}


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that counts: entry number `version` of its stream; `at` is UTC."""

    version: int
    position: int
    at: datetime
    what: Decision


@dataclass(frozen=True, slots=True)
class Case:
    """A candidate as its stream tells it.

    `version` counts all entries, those taken back included. `decided` are those that
    count, oldest first; `exported` says that the accepted event is in the record's files.
    """

    candidate: str
    version: int = 0
    decided: tuple[Decided, ...] = ()
    exported: bool = False

    @property
    def closing(self) -> Decided | None:
        """The last decision that says how the candidate stands, or None while it is open."""
        found = (one for one in reversed(self.decided) if isinstance(one.what, _CLOSING))
        return next(found, None)

    @property
    def last(self) -> Decided | None:
        """The decision that would be undone next."""
        return self.decided[-1] if self.decided else None

    @property
    def amended(self) -> Event | None:
        """The draft as an editor last wrote it, or None."""
        for one in reversed(self.decided):
            if isinstance(one.what, ReviewAmended):
                return one.what.event
        return None

    def standing(self, today: date) -> Standing:
        """How the candidate stands on a policy day: what was postponed comes back by itself."""
        closing = self.closing
        if closing is None:
            return Standing.OPEN
        what = closing.what
        if isinstance(what, ReviewPostponed) and what.until <= today:
            return Standing.OPEN
        if isinstance(what, ReviewAccepted) and self.exported:
            return Standing.EXPORTED
        return _STANDINGS[type(what)]


@dataclass(slots=True)
class _Open:
    """A case being folded."""

    version: int = 0
    decided: list[Decided] = field(default_factory=list)
    exported: bool = False


def cases_of(entries: Iterable[Entry]) -> Mapping[str, Case]:
    """The case of every candidate that was ever decided on, by its name.

    `entries` stand in order of position; those of other streams are passed over.
    Raises: LedgerBroken if one does not read.
    """
    found: dict[str, _Open] = {}
    for entry in entries:
        if not entry.stream.startswith(REVIEW_STREAM):
            continue
        case = found.setdefault(entry.stream.removeprefix(REVIEW_STREAM), _Open())
        case.version = entry.version
        payload = decode(entry.type, entry.schema, entry.payload)
        if isinstance(payload, ReviewUndone):
            gone = [one.what for one in case.decided if one.version == payload.undoes]
            if any(isinstance(what, ReviewAccepted) for what in gone):
                case.exported = False
            case.decided = [one for one in case.decided if one.version != payload.undoes]
        elif isinstance(payload, ReviewExported):
            case.exported = True
        elif isinstance(payload, Decision):
            case.exported = case.exported and not isinstance(payload, ReviewAccepted)
            one = Decided(entry.version, entry.position, entry.recorded_at, payload)
            case.decided.append(one)
    return MappingProxyType(
        {
            name: Case(name, case.version, tuple(case.decided), case.exported)
            for name, case in found.items()
        }
    )
