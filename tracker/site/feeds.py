"""The Atom feeds: one a language, and one for each party, kind and measure with events.

Owns what an entry says: the change first, as it could be known on the day it was
announced, then the event's own words. An entry never says otherwise because of
what came later; only a correction of ours makes it new. Inputs of a feed are its
events, what their days of announcement changed (`Book.news`), the corrections of
them and the base address.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from tracker.core.events import Event
from tracker.site.appointments import instant_of
from tracker.site.edition import Edition
from tracker.site.feed import FeedEntry, FeedView
from tracker.site.model import Late, Page
from tracker.site.names import doubt_meaning
from tracker.site.paths import (
    FEED,
    FRONT,
    address,
    event_page,
    feed_beside,
    folder_of,
    root_of,
)
from tracker.site.story import timeline_parts
from tracker.telling.changes import change_sentence
from tracker.telling.names import kind_name

__all__ = ["feed_files"]

_LATEST = 60
_LATEST_OF_PART = 30
_SENTENCES = 12


def feed_files(edition: Edition) -> Iterator[Late]:
    """The feed of all events, then those beside the timelines of parts."""
    book, lang = edition.book, edition.lang
    name = lang.say("feed", "North American trade policy")
    yield _later(edition, FRONT, name, book.world.events[-_LATEST:])
    for parts in timeline_parts(edition).values():
        for link, inside in parts:
            what = link.text if isinstance(link.text, str) else link.text.text
            title = lang.say("feed", "North American trade policy: {what}", what=what)
            yield _later(edition, link.href, title, inside[-_LATEST_OF_PART:])


def _later(edition: Edition, page: str, title: str, events: Sequence[Event]) -> Late:
    path = folder_of(edition.lang.code) + feed_beside(page)
    return Late(path, _file, (page, title, events))


def _file(edition: Edition, page: str, title: str, events: Sequence[Event]) -> Page:
    """The feed of the events of a page, newest first."""
    path, base = feed_beside(page), edition.inputs.base_url
    folder = folder_of(edition.lang.code)
    root = address(base, folder) or root_of(path)
    entries = tuple(_entry(edition, event, root) for event in reversed(events))
    name = path.removesuffix(FEED).rstrip("/").replace("/", ":").removeprefix("timeline:")
    view = FeedView(
        id=_feed_id(edition.lang.code, name),
        title=title,
        lang=edition.lang.code,
        home=address(base, folder + page),
        address=address(base, folder + path),
        updated=max((one.updated for one in entries), default=instant_of(edition.today)),
        version=edition.inputs.version,
        entries=entries,
    )
    return Page(folder + path, "atom", {"feed": view}, edition.lang.code)


def _feed_id(code: str, name: str) -> str:
    """The name of a feed for good; the oldest of them has kept the one it began with."""
    whole = name or "events"
    return f"urn:tracker:feed:{whole}" if code == "en" else f"urn:tracker:feed:{code}:{whole}"


def _entry(edition: Edition, event: Event, root: str) -> FeedEntry:
    code = edition.lang.code
    title, summary = edition.once("news", event, lambda: _told(edition, event))
    name = event.id if code == "en" else f"{code}:{event.id}"
    mended = _mended(edition).get(event.id)
    announced = instant_of(event.announced)
    return FeedEntry(
        id=f"urn:tracker:event:{name}",
        title=title,
        summary=summary,
        href=root + event_page(event.id),
        published=announced,
        updated=max(announced, mended) if mended else announced,
        term=event.kind.value,
        label=kind_name(edition.lang, event.kind),
    )


def _told(edition: Edition, event: Event) -> tuple[str, str]:
    """The title, and what the event changed in a sentence each, then its own words."""
    lang = edition.lang
    # A day that brought what an earlier order had set is told by who confirms that it did.
    behind = {event.id, *event.confirms, *(taken.event for taken in event.withdraws)}
    news = edition.book.news(event.announced)
    changes = [one for one in news if not behind.isdisjoint(one.events)]
    lines = [change_sentence(lang, one) for one in changes[:_SENTENCES]]
    if len(changes) > _SENTENCES:
        more = len(changes) - _SENTENCES
        lines.append(lang.say_count("feed", "And {count} more.", "And {count} more.", more))
    doubts = (doubt_meaning(lang, doubt) for doubt in event.doubts)
    return lang.words(event.title), "\n".join((*lines, lang.words(event.summary), *doubts))


def _mended(edition: Edition) -> dict[str, datetime]:
    """When each event was last corrected, to the second (UTC)."""

    def found() -> dict[str, datetime]:
        return {
            one.subject: one.recorded_at.astimezone(UTC).replace(microsecond=0)
            for one in edition.inputs.amendments
        }

    return edition.once("mended", edition.inputs, found)
