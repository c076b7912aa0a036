"""Events with a number each, so that a table can name them in a few characters.

Owns the numbering and what is told of an event beside the tables. Links are as
the record has them: whoever prints one checks it with `harmless.outward`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.core.events import Event
from tracker.telling.language import Language
from tracker.telling.names import doubt_name, kind_name

__all__ = ["Numbered", "marks", "numbered", "numbers_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """One event beside a table. Empty strings stand where there is nothing to say."""

    number: int
    event: str
    announced: date
    kind: str
    title: str
    citation: str
    url: str | None
    doubts: str


def numbers_of(events: Iterable[Event]) -> Mapping[str, int]:
    """A number for each event, from 1, in the order given."""
    return {event.id: number for number, event in enumerate(events, start=1)}


def marks(numbers: Mapping[str, int], names: Sequence[str]) -> str:
    """The events as `[1] [3]`; one that has no number by its id."""
    return " ".join(f"[{numbers[name]}]" if name in numbers else name for name in names)


def numbered(lang: Language, events: Sequence[Event]) -> tuple[Numbered, ...]:
    """What is told of each event, in the order given, numbered as `numbers_of` does."""
    return tuple(
        Numbered(
            number=number,
            event=event.id,
            announced=event.announced,
            kind=kind_name(lang, event.kind),
            title=lang.words(event.title),
            citation=event.instrument.citation if event.instrument else "",
            url=event.instrument.url if event.instrument else None,
            doubts=", ".join(doubt_name(lang, doubt) for doubt in event.doubts),
        )
        for number, event in enumerate(events, start=1)
    )
