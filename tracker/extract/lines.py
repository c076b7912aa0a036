"""Items and answers as lines of JSON, in the shapes that others rely on.

Owns reading items from JSON lines strictly, and spelling extractions. Bad lines
are named by number before anything is answered. Must not know files or streams.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from email.utils import parsedate_to_datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from tracker.errors import BadInput
from tracker.extract.items import Extraction, Item

__all__ = ["answer", "item_of", "parse_lines", "published_day", "read_items"]

_POLICY_ZONE = "America/New_York"
_TEXTS = ("title", "summary", "published", "url", "publisher", "language")
_ADVICE = (
    'Write one JSON object a line, like {"id": "1", "title": "...", "published": "2025-03-04"}'
)


def published_day(text: str) -> date | None:
    """The policy day (New York) of an ISO or RFC 2822 date, None if it is neither.

    A bare day, and midnight UTC, which stands for one in many feeds, are taken as they are.
    """
    text = text.strip()[:60]
    try:
        if len(text) <= 10:
            return date.fromisoformat(text)
        moment = datetime.fromisoformat(text)
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    if moment.tzinfo is None or (
        moment.utcoffset() == UTC.utcoffset(None) and moment.time() == time()
    ):
        return moment.date()
    try:
        return moment.astimezone(ZoneInfo(_POLICY_ZONE)).date()
    except OverflowError:
        return moment.date()


def _text(line: Mapping[str, Any], name: str, number: int) -> str:
    value = line.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadInput(f"Line {number}: {name} is no text", _ADVICE)
    # Half of a pair of surrogates can be spelt in JSON and nowhere else.
    return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")


def item_of(line: Mapping[str, Any], number: int) -> Item:
    """One decoded line as an item; fields that are not an item's are left aside.

    Raises: BadInput naming the line if it has no `id` or a field is no text.
    """
    given = line.get("id")
    if isinstance(given, bool) or not isinstance(given, str | int):
        raise BadInput(f"Line {number}: it has no id, a text or a whole number", _ADVICE)
    texts = {name: _text(line, name, number) for name in _TEXTS}
    return Item(
        item_id=_text({"id": str(given)}, "id", number),
        title=texts["title"],
        summary=texts["summary"],
        published=published_day(texts["published"]) if texts["published"] else None,
        url=texts["url"],
        publisher=texts["publisher"],
        language=texts["language"] or None,
    )


def _decoded(line: bytes, number: int) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        try:
            # Python's own reader also takes what msgspec does not: halves of surrogate pairs.
            found = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise BadInput(f"Line {number} is no JSON", _ADVICE) from error
    if not isinstance(found, dict):
        raise BadInput(f"Line {number} is no JSON object", _ADVICE)
    return found


def parse_lines(document: bytes) -> list[tuple[int, dict[str, Any]]]:
    """Every line that is not blank, with its number from 1, decoded.

    Raises: BadInput naming the first line that does not read.
    """
    lines = document.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    return [
        (number, _decoded(line, number)) for number, line in enumerate(lines, 1) if line.strip()
    ]


def read_items(document: bytes) -> tuple[list[Item], list[str | int]]:
    """The items of JSON lines, in order, and their ids as they were written.

    Raises: BadInput naming the first line that does not read.
    """
    lines = parse_lines(document)
    return [item_of(line, number) for number, line in lines], [line["id"] for _, line in lines]


def _offsets(one: Extraction) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for span in one.spans:
        found.setdefault(span.slot, []).append(
            {
                "value": span.value,
                "text": span.text,
                "field": span.field,
                "start": span.start,
                "end": span.end,
            }
        )
    return found


def answer(item: Item, one: Extraction, given_id: str | int) -> dict[str, Any]:
    """The line that answers an item.

    `spans` has for each slot one stretch of the item's title or summary, `offsets` every
    place by itself, in characters of the field as given.
    """
    slots: Iterable[str] = dict.fromkeys(span.slot for span in one.spans)
    return {
        "id": given_id if isinstance(given_id, int) else item.item_id,
        "relevant": one.relevant,
        "score": one.score,
        "kind": one.kind,
        "imposer": one.imposer,
        "targets": list(one.targets),
        "products": list(one.products),
        "rate_pct": None if one.rate_pct is None else float(one.rate_pct),
        "effective_date": one.effective_date.isoformat() if one.effective_date else None,
        "until_date": one.until_date.isoformat() if one.until_date else None,
        "spans": {slot: one.words(slot, item) for slot in slots},
        "offsets": _offsets(one),
        "kind_score": one.kind_score,
        "language": one.language,
    }
