"""The scripts of the pages that compare any two days or show any, and the data they work from.

Owns which files the browser is sent and under which names they set their data.
What is in them belongs to `compare_data` and `compare_words`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.site.compare_data import compare_data
from tracker.site.compare_words import compare_words
from tracker.site.edition import Edition
from tracker.site.model import Page

__all__ = ["DAYS_SCRIPT", "SCRIPTS", "script_pages"]

DAYS_SCRIPT = "static/days.js"
"""The script of the page of days."""

SCRIPTS = (
    "static/page.js",
    "static/compare-core.js",
    "static/compare-telling.js",
    "static/compare.js",
)
"""The scripts themselves, in the order in which they are loaded."""


def script_pages(editions: Sequence[Edition]) -> Iterator[Page]:
    """The scripts, data for all languages, words for each."""
    for source in (*SCRIPTS, DAYS_SCRIPT):
        yield Page(source, "static", {"source": source})
    book = editions[0].book
    data = compare_data(book.index, book.today)
    yield Page("data/compare.js", "script", {"name": "TrackerData", "document": data.document})
    for edition in editions:
        words = compare_words(edition.lang, data)
        path = f"data/compare-{edition.lang.code}.js"
        yield Page(path, "script", {"name": "TrackerWords", "document": words})
