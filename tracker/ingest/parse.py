"""Feed bytes to reports. The only module that imports feedparser.

Owns the guard around that library: it gets bytes only, in UTF-8, without any
document type; its cleaning of HTML, its links and its dates are not used.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any
from xml.sax import SAXParseException

import feedparser

from tracker.errors import SourceFailed
from tracker.ingest.charset import decode_feed
from tracker.ingest.document import FeedDocument, feed_document
from tracker.ingest.items import Parsed, RawItem, reports_of
from tracker.ingest.links import safe_link
from tracker.ingest.sources import Source
from tracker.ingest.text import MAX_TITLE, plain_text

__all__ = ["MAX_ITEMS", "Parsed", "parse"]

MAX_ITEMS = 5000
"""The most items read of one feed, from its top; a feed with more says so among its problems."""

_HEAD = b'<?xml version="1.0" encoding="utf-8"?>\n'
_HEADERS = {"content-type": "application/xml; charset=utf-8"}


def parse(
    body: bytes, *, media_type: str, charset: str | None, source: Source, evidence: str
) -> Parsed:
    """Read a feed of any dialect (RSS 0.9x, 1.0, 2.0, Atom).

    `media_type` and `charset` are the HTTP header's; `evidence` is the SHA-256
    of `body`. A feed that is not well-formed is read as far as it goes; an
    item it broke off in is left for the next time.
    Raises: SourceFailed of kind empty, not_a_feed, broken_feed, encoding or
    too_large, and nothing else whatever the bytes are.
    """
    if not body.strip():
        raise SourceFailed("empty", "sent an empty answer", "It is asked again when it is due")
    text, problems = decode_feed(body, charset)
    document = feed_document(text)
    result = _read(document)
    entries = [entry for entry in result["entries"] if isinstance(entry, Mapping)]
    if not result.get("version") and not entries:
        raise SourceFailed(
            "not_a_feed",
            "sent XML that is no RSS or Atom feed",
            "Open the address in a browser and look for the feed's own address",
        )
    if document.in_item:
        entries = entries[:-1]
    feed = result.get("feed") or {}
    reports, amiss = reports_of(
        (_raw(entry) for entry in entries[:MAX_ITEMS]),
        source=source.id,
        language=source.language,
        base=safe_link(_text(feed, "link"), source.url) or source.url,
        evidence=evidence,
    )
    return Parsed(
        reports=reports,
        problems=(*problems, *_problems(document, result, media_type, len(entries)), *amiss),
        title=plain_text(_text(feed, "title"), MAX_TITLE),
        whole=document.whole,
    )


def _read(document: FeedDocument) -> Mapping[str, Any]:
    """What feedparser makes of a document.

    A stream and not bytes: given bytes, feedparser first tries to open a file
    of that name. Raises: SourceFailed("broken_feed") where it stumbles.
    """
    stream = io.BytesIO(_HEAD + document.text.encode("utf-8"))
    try:
        result: Mapping[str, Any] = feedparser.parse(
            stream, response_headers=_HEADERS, sanitize_html=False, resolve_relative_uris=False
        )
    except MemoryError:
        raise
    except Exception as error:
        # Some inputs make it raise errors of any kind; it documents none of them.
        raise SourceFailed(
            "broken_feed",
            f"sent a feed that cannot be read ({type(error).__name__})",
            "It is asked again when it is due; the publisher has to mend it",
        ) from error
    return result


def _text(entry: Mapping[str, Any], name: str) -> str:
    """A text of an entry; its own only, not what feedparser puts in its place."""
    value = dict.get(entry, name) if isinstance(entry, dict) else None
    return value if isinstance(value, str) else ""


def _summary(entry: Mapping[str, Any]) -> str:
    """The summary of an entry, else the first of its contents that says something."""
    summary = _text(entry, "summary")
    if summary.strip():
        return summary
    contents = dict.get(entry, "content") if isinstance(entry, dict) else None
    for content in contents if isinstance(contents, list) else []:
        value = _text(content, "value")
        if value.strip():
            return value
    return ""


def _raw(entry: Mapping[str, Any]) -> RawItem:
    """The texts of an entry that a report is made of."""
    dates = (_text(entry, name) for name in ("published", "created", "updated"))
    return RawItem(
        guid=_text(entry, "id"),
        title=_text(entry, "title"),
        summary=_summary(entry),
        link=_text(entry, "link"),
        dates=tuple(date for date in dates if date),
    )


def _problems(
    document: FeedDocument, result: Mapping[str, Any], media_type: str, items: int
) -> list[str]:
    """Lines on the feed as a whole."""
    lines = []
    if "html" in media_type and "xml" not in media_type:
        lines.append(f"the feed is labelled {plain_text(media_type, 60)}")
    if document.in_item:
        lines.append("the feed breaks off inside an item, which is left for the next time")
    elif not document.whole:
        lines.append("the feed has no end; it was read as far as it goes")
    error = result.get("bozo_exception") if result.get("bozo") else None
    if isinstance(error, SAXParseException):
        where = f"line {error.getLineNumber()}: {plain_text(error.getMessage(), 80)}"
        lines.append(f"the feed is not well-formed ({where}); it was read as far as it goes")
    if items > MAX_ITEMS:
        lines.append(f"only the first {MAX_ITEMS} of {items} items were read")
    if items == 0:
        lines.append("the feed holds no items")
    return lines
