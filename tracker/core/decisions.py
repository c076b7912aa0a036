"""What an editor decided on a group of reports, as the ledger keeps it.

Payloads of the streams `review/CANDIDATE`, one stream for each group of reports that
seem to tell one story. A decision is never changed or deleted: taking it back is an
entry of its own. What follows from the decisions is worked out in the review room.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from tracker.core.events import Event
from tracker.core.frozen import Frozen

__all__ = [
    "REVIEW_STREAM",
    "ReviewAccepted",
    "ReviewAmended",
    "ReviewExported",
    "ReviewMerged",
    "ReviewPostponed",
    "ReviewRejected",
    "ReviewSplit",
    "ReviewUndone",
]

REVIEW_STREAM = "review/"
"""The streams of decisions; the candidate's name follows."""


class ReviewAccepted(Frozen, frozen=True, kw_only=True):
    """A candidate became the event of that id, recorded in the same batch.

    `reports` names the streams of the reports it was decided on, here and in
    the other decisions.
    """

    TYPE: ClassVar[str] = "review.accepted"
    SCHEMA: ClassVar[int] = 1
    candidate: str
    editor: str
    event: str
    reports: tuple[str, ...]


class ReviewAmended(Frozen, frozen=True, kw_only=True):
    """An editor wrote the draft anew; it is not accepted yet."""

    TYPE: ClassVar[str] = "review.amended"
    SCHEMA: ClassVar[int] = 1
    candidate: str
    editor: str
    event: Event
    reports: tuple[str, ...]


class ReviewMerged(Frozen, frozen=True, kw_only=True):
    """The reports tell of an event that is in the record already."""

    TYPE: ClassVar[str] = "review.merged"
    SCHEMA: ClassVar[int] = 1
    candidate: str
    editor: str
    event: str
    reports: tuple[str, ...]


class ReviewSplit(Frozen, frozen=True, kw_only=True):
    """Some reports tell another story: `reports` are the candidate `into` from now on.

    `left` are those that stay.
    """

    TYPE: ClassVar[str] = "review.split"
    SCHEMA: ClassVar[int] = 1
    candidate: str
    editor: str
    into: str
    left: tuple[str, ...]
    reports: tuple[str, ...]


class ReviewRejected(Frozen, frozen=True, kw_only=True):
    """There is nothing in it for the record."""

    TYPE: ClassVar[str] = "review.rejected"
    SCHEMA: ClassVar[int] = 1
    candidate: str
    editor: str
    reason: str
    reports: tuple[str, ...]


class ReviewPostponed(Frozen, frozen=True, kw_only=True):
    """Not to be looked at before the policy day `until`."""

    TYPE: ClassVar[str] = "review.postponed"
    SCHEMA: ClassVar[int] = 1
    candidate: str
    editor: str
    until: date
    reports: tuple[str, ...]


class ReviewUndone(Frozen, frozen=True, kw_only=True):
    """The decision that is entry number `undoes` of the candidate's stream no longer counts."""

    TYPE: ClassVar[str] = "review.undone"
    SCHEMA: ClassVar[int] = 1
    candidate: str
    editor: str
    undoes: int


class ReviewExported(Frozen, frozen=True, kw_only=True):
    """The accepted event stands in the record's files, which have the last word on it from now on.

    `editor` is who wrote it there, None where a load found it.
    """

    TYPE: ClassVar[str] = "review.exported"
    SCHEMA: ClassVar[int] = 1
    candidate: str
    event: str
    editor: str | None = None
