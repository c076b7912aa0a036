"""The shapes of the record's files, exactly as an editor writes them.

Owns field names and types; `hints` says what belongs in each. Unknown fields are refused.
What may stand in a field beyond its type is the business of `rules`; how it
becomes the ledger's own shapes that of `build`.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TypeAlias

import msgspec

from tracker.core.words import (
    Basis,
    DeadlineKind,
    Doubt,
    Kind,
    PaperKind,
    Relation,
    Stage,
    Standing,
    Status,
)

__all__ = [
    "ClaimShape",
    "DeadlineShape",
    "EffectShape",
    "EventShape",
    "InstrumentShape",
    "MeasureShape",
    "MeasuresFile",
    "MonthFile",
    "ProvisionShape",
    "Shape",
    "SourceShape",
    "StackingShape",
    "StepShape",
    "TextShape",
    "WhenShape",
    "WithdrawalShape",
    "Words",
]


class Shape(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of every shape: strict and immutable."""


class TextShape(Shape, frozen=True, kw_only=True):
    """Text in up to three languages."""

    en: str
    es: str | None = None
    fr: str | None = None


Words: TypeAlias = str | TextShape
"""Plain text is English; a mapping gives the languages by their codes."""


class SourceShape(Shape, frozen=True, kw_only=True):
    """Who says so."""

    url: str
    publisher: str
    title: str
    published: str | None = None
    primary: bool = False


class WhenShape(Shape, frozen=True, kw_only=True):
    """Instead of a day: the days it lies between, what it depends on, or that it is unknown."""

    earliest: date | None = None
    latest: date | None = None
    condition: Words | None = None
    unknown: bool = False


class StepShape(Shape, frozen=True, kw_only=True):
    """One link of an instrument's chain."""

    stage: Stage
    day: date | None = None
    citation: str | None = None
    url: str | None = None


class InstrumentShape(Shape, frozen=True, kw_only=True):
    """The legal paper."""

    citation: str
    url: str | None = None
    kind: PaperKind | None = None
    steps: tuple[StepShape, ...] = ()


class EffectShape(Shape, frozen=True, kw_only=True):
    """What an event says of one or more provisions of a measure."""

    measure: str
    provisions: tuple[str, ...]
    status: Status
    rate: Decimal | None = None
    basis: Basis = Basis.FULL_VALUE
    rate_text: Words | None = None
    effective_from: date | WhenShape | None = msgspec.field(name="from", default=None)
    effective_until: date | WhenShape | None = msgspec.field(name="until", default=None)
    products: Words | None = None
    hts: tuple[str, ...] | None = None
    origin: str | None = None
    note: str | None = None


class WithdrawalShape(Shape, frozen=True, kw_only=True):
    """Takes back an earlier event, whole or for one measure or provision."""

    event: str
    measure: str | None = None
    provision: str | None = None


class ClaimShape(Shape, frozen=True, kw_only=True):
    """What sources say and others contradict."""

    measure: str
    provision: str
    stated: Words
    finding: Words
    standing: Standing
    claimed_from: date = msgspec.field(name="from")
    claimed_until: date | None = msgspec.field(name="until", default=None)
    rate: Decimal | None = None
    targets: tuple[str, ...] = ()
    sources: tuple[SourceShape, ...] = ()


class DeadlineShape(Shape, frozen=True, kw_only=True):
    """A day set beforehand that changes no rate by itself."""

    key: str
    kind: DeadlineKind
    title: Words
    day: date | WhenShape | None = None
    measures: tuple[str, ...] = ()
    cancelled: bool = False


class StackingShape(Shape, frozen=True, kw_only=True):
    """How the duties of some measures stand to those of others on a good that both reach."""

    first: tuple[str, ...]
    relation: Relation
    others: tuple[str, ...]
    effective_from: date = msgspec.field(name="from")
    effective_until: date | None = msgspec.field(name="until", default=None)
    note: str | None = None


class EventShape(Shape, frozen=True, kw_only=True):
    """One thing that happened."""

    id: str
    kind: Kind
    announced: date
    title: Words
    summary: Words
    sources: tuple[SourceShape, ...]
    parties: tuple[str, ...] = ()
    instrument: InstrumentShape | None = None
    effects: tuple[EffectShape, ...] = ()
    withdraws: tuple[WithdrawalShape, ...] = ()
    confirms: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    deadlines: tuple[DeadlineShape, ...] = ()
    measures: tuple[str, ...] = ()
    claims: tuple[ClaimShape, ...] = ()
    stacking: tuple[StackingShape, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    note: str | None = None


class ProvisionShape(Shape, frozen=True, kw_only=True):
    """A part of a measure with its own scope."""

    key: str
    products: Words
    targets: tuple[str, ...]
    origin: str = "any"
    excludes: tuple[str, ...] = ()
    hts: tuple[str, ...] = ()
    note: Words | None = None


class MeasureShape(Shape, frozen=True, kw_only=True):
    """One policy instrument of one imposing party."""

    key: str
    imposer: str
    authority: str
    title: Words
    provisions: tuple[ProvisionShape, ...]
    legal_basis: str | None = None
    mirrors: tuple[str, ...] = ()
    note: Words | None = None
    sources: tuple[SourceShape, ...] = ()


class MonthFile(Shape, frozen=True, kw_only=True):
    """A file `YYYY-MM.yaml`: the events announced in that month."""

    events: tuple[EventShape, ...]


class MeasuresFile(Shape, frozen=True, kw_only=True):
    """The file `measures.yaml`."""

    measures: tuple[MeasureShape, ...]
