"""Two items beside each other: what speaks for and against their telling the same story.

Owns the features of a pair, which are the same for three languages where
concepts, names and figures are. Items further apart in time than `WINDOW` are
never the same story. Must not decide: the fitted weights do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from tracker.extract.items import Extraction, Item
from tracker.extract.reading import Reading, read

__all__ = ["COMMON", "WINDOW", "Trace", "pair_features", "trace", "within"]

WINDOW = timedelta(days=3)
_STEM = 6
_NUMBER = re.compile(r"^\d{1,4}(?:[.,]\d+)?$")
_SMALL_WORDS = (
    "the and for with from that this will has have are was were its his her over after "
    "into about new los las del por para con una que sus mas tras sobre entre ante les des "
    "aux par pour avec dans sur une qui est sont ses plus apres says said tariff tariffs "
    "arancel aranceles trump dice anuncia annonce president presidente donald"
)
_SMALL = frozenset(_SMALL_WORDS.split())
_FAMILY = {
    **dict.fromkeys(("announcement", "rate_change", "in_force", "resumption"), "acts"),
    **dict.fromkeys(("pause", "pause_extension", "exemption"), "relief"),
    **dict.fromkeys(("negotiation", "review_step", "summit", "call", "agreement"), "talks"),
    **dict.fromkeys(("statement", "threat"), "words"),
}
COMMON = frozenset({"US", "CA", "MX", "TARIFF", "TRADE", "SAY", "IMPOSE", "PACT", "SEEK", "PLAN"})


def within(one: Item, other: Item) -> bool:
    """Whether the two may tell one story by their days; without a day, only two that have none."""
    if one.published is None or other.published is None:
        return one.published is other.published
    return abs(one.published - other.published) <= WINDOW


@dataclass(frozen=True, slots=True)
class Trace:
    """What an item is compared by: words and figures of its title, concepts, names, slots."""

    item: Item
    said: Extraction
    words: frozenset[str]
    names: frozenset[str]
    figures: frozenset[str]
    concepts: frozenset[str]
    summary: frozenset[str]


def _words(reading: Reading) -> frozenset[str]:
    return frozenset(
        token.text[:_STEM]
        for token in reading.title.tokens
        if len(token.text) > 2 and token.text.isalpha() and token.text not in _SMALL
    )


def _names(reading: Reading) -> frozenset[str]:
    """Words written with a capital inside the title: names, in most titles."""
    given = reading.title.given
    return frozenset(
        token.text[:_STEM]
        for token in reading.title.tokens[1:]
        if len(token.text) > 3
        and given[token.start : token.start + 1].isupper()
        and token.text not in _SMALL
    )


@lru_cache(maxsize=4_096)
def trace(item: Item, said: Extraction) -> Trace:
    """What the item is compared by."""
    reading = read(item)
    named = {m.concept for m in (*reading.title_world, *reading.title_acts, *reading.title_noise)}
    named |= {m.concept for m in reading.named("products", reading.title)}
    summary = {m.concept for m in (*reading.summary_world, *reading.summary_acts)}
    figures = (
        token.text.replace(",", ".") for token in reading.title.tokens if token.text[0].isdigit()
    )
    return Trace(
        item,
        said,
        _words(reading),
        _names(reading),
        frozenset(figure for figure in figures if _NUMBER.match(figure)),
        frozenset(named),
        frozenset(summary),
    )


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared of all, as a cosine of sets; 0 where one is empty."""
    return len(one & other) / (len(one) * len(other)) ** 0.5 if one and other else 0.0


def _agreement(name: str, one: object, other: object) -> dict[str, float]:
    """Whether two values differ, or one is missing."""
    if one == other:
        return {}
    return {f"{name}:differ" if one and other else f"{name}:one": 1.0}


def _slots(a: Extraction, b: Extraction) -> dict[str, float]:
    """How many of the values that both say are the same, and how many differ."""
    both = (
        (a.imposer, b.imposer),
        (frozenset(a.targets), frozenset(b.targets)),
        (frozenset(a.products), frozenset(b.products)),
        (a.rate_pct, b.rate_pct),
        (a.effective_date, b.effective_date),
        (a.until_date, b.until_date),
    )
    said = [(one, other) for one, other in both if one and other]
    same = sum(one == other for one, other in said)
    found = {"slots:same": same / 3, "slots:differ": (len(said) - same) / 3}
    if a.kind == b.kind and same >= 3 and same == len(said):
        found["slots:all"] = 1.0
    return found


@lru_cache(maxsize=1024)
def _kinds(one: str, other: str) -> str:
    if one == other:
        return f"kind:same:{_FAMILY.get(one, 'other')}"
    families = _FAMILY.get(one, one), _FAMILY.get(other, other)
    return "kind:family" if families[0] == families[1] else f"kind:{'-'.join(sorted(families))}"


def pair_features(one: Trace, other: Trace) -> dict[str, float] | None:
    """The features of the pair, the same whichever comes first; None beyond the window.

    An item without a day is only compared with others without one.
    """
    found: dict[str, float] = {}
    if not within(one.item, other.item):
        return None
    days = one.item.published, other.item.published
    gap = "unknown" if days[0] is None or days[1] is None else str(abs(days[0] - days[1]).days)
    found[f"gap:{gap}"] = 1.0
    shared = _overlap(one.words, other.words)
    found["words"] = shared
    found["words2"] = shared * shared
    found["names"] = _overlap(one.names, other.names)
    concepts = _overlap(one.concepts, other.concepts)
    rare = _overlap(one.concepts - COMMON, other.concepts - COMMON)
    found["concepts"], found["rare"], found["rare2"] = concepts, rare, rare * rare
    found["whole"] = _overlap(one.concepts | one.summary, other.concepts | other.summary)
    same_language = one.said.language == other.said.language
    found["language:same" if same_language else "language:differ"] = 1.0
    if not same_language:
        found["across:rare"], found["across:concepts"] = rare, concepts
        found["across:words"] = shared
    a, b = one.said, other.said
    if a.relevant != b.relevant:
        found["relevant:differ"] = 1.0
    elif not a.relevant:
        found["relevant:neither"] = 1.0
        found["neither:words"], found["neither:rare"] = shared, rare
    else:
        found[_kinds(*sorted((a.kind, b.kind)))] = 1.0
        found.update(_slots(a, b))
        found["targets"] = _overlap(frozenset(a.targets), frozenset(b.targets))
        found.update(_agreement("rate", a.rate_pct, b.rate_pct))
        found.update(_agreement("goods", frozenset(a.products), frozenset(b.products)))
    if one.figures and other.figures:
        found["figures:shared" if one.figures & other.figures else "figures:differ"] = 1.0
    return found
