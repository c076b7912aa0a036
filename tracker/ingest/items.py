"""Items of a feed to reports: identity, content hash, plain text. Pure.

Owns what makes an item the same item next time and what counts as a change of
it. It knows no parser and no ledger. Of an item that was read before, only
what others of its feed may need is held; where that is not enough, the answer
is None and the feed has to be read whole.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import msgspec

from tracker.core.codec import canonical, sha256
from tracker.core.entries import Report
from tracker.ingest.dates import parse_date
from tracker.ingest.hints import Hints
from tracker.ingest.links import canonical_link, is_redirector, safe_link
from tracker.ingest.text import MAX_SUMMARY, MAX_TITLE, first_words, plain_text

__all__ = ["Held", "Parsed", "RawItem", "Sorted", "reports_of"]

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


class Held(msgspec.Struct, frozen=True, array_like=True):
    """What is held of an item read before, by the SHA-256 of its markup.

    `identity` is empty for an item with nothing in it; `counted` is False for
    one that repeated an earlier one; `dated` is whether its date counted.
    """

    raw: str
    guid: str
    title: str
    page: str
    link: str
    published: datetime | None
    untitled: bool
    identity: str
    dated: bool
    counted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a body held.

    `reports` are in the feed's order with identities that differ: all of them,
    or where `held` was given, those that it does not hold as they are. `items`
    counts those the feed has. `problems` are lines for people on what was
    overlooked; `title` is the feed's own, in plain text. `whole` is False where
    the feed broke off: it must be read again in full, so its ETag is not to be
    kept. `held` is what to give next time, None where the feed cannot be cut.
    """

    reports: tuple[Report, ...]
    problems: tuple[str, ...]
    title: str
    whole: bool
    items: int = 0
    held: bytes | None = None
    hints: Hints = field(default_factory=Hints)
    dialect: str = ""


@dataclass(frozen=True, slots=True)
class Sorted:
    """The reports among items, what to hold of each item, and what was amiss."""

    reports: tuple[Report, ...]
    held: tuple[Held, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Item:
    """An item made safe, before it has an identity.

    `page` is the page it is about, in its canonical form; empty where that means nothing.
    """

    guid: str
    title: str
    summary: str
    link: str | None
    published: datetime | None
    page: str
    untitled: bool = False
    held: Held | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing in it that a report could be made of."""
        return not (self.title or self.summary or self.link or self.guid)


def _clean(raw: RawItem, base: str) -> _Item:
    """The item as plain text with a safe link."""
    link = safe_link(raw.link, base)
    # Aggregators fill the summary with links to other outlets, in another order each time.
    summary = "" if is_redirector(link) else plain_text(raw.summary, MAX_SUMMARY)
    read = (parse_date(date) for date in raw.dates)
    guid, title = plain_text(raw.guid, 4 * _MAX_IDENTITY), plain_text(raw.title, MAX_TITLE)
    return _Item(
        guid=guid,
        # In any case it has a title: its first words, else its link, else its guid.
        title=title or first_words(summary) or (link or guid)[:MAX_TITLE],
        summary=summary,
        link=link,
        published=next((date for date in read if date is not None), None),
        page="" if link is None or is_redirector(link) else canonical_link(link),
        untitled=not title,
    )


def _known(held: Held) -> _Item:
    """An item read before, without its summary."""
    return _Item(
        guid=held.guid,
        title=held.title,
        summary="",
        link=held.link or None,
        published=held.published,
        page=held.page,
        untitled=held.untitled,
        held=held,
    )


def _held(raw: str, item: _Item, identity: str, *, dated: bool, counted: bool) -> Held:
    """What to hold of an item for the next time."""
    return Held(
        raw,
        item.guid,
        item.title,
        item.page,
        item.link or "",
        item.published,
        item.untitled,
        identity,
        dated,
        counted,
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
        elif item.held is not None:
            # Its summary is not at hand: right if it was named by its content before.
            identity = item.held.identity if item.held.identity.startswith("sha256:") else ""
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


def reports_of(
    raw: Sequence[RawItem | Held],
    *,
    source: str,
    language: str | None,
    base: str,
    evidence: str,
    marks: Sequence[str] = (),
) -> Sorted | None:
    """The reports of a feed in its own order, and a line for each thing that was amiss.

    `base` is what relative links are relative to; `evidence` is the SHA-256 of
    the body; `marks` has the hash of each item's markup, where there is one. Of
    items with one identity the first counts. An item with no title, text, link
    or guid is left out and counted. Where all items were dated within minutes
    of one another, the date is left out of the content hash: such feeds stamp
    every item anew each time. None where something held of an item no longer
    holds beside the others.
    """
    cleaned = [_known(one) if isinstance(one, Held) else _clean(one, base) for one in raw]
    items = [item for item in cleaned if not item.empty]
    dated = not _stamped(items)
    identities = iter(_identities(items))
    reports: dict[str, Report] = {}
    counted: set[str] = set()
    holding: list[Held] = []
    for number, item in enumerate(cleaned):
        identity = "" if item.empty else next(identities)
        first = bool(identity) and identity not in counted
        counted.add(identity)
        old = item.held
        if old is not None:
            if (old.identity, old.dated, old.counted) != (identity, dated, first):
                return None
            holding.append(old)
            continue
        if marks:
            holding.append(_held(marks[number], item, identity, dated=dated, counted=first))
        if first:
            reports[identity] = Report(
                source=source,
                identity=identity,
                title=item.title,
                content_hash=_content_hash(item, dated=dated),
                summary=item.summary,
                link=item.link,
                published=item.published,
                language=language,
                evidence=evidence,
            )
    problems = _amiss(cleaned, items, len(counted - {""}), dated=dated)
    return Sorted(tuple(reports.values()), tuple(holding), problems)


def _amiss(
    cleaned: Sequence[_Item], items: Sequence[_Item], counted: int, *, dated: bool
) -> tuple[str, ...]:
    """A line for each thing that was amiss with items of a feed."""
    amiss = Counter(
        {
            "with nothing in them, left out": len(cleaned) - len(items),
            "without a title, named by their text or link": sum(i.untitled for i in items),
            "that repeat an earlier one of the feed, left out": len(items) - counted,
            "without a link that can be shown": sum(item.link is None for item in items),
            "without a date that can be read": sum(item.published is None for item in items),
        }
    )
    lines = [f"{number} of {len(cleaned)} items {what}" for what, number in amiss.items() if number]
    if not dated:
        lines.append("every item carries the time of the feed's making, not its own")
    return tuple(lines)
