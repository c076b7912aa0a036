"""Events and claims as lists show them: small frozen values, texts plain and not yet escaped.

Paths are from the root of the edition. Links of sources are still to be checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.core.events import Event, concerned
from tracker.core.policy import Disputed
from tracker.core.words import Basis, Doubt, Standing
from tracker.site.edition import Edition
from tracker.site.names import party_name, party_tone, relation, standing_meaning
from tracker.site.paths import event_page, kind_page, measure_page, party_page
from tracker.site.rates import RateView, rate_view
from tracker.site.text import clean, first_sentence
from tracker.telling.language import Said
from tracker.telling.names import doubt_name, kind_name

__all__ = ["ClaimView", "EventView", "Link", "PartyView", "claim_view", "event_view", "event_views"]


@dataclass(frozen=True, slots=True)
class Link:
    """A page of the edition, or one elsewhere when `href` holds a scheme, and the words for it."""

    href: str
    text: Said | str


@dataclass(frozen=True, slots=True)
class PartyView:
    """A government or country: its name, its tone, and its timeline."""

    name: str
    tone: str
    href: str


@dataclass(frozen=True, slots=True)
class EventView:
    """An event in a list. `measures` and `kind_href` are ways on from it.

    `summary` is the first sentence of `text`, for lists where a line must do;
    `doubts` pairs each with its word.
    """

    id: str
    href: str
    title: Said
    day: date
    kind: str
    kind_href: str
    parties: tuple[PartyView, ...]
    summary: Said
    text: Said
    measures: tuple[Link, ...]
    doubts: tuple[tuple[Doubt, str], ...]
    citation: str
    citation_url: str | None
    sources: int


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim beside the record, with what checking it found; `last` is the last day it is of."""

    stated: Said
    finding: Said
    standing: Standing
    standing_text: str
    rate: RateView | None
    who: str
    what: Said | str
    href: str
    start: date
    last: date | None
    event: EventView
    sources: tuple[Link, ...]


def event_view(edition: Edition, event: Event) -> EventView:
    """An event for a list, its summary whole and cut to the first sentence."""
    return edition.once("event", event, lambda: _event(edition, event))


def _event(edition: Edition, event: Event) -> EventView:
    lang, measures = edition.lang, edition.book.world.measures
    summary = edition.text(event.summary)
    return EventView(
        id=event.id,
        href=event_page(event.id),
        title=edition.text(event.title),
        day=event.announced,
        kind=kind_name(lang, event.kind),
        kind_href=kind_page(event.kind),
        parties=tuple(
            PartyView(party_name(lang, code), party_tone(code), party_page(code))
            for code in event.parties
        ),
        summary=Said(first_sentence(summary.text), summary.lang),
        text=Said(clean(summary.text), summary.lang),
        measures=tuple(
            Link(measure_page(key), edition.text(measures[key].title))
            for key in concerned(event)
            if key in measures
        ),
        doubts=tuple((doubt, doubt_name(lang, doubt)) for doubt in event.doubts),
        citation=event.instrument.citation if event.instrument else "",
        citation_url=event.instrument.url if event.instrument else None,
        sources=len(event.sources),
    )


def event_views(edition: Edition, ids: Iterable[str]) -> tuple[EventView, ...]:
    """The events of those ids in the order given; ids that are not held are left out."""
    held = edition.book.events
    return tuple(event_view(edition, held[found]) for found in ids if found in held)


def claim_view(edition: Edition, found: Disputed) -> ClaimView:
    """A claim in dispute. Sources keep their order; their links are still to be checked."""
    lang, claim = edition.lang, found.claim
    measure = edition.book.world.measures.get(claim.measure)
    provision = measure.provision(claim.provision) if measure else None
    targets: Sequence[str] = claim.targets or (provision.targets if provision else ())
    known = claim.rate_pct is not None
    return ClaimView(
        stated=edition.text(claim.stated),
        finding=edition.text(claim.finding),
        standing=claim.standing,
        standing_text=standing_meaning(lang, claim.standing),
        rate=rate_view(lang, claim.rate_pct, Basis.FULL_VALUE, None) if known else None,
        who=relation(lang, measure.imposer, targets) if measure else claim.measure,
        what=edition.text(provision.products) if provision else claim.provision,
        href=measure_page(claim.measure) if measure else "",
        start=claim.claimed_from,
        last=claim.claimed_until - timedelta(days=1) if claim.claimed_until else None,
        event=event_view(edition, found.event),
        sources=tuple(
            Link(source.url, f"{source.publisher}: {source.title}") for source in claim.sources
        ),
    )
