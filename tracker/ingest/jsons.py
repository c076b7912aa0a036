"""Official and other JSON interfaces, read as if they were feeds. Pure.

Owns the shapes: the Federal Register's documents, JSON Feed, JSON:API as Drupal
sites serve it. What becomes of the items belongs to `items`, as for any feed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from tracker.errors import SourceFailed
from tracker.ingest.parse import FeedRead
from tracker.ingest.shapes import RawItem

__all__ = ["KINDS", "Found", "parse_json"]

Found = tuple[tuple[str, RawItem], ...]
"""Items, each with the text its hash is taken of."""

_WRONG = "Look into the address in a browser; the kind of a source is told in docs/sources.md"


def _text(row: Mapping[str, Any], *names: str) -> str:
    """The first of these fields that is a text with something in it."""
    for name in names:
        value = row.get(name)
        if isinstance(value, str) and value.strip():
            return value
    return ""


def _inner(row: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = row.get(name)
    return value if isinstance(value, Mapping) else {}


def _federal_register(row: Mapping[str, Any]) -> RawItem:
    """One document: its number is stable; `abstract` is null on most presidential ones.

    The day of publication is a day without a time; that of signing is earlier.
    """
    return RawItem(
        guid=_text(row, "document_number"),
        title=_text(row, "title"),
        summary=_text(row, "abstract", "excerpts"),
        link=_text(row, "html_url"),
        dates=tuple(filter(None, [_text(row, "publication_date")])),
    )


def _json_feed(row: Mapping[str, Any]) -> RawItem:
    """One item of JSON Feed 1 or 1.1."""
    dates = (_text(row, name) for name in ("date_published", "date_modified"))
    number = row.get("id")
    return RawItem(
        guid=str(number) if isinstance(number, str | int) else "",
        title=_text(row, "title"),
        summary=_text(row, "summary", "content_text", "content_html"),
        link=_text(row, "url", "external_url"),
        dates=tuple(date for date in dates if date),
    )


def _json_api(row: Mapping[str, Any]) -> RawItem:
    """One resource of JSON:API with the attributes a Drupal node has."""
    fields = _inner(row, "attributes")
    body = _inner(fields, "body")
    return RawItem(
        guid=_text(row, "id"),
        title=_text(fields, "title"),
        summary=_text(body, "summary", "processed", "value"),
        link=_text(_inner(fields, "path"), "alias"),
        dates=tuple(filter(None, [_text(fields, "created"), _text(fields, "changed")])),
    )


KINDS: dict[str, tuple[str, Callable[[Mapping[str, Any]], RawItem]]] = {
    "federal-register": ("results", _federal_register),
    "json-feed": ("items", _json_feed),
    "json-api": ("data", _json_api),
}
"""The kinds of JSON: where the items stand in the document, and how one is read."""


def parse_json(body: bytes, kind: str) -> tuple[FeedRead, tuple[str, ...]]:
    """The items of a JSON document of one of the KINDS, and the text of each as it came.

    Raises: SourceFailed of kind empty, not_a_feed or broken_feed.
    """
    name, read = KINDS[kind]
    if not body.strip():
        raise SourceFailed("empty", "sent an empty answer", "It is asked again when it is due")
    try:
        document = msgspec.json.decode(body.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        if body.lstrip()[:1] == b"<":
            what = "sent a page or XML instead of JSON"
            raise SourceFailed("not_a_feed", what, _WRONG) from error
        raise SourceFailed(
            "broken_feed", "sent JSON that does not read", "It is asked again when it is due"
        ) from error
    rows = document.get(name) if isinstance(document, dict) else None
    if rows is None and isinstance(document, dict) and document.get("count") == 0:
        rows = []  # the Federal Register leaves the list out where nothing is found
    if not isinstance(rows, list):
        raise SourceFailed("not_a_feed", f"sent JSON without the list {name!r}", _WRONG)
    found = [row for row in rows if isinstance(row, dict)]
    return (
        FeedRead(
            dialect=kind,
            title=_text(document, "title", "description"),
            link=_text(document, "home_page_url"),
            items=tuple(read(row) for row in found),
            problem=None,
        ),
        tuple(msgspec.json.encode(row).decode() for row in found),
    )
