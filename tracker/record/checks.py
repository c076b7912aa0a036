"""Small questions that several rules ask of a text: is it an address, a day, a key.

Pure, and knows nothing of the record's shapes.
"""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

from tracker.record.countries import COUNTRIES

__all__ = ["is_country", "is_day_in_range", "is_key", "is_published", "is_web_address"]

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*")
_PUBLISHED = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
FIRST_YEAR, YEAR_AFTER_LAST = 1990, 2101


def is_web_address(url: str) -> bool:
    """Whether `url` is http or https, names a host and carries no credentials or blanks."""
    if any(char.isspace() or not char.isprintable() for char in url):
        return False
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    return parts.scheme in {"http", "https"} and "." in host and "@" not in parts.netloc


def is_published(text: str) -> bool:
    """Whether `text` is a real `YYYY-MM-DD`, `YYYY-MM` or `YYYY` within range."""
    match = _PUBLISHED.fullmatch(text)
    if match is None or not text.isascii():
        return False
    year, month, day = (int(part) if part else 1 for part in match.groups())
    try:
        return is_day_in_range(date(year, month, day))
    except ValueError:
        return False


def is_day_in_range(day: date) -> bool:
    """Whether a day lies from 1990 to 2100."""
    return FIRST_YEAR <= day.year < YEAR_AFTER_LAST


def is_country(code: str) -> bool:
    """Whether `code` is an ISO 3166-1 alpha-2 code."""
    return code in COUNTRIES


def is_key(text: str) -> bool:
    """Whether `text` is words of a-z and 0-9 joined by hyphens, with dots between them."""
    return _KEY.fullmatch(text) is not None
