"""The front page: where things stand today, what changed lately, what is ahead, what is said."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from tracker.core.events import order_of
from tracker.core.words import PARTIES, Kind
from tracker.site.bands import BandGroup, bands
from tracker.site.boards import board, counts, groups, scheduled, silent
from tracker.site.changing import change_view, compared_view
from tracker.site.edition import Edition
from tracker.site.model import Page
from tracker.site.names import party_name
from tracker.site.paths import FRONT, compare_page, party_home, root_of
from tracker.site.reports import latest_reports
from tracker.site.review import review_view
from tracker.site.told import claim_view, event_view
from tracker.telling.changes import headline

__all__ = ["front_page"]

_WINDOWS = (7, 30, 90)
_CHIEF_EVENTS = 2
_LATEST_EVENTS = 8
_LATEST_TALKS = 5
_LATEST_REPORTS = 10
_BAND_ROWS = 24
_TALKS = frozenset(
    {
        Kind.SUMMIT,
        Kind.CALL,
        Kind.NEGOTIATION,
        Kind.AGREEMENT,
        Kind.SUSPENSION_OF_TALKS,
        Kind.REVIEW_STEP,
    }
)


def front_page(edition: Edition) -> Page:
    """The state today, with the days before and after it."""
    book, lang = edition.book, edition.lang
    rows = book.on(book.today)
    known = [event for event in book.world.events if event.announced <= book.today]
    newest = sorted(known, key=order_of, reverse=True)
    talks = [event for event in newest if event.kind in _TALKS][:_LATEST_TALKS]
    return Page(
        FRONT,
        "front.html",
        {
            "title": lang.say("title", "Where things stand"),
            "description": lang.say(
                "description",
                "Tariffs and counter-measures between the United States, Canada and Mexico as of "
                "{day}: rates, dates, what is scheduled.",
                day=edition.day(book.today),
            ),
            "section": "front",
            "data": "data/state.json",
            "board": board(edition, rows),
            "counts": counts(edition, rows),
            "silent": silent(edition),
            "last": _last(edition),
            "review": review_view(edition),
            "parties": tuple((party_home(one), party_name(lang, one)) for one in PARTIES),
            "claims": tuple(claim_view(edition, found) for found in book.disputed(book.today)),
            "bands": _picture(edition),
            "windows": tuple(_window(edition, days) for days in _WINDOWS),
            "scheduled": scheduled(edition, rows, book.today),
            "talks": tuple(event_view(edition, event) for event in talks),
            "latest": tuple(event_view(edition, event) for event in newest[:_LATEST_EVENTS]),
            "reports": latest_reports(edition, _LATEST_REPORTS),
        },
    )


def _picture(edition: Edition) -> object:
    """The bands of what the three charge each other today, by relation, at most what fits.

    The first view has to stay light: the page of all bands holds the rest.
    """
    alive = [
        row
        for row in edition.book.on(edition.today)
        if not row.over and all(code in PARTIES for code in row.targets)
    ]
    wanted = tuple(
        BandGroup(title, tuple(row.place for row in inside))
        for title, inside in groups(edition, alive[:_BAND_ROWS])
    )
    return bands(edition, wanted, root=root_of(FRONT), name="bands", marked=False)


def _last(edition: Edition) -> dict[str, object] | None:
    """The last change of policy up to today: its day, comparison, headline, chief events."""
    book = edition.book
    past = [pair for pair in pairwise(book.change_days) if pair[1] <= book.today]
    for start, end in reversed(past):
        changes = book.compared(start, end).changes
        if changes:
            views = [change_view(edition, change) for change in changes]
            events = {cause.id: cause for view in views for cause in view.causes[-1:]}
            return {
                "day": end,
                "href": compare_page(start, end),
                "headline": headline(edition.lang, changes),
                "events": tuple(events.values())[:_CHIEF_EVENTS],
            }
    return None


def _window(edition: Edition, days: int) -> dict[str, object]:
    book = edition.book
    start = book.today - timedelta(days=days)
    return {
        "days": days,
        "start": start,
        "found": compared_view(edition, book.compared(start, book.today)),
        "compare": tuple(
            (compare_page(before, day), day)
            for before, day in pairwise(book.change_days)
            if start < day <= book.today
        ),
    }
