"""What lies ahead and what surprised: cells and sentences for both, and their JSON.

The JSON shapes may only grow; `docs/json.md` shows them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.core.coverage import Coverage
from tracker.core.events import Event, When
from tracker.core.surprises import Surprise
from tracker.core.upcoming import Ahead, AheadKind, Upcoming
from tracker.telling.answers import coverage_json
from tracker.telling.asking_shapes import named_json
from tracker.telling.changes import side_phrase
from tracker.telling.event_shapes import deadline_json
from tracker.telling.language import Language, marked
from tracker.telling.names import deadline_name
from tracker.telling.numbered import marks
from tracker.telling.phrases import pending_phrase, state_phrase
from tracker.telling.pieces import Json, day_json, rate_json, rate_words_json, when_json
from tracker.telling.places import subject_phrase
from tracker.telling.shapes import change_json
from tracker.telling.uncertain import when_phrase

__all__ = [
    "AheadCells",
    "SurpriseCells",
    "ahead_cells",
    "surprise_cells",
    "surprises_json",
    "upcoming_json",
]

_KINDS = {
    AheadKind.START: marked("ahead", "start"),
    AheadKind.CHANGE: marked("ahead", "change"),
    AheadKind.RESUMPTION: marked("ahead", "resumption"),
    AheadKind.PAUSE: marked("ahead", "pause"),
    AheadKind.END: marked("ahead", "end"),
    AheadKind.PLAN: marked("ahead", "plan"),
    AheadKind.THREAT: marked("ahead", "threat"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AheadCells:
    """One thing ahead as a row. `day` is ISO; `when` says what is known where there is none."""

    day: str
    when: str
    kind: str
    what: str
    now: str
    event: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SurpriseCells:
    """One surprise as a row: the day, the provision, both sides, how much notice there was."""

    day: str
    what: str
    expected: str
    applied: str
    notice: str
    events: str
    place: str


def ahead_cells(lang: Language, one: Ahead, numbers: Mapping[str, int]) -> AheadCells:
    """The row of one thing ahead."""
    return AheadCells(
        day=day_json(one.day) or "",
        when="" if one.day else when_phrase(lang, one.when or When()),
        kind=_kind(lang, one),
        what=_what(lang, one),
        now=state_phrase(lang, one.row) if one.row else "",
        event=marks(numbers, [one.event]),
        place=".".join(one.row.place) if one.row else _measures(one),
    )


def _kind(lang: Language, one: Ahead) -> str:
    if one.deadline is not None:
        return deadline_name(lang, one.deadline.kind)
    return lang.say(*_KINDS[one.kind])


def _measures(one: Ahead) -> str:
    return ", ".join(one.deadline.measures) if one.deadline else ""


def _what(lang: Language, one: Ahead) -> str:
    if one.deadline is not None:
        title = lang.words(one.deadline.title)
        if one.moved_from is None:
            return title
        day = lang.day(one.moved_from)
        return lang.say("ahead", "{title} (moved from {day})", title=title, day=day)
    if one.row is None or one.turn is None:
        return ""
    return lang.say(
        "ahead",
        "{subject}: {turn}",
        subject=subject_phrase(lang, one.row),
        turn=pending_phrase(lang, one.turn),
    )


def surprise_cells(lang: Language, one: Surprise, numbers: Mapping[str, int]) -> SurpriseCells:
    """The row of one surprise."""
    change = one.change
    return SurpriseCells(
        day=one.day.isoformat(),
        what=subject_phrase(lang, change.subject),
        expected=side_phrase(lang, change.before),
        applied=side_phrase(lang, change.after),
        notice=_notice(lang, one),
        events=marks(numbers, change.events),
        place=".".join(change.subject.place),
    )


def _notice(lang: Language, one: Surprise) -> str:
    if one.late_days:
        said = lang.say_count(
            "notice",
            "none: it reached {count} day back",
            "none: it reached {count} days back",
            one.late_days,
        )
    elif one.notice_days:
        said = lang.say_count("notice", "{count} day", "{count} days", one.notice_days)
    else:
        said = lang.say("notice", "none")
    return lang.say("notice", "{notice}, shown before", notice=said) if one.already else said


def upcoming_json(
    lang: Language,
    found: Upcoming,
    events: Sequence[Event],
    *,
    days: int,
    coverage: Coverage,
    notes: Sequence[str],
) -> Json:
    """`tracker upcoming --json`: what is dated in order of day, what is not apart."""
    return {
        "from": found.day.isoformat(),
        "until": found.until.isoformat(),
        "days": days,
        "known_by": found.known_by.isoformat(),
        "dated": [_ahead(one, lang) for one in found.dated],
        "undated": [_ahead(one, lang) for one in found.undated],
        "events": named_json(events),
        "coverage": coverage_json(coverage),
        "notes": list(notes),
    }


def _ahead(one: Ahead, lang: Language) -> Json:
    row, turn, deadline = one.row, one.turn, one.deadline
    measures = deadline.measures if deadline else (row.measure,) if row else ()
    return {
        "kind": str(one.kind),
        "day": day_json(one.day),
        "when": None if one.when is None else when_json(one.when),
        "event": one.event,
        "measures": list(measures),
        "measure": row.measure if row else None,
        "provision": row.provision if row else None,
        "imposer": row.imposer if row else None,
        "targets": list(row.targets) if row else [],
        "products": row.scope.products.en if row else None,
        "origin": row.scope.origin if row else None,
        "now": str(row.status) if row else None,
        "status": str(turn.status) if turn else None,
        "rate_pct": rate_json(turn.rate_pct) if turn else None,
        "basis": str(turn.basis) if turn else None,
        "rate_text": rate_words_json(turn.rate_pct, turn.rate_text, turn.basis) if turn else None,
        "deadline": deadline_json(deadline) if deadline else None,
        "moved_from": day_json(one.moved_from),
        "sentence": _what(lang, one),
    }


def surprises_json(
    lang: Language,
    found: Sequence[Surprise],
    events: Sequence[Event],
    *,
    window: tuple[date, date, int],
    coverage: Coverage,
    notes: Sequence[str],
) -> Json:
    """`tracker surprises --json`: each surprise once, at the first day on which it showed.

    `window` are the two days asked about and how many days before each it was expected.
    """
    after, until, days = window
    return {
        "from": after.isoformat(),
        "to": until.isoformat(),
        "days": days,
        "surprises": [
            {
                "day": one.day.isoformat(),
                "announced": one.announced.isoformat(),
                "notice_days": one.notice_days,
                "late_days": one.late_days,
                "already": one.already,
                **change_json(one.change, lang=lang),
            }
            for one in found
        ],
        "events": named_json(events),
        "coverage": coverage_json(coverage),
        "notes": list(notes),
    }
