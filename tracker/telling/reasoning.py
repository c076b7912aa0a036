"""An explanation in words: why each layer counts or not, its paper, what stands around it.

Owns the wording of reasons and the cells of the report. Cells are plain text;
no format is known here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tracker.core.chain import Chain, Link, joined
from tracker.core.events import Event, When
from tracker.core.explain import Explanation, Told
from tracker.core.reasons import Reason
from tracker.core.words import PLANNED, Basis, Status
from tracker.telling.language import Language, marked
from tracker.telling.names import stage_name, standing_name, status_name
from tracker.telling.numbered import Numbered, marks, numbered, numbers_of
from tracker.telling.phrases import pending_phrase, rate_phrase, state_phrase
from tracker.telling.places import goods_phrase, who_on_whom
from tracker.telling.uncertain import day_or_when, when_phrase
from tracker.telling.viewpoints import viewpoint_phrase

__all__ = ["ExplainReport", "LayerCells", "explain_report", "reason_phrase"]

_PLAIN = {
    Reason.COUNTS: marked("reason", "counts"),
    Reason.PLAN: marked("reason", "a plan: it never enters into force by itself"),
}

_BY = {
    Reason.HELD_BACK: marked("reason", "held back by {events}"),
    Reason.COVERED: marked("reason", "covered by the later word of {events}"),
}

_SINCE = {
    Reason.NOT_BEGUN: marked("reason", "its days begin on {day}"),
    Reason.PASSED: marked("reason", "its days ended on {day}"),
    Reason.WITHDRAWN: marked("reason", "withdrawn on {day} by {events}"),
    Reason.PLAN_LATE: marked("reason", "a plan made only on {day}"),
    Reason.PLAN_REPLACED: marked("reason", "a plan replaced on {day} by {events}"),
    Reason.PLAN_ANSWERED: marked("reason", "a plan answered on {day} by {events}"),
    Reason.PLAN_LAPSED: marked("reason", "a plan that lapsed: {day} went by with nothing done"),
    Reason.NOT_YET_KNOWN: marked("reason", "not yet known: announced on {day}"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerCells:
    """One layer as a row: whether it counts, what it says, for which days, why, by whom."""

    counts: bool
    status: str
    rate: str
    start: str
    until: str
    why: str
    event: str
    around: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainReport:
    """A whole explanation. Lists are empty where there is nothing to say.

    `papers` are the chains of the layers' papers, each a line; `around` are lines
    on what the provision answers and what answers it; `claims` three lines each.
    """

    place: str
    title: str
    subject: str
    answer: str
    layers: tuple[LayerCells, ...]
    hidden: tuple[LayerCells, ...]
    ahead: tuple[str, ...]
    papers: tuple[str, ...]
    around: tuple[str, ...]
    claims: tuple[tuple[str, ...], ...]
    events: tuple[Numbered, ...]


def explain_report(lang: Language, found: Explanation, *, today: date) -> ExplainReport:
    """The report of an explanation; `today` only says which days lie ahead."""
    numbers = numbers_of(found.events)
    view = viewpoint_phrase(lang, found.viewpoint, today=today)
    place = ".".join(found.place)
    row = found.row
    who = who_on_whom(lang, found.measure.imposer, found.provision.targets)
    goods = goods_phrase(lang, row) if row else lang.words(found.provision.products)
    return ExplainReport(
        place=place,
        title=lang.say("explain", "{place} on {view}", place=place, view=view),
        subject=lang.say("subject", "{who}, {goods}", who=who, goods=goods),
        answer=state_phrase(lang, row)
        if row
        else lang.say("explain", "the record says nothing of it at this point"),
        layers=tuple(_cells(lang, told, numbers) for told in found.layers),
        hidden=tuple(_cells(lang, told, numbers) for told in found.not_yet_known),
        ahead=tuple(
            f"{pending_phrase(lang, turn)} {marks(numbers, [turn.event])}"
            for turn in (row.pending if row else ())
        ),
        papers=tuple(_paper(lang, one, numbers) for one in _chains(found)),
        around=_around(lang, found),
        claims=tuple(_claim(lang, found, index, numbers) for index in range(len(found.claims))),
        events=numbered(lang, found.events),
    )


def reason_phrase(lang: Language, told: Told, numbers: Mapping[str, int]) -> str:
    """Why a layer counts or not: `covered by the later word of [3]`."""
    reason = _reason(lang, told, marks(numbers, told.verdict.by))
    if told.late and told.reason not in {Reason.PLAN_LATE, Reason.NOT_YET_KNOWN}:
        day = lang.day(told.event.announced)
        return lang.say("reason", "{reason}; announced only on {day}", reason=reason, day=day)
    return reason


def _reason(lang: Language, told: Told, events: str) -> str:
    verdict, effect = told.verdict, told.layer.effect
    starts = when_phrase(lang, effect.starts or When())
    if told.may_be_over:
        ends = when_phrase(lang, effect.ends or When())
        said = lang.say("reason", "counts, but may be over: it ends on {when}", when=ends)
    elif told.reason is Reason.MAY_COUNT:
        said = lang.say("reason", "may count already: it starts on {when}", when=starts)
    elif told.reason in _PLAIN:
        said = lang.say(*_PLAIN[told.reason])
    elif told.reason in _BY:
        said = lang.say(*_BY[told.reason], events=events)
    elif verdict.since is not None:
        said = lang.say(*_SINCE[told.reason], day=lang.day(verdict.since), events=events)
    elif told.reason is Reason.PLAN_LAPSED:
        said = lang.say("reason", "a plan that lapsed")
    else:
        said = lang.say("reason", "it starts on {when}", when=starts)
    return said


def _cells(lang: Language, told: Told, numbers: Mapping[str, int]) -> LayerCells:
    effect = told.layer.effect
    charged = effect.status is Status.IN_FORCE or effect.status in PLANNED
    speaks = effect.rate_pct is not None or effect.rate_text or effect.basis is Basis.BAN
    rate = (
        rate_phrase(lang, effect.rate_pct, effect.basis, effect.rate_text)
        if charged or speaks
        else ""
    )
    around = []
    if told.confirmed_by:
        by = marks(numbers, told.confirmed_by)
        around.append(lang.say("explain", "confirmed by {events}", events=by))
    if told.follows:
        follows = marks(numbers, told.follows)
        around.append(lang.say("explain", "follows {events}", events=follows))
    return LayerCells(
        counts=told.reason is Reason.COUNTS,
        status=status_name(lang, effect.status),
        rate=rate,
        start=day_or_when(lang, effect.effective_from, effect.starts or _unknown(told)),
        until=day_or_when(lang, effect.effective_until, effect.ends),
        why=reason_phrase(lang, told, numbers),
        event=marks(numbers, [told.event.id]),
        around=lang.series(around),
    )


def _unknown(told: Told) -> When | None:
    """A plan without a day has one all the same, which nobody knows."""
    return When() if told.layer.effect.effective_from is None else None


def _chains(found: Explanation) -> Iterator[Chain]:
    """The paper of each event once: layers of one event differ in when they start alone."""
    chains: dict[str, list[Chain]] = {}
    for told in (*found.layers, *found.not_yet_known):
        for chain in told.chains:
            chains.setdefault(chain.event.id, []).append(chain)
    return map(joined, chains.values())


def _paper(lang: Language, chain: Chain, numbers: Mapping[str, int]) -> str:
    """The chain of an event's paper as one line, missing links among the others."""
    event = chain.event
    return lang.say(
        "explain",
        "{event} {citation}: {links}",
        event=marks(numbers, [event.id]),
        citation=event.instrument.citation if event.instrument else "",
        links=" \N{RIGHTWARDS ARROW} ".join(
            _said(lang, link, event, numbers) for link in chain.links
        ),
    )


