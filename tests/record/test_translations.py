"""The shipped record's short texts say the same in English, Spanish and French.

A wrong rate in a translation is the worst bug they can have: numbers, percents, months,
money and parties are compared with the English.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.backends import ROOT
from tracker.core.events import Event, Text, Wording
from tracker.core.measures import Measure
from tracker.record.read import read_record

OTHERS = ("es", "fr")
NBSP = "\u00a0"
# Tariff headings and articles of an agreement keep their points in every language.
HEADING = r"\d{4}\.\d{2}(?:\.\d{2,4})?|(?<=[Aa]rticle )\d+\.\d+"
NUMBER = {
    "en": re.compile(rf"{HEADING}|\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?"),
    "es": re.compile(rf"{HEADING}|\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?"),
    "fr": re.compile(rf"{HEADING}|\d{{1,3}}(?:{NBSP}\d{{3}})+(?:,\d+)?|\d+(?:,\d+)?"),
}
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio "
    "julio agosto septiembre octubre noviembre diciembre",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}
# What a text may name, as each language writes it.
TERMS = {
    "Canada": {"en": r"Canad", "es": r"[Cc]anad", "fr": r"[Cc]anad"},
    "Mexico": {"en": r"Mexic", "es": r"[Mm]éxic|[Mm]exic", "fr": r"[Mm]exi"},
    "China": {"en": r"Chin", "es": r"[Cc]hin", "fr": r"[Cc]hin"},
    "United States": {
        "en": r"\bUS\b(?!\$)|United States",
        "es": r"Estados Unidos|estadounidense",
        "fr": r"États-Unis|américain",
    },
    "the trade agreement": {"en": r"USMCA|CUSMA", "es": r"T-MEC", "fr": r"ACEUM"},
    "IEEPA": dict.fromkeys(("en", "es", "fr"), r"IEEPA"),
}
AMOUNTS = {
    "Canadian dollars": {"en": r"C\$", "es": r"dólares canadienses", "fr": r"dollars canadiens"},
    "US dollars": {"en": r"US\$", "es": r"dólares estadounidenses", "fr": r"dollars américains"},
    "billions": {"en": r"\bbillion\b", "es": r"\bmil millones\b", "fr": r"\bmilliards?\b"},
    "days": {"en": r"\bdays\b", "es": r"\bdías\b", "fr": r"\bjours\b"},
    "points": {"en": r"(?<=\d )(?:percentage )?points\b", "es": r"\bpuntos\b", "fr": r"\bpoints\b"},
}


# The minute past midnight at which duties start: French counts the hours from 0.
MIDNIGHT = re.compile(r"\b12:(\d\d)(?= a\.m\.)")


def numbers(text: str, lang: str) -> Counter[str]:
    """The numbers of a text, however its language writes them; tariff headings stay as they are."""
    told = MIDNIGHT.sub(r"0:\1", text)
    return Counter(_plain(token, lang) for token in NUMBER[lang].findall(told))


def _plain(token: str, lang: str) -> str:
    if lang == "fr" and "." not in token:
        return token.replace(NBSP, "").replace(",", ".")
    return token.replace(",", "")


def percents(text: str, lang: str) -> Counter[str]:
    """The numbers with a percent sign."""
    sign = rf"(?={NBSP}?%)"
    found = re.finditer(rf"(?:{NUMBER[lang].pattern}){sign}", text)
    return Counter(_plain(match.group(), lang) for match in found)


def months(text: str, lang: str) -> Counter[int]:
    """The months named in a text, by their numbers."""
    found: Counter[int] = Counter()
    for number, name in enumerate(MONTHS[lang].split(), start=1):
        found[number] += len(re.findall(rf"\b{name}\b", text))
    return +found


def amounts(text: str, lang: str) -> Counter[str]:
    """Currencies, scales and units, each as often as it is written."""
    found = {name: len(re.findall(words[lang], text)) for name, words in AMOUNTS.items()}
    return +Counter(found)


def terms(text: str, lang: str) -> set[str]:
    """Parties, agreement and statute that a text names."""
    return {name for name, words in TERMS.items() if re.search(words[lang], text)}


def misprints(text: str, lang: str) -> list[str]:
    """What breaks the language's own way of writing numbers and quotes."""
    broken = {
        "es": [r"\d\s+%", r"\d,\d+%", "[\"'«»]", "  "],
        "fr": [rf"(?<!{NBSP})[%;:!?»]", rf"«(?!{NBSP})", r"\d\.\d+\s*%", "[\"'“”]", "  "],
    }[lang]
    return [pattern for pattern in broken if re.search(pattern, text)]


def of_measure(measure: Measure) -> Iterator[tuple[str, Wording]]:
    yield f"{measure.key} title", measure.title
    if measure.note is not None:
        yield f"{measure.key} note", measure.note
    for provision in measure.provisions:
        yield f"{measure.key}.{provision.key} products", provision.products
        if provision.note is not None:
            yield f"{measure.key}.{provision.key} note", provision.note


