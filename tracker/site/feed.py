"""Feeds as Atom (RFC 4287). The only module that knows its writer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from feedgen.feed import FeedGenerator

from tracker.site.text import clean

__all__ = ["FeedEntry", "FeedView", "atom"]


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One event. `id` never changes; `href` is absolute, or relative to the feed. Instants UTC."""

    id: str
    title: str
    summary: str
    href: str
    published: datetime
    updated: datetime
    term: str
    label: str


@dataclass(frozen=True, slots=True)
class FeedView:
    """A feed in one language, newest entry first. Empty addresses are left out."""

    id: str
    title: str
    lang: str
    home: str
    address: str
    updated: datetime
    version: str
    entries: tuple[FeedEntry, ...]


def atom(feed: FeedView) -> bytes:
    """The feed as Atom 1.0 in UTF-8; the same feed gives the same bytes."""
    made = FeedGenerator()
    made.id(feed.id)
    made.title(clean(feed.title))
    made.author({"name": "Tracker"})
    made.language(feed.lang)
    made.generator("Tracker", version=feed.version)
    made.updated(feed.updated)
    if feed.home:
        made.link(href=feed.home, rel="alternate", type="text/html", hreflang=feed.lang)
    if feed.address:
        made.link(href=feed.address, rel="self", type="application/atom+xml")
    for entry in feed.entries:
        one = made.add_entry(order="append")
        one.id(entry.id)
        one.title(clean(entry.title))
        one.summary(clean(entry.summary))
        one.link(href=entry.href, rel="alternate", type="text/html", hreflang=feed.lang)
        one.category(term=entry.term, label=clean(entry.label))
        one.published(entry.published)
        one.updated(entry.updated)
    body: bytes = made.atom_str(pretty=True)
    return body
