"""What a source asks of those who poll it: in its headers, and in the head of the feed. Pure.

Owns the reading of Cache-Control, Expires and Retry-After, of ttl, skipHours,
skipDays and the syndication module. What is made of it belongs to `pace`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

import msgspec

from tracker.ingest.dates import parse_date

__all__ = ["MAX_ASKED_S", "Hints", "cache_wait_s", "feed_hints", "http_wait", "read_hints"]

MAX_ASKED_S = 86_400
"""No source is heard that asks for more than a day."""

_MAX_HEAD = 100_000
_AGE = re.compile(r"(?:^|[,\s])(s-maxage|max-age)\s*=\s*\"?(\d{1,9})", re.I)
_NUMBER = re.compile(r"<(?:[\w.-]+:)?(ttl|updateFrequency)[^<>]*>\s*(\d{1,6})\s*</", re.I)
_PERIOD = re.compile(r"<(?:[\w.-]+:)?updatePeriod[^<>]*>\s*([a-z]{4,8})\s*</", re.I)
_BLOCK = re.compile(r"<(skipHours|skipDays)\s*>((?:(?!</skip)[\s\S]){0,2000})</", re.I)
_HOUR = re.compile(r"<hour\s*>\s*(\d{1,2})\s*</", re.I)
_DAY = re.compile(r"<day\s*>\s*(\w{6,9})\s*</", re.I)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PERIODS = {
    "hourly": 3_600,
    "daily": 86_400,
    "weekly": 604_800,
    "monthly": 2_592_000,
    "yearly": 31_536_000,
}


class Hints(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is asked: seconds between polls (0: nothing), hours (UTC, 0-23), days to leave out.

    Days count from 0, Monday.
    """

    wait_s: int = 0
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()


def read_hints(text: str | None) -> Hints:
    """Hints as they were kept in JSON; none where that does not read."""
    try:
        return msgspec.json.decode(text or "{}", type=Hints)
    except (msgspec.DecodeError, msgspec.ValidationError):
        return Hints()


def http_wait(value: str, said: str) -> tuple[int, datetime | None]:
    """What a Retry-After or Expires means: seconds, or an instant if nothing tells seconds.

    `said` is the answer's own Date header: against it a date becomes seconds,
    so that a wrong clock on either side does not matter. (0, None) for nothing.
    """
    text = value.strip()
    if text.isascii() and text.isdigit() and len(text) < 10:
        return int(text), None
    until, since = parse_date(text), parse_date(said)
    if until is None:
        return 0, None
    if since is None:
        return 0, until
    return max(0, int((until - since).total_seconds())), None


def cache_wait_s(headers: Mapping[str, str]) -> int:
    """Seconds for which an answer is fresh by its own headers (names in lower case), at most a day.

    Cache-Control comes before Expires; `no-cache` and `no-store` mean 0; Age is
    taken off.
    """
    control = headers.get("cache-control", "").lower()
    if "no-cache" in control or "no-store" in control:
        return 0
    ages = {name: int(seconds) for name, seconds in _AGE.findall(control[:1000])}
    if "max-age" in ages:
        age = headers.get("age", "").strip()
        old = int(age) if age.isascii() and age.isdigit() and len(age) < 10 else 0
        return min(MAX_ASKED_S, max(0, ages["max-age"] - old))
    if not control:
        seconds, _ = http_wait(headers.get("expires", "")[:100], headers.get("date", "")[:100])
        # Expires: 0 and Expires: -1 are common spellings of "at once".
        return min(MAX_ASKED_S, seconds) if headers.get("date") else 0
    return 0


def feed_hints(head: str) -> Hints:
    """What the head of a feed asks for: its text without the items.

    An hourly updatePeriod says nothing: the commonest blogging program writes it
    into every feed. Hours and days left out altogether are ignored.
    """
    text = head[:_MAX_HEAD]
    numbers = {name.lower(): int(number) for name, number in _NUMBER.findall(text)}
    waits = [60 * numbers.get("ttl", 0)]
    period = _PERIOD.search(text)
    if period and period[1].lower() in _PERIODS and period[1].lower() != "hourly":
        waits.append(_PERIODS[period[1].lower()] // max(1, numbers.get("updatefrequency", 1)))
    hours: set[int] = set()
    days: set[int] = set()
    for name, inner in _BLOCK.findall(text):
        if name.lower() == "skiphours":
            hours |= {int(hour) % 24 for hour in _HOUR.findall(inner)}  # some write 24 for 0
        else:
            named = {day.lower() for day in _DAY.findall(inner)}
            days |= {number for number, day in enumerate(_DAYS) if day in named}
    return Hints(
        wait_s=min(MAX_ASKED_S, max(waits)),
        skip_hours=tuple(sorted(hours)) if len(hours) < 24 else (),
        skip_days=tuple(sorted(days)) if len(days) < 7 else (),
    )
