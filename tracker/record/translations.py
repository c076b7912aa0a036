"""Which texts of the record are not in every language yet, counted by file.

Owns the list of what is translated. A missing translation is shown in English
on the page, so it is a warning and never stops a load.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path as FilePath

from tracker.core.events import Event, Text, Wording
from tracker.core.measures import Measure
from tracker.record.findings import Finding
from tracker.record.read import Examined

__all__ = ["RULE", "missing_translations"]

RULE = "texts_are_translated"
_LANGUAGES = {"es": "Spanish", "fr": "French"}


def missing_translations(seen: Examined) -> tuple[Finding, ...]:
    """A finding for each file and language with texts that lack it, at the first of them."""
    bare: defaultdict[tuple[str, str], list[tuple[int, str, str]]] = defaultdict(list)
    for entry, what, words in _texts(seen):
        text = Text(en=words) if isinstance(words, str) else words
        file, line = seen.record.places[entry]
        for lang in _LANGUAGES:
            if getattr(text, lang) is None:
                bare[file, lang].append((line, entry, what))
    found: list[Finding] = []
    for (file, lang), places in bare.items():
        line, entry, _ = min(places)
        message = (
            f"{_counted([what for *_, what in places])} of {FilePath(file).name} without "
            f"{_LANGUAGES[lang]}, first here; give each of them {lang}"
        )
        found.append(Finding(file, line, (), message, entry=entry, rule=RULE))
    return tuple(found)


def _counted(kinds: list[str]) -> str:
    """`3 titles, 12 summaries`."""
    return ", ".join(f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds))


def _texts(seen: Examined) -> Iterator[tuple[str, str, Wording]]:
    """Every text that is shown in a reader's language: entry, what it is, and the words."""
    for measure in seen.record.measures:
        yield from _of_measure(measure)
    for event in seen.record.events:
        yield from _of_event(event)


def _of_measure(measure: Measure) -> Iterator[tuple[str, str, Wording]]:
    yield measure.key, "titles", measure.title
    notes = [measure.note]
    for provision in measure.provisions:
        yield measure.key, "products", provision.products
        notes.append(provision.note)
    for note in notes:
        if note is not None:
            yield measure.key, "notes", note


def _of_event(event: Event) -> Iterator[tuple[str, str, Wording]]:
    yield event.id, "titles", event.title
    yield event.id, "summaries", event.summary
    for effect in event.effects:
        if effect.products is not None:
            yield event.id, "products", effect.products
        if effect.rate_text is not None:
            yield event.id, "rates in words", effect.rate_text
        for when in (effect.starts, effect.ends):
            if when is not None and when.condition is not None:
                yield event.id, "conditions", when.condition
    for deadline in event.deadlines:
        yield event.id, "deadlines", deadline.title
        if deadline.when is not None and deadline.when.condition is not None:
            yield event.id, "conditions", deadline.when.condition
    for claim in event.claims:
        yield event.id, "claims", claim.stated
        yield event.id, "claims", claim.finding
