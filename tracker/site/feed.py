"""The Atom feed. The only module that knows the Atom writer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from feedgen.feed import FeedGenerator

from tracker.site.text import clean

__all__ = ["FeedEntry", "FeedView", "atom"]


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One event. `id` never changes; `href` is absolute, or relative to the feed."""

    id: str
    title: str
    summary: str
    href: str
    day: date
    category: str


@dataclass(frozen=True, slots=True)
class FeedView:
    """A feed, newest entry first. Empty addresses are left out."""

    id: str
    title: str
    home: str
    address: str
    updated: date
    version: str
    entries: tuple[FeedEntry, ...]


def _instant(day: date) -> datetime:
    """Midnight UTC of the day: entries are dated by announcement, never by a build."""
    return datetime.combine(day, time(), UTC)


def atom(feed: FeedView) -> bytes:
    """The feed as Atom 1.0 in UTF-8; the same feed gives the same bytes."""
    made = FeedGenerator()
    made.id(feed.id)
    made.title(clean(feed.title))
    made.author({"name": "Tracker"})
    made.language("en")
    made.generator("Tracker", version=feed.version)
    made.updated(_instant(feed.updated))
    if feed.home:
        made.link(href=feed.home, rel="alternate", type="text/html")
    if feed.address:
        made.link(href=feed.address, rel="self", type="application/atom+xml")
    for entry in feed.entries:
        one = made.add_entry(order="append")
        one.id(entry.id)
        one.title(clean(entry.title))
        one.summary(clean(entry.summary))
        one.link(href=entry.href, rel="alternate", type="text/html")
        one.category(term=entry.category)
        one.published(_instant(entry.day))
        one.updated(_instant(entry.day))
    body: bytes = made.atom_str(pretty=True)
    return body