def _said(lang: Language, link: Link, event: Event, numbers: Mapping[str, int]) -> str:
    """A link, with the event that says so where that is not the paper's own."""
    said = _link(lang, link)
    if link.later:
        said = lang.say("chain", "{link} (later)", link=said)
    other = link.event if link.event != event.id else None
    return f"{said} {marks(numbers, [other])}" if other else said


def _link(lang: Language, link: Link) -> str:
    stage = stage_name(lang, link.stage)
    if not link.held:
        return lang.say("chain", "{stage}: not in the record", stage=stage)
    cited = f" ({link.citation})" if link.citation else ""
    day = day_or_when(lang, link.day, link.when)
    if not day:
        return lang.say("chain", "{stage}, day not known", stage=stage) + cited
    return lang.say("chain", "{stage} {day}", stage=stage, day=day) + cited


def _around(lang: Language, found: Explanation) -> tuple[str, ...]:
    lines = []
    if found.answers:
        keys = ", ".join(found.answers)
        lines.append(lang.say("explain", "It answers {measures}.", measures=keys))
    if found.answered_by:
        keys = ", ".join(found.answered_by)
        lines.append(lang.say("explain", "It is answered by {measures}.", measures=keys))
    return tuple(lines)


def _claim(
    lang: Language, found: Explanation, index: int, numbers: Mapping[str, int]
) -> tuple[str, ...]:
    """A claim in dispute: what was said by whom, and what was found by whom."""
    entry = found.claims[index]
    claim = entry.claim
    said_by = ", ".join(source.publisher for source in claim.sources)
    found_by = ", ".join(source.publisher for source in entry.event.sources)
    said, checked = lang.words(claim.stated), lang.words(claim.finding)
    standing = standing_name(lang, claim.standing)
    return (
        lang.say(
            "claim",
            "Claim ({standing}), not part of the state, see {event}:",
            standing=standing,
            event=marks(numbers, [entry.event.id]),
        ),
        lang.say("claim", "claimed: {words} ({sources})", words=said, sources=said_by or "?"),
        lang.say("claim", "found: {words} ({sources})", words=checked, sources=found_by),
    )
