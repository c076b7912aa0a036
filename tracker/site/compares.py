"""The comparisons made beforehand: from each change of policy to the next, and over whole spans.

Owns which pairs of days have a page without any script. Any other pair is for
the script to work out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from tracker.core.compare import Comparison
from tracker.site.beside import beside, beside_any
from tracker.site.book import Book
from tracker.site.changing import compared_view, label_views
from tracker.site.citing import cite_any, cite_compare
from tracker.site.days import tense
from tracker.site.edition import Edition
from tracker.site.model import Late, Page
from tracker.site.paths import COMPARE, COMPARE_ANY, compare_page, day_data, day_page
from tracker.site.told import Link
from tracker.telling.changes import headline

__all__ = ["compare_pages", "span_pairs"]

_Pair = tuple[date, date]


def compare_pages(edition: Edition) -> tuple[Late, ...]:
    """The index, the page for any two days, one for two change days in a row, one for a span."""
    pairs = tuple(pairwise(edition.book.change_days))
    spans = span_pairs(edition.book)
    return (
        Late(COMPARE, _index, (pairs, spans)),
        Late(COMPARE_ANY, _any),
        *_in_a_row(pairs),
        *_in_a_row(spans),
    )


def _in_a_row(pairs: Sequence[_Pair]) -> Iterator[Late]:
    """A page for each pair, with the ways to the pair before it and the one after."""
    for pair, before, after in zip(pairs, [None, *pairs], [*pairs[1:], None], strict=False):
        yield Late(compare_page(*pair), _compare, (pair, before, after))


def span_pairs(book: Book) -> tuple[_Pair, ...]:
    """Calendar years and quarters that the record covers whole, and from its first day to each end.

    Two first days of January, of a quarter; never a pair that a change day and
    the next already make, none without a change day and none that ends after today.
    """
    if not book.change_days:
        return ()
    first, last = book.change_days[0], book.today
    quarters = [
        date(year, month, 1)
        for year in range(first.year, last.year + 1)
        for month in (1, 4, 7, 10)
        if first <= date(year, month, 1) <= last
    ]
    years = [day for day in quarters if day.month == 1]
    found = [*pairwise(quarters), *pairwise(years)]
    if years and quarters[-1] != years[-1]:
        found.append((years[-1], quarters[-1]))
    taken = set(pairwise(book.change_days))
    return tuple(
        (start, end)
        for start, end in dict.fromkeys(sorted(found))
        if (start, end) not in taken and any(start < day <= end for day in book.change_days)
    )


def _index(edition: Edition, pairs: Sequence[_Pair], spans: Sequence[_Pair]) -> Page:
    lang = edition.lang
    return Page(
        COMPARE,
        "compares.html",
        {
            "title": lang.say("title", "Compare"),
            "description": lang.say(
                "description",
                "What changed from one change of policy to the next, provision by provision.",
            ),
            "section": "compare",
            "data": "data/events.json",
            "pairs": tuple(_in_list(edition, pair) for pair in reversed(pairs)),
            "spans": tuple(_in_list(edition, pair) for pair in reversed(spans)),
            "labels": label_views(edition),
        },
    )


def _any(edition: Edition) -> Page:
    """The page whose script compares any two days; the form is filled by the script."""
    lang = edition.lang
    return Page(
        COMPARE_ANY,
        "compare_any.html",
        {
            "title": lang.say("title", "Compare any two days"),
            "description": lang.say(
                "description",
                "What changed between any two days, as known now, as known then or by any day.",
            ),
            "section": "compare",
            "data": "data/events.json",
            "cite": cite_any(edition),
            **beside_any(edition),
        },
    )


def _in_list(edition: Edition, pair: _Pair) -> dict[str, object]:
    """A comparison in the list of all: nearly all are those of the last time."""
    found = edition.book.compared(*pair)
    return edition.once("in a list", found, lambda: _told(edition, pair, found))


def _told(edition: Edition, pair: _Pair, found: Comparison) -> dict[str, object]:
    start, end = pair
    return {
        "href": compare_page(start, end),
        "start": start,
        "end": end,
        "headline": headline(edition.lang, found.changes),
        "tense": tense(edition, end),
    }


def _compare(edition: Edition, pair: _Pair, before: _Pair | None, after: _Pair | None) -> Page:
    book, lang = edition.book, edition.lang
    start, end = pair
    found = book.compared(start, end)
    title, mark = pair_text(edition, pair), edition.inputs.bearing.state(end, start)
    return Page(
        compare_page(start, end),
        "compare.html",
        {
            "title": title,
            "description": lang.say(
                "description",
                "What changed in North American trade policy, {days}: {headline}",
                days=title,
                headline=headline(lang, found.changes),
            ),
            "section": "compare",
            "data": day_data(end) if end in book.with_page else "data/events.json",
            "start": start,
            "end": end,
            "mark": mark,
            "cite": cite_compare(edition, (start, end), title, mark),
            "start_href": day_page(start) if start in book.with_page else "",
            "end_href": day_page(end) if end in book.with_page else "",
            "tense": tense(edition, end),
            "found": compared_view(edition, found),
            "then": _then(edition, start, end),
            **beside(edition, start, end),
            "previous": Link(compare_page(*before), pair_text(edition, before)) if before else None,
            "next": Link(compare_page(*after), pair_text(edition, after)) if after else None,
        },
    )


def _then(edition: Edition, start: date, end: date) -> object:
    """The same days as each was known on it, where that reads otherwise; None where it does not."""
    if end > edition.today:
        return None
    now, then = edition.book.compared(start, end), edition.book.as_known(start, end)
    plain = [[(one.kind, one.before, one.after) for one in found.changes] for found in (now, then)]
    return None if plain[0] == plain[1] else compared_view(edition, then)


def pair_text(edition: Edition, pair: _Pair) -> str:
    """Two days as a title: `4 March 2025 to 7 March 2025`."""
    return edition.lang.say(
        "title", "{start} to {end}", start=edition.day(pair[0]), end=edition.day(pair[1])
    )
