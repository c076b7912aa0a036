"""Who charges whom on what, in words.

Owns the short names of countries, targets and goods as a row and a sentence
show them. English keeps ISO codes for countries, which its readers use as
words; Spanish and French readers get names.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.core.layers import Scope
from tracker.core.policy import ProvisionState
from tracker.telling.language import Language, marked
from tracker.telling.names import origin_name

__all__ = [
    "goods_phrase",
    "origin_phrase",
    "shown_origin",
    "subject_phrase",
    "targets_text",
    "who_on_whom",
]

_IMPOSERS = {
    "US": marked("imposer", "US"),
    "CA": marked("imposer", "CA"),
    "MX": marked("imposer", "MX"),
}

# With the article where French wants one.
_TARGETS = {
    "US": marked("on whom", "US"),
    "CA": marked("on whom", "CA"),
    "MX": marked("on whom", "MX"),
    "AU": marked("on whom", "AU"),
    "BR": marked("on whom", "BR"),
    "CN": marked("on whom", "CN"),
    "DE": marked("on whom", "DE"),
    "EU": marked("on whom", "EU"),
    "GB": marked("on whom", "GB"),
    "ID": marked("on whom", "ID"),
    "IN": marked("on whom", "IN"),
    "JP": marked("on whom", "JP"),
    "KR": marked("on whom", "KR"),
    "RU": marked("on whom", "RU"),
    "TH": marked("on whom", "TH"),
    "TR": marked("on whom", "TR"),
    "TW": marked("on whom", "TW"),
    "VN": marked("on whom", "VN"),
}


# Conditions that the goods' own words can say in full.
_IN_WORDS = frozenset({"usmca", "not_usmca", "non_us_content"})


def _country(lang: Language, code: str, known: dict[str, tuple[str, str]]) -> str:
    if found := known.get(code):
        return lang.say(*found)
    return code if lang.code == "en" else lang.country(code)


def targets_text(lang: Language, targets: Sequence[str]) -> str:
    """Targets as `CA`, `CA, MX` or `all countries`."""
    if tuple(targets) == ("*",):
        return lang.say("on whom", "all countries")
    named = [_country(lang, code, _TARGETS) for code in targets if code != "*"]
    if "*" in targets:
        return lang.say(
            "on whom", "{countries} and all other countries", countries=", ".join(named)
        )
    return ", ".join(named) if lang.code == "en" else lang.listed(named)


def who_on_whom(lang: Language, imposer: str, targets: Sequence[str]) -> str:
    """Who charges whom: `US on CA`."""
    return lang.say(
        "subject",
        "{imposer} on {targets}",
        imposer=_country(lang, imposer, _IMPOSERS),
        targets=targets_text(lang, targets),
    )


def origin_phrase(lang: Language, row: ProvisionState) -> str:
    """The origin condition, empty where there is none or the goods' own words already say it."""
    return origin_name(lang, row.scope.origin) if shown_origin(row.scope) else ""


def shown_origin(scope: Scope) -> bool:
    """Whether there is an origin condition that the goods' own words do not say already."""
    # The English words decide for all languages: a translation says what they say.
    said = scope.origin in _IN_WORDS and "qualify" in scope.products.en
    return scope.origin != "any" and not said


def goods_phrase(lang: Language, row: ProvisionState) -> str:
    """The products with their origin condition, unless their own words already say it."""
    products, origin = lang.words(row.scope.products), origin_phrase(lang, row)
    if not origin:
        return products
    return lang.say("goods", "{goods} ({origin})", goods=products, origin=origin)


def subject_phrase(lang: Language, row: ProvisionState) -> str:
    """Who charges whom on what: `US on CA, Potash (not qualifying under USMCA)`."""
    return lang.say(
        "subject",
        "{who}, {goods}",
        who=who_on_whom(lang, row.imposer, row.targets),
        goods=goods_phrase(lang, row),
    )
