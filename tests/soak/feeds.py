"""Feeds that live: items come and are edited. Owns what was published and how it is written."""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from xml.sax.saxutils import escape

__all__ = ["BASE", "WINDOW", "Feed", "Item"]

WINDOW = 40
"""So many items a feed shows, the newest first."""

BASE = datetime(2026, 3, 1, 12, tzinfo=UTC)
_EDITS = 0.1


@dataclass
class Item:
    """One item: its name and every title it has had."""

    guid: str
    titles: list[str]
    at: datetime


@dataclass
class Feed:
    """One feed. `kind` is how it is written, `manners` how it answers conditional requests."""

    number: int
    items: list[Item] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def kind(self) -> str:
        return ("rss", "atom", "json")[self.number % 3]

    @property
    def read_as(self) -> str:
        """The kind of source it is to the tracker."""
        return "json-feed" if self.kind == "json" else "feed"

    @property
    def manners(self) -> str:
        return ("etag", "none", "fickle", "etag")[self.number % 4]

    def publish(self, rng: random.Random) -> None:
        """A new item, or another title for one that is shown."""
        with self.lock:
            shown = self.items[-WINDOW:]
            if shown and rng.random() < _EDITS:
                item = rng.choice(shown)
                item.titles.append(f"{item.titles[0]}, edition {len(item.titles) + 1}")
                return
            count = len(self.items)
            title = f"Feed {self.number} on duty {count}: {rng.randrange(10, 60)} per cent"
            at = BASE + timedelta(minutes=20 * count)
            self.items.append(Item(f"feed-{self.number}-item-{count}", [title], at))

    def body(self) -> bytes:
        """The feed as it stands."""
        with self.lock:
            shown = [(i.guid, i.titles[-1], i.at) for i in reversed(self.items[-WINDOW:])]
        return _WRITERS[self.kind](self.number, shown)


_Shown = list[tuple[str, str, datetime]]


def _rss(number: int, shown: _Shown) -> bytes:
    items = "".join(
        f"<item><guid isPermaLink='false'>{guid}</guid><title>{escape(title)}</title>"
        f"<link>https://f{number}.example/{guid}</link>"
        f"<pubDate>{at:%d %b %Y %H:%M:%S} GMT</pubDate>"
        f"<description>&lt;p&gt;Of {guid}.&lt;/p&gt;</description></item>\n"
        for guid, title, at in shown
    )
    return (
        f"<?xml version='1.0'?><rss version='2.0'><channel><title>Feed {number}</title>"
        f"<link>https://f{number}.example/</link>{items}</channel></rss>"
    ).encode()


def _atom(number: int, shown: _Shown) -> bytes:
    items = "".join(
        f"<entry><id>{guid}</id><title>{escape(title)}</title><updated>{at.isoformat()}</updated>"
        f"<link href='https://f{number}.example/{guid}'/><summary>Of {guid}.</summary></entry>\n"
        for guid, title, at in shown
    )
    return (
        f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Feed {number}</title>"
        f"<id>urn:f{number}</id>{items}</feed>"
    ).encode()


def _json(number: int, shown: _Shown) -> bytes:
    items = [
        {"id": guid, "title": title, "url": f"https://f{number}.example/{guid}"}
        | {"content_text": f"Of {guid}.", "date_published": at.isoformat()}
        for guid, title, at in shown
    ]
    document = {"version": "https://jsonfeed.org/version/1.1", "title": f"Feed {number}"}
    return json.dumps(document | {"items": items}).encode()


_WRITERS: dict[str, Callable[[int, _Shown], bytes]] = {"rss": _rss, "atom": _atom, "json": _json}
