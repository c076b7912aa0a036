"""From a world to the rows of the tables of events. Pure; in order of announcement."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from tracker.core.events import (
    Effect,
    Event,
    Text,
    When,
    Withdrawal,
    Wording,
    concerned,
    worded,
)
from tracker.core.world import World
from tracker.record.cells import Row
from tracker.record.event_tables import (
    ClaimRow,
    DeadlineRow,
    EffectRow,
    EventRow,
    StackingRow,
    StepRow,
)

__all__ = [
    "claims",
    "deadlines",
    "effects",
    "events",
    "in_languages",
    "kind_of",
    "stacking",
    "steps",
]


def in_languages(name: str, words: Wording | None) -> dict[str, Any]:
    """A text as columns `NAME_en`, `NAME_es` and `NAME_fr`."""
    if words is None or isinstance(words, str):
        words = Text(en=words) if words else None
    languages = ("en", "es", "fr")
    return {f"{name}_{lang}": getattr(words, lang) if words else None for lang in languages}


def kind_of(day: date | None, when: When | None, absent: str) -> str:
    """What is known of a day; `absent` where nothing was said of one."""
    if day is not None:
        return "day"
    if when is None:
        return absent
    if when.earliest or when.latest:
        return "range"
    return "condition" if when.condition else "unknown"


def _when(name: str, when: When | None) -> dict[str, Any]:
    """The bounds and the condition of a day that is not known as one, as columns."""
    when = when or When()
    condition = None if when.condition is None else worded(when.condition)
    return {
        f"{name}earliest": when.earliest,
        f"{name}latest": when.latest,
        f"{name}condition": condition,
    }


def _taken(one: Withdrawal) -> str:
    narrowed = ".".join(part for part in (one.measure, one.provision) if part)
    return f"{one.event} {narrowed}".strip()


def events(world: World) -> Iterator[Row]:
    """Rows of `events`."""
    for event in world.events:
        paper = event.instrument
        yield EventRow(
            event=event.id,
            announced=event.announced,
            sequence=event.sequence,
            kind=event.kind,
            **in_languages("title", event.title),
            **in_languages("summary", event.summary),
            parties=event.parties,
            measures=concerned(event),
            instrument=paper.citation if paper else None,
            instrument_kind=paper.kind if paper else None,
            instrument_url=paper.url if paper else None,
            confirms=event.confirms,
            follows=event.follows,
            withdraws=tuple(_taken(one) for one in event.withdraws),
            doubts=event.doubts,
            note=event.note,
        )


def effects(world: World) -> Iterator[Row]:
    """Rows of `effects`."""
    for event in world.events:
        for number, effect in enumerate(event.effects, start=1):
            yield _effect(event, number, effect)


def _effect(event: Event, number: int, effect: Effect) -> EffectRow:
    return EffectRow(
        event=event.id,
        announced=event.announced,
        number=number,
        measure=effect.measure,
        provision=effect.provision,
        status=effect.status,
        rate_pct=effect.rate_pct,
        basis=effect.basis,
        **in_languages("rate_text", effect.rate_text),
        effective_from=effect.effective_from,
        start=kind_of(effect.effective_from, effect.starts, "none"),
        **_when("start_", effect.starts),
        effective_until=effect.effective_until,
        end=kind_of(effect.effective_until, effect.ends, "open"),
        **_when("end_", effect.ends),
        products_en=effect.products.en if effect.products else None,
        hts=effect.hts or (),
        origin=effect.origin,
        note=effect.note,
    )


def deadlines(world: World) -> Iterator[Row]:
    """Rows of `deadlines`."""
    for event in world.events:
        for one in event.deadlines:
            yield DeadlineRow(
                event=event.id,
                announced=event.announced,
                key=one.key,
                kind=one.kind,
                **in_languages("title", one.title),
                day=one.day,
                day_kind=kind_of(one.day, one.when, "none"),
                **_when("", one.when),
                measures=one.measures,
                cancelled=one.cancelled,
            )


def steps(world: World) -> Iterator[Row]:
    """Rows of `steps`."""
    for event in world.events:
        steps = event.instrument.steps if event.instrument else ()
        for number, step in enumerate(steps, start=1):
            yield StepRow(
                event=event.id,
                number=number,
                stage=step.stage,
                day=step.day,
                citation=step.citation,
                url=step.url,
            )


def claims(world: World) -> Iterator[Row]:
    """Rows of `claims`."""
    for event in world.events:
        for number, claim in enumerate(event.claims, start=1):
            yield ClaimRow(
                event=event.id,
                number=number,
                measure=claim.measure,
                provision=claim.provision,
                standing=claim.standing,
                stated_en=claim.stated.en,
                finding_en=claim.finding.en,
                rate_pct=claim.rate_pct,
                claimed_from=claim.claimed_from,
                claimed_until=claim.claimed_until,
                targets=claim.targets,
            )


def stacking(world: World) -> Iterator[Row]:
    """Rows of `stacking`."""
    for event in world.events:
        for number, rule in enumerate(event.stacking, start=1):
            yield StackingRow(
                event=event.id,
                announced=event.announced,
                number=number,
                first=rule.first,
                relation=rule.relation,
                others=rule.others,
                effective_from=rule.effective_from,
                effective_until=rule.effective_until,
                note=rule.note,
            )