def of_event(event: Event) -> Iterator[tuple[str, Wording]]:
    yield f"{event.id} title", event.title
    yield f"{event.id} summary", event.summary
    for effect in event.effects:
        if effect.products is not None:
            yield f"{event.id} products", effect.products
        if effect.rate_text is not None:
            yield f"{event.id} rate_text", effect.rate_text
        for when in (effect.starts, effect.ends):
            if when is not None and when.condition is not None:
                yield f"{event.id} condition", when.condition
    for deadline in event.deadlines:
        yield f"{event.id} deadline {deadline.key}", deadline.title
        if deadline.when is not None and deadline.when.condition is not None:
            yield f"{event.id} deadline {deadline.key} condition", deadline.when.condition
    for claim in event.claims:
        yield f"{event.id} stated", claim.stated
        yield f"{event.id} finding", claim.finding


@pytest.fixture(scope="module")
def shipped() -> dict[str, Text]:
    """Every short text of the shipped record by its place."""
    record = read_record(ROOT / "db" / "record")
    found: dict[str, Text] = {}
    for place, words in (
        *(pair for measure in record.measures for pair in of_measure(measure)),
        *(pair for event in record.events for pair in of_event(event)),
    ):
        text = Text(en=words) if isinstance(words, str) else words
        found[place if place not in found else f"{place} #{len(found)}"] = text
    assert len(found) > 600
    return found


def translated(shipped: dict[str, Text]) -> Iterator[tuple[str, str, str, str]]:
    """(place, language, English, the translation) wherever there is one."""
    for place, text in shipped.items():
        for lang, words in zip(OTHERS, (text.es, text.fr), strict=True):
            if words:
                yield place, lang, text.en, words


def test_every_short_text_has_spanish_and_french(shipped: dict[str, Text]) -> None:
    bare = [place for place, text in shipped.items() if not (text.es and text.fr)]
    assert bare == []


def test_no_translation_is_a_copy(shipped: dict[str, Text]) -> None:
    copies = [(place, lang) for place, lang, en, words in translated(shipped) if words == en]
    twins = [place for place, text in shipped.items() if text.es and text.es == text.fr]
    assert (copies, twins) == ([], [])


@pytest.mark.parametrize(
    "read", [numbers, percents, months, amounts], ids=lambda read: read.__name__
)
def test_translations_give_the_figures_of_the_english(
    read: Callable[[str, str], Counter[str]], shipped: dict[str, Text]
) -> None:
    wrong = [
        (place, lang, en, words)
        for place, lang, en, words in translated(shipped)
        if read(en, "en") != read(words, lang)
    ]
    assert wrong == []


def test_translations_name_whom_the_english_names(shipped: dict[str, Text]) -> None:
    lost = [
        (place, lang, terms(en, "en") - terms(words, lang))
        for place, lang, en, words in translated(shipped)
        if not terms(en, "en") <= terms(words, lang)
    ]
    assert lost == []


def test_translations_are_written_as_their_language_is(shipped: dict[str, Text]) -> None:
    wrong = [
        (place, lang, found, words)
        for place, lang, _, words in translated(shipped)
        if (found := misprints(words, lang))
    ]
    assert wrong == []


def test_one_english_text_has_one_translation(shipped: dict[str, Text]) -> None:
    """Provisions that read alike in English do not read apart in another language."""
    seen: dict[str, Text] = {}
    apart = [place for place, text in shipped.items() if seen.setdefault(text.en, text) != text]
    assert apart == []


@pytest.mark.parametrize(
    ("en", "lang", "words"),
    [
        ("12.5% from May 3", "fr", f"12.5{NBSP}% à compter du 3 mai"),
        ("12.5% from May 3", "es", "12,5% a partir del 3 de mayo"),
        ("49,000 vehicles", "fr", "49.000 véhicules"),
        ("from 25% to 35%", "es", "de 25% a 53%"),
        ("at least 15%, 10% with 85%", "es", "al menos 15%, 10% con 85% y 15%"),
        ("heading 9903.01.10", "fr", "position 9903.01.01"),
        ("from 12:01 a.m.", "fr", "à compter de 12 h 01"),
    ],
)
def test_a_wrong_figure_is_seen(en: str, lang: str, words: str) -> None:
    assert numbers(en, "en") != numbers(words, lang)


def test_a_wrong_month_or_currency_is_seen() -> None:
    assert months("from June 4, 2025", "en") != months("à compter du 4 juillet 2025", "fr")
    assert amounts("C$30 billion", "en") != amounts("30 milliards de dollars américains", "fr")
    assert amounts("C$30 billion", "en") != amounts("30 millones de dólares canadienses", "es")


@given(st.decimals(min_value=0, max_value=9_999_999, places=2))
def test_a_number_is_the_same_in_every_writing(value: Decimal) -> None:
    english = f"{value:,}"
    french = english.replace(",", NBSP).replace(".", ",")
    assert numbers(english, "en") == numbers(english, "es") == numbers(french, "fr")
    assert percents(f"{english}%", "en") == percents(f"{french}{NBSP}%", "fr") != Counter()
