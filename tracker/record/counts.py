"""How much the record holds, by kind, measure, month, language and source: pure counting.

Owns what is counted and nothing of how it is shown. A number that is smaller than a
reader expects is the quickest way to a gap.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tracker.core.events import Effect, Event, Text, Wording, concerned
from tracker.core.measures import Measure

__all__ = ["Counts", "counted"]

LANGUAGES = ("en", "es", "fr")


@dataclass(frozen=True, slots=True)
class Counts:
    """The record in numbers. Every mapping is in the order in which it is best read.

    `kinds` and `months` (ISO, of the announcement) count events. `measures` gives
    events and effects; measures that nothing speaks of stand there with zeros.
    `texts` counts the texts a reader can be shown and `languages` how many of them
    each language has. `sources` counts citations, primary and other; `documents`
    different addresses; `publishers` citations, most first. `doubts` counts events
    so marked; `without_primary` events that rest on no primary source.
    """

    events: int
    effects: int
    provisions: int
    kinds: Mapping[str, int]
    months: Mapping[str, int]
    measures: Mapping[str, tuple[int, int]]
    texts: int
    languages: Mapping[str, int]
    sources: Mapping[str, int]
    documents: int
    publishers: Mapping[str, int]
    doubts: Mapping[str, int]
    without_primary: int


def counted(events: Iterable[Event], measures: Iterable[Measure]) -> Counts:
    """Count the record. Pure; the same record gives the same counts."""
    events, measures = tuple(events), tuple(measures)
    texts = [*_texts(events), *_names(measures)]
    sources = [source for event in events for source in event.sources]
    about = Counter(key for event in events for key in set(concerned(event)))
    effects = Counter(effect.measure for event in events for effect in event.effects)
    return Counts(
        events=len(events),
        effects=sum(effects.values()),
        provisions=sum(len(measure.provisions) for measure in measures),
        kinds=_most_first(str(event.kind) for event in events),
        months=_in_order(f"{event.announced:%Y-%m}" for event in events),
        measures={one.key: (about[one.key], effects[one.key]) for one in measures},
        texts=len(texts),
        languages={lang: sum(1 for text in texts if getattr(text, lang)) for lang in LANGUAGES},
        sources=_most_first("primary" if source.primary else "other" for source in sources),
        documents=len({source.url for source in sources}),
        publishers=_most_first(source.publisher for source in sources),
        doubts=_most_first(str(doubt) for event in events for doubt in event.doubts),
        without_primary=sum(1 for one in events if not any(s.primary for s in one.sources)),
    )


def _texts(events: Iterable[Event]) -> Iterator[Text]:
    for event in events:
        yield from (event.title, event.summary)
        yield from (deadline.title for deadline in event.deadlines)
        yield from (text for effect in event.effects for text in _worded(effect))


def _worded(effect: Effect) -> Iterator[Text]:
    """The texts of an effect; words without a language of their own are not counted."""
    said: tuple[Wording | None, ...] = (effect.rate_text, effect.products)
    yield from (words for words in said if isinstance(words, Text))


def _names(measures: Iterable[Measure]) -> Iterator[Text]:
    for measure in measures:
        yield measure.title
        yield from (provision.products for provision in measure.provisions)


def _most_first(words: Iterable[str]) -> dict[str, int]:
    found = Counter(words)
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _in_order(words: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(words).items()))
