"""The front page: where things stand today, what changed lately, what is ahead, what is said."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from tracker.core.events import order_of
from tracker.core.words import Kind
from tracker.site.bands import BandGroup, bands
from tracker.site.boards import board, counts, groups, scheduled, silent
from tracker.site.book import Book
from tracker.site.model import Page, SiteInputs
from tracker.site.paths import FRONT, compare_page, root_of
from tracker.site.reports import latest_reports
from tracker.site.told import claim_view, event_view
from tracker.site.views import change_view
from tracker.telling.changes import headline
from tracker.telling.language import ENGLISH

__all__ = ["front_page"]

_WINDOWS = (7, 30, 90)
_CHIEF_EVENTS = 2
_LATEST_EVENTS = 8
_LATEST_TALKS = 5
_LATEST_REPORTS = 10
_BAND_ROWS = 40
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


def front_page(book: Book, inputs: SiteInputs) -> Page:
    """The state today, with the days before and after it."""
    rows = book.on(book.today)
    known = [event for event in book.world.events if event.announced <= book.today]
    newest = sorted(known, key=order_of, reverse=True)
    return Page(
        FRONT,
        "front.html",
        {
            "title": "Where things stand",
            "description": "Tariffs and counter-measures between the United States, Canada and "
            f"Mexico as of {ENGLISH.day(book.today)}: rates, dates, what is scheduled.",
            "section": "front",
            "data": "data/state.json",
            "board": board(book, rows),
            "counts": counts(rows),
            "silent": silent(book),
            "last": _last(book),
            "claims": tuple(claim_view(book, found) for found in book.disputed(book.today)),
            "bands": _picture(book),
            "windows": tuple(_window(book, days) for days in _WINDOWS),
            "scheduled": scheduled(book, rows, book.today),
            "talks": tuple(event_view(book, event) for event in newest if event.kind in _TALKS)[
                :_LATEST_TALKS
            ],
            "latest": tuple(event_view(book, event) for event in newest[:_LATEST_EVENTS]),
            "reports": latest_reports(inputs, _LATEST_REPORTS),
        },
    )


def _picture(book: Book) -> object:
    """The bands of everything alive today, by relation, at most what fits."""
    alive = [row for row in book.on(book.today) if not row.over]
    wanted = tuple(
        BandGroup(title, tuple(row.place for row in inside))
        for title, inside in groups(book, alive[:_BAND_ROWS])
    )
    return bands(book, wanted, root=root_of(FRONT), name="bands", marked=False)


def _last(book: Book) -> dict[str, object] | None:
    """The last change of policy up to today: its day, comparison, headline, chief events."""
    past = [pair for pair in pairwise(book.change_days) if pair[1] <= book.today]
    for start, end in reversed(past):
        changes = book.between(start, end)
        if changes:
            views = [change_view(book, change) for change in changes]
            events = dict.fromkeys(cause for view in views for cause in view.causes[-1:])
            return {
                "day": end,
                "href": compare_page(start, end),
                "headline": headline(ENGLISH, changes),
                "events": tuple(events)[:_CHIEF_EVENTS],
            }
    return None


def _window(book: Book, days: int) -> dict[str, object]:
    start = book.today - timedelta(days=days)
    changes = book.between(start, book.today)
    return {
        "days": days,
        "start": start,
        "headline": headline(ENGLISH, changes),
        "changes": tuple(change_view(book, change) for change in changes),
        "compare": tuple(
            (compare_page(before, day), day)
            for before, day in pairwise(book.change_days)
            if start < day <= book.today
        ),
    }
