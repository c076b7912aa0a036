"""One page for every event: what it does, what it changed, what it follows, who says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from tracker.core.bearing import Mark
from tracker.core.events import Deadline, Effect, Event, When
from tracker.core.policy import Disputed
from tracker.core.words import ENDED, PLANNED, Status
from tracker.site.book import Place
from tracker.site.changing import change_view
from tracker.site.citing import cite_event
from tracker.site.edition import Edition
from tracker.site.model import Late, Page
from tracker.site.paths import compare_page, day_page, event_page, measure_page
from tracker.site.rates import origin_text
from tracker.site.text import clean, shorten
from tracker.site.told import claim_view, event_view, event_views
from tracker.site.views import doubt_views
from tracker.telling.changes import headline
from tracker.telling.names import deadline_name, kind_name, status_name
from tracker.telling.phrases import rate_phrase
from tracker.telling.uncertain import day_or_when, until_phrase, when_phrase

__all__ = ["event_pages"]

_Related = Mapping[str, Sequence[str]]


def event_pages(edition: Edition) -> tuple[Late, ...]:
    """One page for every event, in the order in which they were announced."""
    events = edition.book.world.events
    beside = zip([None, *events], events, [*events[1:], None], strict=False)
    return tuple(
        Late(event_page(event.id), _between, (event, before, after))
        for before, event, after in beside
    )


def _between(edition: Edition, event: Event, before: Event | None, after: Event | None) -> Page:
    """The page of an event with the ways to the one before it and the one after."""
    page = _event(edition, event, edition.book.related.get(event.id, {}))
    sides = {"previous": before, "next": after}
    views = {name: event_view(edition, one) if one else None for name, one in sides.items()}
    return Page(page.path, page.template, {**page.context, **views})


def _event(edition: Edition, event: Event, related: _Related) -> Page:
    view, change = event_view(edition, event), _change(edition, event)
    return Page(
        event_page(event.id),
        "event.html",
        {
            "title": view.title.text,
            "description": shorten(view.text.text, 200),
            "section": "timeline",
            "data": "data/events.json",
            "event": view,
            "kind": kind_name(edition.lang, event.kind),
            "note": clean(event.note or ""),
            "doubts": doubt_views(edition, event.doubts),
            "effects": tuple(_effect(edition, effect) for effect in event.effects),
            "deadlines": tuple(_deadline(edition, one) for one in event.deadlines),
            "relations": _relations(edition, event, related),
            "claims": tuple(claim_view(edition, Disputed(one, event)) for one in event.claims),
            "sources": event.sources,
            "primary": sum(source.primary for source in event.sources),
            "change": change,
            "mark": _mark(edition, event, related, change),
            "cite": cite_event(edition, event),
            "day_href": day_page(event.announced),
        },
    )


def _mark(
    edition: Edition, event: Event, related: _Related, change: dict[str, object] | None
) -> Mark | None:
    """The last entry that bears on the event, those it has to do with and what it changed."""
    named = [event.id, *(taken.event for taken in event.withdraws)]
    named += [*event.follows, *event.confirms, *(one for ids in related.values() for one in ids)]
    bearing = edition.inputs.bearing
    found = [bearing.event(name) for name in named]
    day = change["day"] if change else None
    eve = day - timedelta(days=1) if isinstance(day, date) else None
    found.append(bearing.state(day, eve) if isinstance(day, date) else bearing.defined)
    return max((one for one in found if one), default=None)


def _relations(edition: Edition, event: Event, related: _Related) -> tuple[tuple[str, object], ...]:
    """Other events it has to do with, each group under its heading; some may be empty."""
    lang = edition.lang
    taken = dict.fromkeys(one.event for one in event.withdraws)
    found = (
        (lang.say("related", "Set off by"), event.follows),
        (lang.say("related", "Takes back"), taken),
        (lang.say("related", "Confirms"), event.confirms),
        (lang.say("related", "Taken back by"), related.get("withdraws", ())),
        (lang.say("related", "Confirmed by"), related.get("confirms", ())),
        (lang.say("related", "Set off"), related.get("follows", ())),
    )
    return tuple((words, event_views(edition, ids)) for words, ids in found)


def _effect(edition: Edition, effect: Effect) -> dict[str, object]:
    """An effect as a line of the table of what an event did."""
    lang = edition.lang
    measure = edition.book.world.measures.get(effect.measure)
    provision = measure.provision(effect.provision) if measure else None
    products = effect.products or (provision.products if provision else None)
    origin = effect.origin or (provision.origin if provision else "any")
    silent = effect.status in ENDED or effect.status is Status.PAUSED
    rate = rate_phrase(lang, effect.rate_pct, effect.basis, effect.rate_text)
    return {
        "href": measure_page(effect.measure) if measure else "",
        "title": edition.text(measure.title) if measure else effect.measure,
        "products": edition.text(products) if products else effect.provision,
        "origin": origin_text(lang, origin),
        "status": effect.status,
        "word": status_name(lang, effect.status),
        "rate": "" if silent else rate,
        "start": effect.effective_from,
        "until": effect.effective_until,
        "start_text": when_phrase(lang, effect.starts or When()),
        "until_text": until_phrase(lang, None, effect.ends),
        "note": effect.note or "",
    }


def _deadline(edition: Edition, deadline: Deadline) -> dict[str, object]:
    return {
        "title": edition.text(deadline.title),
        "kind": deadline_name(edition.lang, deadline.kind),
        "day": deadline.day,
        "day_text": day_or_when(edition.lang, None, deadline.when or When()),
        "cancelled": deadline.cancelled,
    }


def _change(edition: Edition, event: Event) -> dict[str, object] | None:
    """What the event changed on its first effective day, on its own provisions; None: nothing."""
    book = edition.book
    places, days = _reach(edition, event)
    if not days or min(days) == date.min:
        return None
    day = min(days)
    found = book.compared(day - timedelta(days=1), day)
    changes = [change for change in found.changes if change.subject.place in places]
    if not changes:
        return None
    before = book.change_before(day)
    return {
        "day": day,
        "day_href": day_page(day) if day in book.with_page else "",
        "compare": compare_page(before, day) if before else None,
        "headline": headline(edition.lang, changes),
        "rows": tuple(change_view(edition, change) for change in changes),
    }


def _reach(edition: Edition, event: Event) -> tuple[set[Place], set[date]]:
    """The provisions an event touches and the days on which that takes effect."""
    places: set[Place] = set()
    days: set[date] = set()
    for effect in event.effects:
        if effect.status not in PLANNED and effect.effective_from is not None:
            places.add((effect.measure, effect.provision))
            days.add(effect.effective_from)
    for taken in event.withdraws:
        earlier = edition.book.events.get(taken.event)
        for effect in earlier.effects if earlier else ():
            measure_fits = taken.measure in (None, effect.measure)
            if measure_fits and taken.provision in (None, effect.provision):
                places.add((effect.measure, effect.provision))
                days.add(event.announced)
    return places, days
