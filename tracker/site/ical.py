"""Calendars as iCalendar (RFC 5545, RFC 7986). The only module that knows its writer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from icalendar import Calendar, Event
from icalendar.prop import vText, vUri

from tracker.site.text import clean

__all__ = ["CalendarEntry", "CalendarView", "ical"]

_ASK_AGAIN = timedelta(hours=12)
_END = b"END:VCALENDAR\r\n"


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One entry over the whole days `[start, until)`. `url` is absolute or empty; texts plain."""

    uid: str
    sequence: int
    start: date
    until: date
    status: str
    changed: datetime
    summary: str
    description: str
    category: str
    url: str


@dataclass(frozen=True, slots=True)
class CalendarView:
    """A calendar in one language. `address` is where it is published, empty where not known."""

    name: str
    description: str
    lang: str
    address: str
    entries: tuple[CalendarEntry, ...]


def ical(calendar: CalendarView) -> bytes:
    """The calendar in UTF-8; the same view gives the same bytes."""
    made = Calendar()
    made.add("prodid", "-//tracker//Trade policy of North America//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    said = {"language": calendar.lang}
    made.add("name", clean(calendar.name), parameters=said)
    # The older name of the same, which most programs read.
    made.add("x-wr-calname", clean(calendar.name))
    made.add("description", clean(calendar.description), parameters=said)
    made.add("refresh-interval", _ASK_AGAIN, parameters={"value": "DURATION"})
    if calendar.address:
        made.add("source", vUri(calendar.address), parameters={"value": "URI"})
    head: bytes = made.to_ical()
    entries = (_entry(entry, calendar.lang) for entry in calendar.entries)
    return b"".join((head.removesuffix(_END), *entries, _END))


@lru_cache(maxsize=4096)
def _entry(entry: CalendarEntry, lang: str) -> bytes:
    """The lines of one entry: written once, for it stands in the calendars of its parties too."""
    made, said = Event(), {"language": lang}
    made.add("uid", entry.uid)
    made.add("sequence", entry.sequence)
    made.add("dtstamp", entry.changed)
    made.add("last-modified", entry.changed)
    made.add("dtstart", entry.start)
    made.add("dtend", entry.until)
    made.add("summary", vText(clean(entry.summary)), parameters=said)
    if entry.description:
        made.add("description", vText(clean(entry.description)), parameters=said)
    made.add("categories", [clean(entry.category)], parameters=said)
    made.add("status", entry.status)
    # Nobody is busy because a tariff starts.
    made.add("transp", "TRANSPARENT")
    if entry.url:
        made.add("url", vUri(entry.url))
    body: bytes = made.to_ical()
    return body
