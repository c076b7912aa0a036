"""The pages about the record itself: how to read it, and what a lost reader sees."""

from __future__ import annotations

from tracker.core.words import Status
from tracker.site.changing import label_views
from tracker.site.edition import Edition
from tracker.site.model import Page
from tracker.site.names import status_meaning
from tracker.site.paths import ABOUT, NOT_FOUND
from tracker.telling.names import status_name

__all__ = ["about_page", "missing_page"]


def about_page(edition: Edition) -> Page:
    """How to read the record: statuses, clocks, what is covered and what is not."""
    book, lang = edition.book, edition.lang
    events = book.world.events
    return Page(
        ABOUT,
        "about.html",
        {
            "title": lang.say("title", "How to read this record"),
            "description": lang.say(
                "description",
                "What the statuses mean, which clocks are kept, what the record covers and what "
                "it does not.",
            ),
            "section": "about",
            "data": "data/state.json",
            "statuses": tuple(
                (one, status_name(lang, one), status_meaning(lang, one)) for one in Status
            ),
            "labels": label_views(edition),
            "first": events[0].announced if events else None,
            "last": events[-1].announced if events else None,
            "events": len(events),
            "measures": len(book.world.measures),
            "days": len(book.page_days),
        },
    )


def missing_page(edition: Edition) -> Page:
    """What a server shows for an address that leads nowhere."""
    lang = edition.lang
    return Page(
        NOT_FOUND,
        "missing.html",
        {
            "title": lang.say("title", "No such page"),
            "description": lang.say("description", "This address leads to no page of the record."),
            "section": "",
            "data": "data/state.json",
        },
    )
