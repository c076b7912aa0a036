"""Which days a text names, resolved from the day it was published.

Owns the grammar of dates in three languages: calendar days with and without a
year, weekdays, today and tomorrow, weeks, and spans of time. Must not decide
what the days mean: a start, an end or something else is for `when`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from tracker.extract.text import Text

__all__ = ["Day", "Length", "days", "lengths"]

_MONTHS = {
    "en": "january february march april may june july august september october november december",
    "es": (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
    ),
    "fr": "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
}
_SHORT = "jan feb mar apr may jun jul aug sept oct nov dec"
_WEEKDAYS = {
    "en": "monday tuesday wednesday thursday friday saturday sunday",
    "es": "lunes martes miercoles jueves viernes sabado domingo",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
}
_MONTH = (
    {
        name: number
        for names in _MONTHS.values()
        for number, name in enumerate(names.split(), start=1)
    }
    | {"setiembre": 9, "sep": 9}
    | {name: number for number, name in enumerate(_SHORT.split(), start=1)}
)
_WEEKDAY = {
    name: number for names in _WEEKDAYS.values() for number, name in enumerate(names.split())
}
_NAMES = "|".join(sorted(_MONTH, key=lambda name: (-len(name), name)))
_DAYS = "|".join(sorted(_WEEKDAY))

_MONTH_FIRST = re.compile(
    rf"\b({_NAMES})\.?\s(\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s?%)(?:,?\s(20\d\d))?"
)
_DAY_FIRST = re.compile(
    rf"\b(\d{{1,2}})(?:er|st|nd|rd|th|o)?\s(?:de\s|of\s)?({_NAMES})\b(?:,?\s(?:de\s"
    rf"|del\s)?(20\d\d))?"
)
_FIRST = re.compile(
    rf"\b(?:primero|premier|1ero?) (?:de )?({_NAMES})\b(?:\s(?:de\s|del\s)?(20\d\d))?"
)
_ISO = re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)\b")
_WEEKDAY_NAMED = re.compile(
    rf"\b(next |this |last |past |coming |proximo |pasado |este "
    rf"|ce )?({_DAYS})\b( prochain| dernier| pasado| next| proximo)?"
)
_TODAY = re.compile(
    r"\b(today|hoy|aujourd'hui|midnight|medianoche|minuit|ce jour|tonight|tomorrow"
    r"|demain|manana)\b(?!era)"
)
_WEEK_OF = re.compile(
    rf"week of ({_NAMES})\.?\s(\d{{1,2}})|semana del (\d{{1,2}}) de ({_NAMES})"
    rf"|semaine du (\d{{1,2}}) ({_NAMES})"
)

_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "un": 1, "una": 1, "une": 1, "another": 1, "otro": 1, "two": 2,
    "dos": 2, "deux": 2, "three": 3, "tres": 3, "trois": 3, "four": 4, "cuatro": 4, "quatre": 4,
    "five": 5, "six": 6, "seis": 6, "ten": 10, "thirty": 30, "treinta": 30, "trente": 30,
    "sixty": 60, "sesenta": 60, "soixante": 60, "ninety": 90, "noventa": 90, "otra": 1,
}  # fmt: skip
_COUNT = "|".join(sorted(_NUMBERS, key=lambda name: (-len(name), name)))
_LENGTH = re.compile(
    rf"\b(\d{{1,3}}|{_COUNT})[\s-](?:more |full |autres? |mas )?(day|days|dia|dias|jour"
    rf"|jours|week|weeks|semana|semanas|semaine|semaines|month|months|mes|meses|mois"
    rf"|year|years|ano|anos|an|ans)\b"
)
# Headlines drop the article: "on hold for month".
_BARE_LENGTH = re.compile(r"\bfor (day|week|month|year)\b")
_UNIT = {"d": "day", "j": "day", "w": "week", "s": "week", "m": "month", "y": "year", "a": "year"}


@dataclass(frozen=True, slots=True)
class Day:
    """A day named at characters `[start, end)`; `exact` unless only a weekday or a word for it."""

    day: date
    start: int
    end: int
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Length:
    """A span of time named at characters `[start, end)`: so many `unit`s."""

    count: int
    unit: str
    start: int
    end: int

    def after(self, day: date) -> date | None:
        """The day that long after `day`: the last of a shorter month, None beyond the calendar."""
        try:
            if self.unit in {"day", "week"}:
                return day + timedelta(days=self.count * (7 if self.unit == "week" else 1))
            months = day.month - 1 + self.count * (12 if self.unit == "year" else 1)
            year, month = day.year + months // 12, months % 12 + 1
            return date(year, month, min(day.day, monthrange(year, month)[1]))
        except (OverflowError, ValueError):
            return None


def _calendar(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(month: int, day: int, year: str | None, published: date | None) -> date | None:
    """That day of the year named, else of the year that brings it nearest to publication.

    Rather ahead than back: up to 75 days back, then the next one is meant.
    """
    if year:
        return _calendar(int(year), month, day)
    if published is None:
        return None
    around = [
        found
        for offset in (-1, 0, 1)
        if (found := _calendar(published.year + offset, month, day)) is not None
    ]
    # Up to two months back: "in force since April 2"; further back the next one is meant.
    ahead = [found for found in around if found >= published - timedelta(days=75)]
    return min(ahead, default=None)


def _weekday(match: re.Match[str], published: date) -> date:
    """The weekday as meant on `published`: the next one, or the same day."""
    wanted = _WEEKDAY[match[2]]
    ahead = (wanted - published.weekday()) % 7
    if (match[1] or match[3] or "").strip() in {"last", "past", "pasado", "dernier"}:
        return published - timedelta(days=(published.weekday() - wanted) % 7 or 7)
    return published + timedelta(days=ahead)


def _calendar_days(folded: str, published: date | None) -> Iterable[Day]:
    readings: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], date | None]], ...] = (
        (_ISO, lambda m: _calendar(int(m[1]), int(m[2]), int(m[3]))),
        (_MONTH_FIRST, lambda m: _nearest(_MONTH[m[1]], int(m[2]), m[3], published)),
        (_DAY_FIRST, lambda m: _nearest(_MONTH[m[2]], int(m[1]), m[3], published)),
        (_FIRST, lambda m: _nearest(_MONTH[m[1]], 1, m[2], published)),
        (
            _WEEK_OF,
            lambda m: _nearest(
                _MONTH[m[1] or m[4] or m[6]], int(m[2] or m[3] or m[5]), None, published
            ),
        ),
    )
    for pattern, reading in readings:
        for match in pattern.finditer(folded):
            day = reading(match)
            if day is not None:
                yield Day(day, match.start(), match.end())


def _relative_days(folded: str, published: date) -> Iterable[Day]:
    for match in _WEEKDAY_NAMED.finditer(folded):
        # With a calendar day behind it the weekday only adorns.
        if not re.match(
            r",?\s(?:the\s)?(?:\d{1,2}(?:er)?\s|" + _NAMES + ")", folded[match.end() :]
        ):
            yield Day(_weekday(match, published), match.start(), match.end(), exact=False)
    for match in _TODAY.finditer(folded):
        if match[1] == "manana" and re.search(r"(?:la|esta|por la) $", folded[: match.start()]):
            continue
        later = match[1] in {"tomorrow", "demain", "manana"}
        yield Day(published + timedelta(days=later), match.start(), match.end(), exact=False)


@lru_cache(maxsize=64)
def days(text: Text, published: date | None) -> tuple[Day, ...]:
    """Every day the text names, in its order; relative ones only where `published` is known."""
    found = list(_calendar_days(text.folded, published))
    if published is not None:
        found += _relative_days(text.folded, published)
    kept: list[Day] = []
    for day in sorted(found, key=lambda day: (day.start, -day.end)):
        if not kept or day.start >= kept[-1].end:
            kept.append(day)
    return tuple(kept)


def lengths(text: Text) -> tuple[Length, ...]:
    """Every span of time the text names, in its order."""
    found: list[Length] = []
    for match in _LENGTH.finditer(text.folded):
        count = _NUMBERS.get(match[1]) or int(match[1])
        if 0 < count <= 400:
            unit = "day" if match[2].startswith("di") else _UNIT[match[2][0]]
            found.append(Length(count, unit, match.start(), match.end()))
    found += [
        Length(1, match[1], match.start(1), match.end(1))
        for match in _BARE_LENGTH.finditer(text.folded)
    ]
    return tuple(sorted(found, key=lambda length: length.start))
