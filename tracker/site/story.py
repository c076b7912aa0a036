"""The story pages: the timeline with its filtered views, and one page for every event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from tracker.core.events import Effect, Event, When
from tracker.core.policy import Disputed
from tracker.core.timeline import Selection, by_month, select_events
from tracker.core.words import ENDED, PARTIES, PLANNED, Kind, Status
from tracker.site.book import Book, Place
from tracker.site.model import Page
from tracker.site.names import DOUBTS, kind_name, party_name
from tracker.site.paths import (
    TIMELINE,
    compare_page,
    day_page,
    event_page,
    kind_page,
    measure_page,
    party_page,
)
from tracker.site.rates import origin_text
from tracker.site.text import clean, shorten
from tracker.site.told import ClaimView, Link, claim_view, event_view, event_views
from tracker.site.views import change_view
from tracker.telling.changes import headline
from tracker.telling.language import ENGLISH
from tracker.telling.names import status_name
from tracker.telling.phrases import rate_phrase
from tracker.telling.uncertain import until_phrase, when_phrase

__all__ = ["event_pages", "timeline_pages"]


def timeline_pages(book: Book) -> tuple[Page, ...]:
    """The whole timeline, then one page for each party and each kind that has events."""
    parties = [*PARTIES, *sorted({p for e in book.world.events for p in e.parties} - {*PARTIES})]
    by_party = {party: select_events(book.world, Selection(party=party)) for party in parties}
    by_kind = {kind: select_events(book.world, Selection(kind=kind)) for kind in Kind}
    filters = {
        "parties": tuple(
            (Link(party_page(party), party_name(party)), len(events))
            for party, events in by_party.items()
            if events
        ),
        "kinds": tuple(
            (Link(kind_page(kind), kind_name(kind)), len(events))
            for kind, events in by_kind.items()
            if events
        ),
    }
    found = [_timeline(book, TIMELINE, "Timeline", book.world.events, filters)]
    for party, events in by_party.items():
        if events:
            title = f"Timeline: {party_name(party)}"
            found.append(_timeline(book, party_page(party), title, events, filters))
    for kind, events in by_kind.items():
        if events:
            title = f"Timeline: {kind_name(kind)}"
            found.append(_timeline(book, kind_page(kind), title, events, filters))
    return tuple(found)


def _timeline(
    book: Book, path: str, title: str, events: Sequence[Event], filters: Mapping[str, object]
) -> Page:
    newest = tuple(reversed(events))
    months = tuple(
        {"first": month.first, "events": tuple(event_view(book, e) for e in month.events)}
        for month in by_month(newest)
    )
    return Page(
        path,
        "timeline.html",
        {
            "title": title,
            "description": f"{title}: {len(events)} events of North American trade policy, "
            "newest first, each with its sources.",
            "section": "timeline",
            "data": "data/events.json",
            "months": months,
            "total": len(events),
            "filters": filters,
            "whole": path == TIMELINE,
        },
    )


def event_pages(book: Book) -> tuple[Page, ...]:
    """One page for every event, in the order in which they were announced."""
    events = book.world.events
    taken_by: dict[str, list[str]] = {}
    confirmed_by: dict[str, list[str]] = {}
    for event in events:
        for taken in event.withdraws:
            taken_by.setdefault(taken.event, []).append(event.id)
        for confirmed in event.confirms:
            confirmed_by.setdefault(confirmed, []).append(event.id)
    found = []
    for index, event in enumerate(events):
        page = _event(book, event, taken_by.get(event.id, ()), confirmed_by.get(event.id, ()))
        before = event_view(book, events[index - 1]) if index else None
        after = event_view(book, events[index + 1]) if index + 1 < len(events) else None
        context = {**page.context, "previous": before, "next": after}
        found.append(Page(page.path, page.template, context))
    return tuple(found)


def _event(book: Book, event: Event, taken_by: Sequence[str], confirmed_by: Sequence[str]) -> Page:
    withdrawn = dict.fromkeys(taken.event for taken in event.withdraws)
    return Page(
        event_page(event.id),
        "event.html",
        {
            "title": event.title.en,
            "description": shorten(clean(event.summary.en), 200),
            "section": "timeline",
            "data": "data/events.json",
            "event": event_view(book, event),
            "kind": kind_name(event.kind),
            "parties": tuple(Link(party_page(p), party_name(p)) for p in event.parties),
            "summary": event.summary.en,
            "note": event.note or "",
            "doubts": tuple((str(doubt), DOUBTS[doubt]) for doubt in event.doubts),
            "effects": tuple(_effect(book, effect) for effect in event.effects),
            "relations": (
                ("Takes back", event_views(book, withdrawn)),
                ("Confirms", event_views(book, event.confirms)),
                ("Taken back by", event_views(book, taken_by)),
                ("Confirmed by", event_views(book, confirmed_by)),
            ),
            "claims": _claims(book, event),
            "sources": event.sources,
            "primary": sum(source.primary for source in event.sources),
            "change": _change(book, event),
            "day_href": day_page(event.announced),
        },
    )


def _claims(book: Book, event: Event) -> tuple[ClaimView, ...]:
    return tuple(claim_view(book, Disputed(claim, event)) for claim in event.claims)


def _effect(book: Book, effect: Effect) -> dict[str, object]:
    """An effect as a line of the table of what an event did."""
    measure = book.world.measures.get(effect.measure)
    provision = measure.provision(effect.provision) if measure else None
    products = effect.products or (provision.products if provision else None)
    origin = effect.origin or (provision.origin if provision else "any")
    silent = effect.status in ENDED or effect.status is Status.PAUSED
    rate = rate_phrase(ENGLISH, effect.rate_pct, effect.basis, effect.rate_text)
    return {
        "href": measure_page(effect.measure) if measure else "",
        "title": measure.title.en if measure else effect.measure,
        "products": products.en if products else effect.provision,
        "origin": origin_text(origin),
        "status": effect.status,
        "word": status_name(ENGLISH, effect.status),
        "rate": "" if silent else rate,
        "start": effect.effective_from,
        "until": effect.effective_until,
        "start_text": when_phrase(ENGLISH, effect.starts or When()),
        "until_text": until_phrase(ENGLISH, None, effect.ends),
        "note": effect.note or "",
    }


def _change(book: Book, event: Event) -> dict[str, object] | None:
    """What the event changed on its first effective day, on its own provisions; None: nothing."""
    places, days = _reach(book, event)
    if not days or min(days) == date.min:
        return None
    day = min(days)
    changes = [
        change
        for change in book.between(day - timedelta(days=1), day)
        if change.subject.place in places
    ]
    if not changes:
        return None
    dates = book.change_days
    compare = None
    if day in dates and (at := dates.index(day)) > 0:
        compare = compare_page(dates[at - 1], day)
    return {
        "day": day,
        "day_href": day_page(day) if day in book.page_days else "",
        "compare": compare,
        "headline": headline(ENGLISH, changes),
        "rows": tuple(change_view(book, change) for change in changes),
    }


def _reach(book: Book, event: Event) -> tuple[set[Place], set[date]]:
    """The provisions an event touches and the days on which that takes effect."""
    places: set[Place] = set()
    days: set[date] = set()
    for effect in event.effects:
        if effect.status not in PLANNED and effect.effective_from is not None:
            places.add((effect.measure, effect.provision))
            days.add(effect.effective_from)
    for taken in event.withdraws:
        earlier = book.events.get(taken.event)
        for effect in earlier.effects if earlier else ():
            measure_fits = taken.measure in (None, effect.measure)
            if measure_fits and taken.provision in (None, effect.provision):
                places.add((effect.measure, effect.provision))
                days.add(event.announced)
    return places, days
