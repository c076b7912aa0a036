"""Items of a feed to reports: plain text, safe links, one report for each identity. Pure.

Owns what becomes of each item. Of an item that was read before, only what
others of its feed may need is held; where that is not enough, the answer is
None and the feed has to be read whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tracker.core.entries import Report
from tracker.ingest.dates import parse_date
from tracker.ingest.identity import (
    MAX_IDENTITY,
    content_hash,
    identities,
    page_shown,
    stamped,
)
from tracker.ingest.links import is_redirector, safe_link
from tracker.ingest.shapes import Held, Item, RawItem, Sorted
from tracker.ingest.text import MAX_SUMMARY, MAX_TITLE, first_words, plain_text

__all__ = ["reports_of"]


def _clean(raw: RawItem, base: str) -> Item:
    """The item as plain text with a safe link."""
    link = safe_link(raw.link, base)
    # Aggregators fill the summary with links to other outlets, in another order each time.
    summary = "" if is_redirector(link) else plain_text(raw.summary, MAX_SUMMARY)
    read = (parse_date(date) for date in raw.dates)
    guid, title = plain_text(raw.guid, 4 * MAX_IDENTITY), plain_text(raw.title, MAX_TITLE)
    return Item(
        guid=guid,
        # In any case it has a title: its first words, else its link, else its guid.
        title=title or first_words(summary) or (link or guid)[:MAX_TITLE],
        summary=summary,
        link=link,
        published=next((date for date in read if date is not None), None),
        page=page_shown(link),
        untitled=not title,
    )


def _known(held: Held) -> Item:
    """An item read before, without its summary."""
    return Item(
        guid=held.guid,
        title=held.title,
        summary="",
        link=held.link or None,
        published=held.published,
        page=held.page,
        untitled=held.untitled,
        held=held,
    )


def _held(raw: str, item: Item, identity: str, *, dated: bool, counted: bool) -> Held:
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


def _report(
    item: Item, identity: str, *, dated: bool, source: str, language: str | None, evidence: str
) -> Report:
    """The report that an item of a feed makes."""
    return Report(
        source=source,
        identity=identity,
        title=item.title,
        content_hash=content_hash(item, dated=dated),
        summary=item.summary,
        link=item.link,
        published=item.published,
        language=language,
        evidence=evidence,
    )


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
    dated = not stamped(items)
    named = iter(identities(items))
    reports: dict[str, Report] = {}
    counted: set[str] = set()
    holding: list[Held] = []
    for number, item in enumerate(cleaned):
        identity = "" if item.empty else next(named)
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
            reports[identity] = _report(
                item, identity, dated=dated, source=source, language=language, evidence=evidence
            )
    problems = _amiss(cleaned, items, len(counted - {""}), dated=dated)
    return Sorted(tuple(reports.values()), tuple(holding), problems)


def _amiss(
    cleaned: Sequence[Item], items: Sequence[Item], counted: int, *, dated: bool
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
