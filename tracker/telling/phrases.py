"""Rates, states and turns ahead, each as a phrase that can stand in a sentence.

Owns their wording. Every phrase is built of whole sentences of the catalogue
with named places, so that each language keeps its own order of words.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tracker.core.events import When, Wording
from tracker.core.pending import Alternative, Pending
from tracker.core.policy import ProvisionState
from tracker.core.words import PLANNED, Basis, Status
from tracker.telling.language import Language, marked
from tracker.telling.names import basis_name, status_name
from tracker.telling.uncertain import from_phrase, on_phrase, until_phrase, when_phrase

__all__ = [
    "alternative_phrase",
    "pending_phrase",
    "rate_phrase",
    "rate_text",
    "state_phrase",
    "state_without_turn",
]

_CHARGED_ON = {
    Basis.METAL_CONTENT: marked("rate", "{rate} of the metal content"),
    Basis.NON_US_CONTENT: marked("rate", "{rate} of the non-US content"),
    Basis.NON_CA_MX_CONTENT: marked("rate", "{rate} of the content from outside Canada and Mexico"),
    Basis.TOP_UP: marked("rate", "{rate} including the ordinary duty"),
    Basis.PER_UNIT: marked("rate", "{rate} per unit"),
    Basis.QUOTA: marked("rate", "{rate} over quota"),
}

_TURNS = {
    Status.IN_FORCE: marked("turn", "start"),
    Status.PAUSED: marked("turn", "pause"),
    Status.REVOKED: marked("turn", "revocation"),
    Status.EXPIRED: marked("turn", "expiry"),
    Status.INVALIDATED: marked("turn", "invalidation"),
    Status.LAPSED: marked("turn", "lapse"),
}

# A plan, by what is known of its rate: a figure, words of its own, nothing, nor the day either.
_PLANS = {
    Status.ANNOUNCED: (
        marked("turn", "{rate} announced"),
        marked("turn", "announced"),
        marked("turn", "announced at a rate not known"),
        marked("turn", "announced at a rate and on a day not known"),
    ),
    Status.THREATENED: (
        marked("turn", "{rate} threatened"),
        marked("turn", "threatened"),
        marked("turn", "threatened at a rate not known"),
        marked("turn", "threatened at a rate and on a day not known"),
    ),
}


def rate_text(lang: Language, rate: Decimal | None, text: Wording | None = None) -> str:
    """A rate as `25%`, its own wording where it has one, or `rate not known`."""
    if text:
        return lang.words(text)
    if rate is None:
        return lang.say("rate", "rate not known")
    return lang.percent(rate)


def rate_phrase(
    lang: Language, rate: Decimal | None, basis: Basis, text: Wording | None = None
) -> str:
    """A rate with what it is charged on, silent about the full value.

    Wording of its own says that itself.
    """
    if basis is Basis.BAN:
        return lang.words(text) if text else basis_name(lang, basis)
    said = rate_text(lang, rate, text)
    if basis is Basis.FULL_VALUE or rate is None or text:
        return said
    return lang.say(*_CHARGED_ON[basis], rate=said)


def _in_force(lang: Language, rate: Decimal | None, basis: Basis, text: Wording | None) -> str:
    said = rate_phrase(lang, rate, basis, text)
    if basis is Basis.BAN:
        return lang.say("state", "{ban} in force", ban=said)
    if rate is None and not text:
        return lang.say("state", "in force with a rate not known")
    if text:
        return lang.say("wording", "in force at {rate}", rate=said)
    return lang.say("figure", "in force at {rate}", rate=said)


def _since(lang: Language, state: str, day: date | None, when: When | None) -> str:
    if day is not None:
        return lang.say("state", "{state} since {day}", state=state, day=lang.day(day))
    if when is None:
        return state
    return lang.say("state", "{state} since {when}", state=state, when=when_phrase(lang, when))


def _lasting(lang: Language, state: str, row: ProvisionState) -> str:
    """A state since its start and until its end, as far as either is known."""
    since = _since(lang, state, row.effective_from, row.starts)
    until = until_phrase(lang, row.effective_until, row.ends)
    return lang.say("state", "{state}, {until}", state=since, until=until) if until else since


def _paused(lang: Language, row: ProvisionState) -> str:
    until = until_phrase(lang, row.effective_until, row.ends)
    nothing_held = row.rate_pct is None and not row.rate_text
    if nothing_held:
        return _paused_until(lang, row, until)
    held = rate_phrase(lang, row.rate_pct, row.basis, row.rate_text)
    return lang.say(
        "state", "{state} ({rate} held back)", state=_paused_until(lang, row, until), rate=held
    )


def _paused_until(lang: Language, row: ProvisionState, until: str) -> str:
    if not until:
        return status_name(lang, Status.PAUSED)
    if row.effective_until is None and row.ends == When():
        return lang.say("state", "paused, {end}", end=until)
    return lang.say("state", "paused {until}", until=until)


def state_phrase(lang: Language, row: ProvisionState) -> str:
    """A state as `in force at 25% since 4 March 2025`, with what may hold instead."""
    said = _certain(lang, row)
    for other in row.alternatives:
        said = lang.say(
            "state", "{state}; {other}", state=said, other=alternative_phrase(lang, other)
        )
    return said


def state_without_turn(lang: Language, row: ProvisionState) -> str:
    """`state_phrase`, with a plan left out where all that is ahead is told after it."""
    if row.status in PLANNED and row.pending and not row.alternatives:
        return lang.say("state", "not in force")
    return state_phrase(lang, row)


def _certain(lang: Language, row: ProvisionState) -> str:
    match row.status:
        case Status.IN_FORCE if row.rate_text and row.basis is not Basis.BAN:
            # Wording can be long, so the days stand before it.
            state = _lasting(lang, status_name(lang, row.status), row)
            said = lang.words(row.rate_text)
            return lang.say("wording", "{state}: {rate}", state=state, rate=said)
        case Status.IN_FORCE:
            charged = _in_force(lang, row.rate_pct, row.basis, row.rate_text)
            return _lasting(lang, charged, row)
        case Status.PAUSED:
            return _paused(lang, row)
        case Status.ANNOUNCED | Status.THREATENED:
            if not row.pending:
                return status_name(lang, row.status)
            turn = pending_phrase(lang, row.pending[0])
            return lang.say("state", "not in force; {turn}", turn=turn)
        case _:
            return _ended(lang, row)


def _ended(lang: Language, row: ProvisionState) -> str:
    state = status_name(lang, row.status)
    if row.effective_from is not None:
        # Apart from what goes on: an end happens on a day.
        return lang.say("ended", "{state} on {day}", state=state, day=lang.day(row.effective_from))
    return _since(lang, state, None, row.starts)


def alternative_phrase(lang: Language, other: Alternative) -> str:
    """What may hold instead: `may already be in force at 35%, from a day between …`."""
    if other.status is Status.IN_FORCE:
        state = _in_force(lang, other.rate_pct, other.basis, other.rate_text)
    else:
        state = status_name(lang, other.status)
    return lang.say(
        "state",
        "may already be {state}, from {when}",
        state=state,
        when=when_phrase(lang, other.when),
    )


def pending_phrase(lang: Language, turn: Pending) -> str:
    """A turn ahead as `35% announced from 1 August 2025` or `expiry on 24 July 2026`."""
    if turn.status in _PLANS:
        return _plan(lang, turn)
    what = lang.say(*_TURNS[turn.status])
    placed = from_phrase if turn.status is Status.PAUSED else on_phrase
    return placed(lang, what, turn.effective_from, turn.when)


def _plan(lang: Language, turn: Pending) -> str:
    figure, wording, no_rate, nothing = _PLANS[turn.status]
    day, when = turn.effective_from, turn.when
    if turn.rate_text or turn.basis is Basis.BAN:
        said = rate_phrase(lang, turn.rate_pct, turn.basis, turn.rate_text)
        state = from_phrase(lang, lang.say(*wording), day, when)
        return lang.say("wording", "{state}: {rate}", state=state, rate=said)
    if turn.rate_pct is not None:
        said = rate_phrase(lang, turn.rate_pct, turn.basis)
        return from_phrase(lang, lang.say(*figure, rate=said), day, when)
    if day is None and (when is None or when == When()):
        return lang.say(*nothing)
    return from_phrase(lang, lang.say(*no_rate), day, when)
