"""The pages of measures: their index, and one whole page for each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tracker.core.measures import Measure, Provision
from tracker.core.policy import Disputed, ProvisionState
from tracker.core.timeline import Selection
from tracker.core.words import PARTIES
from tracker.site.bands import BandGroup, bands
from tracker.site.boards import scheduled
from tracker.site.book import Run
from tracker.site.cards import snippet
from tracker.site.citing import cite_measure
from tracker.site.edition import Edition
from tracker.site.expected import expected_view
from tracker.site.model import Late, Page
from tracker.site.names import party_name, party_tone, relation
from tracker.site.papers import papers_of
from tracker.site.paths import (
    MEASURES,
    day_page,
    feed_beside,
    measure_page,
    measure_timeline,
    root_of,
)
from tracker.site.rates import origin_text
from tracker.site.text import shorten
from tracker.site.told import Link, claim_view, event_view, event_views
from tracker.site.views import row_view

__all__ = ["by_measure", "measure_pages"]


def measure_pages(edition: Edition) -> tuple[Late, ...]:
    """The index of measures, then one page for each, in the order of definition."""
    measures = edition.book.measures
    mirrored: dict[str, list[str]] = {}
    for measure in measures.values():
        for key in measure.mirrors:
            mirrored.setdefault(key, []).append(measure.key)
    return (
        Late(MEASURES, _index),
        *(
            Late(measure_page(key), _measure, (one, tuple(mirrored.get(key, ()))))
            for key, one in measures.items()
        ),
    )


def by_measure(edition: Edition) -> tuple[tuple[Measure, BandGroup], ...]:
    """Every measure with its rows for a picture, under its title, in the order of definition."""
    return tuple(
        (
            measure,
            BandGroup(
                edition.text(measure.title).text,
                tuple((measure.key, provision.key) for provision in measure.provisions),
            ),
        )
        for measure in edition.book.world.measures.values()
    )


def _index(edition: Edition) -> Page:
    lang, measures = edition.lang, edition.book.world.measures
    rows: dict[str, list[ProvisionState]] = {}
    for row in edition.book.on(edition.today):
        rows.setdefault(row.measure, []).append(row)
    imposers = [measure.imposer for measure in measures.values()]
    order = [*PARTIES, *sorted(set(imposers) - set(PARTIES))]
    return Page(
        MEASURES,
        "measures.html",
        {
            "title": lang.say("title", "Measures"),
            "description": lang.say(
                "description",
                "Every tariff, counter-measure and ban on record, with where it stands today.",
            ),
            "section": "measures",
            "data": "data/measures.json",
            "groups": tuple(
                (
                    party_name(lang, code),
                    party_tone(code),
                    tuple(
                        _listed(edition, one, rows.get(one.key, ()))
                        for one in measures.values()
                        if one.imposer == code
                    ),
                )
                for code in order
                if code in imposers
            ),
        },
    )


def _listed(
    edition: Edition, measure: Measure, rows: Sequence[ProvisionState]
) -> dict[str, object]:
    return {
        "href": measure_page(measure.key),
        "title": edition.text(measure.title),
        "key": measure.key,
        "authority": measure.authority,
        "rows": tuple(row_view(edition, row) for row in rows),
    }


def _measure(edition: Edition, measure: Measure, mirrored: Sequence[str]) -> Page:
    lang, title = edition.lang, edition.text(measure.title)
    path, mark = measure_page(measure.key), edition.inputs.bearing.measure(measure.key)
    imposer = party_name(lang, measure.imposer)
    return Page(
        path,
        "measure.html",
        {
            "title": title.text,
            "description": shorten(
                lang.say(
                    "description",
                    "{title}: {imposer}, {authority}. Where it stands, its rates through time, "
                    "its events and sources.",
                    title=title.text,
                    imposer=imposer,
                    authority=measure.authority,
                ),
                200,
            ),
            "section": "measures",
            "data": "data/measures.json",
            "measure": measure,
            "note": lang.text(measure.note) if measure.note else "",
            "mark": mark,
            "cite": cite_measure(edition, measure.key, title.text, mark),
            "embed": snippet(edition, measure),
            "absolute": bool(edition.inputs.base_url),
            "heading": title,
            "tone": party_tone(measure.imposer),
            "imposer": imposer,
            "expected": expected_view(edition, measure, root=root_of(path)),
            "papers": papers_of(edition, measure),
            "mirrors": _links(edition, measure.mirrors),
            "mirrored": _links(edition, mirrored),
            **_standing(edition, measure, root=root_of(path)),
            **_events(edition, measure),
        },
    )


def _standing(edition: Edition, measure: Measure, *, root: str) -> dict[str, object]:
    """Where each provision stands and stood, in words and as a picture, and what is ahead."""
    book = edition.book
    rows = {row.provision: row for row in book.rows_of(measure.key, book.today)}
    places = tuple((measure.key, provision.key) for provision in measure.provisions)
    return {
        "provisions": tuple(
            _provision(edition, measure, provision, rows.get(provision.key))
            for provision in measure.provisions
        ),
        "ahead": scheduled(edition, tuple(rows.values()), book.today),
        "bands": bands(edition, (BandGroup("", places),), root=root, name="bands", marked=True),
    }


def _events(edition: Edition, measure: Measure) -> dict[str, object]:
    """What happened to it, the latest first, where to follow that, and what is in dispute."""
    events = edition.book.selected(Selection(measure=measure.key))
    timeline = measure_timeline(measure.key)
    return {
        "events": tuple(event_view(edition, event) for event in reversed(events)),
        "timeline": timeline if events else "",
        "feed": feed_beside(timeline) if events else "",
        "claims": tuple(
            claim_view(edition, Disputed(claim, event))
            for event in events
            for claim in event.claims
            if claim.measure == measure.key
        ),
    }


def _links(edition: Edition, keys: Sequence[str]) -> tuple[Link, ...]:
    held = edition.book.world.measures
    return tuple(
        Link(measure_page(key), edition.text(held[key].title)) for key in keys if key in held
    )


def _provision(
    edition: Edition, measure: Measure, provision: Provision, row: ProvisionState | None
) -> dict[str, object]:
    return {
        "key": provision.key,
        "relation": relation(edition.lang, measure.imposer, provision.targets, provision.excludes),
        "products": edition.text(provision.products),
        "origin": origin_text(edition.lang, provision.origin),
        "hts": provision.hts,
        "note": edition.lang.text(provision.note) if provision.note else "",
        "row": row_view(edition, row) if row else None,
        "course": _course(edition, edition.book.course((measure.key, provision.key))),
    }


def _course(edition: Edition, runs: tuple[Run, ...]) -> tuple[dict[str, object], ...]:
    """The rate through time as rows of a table, oldest first, each with what turned it."""
    found: list[dict[str, object]] = []
    earlier: set[str] = set()
    days = edition.book.with_page
    for run in runs:
        row = run.state
        fresh = [event for event in row.events if event not in earlier] or row.events[-1:]
        found.append(
            {
                "start": run.start,
                "start_href": day_page(run.start) if run.start in days else "",
                "until": run.until,
                "row": row_view(edition, row),
                "events": event_views(edition, fresh),
                "tense": _tense(run, edition.today),
            }
        )
        earlier = set(row.events)
    return tuple(found)


def _tense(run: Run, today: date) -> str:
    if run.start > today:
        return "future"
    return "past" if run.until is not None and run.until <= today else "present"
