"""What feedparser makes of a feed. The only module that imports it.

Owns the guard around that library: it gets text only, in UTF-8, without any
document type; its cleaning of HTML, its links and its dates are not used. What
is made of the items belongs to `items`, which of them are parsed to `reading`.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.sax import SAXParseException

import feedparser

from tracker.errors import SourceFailed
from tracker.ingest.shapes import RawItem
from tracker.ingest.text import plain_text

__all__ = ["FeedRead", "parse_xml"]

# Else it looks through every folder of modules, for each feed anew, for another parser
# than the one all this was tried with.
feedparser.api.PREFERRED_XML_PARSERS = []


def _no_date(_text: str) -> tuple[int, ...]:
    """A date of no meaning, so that feedparser does not try its twelve ways to read one."""
    return (1970, 1, 1, 0, 0, 0, 3, 1, 0)


feedparser.registerDateHandler(_no_date)

_HEAD = b'<?xml version="1.0" encoding="utf-8"?>\n'
_HEADERS = {"content-type": "application/xml; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class FeedRead:
    """A feed as the parser found it: every text is hostile.

    `dialect` is the parser's word for its kind, empty for none; `problem` is a
    line on XML that is not well-formed, None for a sound one.
    """

    dialect: str
    title: str
    link: str
    items: tuple[RawItem, ...]
    problem: str | None


def parse_xml(text: str) -> FeedRead:
    """What feedparser makes of a root element.

    A stream and not bytes: given bytes, feedparser first tries to open a file
    of that name. Raises: SourceFailed("broken_feed") where it stumbles.
    """
    stream = io.BytesIO(_HEAD + text.encode("utf-8"))
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
    feed = result.get("feed") or {}
    entries = [entry for entry in result["entries"] if isinstance(entry, Mapping)]
    return FeedRead(
        dialect=str(result.get("version") or ""),
        title=_text(feed, "title"),
        link=_text(feed, "link"),
        items=tuple(_raw(entry) for entry in entries),
        problem=_problem(result),
    )


def _problem(result: Mapping[str, Any]) -> str | None:
    """What the parser says of XML that is not well-formed."""
    if not result.get("bozo"):
        return None
    error = result.get("bozo_exception")
    if not isinstance(error, SAXParseException):
        return ""
    where = f"line {error.getLineNumber()}: {plain_text(error.getMessage(), 80)}"
    return f"the feed is not well-formed ({where}); it was read as far as it goes"


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
