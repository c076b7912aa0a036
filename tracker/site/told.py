"""Events and claims as lists show them: small frozen values, texts plain and not yet escaped.

Paths are from the root of the site. Links of sources are still to be checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.core.events import Event, concerned
from tracker.core.policy import Disputed
from tracker.core.words import Basis, Doubt, Standing
from tracker.site.book import Book
from tracker.site.names import STANDINGS, kind_name, relation
from tracker.site.paths import event_page, kind_page, measure_page
from tracker.site.rates import RateView, rate_view
from tracker.site.text import clean, first_sentence

__all__ = ["ClaimView", "EventView", "Link", "claim_view", "event_view", "event_views"]


@dataclass(frozen=True, slots=True)
class Link:
    """A page of the site, or one elsewhere when `href` holds a scheme, and the words for it."""

    href: str
    text: str


@dataclass(frozen=True, slots=True)
class EventView:
    """An event in a list. `measures` and `kind_href` are ways on from it.

    `summary` is the first sentence of `text`, for lists where a line must do.
    """

    id: str
    href: str
    title: str
    day: date
    kind: str
    kind_href: str
    parties: tuple[str, ...]
    summary: str
    text: str
    measures: tuple[Link, ...]
    doubts: tuple[Doubt, ...]
    citation: str
    citation_url: str | None
    sources: int


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim beside the record, with what checking it found; `last` is the last day it is of."""

    stated: str
    finding: str
    standing: Standing
    standing_text: str
    rate: RateView | None
    subject: str
    href: str
    start: date
    last: date | None
    event: EventView
    sources: tuple[Link, ...]


def event_view(book: Book, event: Event) -> EventView:
    """An event for a list, its summary whole and cut to the first sentence."""
    measures = book.world.measures
    return EventView(
        id=event.id,
        href=event_page(event.id),
        title=event.title.en,
        day=event.announced,
        kind=kind_name(event.kind),
        kind_href=kind_page(event.kind),
        parties=event.parties,
        summary=first_sentence(event.summary.en),
        text=clean(event.summary.en),
        measures=tuple(
            Link(measure_page(key), measures[key].title.en)
            for key in concerned(event)
            if key in measures
        ),
        doubts=event.doubts,
        citation=event.instrument.citation if event.instrument else "",
        citation_url=event.instrument.url if event.instrument else None,
        sources=len(event.sources),
    )


def event_views(book: Book, ids: Iterable[str]) -> tuple[EventView, ...]:
    """The events of those ids in the order given; ids that are not held are left out."""
    return tuple(event_view(book, book.events[found]) for found in ids if found in book.events)


def claim_view(book: Book, found: Disputed) -> ClaimView:
    """A claim in dispute. Sources keep their order; their links are still to be checked."""
    claim = found.claim
    measure = book.world.measures.get(claim.measure)
    provision = measure.provision(claim.provision) if measure else None
    targets: Sequence[str] = claim.targets or (provision.targets if provision else ())
    who = relation(measure.imposer, targets) if measure else claim.measure
    what = provision.products.en if provision else claim.provision
    known = claim.rate_pct is not None
    return ClaimView(
        stated=claim.stated.en,
        finding=claim.finding.en,
        standing=claim.standing,
        standing_text=STANDINGS[claim.standing],
        rate=rate_view(claim.rate_pct, Basis.FULL_VALUE, None) if known else None,
        subject=f"{who}: {what}",
        href=measure_page(claim.measure) if measure else "",
        start=claim.claimed_from,
        last=claim.claimed_until - timedelta(days=1) if claim.claimed_until else None,
        event=event_view(book, found.event),
        sources=tuple(
            Link(source.url, f"{source.publisher}: {source.title}") for source in claim.sources
        ),
    )
