"""Bytes of a source to reports, of which only what is new is parsed. Pure.

Owns the choice between reading a feed whole and reading what it did not hold
last time; both answer the same, or the first is taken. It fetches nothing and
keeps nothing: what to hold for the next time is part of the answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from tracker.errors import SourceFailed
from tracker.ingest.charset import decode_feed
from tracker.ingest.document import FeedDocument, feed_document
from tracker.ingest.hints import Hints, feed_hints
from tracker.ingest.holding import HeldFeed, around, hold, mark, read_held, recall
from tracker.ingest.items import reports_of
from tracker.ingest.jsons import KINDS, parse_json
from tracker.ingest.links import safe_link
from tracker.ingest.parse import FeedRead, parse_xml
from tracker.ingest.shapes import Held, Parsed, RawItem, Sorted
from tracker.ingest.sources import Source
from tracker.ingest.split import Cut, cut_feed
from tracker.ingest.text import MAX_TITLE, plain_text

__all__ = ["MAX_ITEMS", "Parsed", "Read", "read"]

MAX_ITEMS = 5000
"""The most items read of one feed, from its top; a feed with more says so among its problems."""


class Read(Protocol):
    """Whatever reads a body: `read` itself, or one that does it in another process."""

    def __call__(
        self,
        body: bytes,
        *,
        media_type: str,
        charset: str | None,
        source: Source,
        evidence: str,
        held: bytes | None = None,
    ) -> Parsed:
        """As `read`."""
        ...


def read(
    body: bytes,
    *,
    media_type: str,
    charset: str | None,
    source: Source,
    evidence: str,
    held: bytes | None = None,
) -> Parsed:
    """Read a feed of any dialect (RSS 0.9x, 1.0, 2.0, Atom) or JSON of the source's kind.

    `media_type` and `charset` are the HTTP header's; `evidence` is the SHA-256
    of `body`; `held` is what the last reading of this source answered as held:
    reports that were in it as they are now are left out of the answer. A feed
    that is not well-formed is read as far as it goes; an item it broke off in
    is left for the next time.
    Raises: SourceFailed of kind empty, not_a_feed, broken_feed, encoding or
    too_large, and nothing else whatever the bytes are.
    """
    before = read_held(held, source)
    if source.kind in KINDS:
        found, marks = parse_json(body, source.kind)
        return _whole(found, marks, source=source, evidence=evidence, before=before)
    if not body.strip():
        raise SourceFailed("empty", "sent an empty answer", "It is asked again when it is due")
    text, problems = decode_feed(body, charset)
    document = feed_document(text)
    cut = cut_feed(document.text) if document.whole else None
    lines = (*problems, *_about(document, media_type))
    if cut is not None and before is not None:
        parsed = _only_new(cut, lines, source, evidence, before)
        if parsed is not None:
            return parsed
    found = parse_xml(document.text)
    if not found.dialect and not found.items:
        raise SourceFailed(
            "not_a_feed",
            "sent XML that is no RSS or Atom feed",
            "Open the address in a browser and look for the feed's own address",
        )
    return _all(document, cut, found, lines, source=source, evidence=evidence)


def _held(head: str, base: str, found: FeedRead, made: Sorted, source: Source) -> bytes:
    title = plain_text(found.title, MAX_TITLE)
    dialect = found.dialect
    return hold(made.held, head=head, base=base, title=title, dialect=dialect, source=source)


def _base(found: FeedRead, source: Source) -> str:
    """What relative links are relative to."""
    return safe_link(found.link, source.url) or source.url


def _only_new(
    cut: Cut, lines: tuple[str, ...], source: Source, evidence: str, before: HeldFeed
) -> Parsed | None:
    """The feed read as if whole, its known items not parsed; None where that is not certain."""
    texts = cut.items[:MAX_ITEMS]
    marks = [mark(text) for text in texts]
    known = {item.raw for item in before.items}
    fresh = [text for text, one in zip(texts, marks, strict=True) if one not in known]
    head = around(cut)
    found = FeedRead(before.dialect, before.title, "", (), None)
    if fresh or head != before.head:
        found = parse_xml(cut.only(fresh))
        sound = found.problem is None and found.dialect == before.dialect
        if not sound or len(found.items) != len(fresh) or _base(found, source) != before.base:
            return None
    parsed = iter(found.items)
    recalled = recall(before.items)
    raw = [recalled(one) or next(parsed) for one in marks]
    made = _sorted(raw, marks, before.base, source, evidence)
    if made is None:
        return None
    held = _held(head, before.base, found, made, source)
    return _parsed(
        found,
        made,
        (*lines, *_about_items(len(cut.items))),
        items=len(cut.items),
        cut=cut,
        held=held,
    )


def _all(
    document: FeedDocument,
    cut: Cut | None,
    found: FeedRead,
    lines: tuple[str, ...],
    *,
    source: Source,
    evidence: str,
) -> Parsed:
    """The feed read whole."""
    items = found.items[:-1] if document.in_item else found.items
    # What was mended by the parser may read otherwise beside other items: nothing is held of it.
    sound = cut is not None and found.problem is None and len(cut.items) == len(items)
    texts = cut.items if cut is not None and sound else ()
    marks = [mark(text) for text in texts[:MAX_ITEMS]]
    base = _base(found, source)
    made = _sorted(items[:MAX_ITEMS], marks, base, source, evidence)
    if made is None:
        raise AssertionError("nothing was held that could not hold")
    held = None
    if cut is not None and sound:
        held = _held(around(cut), base, found, made, source)
    problem = (found.problem,) if found.problem else ()
    return _parsed(
        found,
        made,
        (*lines, *problem, *_about_items(len(items))),
        items=len(items),
        cut=cut,
        held=held,
        whole=document.whole,
    )


def _whole(
    found: FeedRead,
    texts: Sequence[str],
    *,
    source: Source,
    evidence: str,
    before: HeldFeed | None,
) -> Parsed:
    """A document whose items were all parsed; those held as they are, are left out."""
    marks = [mark(text) for text in texts[:MAX_ITEMS]]
    items = found.items[:MAX_ITEMS]
    recalled = recall(before.items if before is not None else ())
    base = _base(found, source)
    raw = [recalled(one) or item for one, item in zip(marks, items, strict=True)]
    made = _sorted(raw, marks, base, source, evidence)
    if made is None:
        made = _sorted(items, marks, base, source, evidence)
    if made is None:
        raise AssertionError("nothing was held that could not hold")
    held = _held("", base, found, made, source)
    return _parsed(
        found,
        made,
        _about_items(len(found.items)),
        items=len(found.items),
        cut=None,
        held=held,
    )


def _sorted(
    raw: Sequence[RawItem | Held], marks: Sequence[str], base: str, source: Source, evidence: str
) -> Sorted | None:
    return reports_of(
        raw,
        source=source.id,
        language=source.spoken,
        base=base,
        evidence=evidence,
        marks=marks,
    )


def _parsed(
    found: FeedRead,
    made: Sorted,
    lines: tuple[str, ...],
    *,
    items: int,
    cut: Cut | None,
    held: bytes | None,
    whole: bool = True,
) -> Parsed:
    return Parsed(
        reports=made.reports,
        problems=(*lines, *made.problems),
        title=plain_text(found.title, MAX_TITLE),
        whole=whole,
        items=items,
        held=held,
        hints=Hints() if cut is None else feed_hints(f"{cut.head}\n{cut.tail}"),
        dialect=found.dialect,
    )


def _about(document: FeedDocument, media_type: str) -> list[str]:
    """Lines on the feed as a whole."""
    lines = []
    if "html" in media_type and "xml" not in media_type:
        lines.append(f"the feed is labelled {plain_text(media_type, 60)}")
    if document.in_item:
        lines.append("the feed breaks off inside an item, which is left for the next time")
    elif not document.whole:
        lines.append("the feed has no end; it was read as far as it goes")
    return lines


def _about_items(items: int) -> tuple[str, ...]:
    if items == 0:
        return ("the feed holds no items",)
    return (f"only the first {MAX_ITEMS} of {items} items were read",) if items > MAX_ITEMS else ()
