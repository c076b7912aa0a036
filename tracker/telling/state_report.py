"""The state report: what stands on a day, as cells ready to be set.

Owns which cells there are and what stands in them. It knows no format: the
renderers and the terminal's table take it as it is. Texts are plain and not
escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.core.events import When
from tracker.core.policy import Disputed, ProvisionState, Viewpoint
from tracker.core.words import ENDED, PLANNED
from tracker.telling.language import Language, Said
from tracker.telling.names import doubt_name, standing_name, status_name
from tracker.telling.phrases import alternative_phrase, pending_phrase, rate_phrase, state_phrase
from tracker.telling.places import origin_phrase, subject_phrase, who_on_whom
from tracker.telling.uncertain import when_phrase
from tracker.telling.viewpoints import viewpoint_phrase

__all__ = [
    "ClaimCells",
    "StateHeadings",
    "StateReport",
    "StateRow",
    "state_headings",
    "state_report",
]


@dataclass(frozen=True, slots=True)
class StateRow:
    """One provision: who on whom, its rate and status, goods, since and until when, what is ahead.

    `status` names what may hold instead and what is doubtful too. `since` and
    `until` are ISO days, or what is known of a day that is not known as one.
    """

    place: str
    who: str
    rate: str
    status: str
    goods: Said
    origin: str
    since: str
    until: str
    ahead: str
    sentence: str
    state: ProvisionState


@dataclass(frozen=True, slots=True)
class ClaimCells:
    """A claim in dispute: its standing, what is claimed, what checking found, where it stands."""

    standing: str
    stated: Said
    finding: Said
    place: str
    event: str


@dataclass(frozen=True, slots=True)
class StateReport:
    """A whole answer. `silent` are the measures of which the record does not speak yet."""

    lang: Language
    title: str
    rows: tuple[StateRow, ...]
    claims: tuple[ClaimCells, ...]
    silent: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StateHeadings:
    """The fixed words of a state report in one language."""

    who: str
    rate: str
    status: str
    goods: str
    since: str
    until: str
    ahead: str
    provision: str
    claims: str
    claimed: str
    found: str
    silent: str
    nothing: str


def state_headings(lang: Language) -> StateHeadings:
    """The headings in a language."""
    return StateHeadings(
        who=lang.say("heading", "Who on whom"),
        rate=lang.say("heading", "Rate"),
        status=lang.say("heading", "Status"),
        goods=lang.say("heading", "Goods"),
        since=lang.say("heading", "Since"),
        until=lang.say("heading", "Until"),
        ahead=lang.say("heading", "Ahead"),
        provision=lang.say("heading", "Provision"),
        claims=lang.say("heading", "Claims that are not part of the state"),
        claimed=lang.say("heading", "claimed"),
        found=lang.say("heading", "found"),
        silent=lang.say("heading", "Not yet in the record, so nothing is said of them"),
        nothing=lang.say("heading", "Nothing in the record fits that."),
    )


def state_report(
    lang: Language,
    viewpoint: Viewpoint,
    rows: Sequence[ProvisionState],
    claims: Sequence[Disputed] = (),
    *,
    today: date,
    silent: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> StateReport:
    """The report of `rows`, in the order given; `today` only says which days lie ahead."""
    seen = viewpoint_phrase(lang, viewpoint, today=today)
    if viewpoint.on > today:
        # The phrase already says that the day lies ahead.
        title = lang.say("report", "Scheduled for {viewpoint}", viewpoint=seen)
    else:
        title = lang.say("report", "State on {viewpoint}", viewpoint=seen)
    return StateReport(
        lang=lang,
        title=title,
        rows=tuple(_row(lang, row) for row in rows),
        claims=tuple(_claim(lang, found) for found in claims),
        silent=tuple(silent),
        notes=tuple(notes),
    )


def _row(lang: Language, row: ProvisionState) -> StateRow:
    charged = row.status not in ENDED and row.status not in PLANNED
    return StateRow(
        place=f"{row.measure}.{row.provision}",
        who=who_on_whom(lang, row.imposer, row.targets),
        rate=rate_phrase(lang, row.rate_pct, row.basis, row.rate_text) if charged else "",
        status=_status(lang, row),
        goods=lang.text(row.scope.products),
        origin=origin_phrase(lang, row),
        since=_edge(lang, row.effective_from, row.starts),
        until=_edge(lang, row.effective_until, row.ends),
        ahead=lang.series(pending_phrase(lang, turn) for turn in row.pending),
        sentence=lang.say(
            "change",
            "{subject}: {what}.",
            subject=subject_phrase(lang, row),
            what=state_phrase(lang, row),
        ),
        state=row,
    )


def _status(lang: Language, row: ProvisionState) -> str:
    name = status_name(lang, row.status)
    if row.doubts:
        doubts = lang.listed([doubt_name(lang, doubt) for doubt in row.doubts])
        name = lang.say("state", "{state} ({doubts})", state=name, doubts=doubts)
    return lang.series((name, *(alternative_phrase(lang, other) for other in row.alternatives)))


def _edge(lang: Language, day: date | None, when: When | None) -> str:
    if day is not None:
        return day.isoformat()
    return "" if when is None else when_phrase(lang, when)


def _claim(lang: Language, found: Disputed) -> ClaimCells:
    claim = found.claim
    return ClaimCells(
        standing=standing_name(lang, claim.standing),
        stated=lang.text(claim.stated),
        finding=lang.text(claim.finding),
        place=f"{claim.measure}.{claim.provision}",
        event=found.event.id,
    )
