"""The pages of days: their index, and the state on every day that has a page."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from typing import NamedTuple

from tracker.site.boards import board, counts, scheduled, silent
from tracker.site.changing import change_view, compared_view
from tracker.site.citing import cite_day
from tracker.site.compare_words import day_patterns
from tracker.site.edition import Edition
from tracker.site.model import Late, Page
from tracker.site.paths import DAYS, compare_page, day_data, day_page
from tracker.site.told import Link, claim_view, event_view

__all__ = ["day_pages", "tense"]


class DayView(NamedTuple):
    """A day in the list of days: whether what is charged changes on it, and its events."""

    day: date
    href: str
    change: bool
    events: int
    tense: str


class DaysView(NamedTuple):
    """The days of a month that have a page; `first` is the month's first day."""

    first: date
    items: tuple[DayView, ...]


def day_pages(edition: Edition) -> tuple[Late, ...]:
    """The index of days, then a page for every day of a change or an announcement."""
    days = edition.book.page_days
    beside = zip(days, [None, *days], [*days[1:], None], strict=False)
    return (
        Late(DAYS, _index),
        *(Late(day_page(day), _day, (day, before, after)) for day, before, after in beside),
    )


def tense(edition: Edition, day: date) -> str:
    """Whether a day is past, present or future on the policy day of the site."""
    if day == edition.today:
        return "present"
    return "past" if day < edition.today else "future"


def _day(edition: Edition, day: date, before: date | None, after: date | None) -> Page:
    book, lang = edition.book, edition.lang
    rows = book.on(day)
    changed = book.change_before(day)
    mark = edition.inputs.bearing.day(day, changed)
    title = lang.say("title", "The state on {day}", day=edition.day(day))
    return Page(
        day_page(day),
        "day.html",
        {
            "title": title,
            "description": lang.say(
                "description",
                "Every tariff and counter-measure on record as it stood on {day}, what was "
                "pending, and which claims were in dispute.",
                day=edition.day(day),
            ),
            "section": "days",
            "data": day_data(day),
            "day": day,
            "mark": mark,
            "cite": cite_day(edition, day, title, mark),
            "tense": tense(edition, day),
            "previous": Link(day_page(before), edition.day(before)) if before else None,
            "next": Link(day_page(after), edition.day(after)) if after else None,
            "compare": compare_page(changed, day) if changed else None,
            "changed": compared_view(edition, book.compared(changed, day)) if changed else None,
            "changed_from": changed,
            "learned": tuple(change_view(edition, one) for one in book.learned_since(day)),
            "board": board(edition, rows),
            "counts": counts(edition, rows),
            "silent": silent(edition),
            "scheduled": scheduled(edition, rows, day),
            "claims": tuple(claim_view(edition, found) for found in book.disputed(day)),
            "events": tuple(event_view(edition, event) for event in book.announced_on(day)),
        },
    )


def _index(edition: Edition) -> Page:
    book, lang = edition.book, edition.lang
    changes = set(book.change_days)
    announced = Counter(event.announced for event in book.world.events)
    years: dict[int, dict[int, list[DayView]]] = {}
    for day in book.page_days:
        item = DayView(day, day_page(day), day in changes, announced[day], tense(edition, day))
        years.setdefault(day.year, {}).setdefault(day.month, []).append(item)
    return Page(
        DAYS,
        "days.html",
        {
            "title": lang.say("title", "Days"),
            "description": lang.say(
                "description",
                "Every day on which trade policy changed or was announced, each with the whole "
                "state on it.",
            ),
            "section": "days",
            "data": "data/events.json",
            "patterns": json.dumps(day_patterns(lang.day), ensure_ascii=False),
            "years": tuple(
                (
                    year,
                    tuple(
                        edition.same(DaysView(date(year, month, 1), tuple(items)))
                        for month, items in months.items()
                    ),
                )
                for year, months in sorted(years.items(), reverse=True)
            ),
        },
    )
