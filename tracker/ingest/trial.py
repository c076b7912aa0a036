"""What a feed is like, before it is put on the list. It keeps nothing.

Owns the questions asked of an address once. It knows no ledger.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from tracker.core.codec import sha256
from tracker.ingest.fetch import fetch
from tracker.ingest.reading import Read, read
from tracker.ingest.sources import LANGUAGES, Source
from tracker.ingest.web import Web

__all__ = ["Trial", "try_source"]

_MAX_HEAD = 20_000
_ITEM = re.compile(rb"<(?:[\w.-]+:)?(?:item|entry)[\s>/]|\"items\"", re.I)
_LANGUAGE = re.compile(
    rb"""<(?:[\w.-]+:)?language\s*>\s*([a-z]{2})|\bxml:lang\s*=\s*["']([a-z]{2})"""
    rb"""|"language"\s*:\s*"([a-z]{2})""",
    re.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What an address served. Instants are UTC; `asks_s` are the seconds it asks for, 0 for none.

    `conditional` is whether it says by ETag or Last-Modified what it serves, so
    that it need not be sent again unchanged. `language` is what it says of itself,
    None where it says nothing or a language that is not read here.
    """

    dialect: str
    title: str
    items: int
    dated: int
    oldest: datetime | None
    newest: datetime | None
    bytes: int
    media_type: str
    conditional: bool
    asks_s: int
    final_url: str
    moved_to: str | None
    first_titles: tuple[str, ...]
    problems: tuple[str, ...]
    language: str | None = None


def try_source(
    source: Source, *, client: Web, allow_private: bool = False, reader: Read = read
) -> Trial:
    """Fetch a source and have it read by `reader`, once.

    Raises: SourceFailed, as `fetch` and `read` do.
    """
    answer = fetch(source.url, client=client, allow_private=allow_private)
    parsed = reader(
        answer.body,
        media_type=answer.media_type,
        charset=answer.charset,
        source=source,
        evidence=sha256(answer.body),
    )
    dates = [report.published for report in parsed.reports if report.published is not None]
    return Trial(
        dialect=parsed.dialect,
        title=parsed.title,
        items=parsed.items,
        dated=len(dates),
        oldest=min(dates, default=None),
        newest=max(dates, default=None),
        bytes=len(answer.body),
        media_type=answer.media_type,
        conditional=bool(answer.etag or answer.last_modified),
        asks_s=max(parsed.hints.wait_s, answer.fresh_s),
        final_url=answer.final_url,
        moved_to=answer.moved_permanently_to,
        first_titles=tuple(report.title for report in parsed.reports[:3]),
        problems=parsed.problems,
        language=_language(answer.body),
    )


def _language(body: bytes) -> str | None:
    """The language that the head of a feed names, as far as its bytes are those of ASCII."""
    head = body[:_MAX_HEAD]
    first = _ITEM.search(head)
    found = _LANGUAGE.search(head, 0, first.start() if first else len(head))
    said = next((one.decode().lower() for one in found.groups() if one), "") if found else ""
    return said if said in LANGUAGES else None
