"""The extractor that ships: rules for what is regular, a fitted model for what is not.

Owns how the readers of kinds, parties, goods, rates and days come together in
one answer. An item that is not relevant is answered with no values at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.extract.clues import CUES
from tracker.extract.features import features
from tracker.extract.gate import elsewhere, of_trade
from tracker.extract.items import Extraction, Item, Place, Span
from tracker.extract.linear import Model, shipped_model
from tracker.extract.parties import Named, imposer, targets
from tracker.extract.rates import Rate, rates, the_rate
from tracker.extract.reading import Reading, read
from tracker.extract.text import Text
from tracker.extract.when import When, effective, until

__all__ = ["FittedExtractor", "extract", "extract_reading", "shipped_extractor"]

_PRODUCT_KINDS = frozenset({"summit", "call", "suspension_of_talks"})


def _span(slot: str, value: str, text: Text, start: int, end: int) -> Span:
    return Span(slot, value, text.place, start, end, text.given[start:end])


def _goods(reading: Reading, kind: str) -> list[Span]:
    """The goods named in the title, each once; metals in general only where none is named."""
    if kind in _PRODUCT_KINDS:
        return []
    found: dict[str, Span] = {}
    for mention in reading.named("products", reading.title):
        for name in mention.concept.split("+"):
            found.setdefault(
                name, _span("products", name, reading.title, mention.start, mention.end)
            )
    if {"steel", "aluminum", "copper"} & found.keys():
        found.pop("metals", None)
    return list(found.values())


def _rate(reading: Reading) -> tuple[Text, Rate] | None:
    """The one rate stated in the title, else in the summary, with the text it stands in."""
    for text in (reading.title, reading.summary):
        if any(sign in text.folded for sign in ("%", "cent", "ciento", "p. 100", "p.100")):
            rate = the_rate(text, of_duties="TARIFF" in reading.title_concepts)
            if rate is not None:
                return text, rate
            if text is reading.title and rates(text):
                return None
    return None


def _kind_span(reading: Reading, kind: str) -> list[Span]:
    """The word the kind was read from: the strongest cue in the title, else in the summary."""
    sides = (
        (reading.title, (*reading.title_acts, *reading.title_world)),
        (reading.summary, (*reading.summary_acts, *reading.summary_world)),
    )
    for text, named in sides:
        for cue in CUES.get(kind, ()):
            for mention in named:
                if mention.concept == cue:
                    return [_span("kind", kind, text, mention.start, mention.end)]
    return []


def extract_reading(reading: Reading, model: Model) -> Extraction:
    """What the reading says by that model. Pure."""
    item, seen = reading.item, features(reading)
    score = model.relevance.probabilities(seen)["relevant"]
    nothing = Extraction(item.item_id, False, round(score, 4), language=reading.language)
    if score < model.threshold or not of_trade(reading):
        return nothing
    kinds = model.kind.probabilities(seen)
    kind = max(kinds, key=lambda name: (kinds[name], name))
    if elsewhere(reading, kind):
        return nothing
    by = imposer(reading, kind)
    hit = targets(reading, by)
    texts: dict[Place, Text] = {"title": reading.title, "summary": reading.summary}
    spans = _kind_span(reading, kind)

    def note(slot: str, named: Named | When, value: str) -> None:
        spans.append(_span(slot, value, texts[named.place], named.start, named.end))

    if by is not None:
        note("imposer", by, by.value)
    for target in hit:
        note("targets", target, target.value)
    goods = _goods(reading, kind)
    spans += goods
    rate = _rate(reading)
    if rate is not None:
        spans.append(_span("rate_pct", f"{rate[1].value:f}", rate[0], rate[1].start, rate[1].end))
    start, end = effective(reading, kind), until(reading, kind)
    if start is not None:
        note("effective_date", start, start.day.isoformat())
    if end is not None:
        note("until_date", end, end.day.isoformat())
    return Extraction(
        item.item_id,
        True,
        round(score, 4),
        kind,
        round(kinds[kind], 4),
        by.value if by else None,
        tuple(target.value for target in hit),
        tuple(good.value for good in goods),
        rate[1].value if rate else None,
        start.day if start else None,
        end.day if end else None,
        reading.language,
        tuple(spans),
    )


@dataclass(frozen=True, slots=True)
class FittedExtractor:
    """Rules and weights; needs nothing but the model given."""

    model: Model
    name: str = "fitted"

    def extract(self, items: Sequence[Item]) -> list[Extraction]:
        """What each item says, one answer an item, in order. Never fails on hostile text."""
        return [extract_reading(read(item), self.model) for item in items]


def shipped_extractor() -> FittedExtractor:
    """The extractor with the model that ships. Raises: OperationFailed if that does not read."""
    return FittedExtractor(shipped_model())


def extract(item: Item) -> Extraction:
    """What one item says, by the shipped model.

    Pure but for reading the model once. Raises: OperationFailed if the model does not read.
    """
    return extract_reading(read(item), shipped_model())
