"""The pages of things: one for every measure, their index, how to read it all, and the lost one."""

from __future__ import annotations

from datetime import date

from tracker.core.measures import Measure, Provision
from tracker.core.policy import Disputed, ProvisionState
from tracker.core.timeline import Selection, select_events
from tracker.core.words import PARTIES, Status
from tracker.site.bands import BandGroup, bands
from tracker.site.boards import scheduled
from tracker.site.book import Book, Run
from tracker.site.model import Page
from tracker.site.names import STATUS_MEANINGS, party_name, party_tone, relation
from tracker.site.paths import ABOUT, MEASURES, NOT_FOUND, day_page, measure_page, root_of
from tracker.site.rates import origin_text
from tracker.site.text import shorten
from tracker.site.told import Link, claim_view, event_view, event_views
from tracker.site.views import row_view
from tracker.telling.language import ENGLISH
from tracker.telling.names import status_name

__all__ = ["about_page", "measure_pages", "missing_page"]


def measure_pages(book: Book) -> tuple[Page, ...]:
    """The index of measures, then one page for each, in the order of definition."""
    measures = book.world.measures
    mirrored: dict[str, list[str]] = {}
    for measure in measures.values():
        for key in measure.mirrors:
            mirrored.setdefault(key, []).append(measure.key)
    pages = [_measure(book, one, mirrored.get(one.key, [])) for one in measures.values()]
    return (_index(book), *pages)


def _index(book: Book) -> Page:
    rows: dict[str, list[ProvisionState]] = {}
    for row in book.on(book.today):
        rows.setdefault(row.measure, []).append(row)
    imposers = [measure.imposer for measure in book.world.measures.values()]
    order = [*PARTIES, *sorted(set(imposers) - set(PARTIES))]
    return Page(
        MEASURES,
        "measures.html",
        {
            "title": "Measures",
            "description": "Every tariff, counter-measure and ban on record, with where it "
            "stands today.",
            "section": "measures",
            "data": "data/measures.json",
            "groups": tuple(
                (
                    party_name(code),
                    party_tone(code),
                    tuple(
                        {
                            "href": measure_page(one.key),
                            "title": one.title.en,
                            "key": one.key,
                            "authority": one.authority,
                            "rows": tuple(row_view(book, r) for r in rows.get(one.key, [])),
                        }
                        for one in book.world.measures.values()
                        if one.imposer == code
                    ),
                )
                for code in order
                if code in imposers
            ),
        },
    )


def _measure(book: Book, measure: Measure, mirrored: list[str]) -> Page:
    rows = {row.provision: row for row in book.on(book.today) if row.measure == measure.key}
    places = tuple((measure.key, provision.key) for provision in measure.provisions)
    path = measure_page(measure.key)
    events = select_events(book.world, Selection(measure=measure.key))
    picture = bands(book, (BandGroup("", places),), root=root_of(path), name="bands", marked=True)
    return Page(
        path,
        "measure.html",
        {
            "title": measure.title.en,
            "description": shorten(
                f"{measure.title.en}: {party_name(measure.imposer)}, {measure.authority}. "
                "Where it stands, its rates through time, its events and sources.",
                200,
            ),
            "section": "measures",
            "data": "data/measures.json",
            "measure": measure,
            "tone": party_tone(measure.imposer),
            "imposer": party_name(measure.imposer),
            "provisions": tuple(
                _provision(book, measure, provision, rows.get(provision.key))
                for provision in measure.provisions
            ),
            "ahead": scheduled(book, tuple(rows.values()), book.today),
            "bands": picture,
            "events": tuple(event_view(book, event) for event in reversed(events)),
            "mirrors": _measure_links(book, measure.mirrors),
            "mirrored": _measure_links(book, mirrored),
            "claims": tuple(
                claim_view(book, Disputed(claim, event))
                for event in events
                for claim in event.claims
                if claim.measure == measure.key
            ),
        },
    )


def _measure_links(book: Book, keys: list[str] | tuple[str, ...]) -> tuple[Link, ...]:
    held = book.world.measures
    return tuple(Link(measure_page(key), held[key].title.en) for key in keys if key in held)


def _provision(
    book: Book, measure: Measure, provision: Provision, row: ProvisionState | None
) -> dict[str, object]:
    return {
        "key": provision.key,
        "relation": relation(measure.imposer, provision.targets, provision.excludes),
        "products": provision.products.en,
        "origin": origin_text(provision.origin),
        "hts": provision.hts,
        "note": provision.note or "",
        "row": row_view(book, row) if row else None,
        "course": _course(book, book.course((measure.key, provision.key))),
    }


def _course(book: Book, runs: tuple[Run, ...]) -> tuple[dict[str, object], ...]:
    """The rate through time as rows of a table, oldest first, each with what turned it."""
    found: list[dict[str, object]] = []
    earlier: set[str] = set()
    for run in runs:
        row = run.state
        fresh = [event for event in row.events if event not in earlier] or row.events[-1:]
        found.append(
            {
                "start": run.start,
                "start_href": day_page(run.start) if run.start in book.page_days else "",
                "until": run.until,
                "row": row_view(book, row),
                "events": event_views(book, fresh),
                "tense": _tense(run, book.today),
            }
        )
        earlier = set(row.events)
    return tuple(found)


def _tense(run: Run, today: date) -> str:
    if run.start > today:
        return "future"
    return "past" if run.until is not None and run.until <= today else "present"


def about_page(book: Book) -> Page:
    """How to read the record: statuses, clocks, what is covered and what is not."""
    events = book.world.events
    return Page(
        ABOUT,
        "about.html",
        {
            "title": "How to read this record",
            "description": "What the statuses mean, which clocks are kept, what the record "
            "covers and what it does not.",
            "section": "about",
            "data": "data/state.json",
            "statuses": tuple((s, status_name(ENGLISH, s), STATUS_MEANINGS[s]) for s in Status),
            "first": events[0].announced if events else None,
            "last": events[-1].announced if events else None,
            "events": len(events),
            "measures": len(book.world.measures),
            "days": len(book.page_days),
        },
    )


def missing_page() -> Page:
    """What a server shows for an address that leads nowhere."""
    return Page(
        NOT_FOUND,
        "missing.html",
        {
            "title": "No such page",
            "description": "This address leads to no page of the record.",
            "section": "",
            "data": "data/state.json",
        },
    )
