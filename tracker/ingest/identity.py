"""What makes an item the same item next time, and what counts as a change of it. Pure.

Owns identities and content hashes. It knows no parser and no ledger.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from tracker.core.codec import canonical, sha256
from tracker.core.entries import Report
from tracker.ingest.links import canonical_link, is_redirector, safe_link
from tracker.ingest.shapes import Item

__all__ = ["MAX_IDENTITY", "content_hash", "hashes_of", "identities", "page_shown", "stamped"]

MAX_IDENTITY = 300
"""An identity of more characters is known by its SHA-256."""

# So many items within so short a time were stamped when the feed was made.
_STAMPED_ITEMS = 5
_STAMPED_WITHIN = timedelta(minutes=10)


def _guid_identity(guid: str) -> str:
    """A guid without what feeds keep changing in it.

    A guid that is an address is compared as one. A fragment of digits counts
    the edits of the same story (the BBC does so); other fragments are kept.
    """
    link = safe_link(guid) if guid.lower().startswith(("http://", "https://")) else None
    if link is None:
        return guid
    fragment = urlsplit(link).fragment
    page = canonical_link(link)
    return page if fragment.isdigit() or not fragment else f"{page}#{fragment}"


def identities(items: Sequence[Item]) -> list[str]:
    """An identity for each item: its guid, else its page, else its content.

    Two items that only our own cleaning made alike keep the guids they came
    with; a page that items of different titles share identifies none of them.
    """
    guids: defaultdict[str, set[str]] = defaultdict(set)
    pages: defaultdict[str, set[str]] = defaultdict(set)
    for item in items:
        guids[_guid_identity(item.guid)].add(item.guid)
        pages[item.page].add(item.title)
    found = []
    for item in items:
        cleaned = _guid_identity(item.guid)
        if item.guid:
            identity = cleaned if len(guids[cleaned]) == 1 else item.guid
        elif item.link and len(pages[item.page]) == 1:
            identity = item.page or canonical_link(item.link)
        elif item.held is not None:
            # Its summary is not at hand: right if it was named by its content before.
            identity = item.held.identity if item.held.identity.startswith("sha256:") else ""
        else:
            identity = "sha256:" + sha256(canonical([item.title, item.summary, item.page]))
        long = len(identity) > MAX_IDENTITY
        found.append("sha256:" + sha256(identity.encode()) if long else identity)
    return found


def stamped(items: Iterable[Item]) -> bool:
    """Whether the dates are those of the feed's making and not the items' own."""
    dates = [item.published for item in items if item.published is not None]
    return len(dates) >= _STAMPED_ITEMS and max(dates) - min(dates) <= _STAMPED_WITHIN


def content_hash(item: Item, *, dated: bool) -> str:
    """The hash that changes when the title, the summary, the page or the date does."""
    return _hash(item.title, item.summary, item.page, item.published if dated else None)


def hashes_of(report: Report) -> frozenset[str]:
    """The content hashes of an item with its date and without: its feed decides which it has."""
    page = page_shown(report.link)
    dates = (report.published, None)
    return frozenset(_hash(report.title, report.summary, page, date) for date in dates)


def page_shown(link: str | None) -> str:
    """The page an item is about, in its canonical form; empty where its link does not say."""
    return "" if link is None or is_redirector(link) else canonical_link(link)


def _hash(title: str, summary: str, page: str, date: datetime | None) -> str:
    return sha256(canonical([title, summary, page, date]))
