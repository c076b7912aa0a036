"""Items of a feed to reports: identity, content hash, plain text. Pure.

Owns what makes an item the same item next time and what counts as a change of
it. It knows no parser and no ledger.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from tracker.core.codec import canonical, sha256
from tracker.core.entries import Report
from tracker.ingest.dates import parse_date
from tracker.ingest.links import canonical_link, is_redirector, safe_link
from tracker.ingest.text import MAX_SUMMARY, MAX_TITLE, first_words, plain_text

__all__ = ["Parsed", "RawItem", "reports_of"]

_MAX_IDENTITY = 300

# So many items within so short a time were stamped when the feed was made.
_STAMPED_ITEMS = 5
_STAMPED_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class RawItem:
    """One item as the parser found it; every text is hostile. `dates`: the best one first."""

    guid: str = ""
    title: str = ""
    summary: str = ""
    link: str = ""
    dates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a body held.

    `reports` are in the feed's order with identities that differ; `problems`
    are lines for people on what was overlooked; `title` is the feed's own, in
    plain text. `whole` is False where the feed broke off: it must be read
    again in full, so its ETag is not to be kept.
    """

    reports: tuple[Report, ...]
    problems: tuple[str, ...]
    title: str
    whole: bool


@dataclass(frozen=True, slots=True)
class _Item:
    """An item made safe, before it has an identity."""

    guid: str
    title: str
    summary: str
    link: str | None
    published: datetime | None

    @property
    def page(self) -> str:
        """The page it is about, in its canonical form; empty where that means nothing."""
        return "" if self.link is None or is_redirector(self.link) else canonical_link(self.link)


def _clean(raw: RawItem, base: str) -> _Item:
    """The item as plain text with a safe link."""
    link = safe_link(raw.link, base)
    # Aggregators fill the summary with links to other outlets, in another order each time.
    summary = "" if is_redirector(link) else plain_text(raw.summary, MAX_SUMMARY)
    read = (parse_date(date) for date in raw.dates)
    return _Item(
        guid=plain_text(raw.guid, 4 * _MAX_IDENTITY),
        title=plain_text(raw.title, MAX_TITLE),
        summary=summary,
        link=link,
        published=next((date for date in read if date is not None), None),
    )


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


def _identities(items: Sequence[_Item]) -> list[str]:
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
        else:
            identity = "sha256:" + sha256(canonical([item.title, item.summary, item.page]))
        long = len(identity) > _MAX_IDENTITY
        found.append("sha256:" + sha256(identity.encode()) if long else identity)
    return found


def _stamped(items: Iterable[_Item]) -> bool:
    """Whether the dates are those of the feed's making and not the items' own."""
    dates = [item.published for item in items if item.published is not None]
    return len(dates) >= _STAMPED_ITEMS and max(dates) - min(dates) <= _STAMPED_WITHIN


def _content_hash(item: _Item, *, dated: bool) -> str:
    """The hash that changes when the title, the summary, the page or the date does."""
    date = item.published if dated else None
    return sha256(canonical([item.title, item.summary, item.page, date]))


def _titled(item: _Item) -> _Item:
    """The item with a title in any case: its first words, else its link, else its guid."""
    if item.title:
        return item
    return replace(item, title=first_words(item.summary) or (item.link or item.guid)[:MAX_TITLE])


def reports_of(
    raw: Iterable[RawItem], *, source: str, language: str, base: str, evidence: str
) -> tuple[tuple[Report, ...], tuple[str, ...]]:
    """The reports of a feed in its own order, and a line for each thing that was amiss.

    `base` is what relative links are relative to; `evidence` is the SHA-256 of
    the body. Of items with one identity the first counts. An item with no
    title, text, link or guid is left out and counted. Where all items were
    dated within minutes of one another, the date is left out of the content
    hash: such feeds stamp every item anew each time.
    """
    cleaned = [_clean(item, base) for item in raw]
    items = [
        _titled(item) for item in cleaned if item.title or item.summary or item.link or item.guid
    ]
    dated = not _stamped(items)
    reports: dict[str, Report] = {}
    for item, identity in zip(items, _identities(items), strict=True):
        reports.setdefault(
            identity,
            Report(
                source=source,
                identity=identity,
                title=item.title,
                content_hash=_content_hash(item, dated=dated),
                summary=item.summary,
                link=item.link,
                published=item.published,
                language=language,
                evidence=evidence,
            ),
        )
    amiss = Counter(
        {
            "with nothing in them, left out": len(cleaned) - len(items),
            "without a title, named by their text or link": sum(not i.title for i in cleaned)
            - (len(cleaned) - len(items)),
            "that repeat an earlier one of the feed, left out": len(items) - len(reports),
            "without a link that can be shown": sum(item.link is None for item in items),
            "without a date that can be read": sum(item.published is None for item in items),
        }
    )
    lines = [f"{number} of {len(cleaned)} items {what}" for what, number in amiss.items() if number]
    if not dated:
        lines.append("every item carries the time of the feed's making, not its own")
    return tuple(reports.values()), tuple(lines)
