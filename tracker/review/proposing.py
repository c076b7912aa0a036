"""The draft of an event, as far as the sources carry it.

Owns what a draft says before an editor has touched it: its words are made of what was read,
in three languages, never taken from a headline; an effect stands in it only where every
source that speaks agrees and exactly one provision fits. Pure and deterministic.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.core.events import Effect, Event, Source
from tracker.core.measures import Measure
from tracker.core.words import PARTIES, PLANNED, Doubt, Kind, Status
from tracker.review.desk import SourceView
from tracker.review.fitting import Fit, fit
from tracker.review.slots import NO_KIND, Agreed, agreed_of
from tracker.review.wording import summary_of, title_of

__all__ = ["Drafted", "draft"]

_SOURCES = 20
_RATED = {
    Kind.THREAT: Status.THREATENED,
    Kind.ANNOUNCEMENT: Status.ANNOUNCED,
    Kind.IN_FORCE: Status.IN_FORCE,
    Kind.RATE_CHANGE: Status.IN_FORCE,
    Kind.RESUMPTION: Status.IN_FORCE,
    Kind.REINSTATEMENT: Status.IN_FORCE,
}
"""Kinds whose effect needs a rate. An announcement is not yet law: it stays announced."""
_UNRATED = {
    Kind.PAUSE: Status.PAUSED,
    Kind.PAUSE_EXTENSION: Status.PAUSED,
    Kind.REVOCATION: Status.REVOKED,
    Kind.EXPIRY: Status.EXPIRED,
}
"""Kinds whose effect needs no rate. Of all other kinds an editor says what they do."""


_STATUSES = {**_RATED, **_UNRATED}


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft; `event` is held to no rule yet. `kind_known` is False where nothing says a kind.

    `notes` say in English what was left out and why.
    """

    event: Event
    kind_known: bool
    notes: tuple[str, ...]


def draft(
    sources: Sequence[SourceView], measures: Sequence[Measure], *, taken: Collection[str]
) -> Drafted:
    """The draft that the sources carry; `taken` are the ids that events have already.

    `measures` are those that may be meant, as for `fit`. `sources` are not empty.
    """
    agreed = agreed_of(sources)
    announced, certain = _announced(sources)
    kind_known = agreed.kind != NO_KIND
    kind = Kind(agreed.kind) if kind_known else Kind.STATEMENT
    texts = [text for one in sources for text in (one.title, one.summary)]
    found = fit(agreed, texts, measures) if kind in _STATUSES else Fit(None, None, "")
    effect, why = (
        _effect(kind, agreed, found, announced) if kind_known else (None, "no kind was read")
    )
    cited = _sources(sources)
    notes = [f"an effect is proposed: {found.why}" if effect else f"no effect is proposed: {why}"]
    notes += [f"sources differ on {one.slot}: {_who(one.values)}" for one in agreed.apart]
    if not certain:
        notes.append(f"no source gives a day; {announced} is when a feed first brought it")
    if not cited:
        notes.append("no report has an address that can be cited; add a source")
    about = (found.measure.key,) if found.measure and not effect else ()
    event = Event(
        id=_fresh_id(announced, agreed, taken),
        kind=kind,
        announced=announced,
        title=title_of(agreed, found.provision if effect else None),
        summary=summary_of(sources, announced),
        sources=cited,
        parties=tuple(
            party for party in PARTIES if party == agreed.imposer or party in agreed.targets
        ),
        measures=about,
        effects=(effect,) if effect else (),
        doubts=() if certain else (Doubt.UNCERTAIN,),
    )
    return Drafted(event, kind_known, tuple(notes))


def _who(values: Sequence[tuple[str, Sequence[str]]]) -> str:
    return "; ".join(f"{value} ({', '.join(who[:3])})" for value, who in values[:4])


def _announced(sources: Sequence[SourceView]) -> tuple[date, bool]:
    """The first day that a source gives; where none does, when it was first seen, not certain."""
    days = [one.published for one in sources if one.published is not None]
    if days:
        return min(days), True
    return min(one.first_seen for one in sources).date(), False


def _effect(kind: Kind, agreed: Agreed, found: Fit, announced: date) -> tuple[Effect | None, str]:
    """The effect, or None and why there is none."""
    status = _STATUSES.get(kind)
    if status is None:
        return None, f"what it does ({kind.replace('_', ' ')}) is for an editor to say"
    if found.provision is None or found.measure is None:
        return None, found.why
    missing = _missing(status, agreed, announced, rated=kind in _RATED)
    if missing:
        return None, missing
    return (
        Effect(
            measure=found.measure.key,
            provision=found.provision.key,
            status=status,
            rate_pct=agreed.rate_pct if kind in _RATED else None,
            effective_from=agreed.effective_from,
            effective_until=agreed.effective_until,
        ),
        "",
    )


def _missing(status: Status, agreed: Agreed, announced: date, *, rated: bool) -> str:
    """What an effect of that status needs and the sources do not say with one voice."""
    start, end = agreed.effective_from, agreed.effective_until
    slots = ("rate_pct", "effective_date", "until_date")
    wanting = {
        **{f"the sources differ on {slot}": agreed.differs(slot) for slot in slots},
        "no source says the rate": rated and agreed.rate_pct is None,
        "no source says from which day": start is None
        and (status not in PLANNED or end is not None),
        "the planned day does not lie ahead: it may be past or off": status in PLANNED
        and start is not None
        and start <= announced,
        "the end that was read does not lie after the start": start is not None
        and end is not None
        and end <= start,
        "no source says until when it is paused": status is Status.PAUSED and end is None,
    }
    return next((why for why, so in wanting.items() if so), "")


def _sources(sources: Sequence[SourceView]) -> tuple[Source, ...]:
    """The reports that can be cited, a government's own first, each address once."""
    found: dict[str, Source] = {}
    for one in sorted(sources, key=lambda one: not one.official):
        if one.link is not None and one.link not in found:
            found[one.link] = Source(
                url=one.link,
                publisher=one.publisher,
                title=" ".join(one.title.split()) or one.publisher,
                published=one.published.isoformat() if one.published else None,
                primary=one.official,
            )
    return tuple(found.values())[:_SOURCES]


def _fresh_id(announced: date, agreed: Agreed, taken: Collection[str]) -> str:
    """The day and the words of what was read; numbered where another event is called so."""
    kind = "report" if agreed.kind == NO_KIND else agreed.kind
    parts = (agreed.imposer or "", *agreed.targets[:3], *agreed.products[:2], kind)
    words = re.sub(r"[^a-z0-9]+", "-", " ".join(parts).lower()).strip("-")
    name, number = f"{announced}-{words}", 2
    while name in taken:
        name, number = f"{announced}-{words}-{number}", number + 1
    return name
