"""The words of one language for `data/compare.js`: open sentences, names, days, numbers.

Owns which sentences the script in the browser says. They are those of `telling`, from the
same catalogues; a test holds what the script makes of them to what `telling` makes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from tracker.core.words import PARTIES, Label, Status
from tracker.site.compare_data import CompareData
from tracker.site.compare_sentences import counted, page_sentences, sentences
from tracker.site.compare_told import ready_made
from tracker.site.names import label_meaning, party_name, relation
from tracker.telling.language import Language
from tracker.telling.names import label_name, status_name
from tracker.telling.places import who_on_whom

__all__ = ["compare_words", "day_patterns"]

Json = dict[str, Any]


def compare_words(lang: Language, data: CompareData) -> Json:
    """Everything the script says in `lang`, lists in the order of the document's numbers.

    `texts` has 0 where a free text is not translated: then it stands in English.
    """
    texts = [lang.text(words) for words in data.texts]
    return {
        "lang": lang.code,
        "say": {**sentences(lang), **page_sentences(lang)},
        "count": counted(lang),
        "status": {status: status_name(lang, status) for status in Status},
        "label": {label: [label_name(lang, label), label_meaning(lang, label)] for label in Label},
        "party": {code: party_name(lang, code) for code in PARTIES},
        "who": [who_on_whom(lang, imposer, targets) for imposer, targets, _ in data.pairs],
        "relation": [relation(lang, *pair) for pair in data.pairs],
        "texts": 0
        if lang.code == "en"
        else [said.text if said.lang == lang.code else 0 for said in texts],
        "days": day_patterns(lang.day),
        "short": day_patterns(lang.short_day),
        "number": _signs(lang),
        **ready_made(lang, data),
    }


def day_patterns(said: Callable[[date], str]) -> list[list[str]]:
    """For each month how its first day and how any other is written, `@` for day, `#` for year."""
    return [
        [_pattern(said(date(2033, month, day)), day) for day in (1, 28)] for month in range(1, 13)
    ]


def _pattern(said: str, day: int) -> str:
    return said.replace("2033", "#").replace(str(day), "@", 1)


def _signs(lang: Language) -> list[str]:
    """The sign between thousands, and the decimal sign."""
    whole, part = lang.number(Decimal(1234)), lang.number(Decimal("0.5"))
    return [whole[1:-3], part[1:-1]]
