"""The pages of days: the state on one, and what changed from one to the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from tracker.core.diff import ChangeKind
from tracker.site.boards import board, counts, scheduled, silent
from tracker.site.book import Book
from tracker.site.model import Page
from tracker.site.names import CHANGES
from tracker.site.paths import COMPARE, DAYS, compare_page, day_data, day_page
from tracker.site.told import Link, claim_view, event_view
from tracker.site.views import change_view
from tracker.telling.changes import headline
from tracker.telling.language import ENGLISH

__all__ = ["compare_pages", "day_pages"]


def day_pages(book: Book) -> tuple[Page, ...]:
    """The index of days, then a page for every day of a change or an announcement."""
    days = book.page_days
    found = [_days_index(book)]
    for index, day in enumerate(days):
        before = days[index - 1] if index else None
        after = days[index + 1] if index + 1 < len(days) else None
        found.append(_day(book, day, before, after))
    return tuple(found)


def _tense(book: Book, day: date) -> str:
    if day == book.today:
        return "present"
    return "past" if day < book.today else "future"


def _day(book: Book, day: date, before: date | None, after: date | None) -> Page:
    rows = book.on(day)
    changes = book.change_days
    compare = None
    if day in changes and (at := changes.index(day)) > 0:
        compare = compare_page(changes[at - 1], day)
    return Page(
        day_page(day),
        "day.html",
        {
            "title": f"The state on {ENGLISH.day(day)}",
            "description": f"Every tariff and counter-measure on record as it stood on "
            f"{ENGLISH.day(day)}, what was pending, and which claims were in dispute.",
            "section": "days",
            "data": day_data(day),
            "day": day,
            "tense": _tense(book, day),
            "previous": Link(day_page(before), ENGLISH.day(before)) if before else None,
            "next": Link(day_page(after), ENGLISH.day(after)) if after else None,
            "compare": compare,
            "board": board(book, rows),
            "counts": counts(rows),
            "silent": silent(book),
            "scheduled": scheduled(book, rows, day),
            "claims": tuple(claim_view(book, found) for found in book.disputed(day)),
            "events": tuple(
                event_view(book, event) for event in book.world.events if event.announced == day
            ),
        },
    )


def _days_index(book: Book) -> Page:
    changes = set(book.change_days)
    announced = Counter(event.announced for event in book.world.events)
    years: dict[int, dict[int, list[dict[str, object]]]] = {}
    for day in book.page_days:
        item = {
            "day": day,
            "href": day_page(day),
            "change": day in changes,
            "events": announced[day],
            "tense": _tense(book, day),
        }
        years.setdefault(day.year, {}).setdefault(day.month, []).append(item)
    return Page(
        DAYS,
        "days.html",
        {
            "title": "Days",
            "description": "Every day on which trade policy changed or was announced, each with "
            "the whole state on it.",
            "section": "days",
            "data": "data/events.json",
            "years": tuple(
                (
                    year,
                    tuple((date(year, month, 1), tuple(items)) for month, items in months.items()),
                )
                for year, months in sorted(years.items(), reverse=True)
            ),
        },
    )


def compare_pages(book: Book) -> tuple[Page, ...]:
    """The index of comparisons, then a page for every two consecutive change days."""
    days = book.change_days
    pairs = tuple(pairwise(days))
    found = [_compare(book, pairs, index) for index in range(len(pairs))]
    index = Page(
        COMPARE,
        "compares.html",
        {
            "title": "Compare",
            "description": "What changed from one change of policy to the next, provision by "
            "provision.",
            "section": "compare",
            "data": "data/events.json",
            "pairs": tuple(
                {
                    "href": compare_page(start, end),
                    "start": start,
                    "end": end,
                    "headline": headline(ENGLISH, book.between(start, end)),
                    "tense": _tense(book, end),
                }
                for start, end in reversed(pairs)
            ),
        },
    )
    return (index, *found)


def _compare(book: Book, pairs: Sequence[tuple[date, date]], index: int) -> Page:
    start, end = pairs[index]
    changes = book.between(start, end)
    tally = Counter(change.kind for change in changes)
    before = pairs[index - 1] if index else None
    after = pairs[index + 1] if index + 1 < len(pairs) else None
    return Page(
        compare_page(start, end),
        "compare.html",
        {
            "title": f"{ENGLISH.day(start)} to {ENGLISH.day(end)}",
            "description": f"What changed in North American trade policy from {ENGLISH.day(start)} "
            f"to {ENGLISH.day(end)}: {headline(ENGLISH, changes)}",
            "section": "compare",
            "data": day_data(end),
            "start": start,
            "end": end,
            "start_href": day_page(start),
            "end_href": day_page(end),
            "tense": _tense(book, end),
            "headline": headline(ENGLISH, changes),
            "tally": tuple((CHANGES[kind], tally[kind]) for kind in ChangeKind if tally[kind]),
            "changes": tuple(change_view(book, change) for change in changes),
            "previous": Link(compare_page(*before), _pair_text(before)) if before else None,
            "next": Link(compare_page(*after), _pair_text(after)) if after else None,
        },
    )


def _pair_text(pair: tuple[date, date]) -> str:
    return f"{ENGLISH.day(pair[0])} to {ENGLISH.day(pair[1])}"
