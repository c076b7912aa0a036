"""Days, numbers, lists and names of countries as a language writes them.

Owns the choice of regions: British English for its order of days, Mexican
Spanish and Canadian French, because those are the parties' own. It knows
nothing of tariffs. Its answers are kept: a site asks for the same day a
thousand times.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

from babel.core import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal

__all__ = ["day", "listed", "month", "number", "percent", "plural", "short_day", "territory"]

_REGIONS = {"en": "en_GB", "es": "es_MX", "fr": "fr_CA"}
_PERCENT = {"en": "%", "es": "%", "fr": "\N{NO-BREAK SPACE}%"}


@cache
def _locale(code: str) -> Locale:
    return Locale.parse(_REGIONS[code])


@lru_cache(maxsize=8192)
def day(code: str, value: date) -> str:
    """A day as `4 March 2025`, `4 de marzo de 2025`, `4 mars 2025`."""
    said = format_date(value, "long", locale=_locale(code))
    return _ordinal(code, said)


@lru_cache(maxsize=8192)
def short_day(code: str, value: date) -> str:
    """A day for a table, its month shortened: `4 Mar 2025`, `4 mar 2025`, `4 mars 2025`."""
    return _ordinal(code, format_date(value, "d MMM y", locale=_locale(code)))


def _ordinal(code: str, said: str) -> str:
    # French counts the first of a month as an ordinal; the tables of CLDR do not.
    return f"1er{said[1:]}" if code == "fr" and said.startswith("1 ") else said


@lru_cache(maxsize=1024)
def month(code: str, value: date) -> str:
    """The month a day is in, as a heading: `March 2025`, `Marzo de 2025`, `Mars 2025`."""
    said = format_skeleton("yMMMM", value, locale=_locale(code))
    return said[:1].upper() + said[1:]


@lru_cache(maxsize=4096)
def number(code: str, value: Decimal) -> str:
    """A number with all its digits and none to spare: `12.5`, in French `12,5`."""
    return format_decimal(value.normalize(), locale=_locale(code), decimal_quantization=False)


def percent(code: str, value: Decimal) -> str:
    """A rate in percent, `Decimal("12.5")` as `12.5%`, in French with a no-break space."""
    return number(code, value) + _PERCENT[code]


def listed(code: str, parts: Sequence[str]) -> str:
    """The parts as a list in words: `a, b and c`."""
    return format_list(list(parts), locale=_locale(code))


def territory(code: str, country: str) -> str:
    """The name of a country by its ISO code, the code itself where there is no name."""
    return str(_locale(code).territories.get(country, country))


@lru_cache(maxsize=4096)
def plural(code: str, value: Decimal) -> int:
    """1 where the language takes the singular for the value, else 2.

    A figure counts as `number` writes it: `1.0` is written and counted as 1.
    """
    # CLDR counts zeros after the point as digits seen, and English then says "1.0 points".
    return 1 if _locale(code).plural_form(value.normalize()) == "one" else 2
