"""What an action of an editor appends to the ledger, or why it cannot be done.

Pure: from how a candidate stands to drafts. Every draft expects the version it was decided
on, so that of two editors at once one is refused and nothing is doubled.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from tracker.core.codec import content_key
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
from tracker.core.entries import Draft, EventRecorded, EventRetracted, Payload
from tracker.core.events import Event
from tracker.core.streams import EVENT_STREAM, REVIEW_STREAM
from tracker.errors import BadInput
from tracker.review.cases import Case
from tracker.review.desk import Standing
from tracker.review.groups import name_of_split

__all__ = [
    "accept",
    "amend",
    "check_editor",
    "export",
    "merge",
    "postpone",
    "reject",
    "split",
    "undo",
]

_LONGEST_NAME = 100
_LONGEST_REASON = 1_000
_UNDECIDED = frozenset({Standing.OPEN, Standing.POSTPONED})


def check_editor(name: str | None) -> str:
    """The name that decisions are recorded under, on one line. Raises: BadInput if it is none."""
    found = " ".join((name or "").split())
    if not found or len(found) > _LONGEST_NAME or not found.isprintable():
        raise BadInput(
            "a decision is recorded under the editor's name, and there is none that can be used",
            "Give --editor NAME or set TRACKER_EDITOR",
        )
    return found


def accept(
    case: Case, *, editor: str, today: date, reports: Sequence[str], event: Event, held: int
) -> tuple[Draft, ...]:
    """The candidate becomes `event`, which enters the record in the same batch.

    `held` is the number of entries the event's stream holds. Raises: BadInput.
    """
    _require_undecided(case, today)
    return (
        _draft(f"{EVENT_STREAM}{event.id}", held, EventRecorded(event=event)),
        _decision(
            case,
            ReviewAccepted(
                candidate=case.candidate, editor=editor, event=event.id, reports=tuple(reports)
            ),
        ),
    )


def amend(
    case: Case, *, editor: str, today: date, reports: Sequence[str], event: Event
) -> tuple[Draft, ...]:
    """The draft reads like `event` from now on. Raises: BadInput."""
    _require_undecided(case, today)
    what = ReviewAmended(
        candidate=case.candidate, editor=editor, event=event, reports=tuple(reports)
    )
    return (_decision(case, what),)


def merge(
    case: Case, *, editor: str, today: date, reports: Sequence[str], event: str
) -> tuple[Draft, ...]:
    """The reports tell of an event that is there already. Raises: BadInput."""
    _require_undecided(case, today)
    what = ReviewMerged(
        candidate=case.candidate, editor=editor, event=event, reports=tuple(reports)
    )
    return (_decision(case, what),)


def split(
    case: Case, *, editor: str, today: date, reports: Sequence[str], moved: Collection[str]
) -> tuple[Draft, ...]:
    """Some of `reports` become a candidate of their own. Raises: BadInput."""
    _require_undecided(case, today)
    strangers = [report for report in moved if report not in reports]
    if strangers:
        raise BadInput(f"{strangers[0]} is not among the reports", "Choose from those it lists")
    out = tuple(report for report in reports if report in moved)
    left = tuple(report for report in reports if report not in moved)
    if not out or not left:
        raise BadInput(
            "a split takes some reports out and leaves some", "Choose at least one, and not all"
        )
    into = name_of_split(case.candidate, case.version + 1, out)
    what = ReviewSplit(candidate=case.candidate, editor=editor, into=into, left=left, reports=out)
    return (_decision(case, what),)


def reject(
    case: Case, *, editor: str, today: date, reports: Sequence[str], why: str
) -> tuple[Draft, ...]:
    """There is nothing in it for the record. Raises: BadInput."""
    _require_undecided(case, today)
    reason = " ".join(why.split())
    if not reason or len(reason) > _LONGEST_REASON:
        raise BadInput(
            f"a rejection says why, in 1 to {_LONGEST_REASON} characters",
            "Write a few words, like: opinion, nothing new",
        )
    what = ReviewRejected(
        candidate=case.candidate, editor=editor, reason=reason, reports=tuple(reports)
    )
    return (_decision(case, what),)


def postpone(
    case: Case, *, editor: str, today: date, reports: Sequence[str], until: date
) -> tuple[Draft, ...]:
    """It waits until that policy day. Raises: BadInput."""
    _require_undecided(case, today)
    if until <= today:
        raise BadInput(f"{until} does not lie ahead", f"Name a day after {today}")
    what = ReviewPostponed(
        candidate=case.candidate, editor=editor, until=until, reports=tuple(reports)
    )
    return (_decision(case, what),)


def undo(
    case: Case,
    *,
    editor: str,
    held: int,
    needed_by: Sequence[str],
    cases: Mapping[str, Case],
) -> tuple[Draft, ...]:
    """Take back the last decision on the candidate by a new entry.

    For an accepted event, `held` is the number of entries of its stream and
    `needed_by` names the events that refer to it. Raises: BadInput.
    """
    last = case.last
    if last is None:
        raise BadInput(f"nothing has been decided on {case.candidate}", "There is nothing to undo")
    undone = _decision(
        case, ReviewUndone(candidate=case.candidate, editor=editor, undoes=last.version)
    )
    if isinstance(last.what, ReviewSplit):
        other = cases.get(last.what.into)
        if other is not None and other.decided:
            raise BadInput(
                f"{other.candidate}, which was split off, has been decided on",
                f"Undo that first: tracker review undo {other.candidate}",
            )
    if not isinstance(last.what, ReviewAccepted):
        return (undone,)
    event = last.what.event
    if case.exported:
        raise BadInput(
            f"{event} is in the record's files already, which have the last word",
            "Take it out there, then: tracker load",
        )
    needed = [*needed_by, *_merged_into(event, cases)]
    if needed:
        raise BadInput(
            f"{event} is needed by {', '.join(needed[:3])}", "Undo or change those first"
        )
    retracted = EventRetracted(id=event, reason=f"acceptance undone by {editor}")
    return (_draft(f"{EVENT_STREAM}{event}", held, retracted), undone)


def export(case: Case, *, editor: str, event: str) -> Draft:
    """The accepted event stands in the record's files now."""
    return _decision(case, ReviewExported(candidate=case.candidate, event=event, editor=editor))


def _merged_into(event: str, cases: Mapping[str, Case]) -> list[str]:
    return [
        f"candidate {name}"
        for name, case in cases.items()
        if (closing := case.closing) is not None
        and isinstance(closing.what, ReviewMerged)
        and closing.what.event == event
    ]


def _require_undecided(case: Case, today: date) -> None:
    standing = case.standing(today)
    if standing not in _UNDECIDED:
        closing = case.closing
        who = f" by {closing.what.editor}" if closing else ""
        raise BadInput(
            f"{case.candidate} has been decided on already: {standing}{who}",
            f"To decide anew: tracker review undo {case.candidate}",
        )


def _decision(case: Case, what: Payload) -> Draft:
    return _draft(f"{REVIEW_STREAM}{case.candidate}", case.version, what)


def _draft(stream: str, held: int, payload: Payload) -> Draft:
    key = content_key(stream, held + 1, payload)
    return Draft(stream=stream, key=key, payload=payload, expected_version=held)
