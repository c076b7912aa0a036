"""Dates as feeds write them, read strictly. Pure: it knows no clock and guesses nothing.

Two families of spelling are read, RFC 822/2822 and ISO 8601/W3CDTF; the first
also with the Spanish and French names of months and days that feeds really use.
Everything else, and everything that can be read in two ways, is no date.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

__all__ = ["FIRST_YEAR", "LAST_YEAR", "parse_date"]

FIRST_YEAR = 1995
LAST_YEAR = 2100

# Where only the day is known it is taken at noon UTC: that is the same day from
# Newfoundland to Hawaii, which midnight UTC is not.
_NOON = 12

_MONTH_NAMES = (
    "jan january ene enero janv janvier",
    "feb february febrero févr fevr fév fev février fevrier",
    "mar march marzo mars",
    "apr april abr abril avr avril",
    "may mayo mai",
    "jun june junio juin",
    "jul july julio juil juillet",
    "aug august ago agosto août aout",
    "sep sept september septiembre set setiembre septembre",
    "oct october octubre octobre",
    "nov november noviembre novembre",
    "dec december dic diciembre déc décembre decembre",
)
_MONTHS = {name: number for number, row in enumerate(_MONTH_NAMES, 1) for name in row.split()}

_DAY_NAMES = (
    "mon monday lun lunes lundi",
    "tue tues tuesday mar martes mardi",
    "wed wednesday mié mie miércoles miercoles mer mercredi",
    "thu thur thurs thursday jue jueves jeu jeudi",
    "fri friday vie viernes ven vendredi",
    "sat saturday sáb sab sábado sabado sam samedi",
    "sun sunday dom domingo dim dimanche",
)
_DAYS = frozenset(name for row in _DAY_NAMES for name in row.split())

# Hours from UTC. RFC 822 names the four zones of the contiguous states; Canada's
# and the Pacific ones follow. Military letters were used with both signs: no date.
_ZONE_HOURS = (
    (0.0, "ut utc gmt z"),
    (-2.5, "ndt"),
    (-3.0, "adt"),
    (-3.5, "nst"),
    (-4.0, "ast edt"),
    (-5.0, "est cdt"),
    (-6.0, "cst mdt"),
    (-7.0, "mst pdt"),
    (-8.0, "pst akdt"),
    (-9.0, "akst"),
    (-10.0, "hst"),
)
_ZONES = {name: hours for hours, row in _ZONE_HOURS for name in row.split()}

_RFC = re.compile(
    r"(?:(?P<dow>[^\W\d_]+)\.?,?\s+)?"
    r"(?P<day>[0-9]{1,2})\s+(?:de\s+)?(?P<month>[^\W\d_]+)\.?\s+(?:de\s+)?(?P<year>[0-9]{2,4})"
    r"(?:,?\s+(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?"
    r"(?:\s*(?P<zone>[+-][0-9]{2}:?[0-9]{2}|[A-Za-z]{1,5})(?:\s*\([A-Za-z ]{1,30}\))?)?)?"
)
_ISO = re.compile(
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
    r"(?:(?:[Tt]|\s+)(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,9}))?)?"
    r"\s*(?P<zone>[Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
)


def _offset(zone: str) -> timezone | None:
    """The zone a feed names, or None where it names none that we know."""
    if zone[0] not in "+-":
        hours = _ZONES.get(zone.lower())
        return None if hours is None else timezone(timedelta(hours=hours))
    digits = zone[1:].replace(":", "")
    ahead = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    if int(digits[2:] or 0) > 59 or ahead > timedelta(hours=14):
        return None
    return timezone(ahead if zone[0] == "+" else -ahead)


def _year(digits: str) -> int:
    """A year of two or three digits by the rule of RFC 2822."""
    number = int(digits)
    if len(digits) == 2:
        return number + (2000 if number < 50 else 1900)
    return number + 1900 if len(digits) == 3 else number


def _instant(found: re.Match[str], month: int) -> datetime | None:
    """The UTC instant of a match, None where its numbers or its zone are none."""
    part = found.groupdict()
    zone = part["zone"]
    known = _offset(zone) if zone else None
    if zone and known is None:
        return None
    second = min(int(part["second"] or 0), 59) if part["second"] != "60" else 59
    if int(part["second"] or 0) > 60:
        return None
    micro = int(((part.get("fraction") or "0") + "000000")[:6])
    try:
        said = datetime(
            _year(part["year"]),
            month,
            int(part["day"]),
            int(part["hour"] or 0),
            int(part["minute"] or 0),
            second,
            micro,
            tzinfo=known or UTC,
        )
    except ValueError:
        return None
    if not FIRST_YEAR <= said.year <= LAST_YEAR:
        return None
    if known is None:
        return said.replace(hour=_NOON, minute=0, second=0, microsecond=0)
    return said.astimezone(UTC)


def parse_date(raw: str) -> datetime | None:
    """The instant in UTC that `raw` states, or None.

    A day without a time, and a time without a zone (which is no instant),
    count as that day at 12:00 UTC. A zone that is not known, a year before
    1995 or after 2100, a month of all digits in the RFC form, and every other
    layout (`03/04/2025`, `2016/6/29`) is None. A leap second is the second
    before it; a wrong day of the week does not matter. Never raises.
    """
    text = raw.strip()
    if not 8 <= len(text) <= 80:
        return None
    iso = _ISO.fullmatch(text)
    if iso:
        return _instant(iso, int(iso["month"]))
    rfc = _RFC.fullmatch(text)
    if rfc is None or (rfc["dow"] is not None and rfc["dow"].lower() not in _DAYS):
        return None
    month = _MONTHS.get(rfc["month"].lower())
    return None if month is None else _instant(rfc, month)
