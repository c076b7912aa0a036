"""The causes of a diff: each event once, with its number, its paper and both its dates.

Owns which events are numbered and what is told of each. Links are as the
record has them: whoever prints one checks it with `harmless.outward`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from tracker.core.diff import Change, ChangeKind
from tracker.core.events import Effect, Event, Source, When, order_of
from tracker.core.world import World
from tracker.telling.language import Language, Said
from tracker.telling.names import kind_name
from tracker.telling.uncertain import day_or_when

__all__ = ["Cause", "causes_of"]

Start: TypeAlias = tuple[date | None, When | None]


@dataclass(frozen=True, slots=True)
class Cause:
    """One event that made a difference, as a reader sees it.

    `announced` and `effective` are ISO days for data, `effective` the earliest
    one; the texts say them in words. Empty strings stand where nothing is known.
    """

    number: int
    event: str
    title: Said
    kind: str
    citation: str
    citation_url: str | None
    announced: date
    announced_text: str
    effective: date | None
    effective_text: str
    source: str
    source_url: str | None


def causes_of(
    lang: Language, changes: Iterable[Change], world: World, more: Iterable[World] = ()
) -> tuple[Cause, ...]:
    """The causes of `changes` and of their steps, numbered in order of announcement.

    An event that `world` does not hold is looked for in `more`, such as the
    ledger of the earlier side; one that none holds is left out.
    """
    reach: dict[str, list[Change]] = {}
    for change in _all(changes):
        for name in change.events:
            reach.setdefault(name, []).append(change)
    held: dict[str, Event] = {}
    for one in (world, *more):
        for event in one.events:
            if event.id in reach:
                held.setdefault(event.id, event)
    found = sorted(held.values(), key=order_of)
    return tuple(
        _cause(lang, number, event, reach[event.id]) for number, event in enumerate(found, start=1)
    )


def _all(changes: Iterable[Change]) -> Iterable[Change]:
    for change in changes:
        yield change
        yield from (step.change for step in change.steps)


def _cause(lang: Language, number: int, event: Event, changes: Sequence[Change]) -> Cause:
    instrument = event.instrument
    source = _best(event.sources)
    days, text = _effective(lang, event, changes)
    return Cause(
        number=number,
        event=event.id,
        title=lang.text(event.title),
        kind=kind_name(lang, event.kind),
        citation=instrument.citation if instrument else "",
        citation_url=instrument.url if instrument else None,
        announced=event.announced,
        announced_text=lang.day(event.announced),
        effective=days,
        effective_text=text,
        source=source.publisher if source else "",
        source_url=source.url if source else None,
    )


def _best(sources: tuple[Source, ...]) -> Source | None:
    """The first primary source, else the first."""
    return next((one for one in sources if one.primary), sources[0] if sources else None)


def _effective(lang: Language, event: Event, changes: Sequence[Change]) -> tuple[date | None, str]:
    """From when the event works on the provisions it changed: the first day, and all in words."""
    places = {change.subject.place for change in changes}
    mine = [one for one in event.effects if (one.measure, one.provision) in places]
    starts = sorted({_start(one) for one in mine} or _elsewhere(event, changes), key=_sorting)
    days = [day for day, _ in starts if day is not None]
    said = [day_or_when(lang, day, when) for day, when in starts if day or when]
    return (days[0] if days else None), lang.listed(said)


def _elsewhere(event: Event, changes: Sequence[Change]) -> set[Start]:
    """The start where the event sets none itself: it takes another back, or confirms one."""
    if event.withdraws:
        return {(event.announced, None)}
    if not event.confirms:
        return set()
    told = [one.after for one in changes if one.kind is not ChangeKind.PENDING]
    return {(row.effective_from, row.starts) for row in told if row is not None}


def _start(effect: Effect) -> Start:
    return (effect.effective_from, effect.starts)


def _sorting(start: Start) -> date:
    day, when = start
    return day or (when.earliest if when else None) or date.max
