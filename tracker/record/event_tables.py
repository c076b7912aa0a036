"""The export's tables of events and of what stands in them. What a table is, `tables` says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from tracker.core.words import (
    DeadlineKind,
    Kind,
    PaperKind,
    Relation,
    Stage,
    Standing,
    Status,
)
from tracker.record.cells import (
    Condition,
    Countries,
    Doubts,
    Earliest,
    EndKind,
    English,
    EventId,
    French,
    Latest,
    MeasureKey,
    Note,
    Number,
    On,
    ProvisionKey,
    Rate,
    RateEn,
    RateEs,
    RateFr,
    Row,
    Spanish,
    StartKind,
    Words,
    says,
)

__all__ = ["ClaimRow", "DeadlineRow", "EffectRow", "EventRow", "StackingRow", "StepRow"]


class EventRow(Row, frozen=True, kw_only=True):
    """One row for each event, in the order in which they were announced."""

    event: EventId
    announced: Annotated[date, says("The day the public could know.")]
    sequence: Annotated[int, says("Place among the events of that day, from 0.")]
    kind: Annotated[Kind, says("What sort of thing happened.")]
    title_en: English
    title_es: Spanish
    title_fr: French
    summary_en: English
    summary_es: Spanish
    summary_fr: French
    parties: Annotated[Countries, says("The governments acting or meeting, ISO 3166-1 alpha-2.")]
    measures: Annotated[tuple[str, ...], says("Every measure it touches or is about.")]
    instrument: Annotated[Words, says("The legal paper, as lawyers cite it.")]
    instrument_kind: Annotated[PaperKind | None, says("What sort of paper it is.")]
    instrument_url: Annotated[Words, says("Where the paper is.")]
    confirms: Annotated[tuple[str, ...], says("Ids of the events it merely confirms.")]
    follows: Annotated[tuple[str, ...], says("Ids of the earlier events that set it off.")]
    withdraws: Annotated[
        tuple[str, ...],
        says("What it takes back: an event's id, then the measure or provision if only that."),
    ]
    doubts: Doubts
    note: Note


class EffectRow(Row, frozen=True, kw_only=True):
    """One row for each provision an event speaks of, and what it says of it."""

    event: EventId
    announced: Annotated[date, says("The day the public could know.")]
    number: Number
    measure: MeasureKey
    provision: ProvisionKey
    status: Annotated[Status, says("Where the provision stands on the days of the effect.")]
    rate_pct: Rate
    basis: On
    rate_text_en: RateEn
    rate_text_es: RateEs
    rate_text_fr: RateFr
    effective_from: Annotated[date | None, says("The first day, where it is known as one.")]
    start: StartKind
    start_earliest: Earliest
    start_latest: Latest
    start_condition: Condition
    effective_until: Annotated[
        date | None,
        says("The first day on which it no longer applies, where it is known as one."),
    ]
    end: EndKind
    end_earliest: Earliest
    end_latest: Latest
    end_condition: Condition
    products_en: Annotated[Words, says("The goods for these days, if not the provision's own.")]
    hts: Annotated[tuple[str, ...], says("Headings for these days; empty: the provision's own.")]
    origin: Annotated[Words, says("Origin condition for these days; empty: the provision's own.")]
    note: Note


class DeadlineRow(Row, frozen=True, kw_only=True):
    """One row each time an event sets, moves or cancels a day that changes no rate by itself."""

    event: EventId
    announced: Annotated[date, says("The day the public could know.")]
    key: Annotated[str, says("Key of the deadline; the last word on it counts.")]
    kind: Annotated[DeadlineKind, says("What is to happen.")]
    title_en: English
    title_es: Spanish
    title_fr: French
    day: Annotated[date | None, says("The day, where it is known as one.")]
    day_kind: Annotated[
        str,
        says("What is known of it: `day`, `range`, `condition`, `unknown` or `none`."),
    ]
    earliest: Earliest
    latest: Latest
    condition: Condition
    measures: Annotated[tuple[str, ...], says("The measures it is about.")]
    cancelled: Annotated[bool, says("Whether the day is off.")]


class StackingRow(Row, frozen=True, kw_only=True):
    """One row for each rule on what a good pays that two measures reach."""

    event: EventId
    announced: Annotated[date, says("The day the public could know.")]
    number: Number
    first: Annotated[tuple[str, ...], says("Measures, or `MEASURE.PROVISION`, that are paid.")]
    relation: Annotated[
        Relation, says("Whether `first` is paid instead of the others or on top of them.")
    ]
    others: Annotated[tuple[str, ...], says("Measures, or `MEASURE.PROVISION`, beside it.")]
    effective_from: Annotated[date, says("The first day of the rule.")]
    effective_until: Annotated[
        date | None, says("The first day on which it no longer holds; empty: open.")
    ]
    note: Note


class StepRow(Row, frozen=True, kw_only=True):
    """One row for each known link in the chain of a legal paper."""

    event: EventId
    number: Number
    stage: Annotated[Stage, says("Which link of the chain.")]
    day: Annotated[date | None, says("The day; empty: not known.")]
    citation: Annotated[Words, says("How this link is cited.")]
    url: Annotated[Words, says("Where it is.")]


class ClaimRow(Row, frozen=True, kw_only=True):
    """One row for each claim that others contradict. Claims never enter a state."""

    event: EventId
    number: Number
    measure: MeasureKey
    provision: ProvisionKey
    standing: Annotated[Standing, says("What checking the claim found.")]
    stated_en: Annotated[str, says("What the sources say.")]
    finding_en: Annotated[str, says("What was found.")]
    rate_pct: Annotated[Decimal | None, says("The rate claimed, in percent.")]
    claimed_from: Annotated[date, says("The first day the claim speaks of.")]
    claimed_until: Annotated[date | None, says("The first day after it; empty: open.")]
    targets: Annotated[Countries, says("Whose goods it speaks of; empty: the provision's targets.")]
