"""The JSON of states and diffs that others rely on, as built-in data.

These shapes may only grow. Dates are ISO 8601, rates ad valorem percent as
numbers, countries ISO alpha-2, absent values null. Free text is English;
only sentences are in the language asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from tracker.core.codec import instant_text
from tracker.core.diff import Change, Step
from tracker.core.events import When
from tracker.core.pending import Alternative, Pending
from tracker.core.policy import Disputed, ProvisionState, Viewpoint
from tracker.core.words import Status
from tracker.telling.changes import change_sentence, difference_points
from tracker.telling.language import ENGLISH, Language
from tracker.telling.pieces import (
    Json,
    claim_json,
    day_json,
    rate_json,
    rate_words_json,
    when_json,
)

__all__ = ["change_json", "diff_json", "row_json", "state_json", "viewpoint_json"]


def viewpoint_json(viewpoint: Viewpoint) -> Json:
    """From where an answer was seen."""
    recorded = viewpoint.recorded_by
    return {
        "on": viewpoint.on.isoformat(),
        "announced_by": day_json(viewpoint.announced_by),
        "recorded_by": None if recorded is None else instant_text(recorded),
    }


def _bound(day: date | None, when: When | None, absent: str | None) -> Json | None:
    """A start or an end: a day, what is known of one, or `absent` where there is neither."""
    if day is not None:
        edge = when_json(When(earliest=day, latest=day))
        return {**edge, "kind": "day"}
    if when is not None:
        return when_json(when)
    return None if absent is None else {**when_json(When()), "kind": absent}


def _end(row: ProvisionState) -> Json | None:
    """The end of what is in force or paused; what has ended or is only planned has none."""
    standing = row.status in {Status.IN_FORCE, Status.PAUSED}
    return _bound(row.effective_until, row.ends, "open" if standing else None)


def _pending(turn: Pending) -> Json:
    return {
        "status": str(turn.status),
        "rate_pct": rate_json(turn.rate_pct),
        "basis": str(turn.basis),
        "rate_text": rate_words_json(turn.rate_pct, turn.rate_text, turn.basis),
        "effective_from": day_json(turn.effective_from),
        "when": None if turn.when is None else when_json(turn.when),
        "event": turn.event,
    }


def _alternative(other: Alternative) -> Json:
    return {
        "status": str(other.status),
        "rate_pct": rate_json(other.rate_pct),
        "basis": str(other.basis),
        "rate_text": rate_words_json(other.rate_pct, other.rate_text, other.basis),
        "when": when_json(other.when),
        "event": other.event,
    }


def row_json(row: ProvisionState) -> Json:
    """One provision of `tracker state --json`."""
    return {
        "measure": row.measure,
        "provision": row.provision,
        "imposer": row.imposer,
        "targets": list(row.targets),
        "authority": row.authority,
        "products": row.scope.products.en,
        "hts": list(row.scope.hts),
        "origin": row.scope.origin,
        "status": str(row.status),
        "rate_pct": rate_json(row.rate_pct),
        "basis": str(row.basis),
        "rate_text": rate_words_json(row.rate_pct, row.rate_text, row.basis),
        "effective_from": day_json(row.effective_from),
        "effective_until": day_json(row.effective_until),
        "start": _bound(row.effective_from, row.starts, None),
        "end": _end(row),
        "alternatives": [_alternative(other) for other in row.alternatives],
        "doubts": [str(doubt) for doubt in row.doubts],
        "pending": [_pending(turn) for turn in row.pending],
        "events": list(row.events),
    }


def state_json(
    viewpoint: Viewpoint,
    rows: Iterable[ProvisionState],
    claims: Iterable[Disputed] = (),
    *,
    not_covered: Iterable[str] = (),
    told: Callable[[ProvisionState], Json] = row_json,
) -> Json:
    """`tracker state --json`: the viewpoint, its provisions, claims in dispute that day.

    `not_covered` are the measures of which the record does not speak yet. `told` tells a
    row, for who has told it before.
    """
    return {
        "viewpoint": viewpoint_json(viewpoint),
        "provisions": [told(row) for row in rows],
        "claims": [claim_json(claim) for claim in claims],
        "not_covered": list(not_covered),
    }


# What both sides of a change share stands once, on the change itself.
_SHARED = frozenset({"measure", "provision", "imposer", "targets", "authority", "hts"})


def _side(row: ProvisionState | None) -> Json | None:
    if row is None:
        return None
    return {key: value for key, value in row_json(row).items() if key not in _SHARED}


def _step(step: Step, lang: Language) -> Json:
    return {"day": step.day.isoformat(), **change_json(step.change, lang=lang)}


def change_json(change: Change, *, lang: Language = ENGLISH, steps: bool = False) -> Json:
    """One change of `tracker diff --json`; `steps` lists the changes on the way too."""
    subject = change.subject
    points = difference_points(change)
    found: Json = {
        "measure": subject.measure,
        "provision": subject.provision,
        "imposer": subject.imposer,
        "targets": list(subject.targets),
        "authority": subject.authority,
        "products": subject.scope.products.en,
        "origin": subject.scope.origin,
        "change": str(change.kind),
        "label": None if change.label is None else str(change.label),
        "difference_points": rate_json(points),
        "before": _side(change.before),
        "after": _side(change.after),
        "events": list(change.events),
        "sentence": change_sentence(lang, change),
    }
    if steps:
        found["steps"] = [_step(step, lang) for step in change.steps]
    return found


def diff_json(
    before: Viewpoint,
    after: Viewpoint,
    changes: Iterable[Change],
    *,
    lang: Language = ENGLISH,
    steps: bool = False,
) -> Json:
    """`tracker diff --json`: both viewpoints and one change for each provision that differs."""
    return {
        "from": viewpoint_json(before),
        "to": viewpoint_json(after),
        "changes": [change_json(change, lang=lang, steps=steps) for change in changes],
    }
