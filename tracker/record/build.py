"""From the shapes an editor writes to the ledger's own events and measures.

Owns the expansion of a list of provisions into one effect each and the
tidying of text. Takes entries that have passed the rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import overload

from tracker.core.events import (
    Claim,
    Deadline,
    Effect,
    Event,
    Instrument,
    Source,
    Step,
    Text,
    When,
    Withdrawal,
    Wording,
)
from tracker.core.measures import Measure, Provision
from tracker.core.stacking import Stacking
from tracker.record.shapes import (
    ClaimShape,
    DeadlineShape,
    EffectShape,
    EventShape,
    InstrumentShape,
    MeasureShape,
    ProvisionShape,
    SourceShape,
    StackingShape,
    WhenShape,
    Words,
)

__all__ = ["event_of", "measure_of"]


@overload
def _tidy(text: str) -> str: ...
@overload
def _tidy(text: str | None) -> str | None: ...
def _tidy(text: str | None) -> str | None:
    return None if text is None else text.strip()


def _text(words: Words) -> Text:
    if isinstance(words, str):
        return Text(en=words.strip())
    return Text(en=words.en.strip(), es=_tidy(words.es), fr=_tidy(words.fr))


def _wording(words: Words | None) -> Wording | None:
    """English alone stays a plain line, as it always was in the ledger."""
    if words is None or isinstance(words, str):
        return _tidy(words)
    return _text(words)


def _day(given: date | WhenShape | None) -> tuple[date | None, When | None]:
    """A day, or what is known of one that is not known as such."""
    if not isinstance(given, WhenShape):
        return given, None
    when = When(earliest=given.earliest, latest=given.latest, condition=_wording(given.condition))
    return None, when


def _sources(shapes: tuple[SourceShape, ...]) -> tuple[Source, ...]:
    return tuple(
        Source(
            url=shape.url,
            publisher=shape.publisher.strip(),
            title=shape.title.strip(),
            published=shape.published,
            primary=shape.primary,
        )
        for shape in shapes
    )


def _effects(shape: EffectShape) -> Iterator[Effect]:
    start, starts = _day(shape.effective_from)
    until, ends = _day(shape.effective_until)
    for provision in shape.provisions:
        yield Effect(
            measure=shape.measure,
            provision=provision,
            status=shape.status,
            rate_pct=shape.rate,
            basis=shape.basis,
            rate_text=_wording(shape.rate_text),
            effective_from=start,
            effective_until=until,
            starts=starts,
            ends=ends,
            products=None if shape.products is None else _text(shape.products),
            hts=shape.hts,
            origin=shape.origin,
            note=_tidy(shape.note),
        )


def _claim(shape: ClaimShape) -> Claim:
    return Claim(
        measure=shape.measure,
        provision=shape.provision,
        stated=_text(shape.stated),
        finding=_text(shape.finding),
        standing=shape.standing,
        rate_pct=shape.rate,
        claimed_from=shape.claimed_from,
        claimed_until=shape.claimed_until,
        targets=shape.targets,
        sources=_sources(shape.sources),
    )


def _deadline(shape: DeadlineShape) -> Deadline:
    day, when = _day(shape.day)
    return Deadline(
        key=shape.key,
        kind=shape.kind,
        title=_text(shape.title),
        day=day,
        when=when,
        measures=shape.measures,
        cancelled=shape.cancelled,
    )


def _stacking(shape: StackingShape) -> Stacking:
    return Stacking(
        first=shape.first,
        relation=shape.relation,
        others=shape.others,
        effective_from=shape.effective_from,
        effective_until=shape.effective_until,
        note=_tidy(shape.note),
    )


def _instrument(shape: InstrumentShape) -> Instrument:
    steps = tuple(
        Step(stage=one.stage, day=one.day, citation=_tidy(one.citation), url=one.url)
        for one in shape.steps
    )
    return Instrument(citation=shape.citation.strip(), url=shape.url, kind=shape.kind, steps=steps)


def event_of(shape: EventShape, *, sequence: int) -> Event:
    """The event of a shape; `sequence` is its place among those of its day, from 0."""
    return Event(
        id=shape.id,
        kind=shape.kind,
        announced=shape.announced,
        title=_text(shape.title),
        summary=_text(shape.summary),
        sources=_sources(shape.sources),
        sequence=sequence,
        parties=shape.parties,
        measures=shape.measures,
        effects=tuple(effect for one in shape.effects for effect in _effects(one)),
        withdraws=tuple(
            Withdrawal(event=one.event, measure=one.measure, provision=one.provision)
            for one in shape.withdraws
        ),
        confirms=shape.confirms,
        follows=shape.follows,
        deadlines=tuple(_deadline(one) for one in shape.deadlines),
        claims=tuple(_claim(one) for one in shape.claims),
        stacking=tuple(_stacking(one) for one in shape.stacking),
        instrument=_instrument(shape.instrument) if shape.instrument else None,
        doubts=shape.doubts,
        note=_tidy(shape.note),
    )


def _provision(shape: ProvisionShape) -> Provision:
    return Provision(
        key=shape.key,
        products=_text(shape.products),
        targets=shape.targets,
        origin=shape.origin,
        excludes=shape.excludes,
        hts=shape.hts,
        note=_wording(shape.note),
    )


def measure_of(shape: MeasureShape) -> Measure:
    """The measure of a shape."""
    return Measure(
        key=shape.key,
        imposer=shape.imposer,
        authority=shape.authority.strip(),
        title=_text(shape.title),
        provisions=tuple(_provision(one) for one in shape.provisions),
        legal_basis=_tidy(shape.legal_basis),
        mirrors=shape.mirrors,
        note=_wording(shape.note),
        sources=_sources(shape.sources),
    )
