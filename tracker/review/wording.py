"""The words of a draft, in three languages: what was read and who says so, nothing more.

Owns how a draft is worded. A headline never becomes the record's title: it is hostile text
and somebody else's words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from tracker.core.events import Text
from tracker.core.measures import Provision
from tracker.core.words import Kind
from tracker.review.desk import SourceView
from tracker.review.slots import NO_KIND, Agreed
from tracker.telling.language import LANGUAGES, Language, language
from tracker.telling.names import kind_name

__all__ = ["summary_of", "title_of"]

_PUBLISHERS = 6
_TALK = frozenset(
    {
        Kind.AGREEMENT,
        Kind.CALL,
        Kind.COURT_RULING,
        Kind.LEGISLATION,
        Kind.NEGOTIATION,
        Kind.REVIEW_STEP,
        Kind.STATEMENT,
        Kind.SUMMIT,
        Kind.SUSPENSION_OF_TALKS,
    }
)
"""Kinds that by themselves do nothing to anybody's goods."""


def _in_each(told: Callable[[Language], str]) -> Text:
    said = {code: told(language(code)) for code in LANGUAGES}
    return Text(en=said["en"], es=said["es"], fr=said["fr"])


def _country(lang: Language, code: str) -> str:
    if code == "GLOBAL":
        return lang.say("draft", "all countries")
    return lang.country(code) if len(code) == 2 else lang.say("draft", "other countries")


def _parties(lang: Language, agreed: Agreed) -> list[str]:
    """Who does it to whose goods; where nothing is done to goods, who takes part."""
    imposer = [agreed.imposer] if agreed.imposer else []
    if agreed.kind in _TALK:
        both = dict.fromkeys((*imposer, *agreed.targets))
        return [lang.listed([_country(lang, one) for one in both])] if both else []
    parts = [lang.say("draft", "by {party}", party=_country(lang, one)) for one in imposer]
    if agreed.targets:
        targets = lang.listed([_country(lang, one) for one in agreed.targets])
        parts.append(lang.say("draft", "on goods of {party}", party=targets))
    return parts


def title_of(agreed: Agreed, provision: Provision | None) -> Text:
    """What was read, as a line: `Reported: pause, by United States, 25%`.

    Goods stand in it in all languages where the provision is known, else in English only.
    """

    def told(lang: Language) -> str:
        kind = lang.say("draft", "news of trade policy")
        parts = [kind_name(lang, Kind(agreed.kind)) if agreed.kind != NO_KIND else kind]
        parts += _parties(lang, agreed)
        if provision is not None:
            parts.append(lang.words(provision.products))
        elif agreed.products and lang.code == "en":
            parts.append(lang.listed(agreed.products))
        if agreed.rate_pct is not None:
            parts.append(lang.percent(agreed.rate_pct))
        if agreed.effective_from is not None:
            day = lang.day(agreed.effective_from)
            parts.append(lang.say("draft", "from {day}", day=day))
        if agreed.effective_until is not None:
            day = lang.day(agreed.effective_until)
            parts.append(lang.say("draft", "until {day}", day=day))
        return lang.say("draft", "Reported: {what}", what=", ".join(parts))

    return _in_each(told)


def summary_of(sources: Sequence[SourceView], announced: date) -> Text:
    """Who says so and since when."""
    named = list(dict.fromkeys(one.publisher for one in sources))

    def told(lang: Language) -> str:
        who = named[:_PUBLISHERS]
        if len(named) > _PUBLISHERS:
            who = [*who, lang.say("draft", "others")]
        return lang.say(
            "draft",
            "Reported by {publishers} on {day}. Drafted from these reports; the paper itself has "
            "not been looked at.",
            publishers=lang.listed(who),
            day=lang.day(announced),
        )

    return _in_each(told)
