"""The scripts of the pages that compare any two days or show any, and the data they work from.

Owns which files the browser is sent and under which names they set their data.
What is in them belongs to `compare_data` and `compare_words`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.site.compare_data import CompareData, compare_data
from tracker.site.compare_words import compare_words
from tracker.site.edition import Edition
from tracker.site.model import Late, Page
from tracker.telling.language import language

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


def script_pages(editions: Sequence[Edition]) -> Iterator[Page | Late]:
    """The scripts, data for all languages, words for each."""
    for source in (*SCRIPTS, DAYS_SCRIPT):
        yield Page(source, "static", {"source": source})
    yield Late("data/compare.js", _compare)
    for edition in editions:
        code = edition.lang.code
        yield Late(f"data/compare-{code}.js", _words, (code,))


def _compare(edition: Edition) -> Page:
    document = _data(edition).document
    return Page("data/compare.js", "script", {"name": "TrackerData", "document": document})


def _words(edition: Edition, code: str) -> Page:
    words = compare_words(language(code), _data(edition))
    return Page(f"data/compare-{code}.js", "script", {"name": "TrackerWords", "document": words})


def _data(edition: Edition) -> CompareData:
    """What all languages work from, found once."""
    book = edition.book
    return edition.once("compare", book.measures, lambda: compare_data(book.index, book.today))
