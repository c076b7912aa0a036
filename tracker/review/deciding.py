"""What an action of an editor appends to the ledger, or why it cannot be done.

Pure: from how a candidate stands to drafts. Every draft expects the version it was decided
on, so that of two editors at once one is refused and nothing is doubled.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
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
from tracker.errors import AppendConflict, BadInput
from tracker.review.cases import Case
from tracker.review.desk import Standing
from tracker.review.groups import name_of_split

__all__ = [
    "Act",
    "accept",
    "amend",
    "check_editor",
    "export",
    "merge",
    "overtaken",
    "postpone",
    "reject",
    "require_undecided",
    "split",
    "undo",
]

_LONGEST_NAME = 100
_LONGEST_REASON = 1_000
_UNDECIDED = frozenset({Standing.OPEN, Standing.POSTPONED})


@dataclass(frozen=True, slots=True)
class Act:
    """Who decides, on which policy day, on what: a case as it stands and all its reports."""

    case: Case
    editor: str
    today: date
    reports: tuple[str, ...]


def check_editor(name: str | None) -> str:
    """The name that decisions are recorded under, on one line. Raises: BadInput if it is none."""
    found = " ".join((name or "").split())
    if not found or len(found) > _LONGEST_NAME or not found.isprintable():
        raise BadInput(
            "a decision is recorded under the editor's name, and there is none that can be used",
            "Give --editor NAME or set TRACKER_EDITOR",
        )
    return found


def accept(act: Act, *, event: Event, held: int) -> tuple[Draft, ...]:
    """The candidate becomes `event`, which enters the record in the same batch.

    `held` is the number of entries the event's stream holds. Raises: BadInput.
    """
    require_undecided(act)
    return (
        _draft(f"{EVENT_STREAM}{event.id}", held, EventRecorded(event=event)),
        _decision(
            act.case,
            ReviewAccepted(
                candidate=act.case.candidate, editor=act.editor, event=event.id, reports=act.reports
            ),
        ),
    )


def amend(act: Act, *, event: Event) -> tuple[Draft, ...]:
    """The draft reads like `event` from now on. Raises: BadInput."""
    require_undecided(act)
    what = ReviewAmended(
        candidate=act.case.candidate, editor=act.editor, event=event, reports=act.reports
    )
    return (_decision(act.case, what),)


def merge(act: Act, *, event: str) -> tuple[Draft, ...]:
    """The reports tell of an event that is there already. Raises: BadInput."""
    require_undecided(act)
    what = ReviewMerged(
        candidate=act.case.candidate, editor=act.editor, event=event, reports=act.reports
    )
    return (_decision(act.case, what),)


def split(act: Act, *, moved: Collection[str]) -> tuple[Draft, ...]:
    """Some of `reports` become a candidate of their own. Raises: BadInput."""
    require_undecided(act)
    strangers = [report for report in moved if report not in act.reports]
    if strangers:
        raise BadInput(f"{strangers[0]} is not among the reports", "Choose from those it lists")
    out = tuple(report for report in act.reports if report in moved)
    left = tuple(report for report in act.reports if report not in moved)
    if not out or not left:
        raise BadInput(
            "a split takes some reports out and leaves some", "Choose at least one, and not all"
        )
    into = name_of_split(act.case.candidate, act.case.version + 1, out)
    what = ReviewSplit(
        candidate=act.case.candidate, editor=act.editor, into=into, left=left, reports=out
    )
    return (_decision(act.case, what),)


def reject(act: Act, *, why: str) -> tuple[Draft, ...]:
    """There is nothing in it for the record. Raises: BadInput."""
    require_undecided(act)
    reason = " ".join(why.split())
    if not reason or len(reason) > _LONGEST_REASON:
        raise BadInput(
            f"a rejection says why, in 1 to {_LONGEST_REASON} characters",
            "Write a few words, like: opinion, nothing new",
        )
    what = ReviewRejected(
        candidate=act.case.candidate, editor=act.editor, reason=reason, reports=act.reports
    )
    return (_decision(act.case, what),)


def postpone(act: Act, *, until: date) -> tuple[Draft, ...]:
    """It waits until that policy day. Raises: BadInput."""
    require_undecided(act)
    if until <= act.today:
        raise BadInput(f"{until} does not lie ahead", f"Name a day after {act.today}")
    what = ReviewPostponed(
        candidate=act.case.candidate, editor=act.editor, until=until, reports=act.reports
    )
    return (_decision(act.case, what),)


def undo(
    act: Act, *, held: int, there: bool, needed_by: Sequence[str], cases: Mapping[str, Case]
) -> tuple[Draft, ...]:
    """Take back the last decision on the candidate by a new entry.

    For an accepted event, `held` is the number of entries of its stream, `there` whether
    the record has it still (the files may have dropped it since), and `needed_by` names
    the events that refer to it. Raises: BadInput.
    """
    case, last = act.case, act.case.last
    if last is None:
        raise BadInput(f"nothing has been decided on {case.candidate}", "There is nothing to undo")
    undone = _decision(
        case, ReviewUndone(candidate=case.candidate, editor=act.editor, undoes=last.version)
    )
    if isinstance(last.what, ReviewSplit):
        other = cases.get(last.what.into)
        if other is not None and other.decided:
            raise BadInput(
                f"{other.candidate}, which was split off, has been decided on",
                f"Undo that first: tracker review undo {other.candidate}",
            )
    if not isinstance(last.what, ReviewAccepted) or not there:
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
    retracted = EventRetracted(id=event, reason=f"acceptance undone by {act.editor}")
    return (_draft(f"{EVENT_STREAM}{event}", held, retracted), undone)


def export(case: Case, *, editor: str, event: str) -> Draft:
    """The accepted event stands in the record's files now."""
    return _decision(case, ReviewExported(candidate=case.candidate, event=event, editor=editor))


def overtaken(name: str, case: Case | None) -> AppendConflict:
    """What to say of a decision that was taken on an older view."""
    last = case.last if case else None
    if case is None or last is None:
        return AppendConflict(
            f"{name} has changed meanwhile", "Look at it again; nothing was written"
        )
    verb = last.what.TYPE.removeprefix("review.")
    return AppendConflict(
        f"{last.what.editor} has {verb} {case.candidate} meanwhile",
        "Look at it again; nothing was written",
    )


def _merged_into(event: str, cases: Mapping[str, Case]) -> list[str]:
    return [
        f"candidate {name}"
        for name, case in cases.items()
        if (closing := case.closing) is not None
        and isinstance(closing.what, ReviewMerged)
        and closing.what.event == event
    ]


def require_undecided(act: Act) -> None:
    """Make sure that the candidate waits for a decision. Raises: BadInput."""
    case, standing = act.case, act.case.standing(act.today)
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
