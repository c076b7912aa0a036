"""The calendar: what is coming, by month, and the days that have gone by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from tracker.core.words import PARTIES
from tracker.site.boards import Scheduled, scheduled
from tracker.site.deadlines import DeadlineView, deadline_view
from tracker.site.edition import Edition
from tracker.site.model import Page
from tracker.site.names import party_name
from tracker.site.paths import CALENDAR, CALENDAR_FILE, party_calendar
from tracker.site.told import Link

__all__ = ["Entry", "calendar_links", "calendar_page", "coming"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the calendar: a turn of provisions, or a deadline; `day` None: not known."""

    day: date | None
    turn: Scheduled | None = None
    deadline: DeadlineView | None = None


def coming(edition: Edition) -> tuple[Entry, ...]:
    """Everything ahead of today by day; what has no certain day comes last."""
    book = edition.book
    turns = scheduled(edition, book.on(book.today), book.today)
    found = [Entry(one.day, turn=one) for one in turns]
    found += (
        Entry(due.deadline.day, deadline=deadline_view(edition, due))
        for due in book.deadlines
        if not due.over(book.today)
    )
    return tuple(sorted(found, key=lambda entry: entry.day or date.max))


def calendar_page(edition: Edition) -> Page:
    """What is coming by month, what has no day, and what has gone by, newest first."""
    book, lang = edition.book, edition.lang
    entries = coming(edition)
    dated = [entry for entry in entries if entry.day is not None]
    past = [deadline_view(edition, due) for due in book.deadlines if due.over(book.today)]
    return Page(
        CALENDAR,
        "calendar.html",
        {
            "title": lang.say("title", "Calendar"),
            "description": lang.say(
                "description",
                "What is coming in North American trade policy: effective dates, ends of pauses, "
                "comments, hearings, rulings, reviews of the agreement.",
            ),
            "section": "calendar",
            "data": "data/events.json",
            "files": calendar_links(edition),
            "months": tuple((month, tuple(inside)) for month, inside in groupby(dated, key=_month)),
            "undated": tuple(entry for entry in entries if entry.day is None),
            "years": tuple(
                (year, tuple(inside))
                for year, inside in groupby(reversed(past), key=lambda one: _year(one.day))
            ),
        },
    )


def calendar_links(edition: Edition) -> tuple[Link, ...]:
    """The calendars to subscribe to: the whole one, then one for each government."""
    lang = edition.lang
    parties = (Link(party_calendar(code), party_name(lang, code)) for code in PARTIES)
    return (Link(CALENDAR_FILE, lang.say("calendar", "All three countries")), *parties)


def _month(entry: Entry) -> date:
    return (entry.day or date.max).replace(day=1)


def _year(day: date | None) -> int | None:
    return None if day is None else day.year
