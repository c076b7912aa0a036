"""The pages of what can be taken along: every file, and what each column of the tables means."""

from __future__ import annotations

from tracker.core.timeline import Selection
from tracker.core.words import PARTIES
from tracker.site.calendar import calendar_links
from tracker.site.edition import Edition
from tracker.site.model import Page
from tracker.site.names import party_name
from tracker.site.offers import TableOffer, Vocabulary
from tracker.site.paths import (
    ARCHIVE,
    COLUMNS,
    DOWNLOADS,
    FEED,
    feed_beside,
    party_page,
    table_file,
)
from tracker.telling.language import Language, Said, marked

__all__ = ["download_pages", "table_about"]


_ABOUT = {
    "events": marked("table", "Each event, in the order in which they were announced."),
    "effects": marked("table", "What each event says of each provision: status, rate, days."),
    "deadlines": marked("table", "Each time an event sets, moves or cancels a day."),
    "steps": marked("table", "The known links in the chain of each legal paper."),
    "stacking": marked("table", "Which of two measures a good pays that both reach."),
    "claims": marked("table", "Claims that others contradict. They never enter a state."),
    "measures": marked("table", "Each measure."),
    "provisions": marked("table", "Each provision of each measure."),
    "sources": marked("table", "Each source of an event, a claim or a measure."),
    "states": marked("table", "Where each provision stands today."),
}
_SORTS = {
    "text": marked("sort", "text"),
    "word": marked("sort", "word"),
    "day": marked("sort", "day, YYYY-MM-DD"),
    "number": marked("sort", "decimal, percent"),
    "count": marked("sort", "whole number"),
    "flag": marked("sort", "true or false"),
    "list": marked("sort", "list of texts"),
}


def download_pages(edition: Edition) -> tuple[Page, ...]:
    """The list of files, and the data dictionary where there are tables."""
    return (_downloads(edition), *((_columns(edition),) if edition.inputs.tables else ()))


def _downloads(edition: Edition) -> Page:
    lang, tables = edition.lang, edition.inputs.tables
    return Page(
        DOWNLOADS,
        "downloads.html",
        {
            "title": lang.say("title", "Downloads"),
            "description": lang.say(
                "description", "The record as data: states, events, measures, reports, feeds."
            ),
            "section": "downloads",
            "data": "data/events.json",
            "tables": tuple(_table(edition, one) for one in tables),
            "sums": table_file("SHA256SUMS") if tables else "",
            "dictionary": COLUMNS if tables else "",
            "files": (
                ("data/state.json", lang.say("downloads", "The state today"), "JSON"),
                ("data/events.json", lang.say("downloads", "Every event with its sources"), "JSON"),
                (
                    "data/measures.json",
                    lang.say("downloads", "Every measure and its provisions"),
                    "JSON",
                ),
                ("data/reports.json", lang.say("downloads", "Reports, not confirmed"), "JSON"),
            ),
            "subscribe": _subscribe(edition),
            "archive": ARCHIVE if edition.inputs.archive else "",
        },
    )


def _subscribe(edition: Edition) -> tuple[tuple[str, str, str], ...]:
    """Feeds and calendars in the edition's language: path from its root, what it is, format."""
    lang = edition.lang
    latest = lang.say("downloads", "The latest events")
    parties = ((code, party_name(lang, code)) for code in PARTIES)
    feeds = (
        (feed_beside(party_page(code)), f"{latest}{lang.say('list', ': ')}{name}", "Atom")
        for code, name in parties
        if edition.book.selected(Selection(party=code))
    )
    days = lang.say("downloads", "Days ahead")
    calendars = (
        (link.href, f"{days}{lang.say('list', ': ')}{link.text}", "iCalendar")
        for link in calendar_links(edition)
    )
    return ((FEED, latest, "Atom"), *feeds, *calendars)


def _table(edition: Edition, table: TableOffer) -> dict[str, object]:
    return {
        "name": table.name,
        "about": table_about(edition.lang, table),
        "rows": table.rows,
        "files": table.files,
    }


def table_about(lang: Language, table: TableOffer) -> Said:
    """What a row of a table is; in English where the site has no words for the table."""
    words = _ABOUT.get(table.name)
    return Said(lang.say(*words), lang.code) if words else Said(table.about, "en")


def _sort(lang: Language, sort: str) -> str:
    words = _SORTS.get(sort)
    return lang.say(*words) if words else sort


def _columns(edition: Edition) -> Page:
    lang, tables = edition.lang, edition.inputs.tables
    found: dict[str, Vocabulary] = {}
    for table in tables:
        found.update({one.words.name: one.words for one in table.columns if one.words})
    return Page(
        COLUMNS,
        "columns.html",
        {
            "title": lang.say("title", "Data dictionary"),
            "description": lang.say(
                "description", "What every column of the tables means, and what may be in it."
            ),
            "section": "downloads",
            "data": table_file("events.schema.json"),
            "source": table_file("data-dictionary.md"),
            "tables": tuple(
                {
                    "name": table.name,
                    "about": table_about(lang, table),
                    "columns": tuple((one, _sort(lang, one.sort)) for one in table.columns),
                }
                for table in tables
            ),
            "vocabularies": tuple(words for _, words in sorted(found.items())),
        },
    )
