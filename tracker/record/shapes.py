"""The shapes of the record's files, exactly as an editor writes them.

Owns field names, types and the hint for each field. Unknown fields are refused.
What may stand in a field beyond its type is the business of `rules`; how it
becomes the ledger's own shapes that of `build`.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TypeAlias

import msgspec

from tracker.core.words import Basis, DeadlineKind, Doubt, Kind, Stage, Standing, Status

__all__ = [
    "HINTS",
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
    note: str | None = None


class MeasureShape(Shape, frozen=True, kw_only=True):
    """One policy instrument of one imposing party."""

    key: str
    imposer: str
    authority: str
    title: Words
    provisions: tuple[ProvisionShape, ...]
    legal_basis: str | None = None
    mirrors: tuple[str, ...] = ()
    note: str | None = None
    sources: tuple[SourceShape, ...] = ()


class MonthFile(Shape, frozen=True, kw_only=True):
    """A file `YYYY-MM.yaml`: the events announced in that month."""

    events: tuple[EventShape, ...]


class MeasuresFile(Shape, frozen=True, kw_only=True):
    """The file `measures.yaml`."""

    measures: tuple[MeasureShape, ...]


HINTS: dict[str, str] = {
    "announced": "the day the public could know, as YYYY-MM-DD",
    "authority": "the legal authority in short, like IEEPA or Section 232",
    "basis": "what the rate is charged on; leave it out for the full value",
    "cancelled": "true where the day is off",
    "citation": "the paper as lawyers cite it",
    "claims": "a list of what sources say and others contradict",
    "condition": "what it depends on, in words",
    "confirms": "a list of the events that this one merely confirms",
    "day": "the day, as YYYY-MM-DD, or a mapping where it is not known as one",
    "deadlines": "a list of days set beforehand that change no rate by themselves",
    "doubts": "a list of disputed, computed, uncertain",
    "earliest": "the first day it may be, as YYYY-MM-DD",
    "effects": "a list of what the event does to which provisions",
    "en": "the text in English",
    "es": "the text in Spanish",
    "event": "the id of an event of the record",
    "events": "a list of events in the order in which they were announced",
    "excludes": "a list of countries left out of *, as ISO alpha-2 codes",
    "finding": "what checking the claim found",
    "follows": "a list of the earlier events that set this one off",
    "fr": "the text in French",
    "from": "the first day, as YYYY-MM-DD",
    "hts": "a list of tariff headings in quotes",
    "id": "the announced day and a few words, like 2025-02-01-us-border-canada-order",
    "imposer": "the government that imposes it, as an ISO alpha-2 code",
    "instrument": "the legal paper, with citation and url",
    "key": "the stable key, lowercase",
    "kind": "what sort of thing happened",
    "latest": "the last day it may be, as YYYY-MM-DD",
    "legal_basis": "the statute and order it rests on",
    "measure": "the key of a measure of measures.yaml",
    "measures": "a list of measures",
    "mirrors": "a list of the measures it answers",
    "note": "evidence and conflicts worth keeping",
    "origin": "any, usmca, not_usmca or another named condition of origin",
    "parties": "a list of the governments acting or meeting, like [US, CA]",
    "primary": "true where the source is the paper itself or its maker",
    "products": "the goods in words",
    "provision": "the key of a provision of that measure",
    "provisions": "a list of provisions of the measure",
    "published": "the day, month or year, as YYYY-MM-DD, YYYY-MM or YYYY",
    "publisher": "who published it",
    "rate": "the percent alone, like 25",
    "rate_text": "the rate in words where percent cannot say it",
    "sources": "a list of at least one source with url, publisher and title",
    "stage": "which link of the chain, like signed or published",
    "standing": "disputed, refuted or supported",
    "stated": "what the sources say",
    "status": "where the provisions stand on those days",
    "steps": "a list of the links of the paper's chain, oldest first",
    "summary": "one to three sentences",
    "targets": "a list of countries, as ISO alpha-2 codes, or *",
    "title": "a short line",
    "unknown": "true where nothing is known of the day",
    "until": "the first day on which it no longer applies, as YYYY-MM-DD",
    "url": "an http or https address",
    "withdraws": "a list of the earlier events it takes back",
}
"""What belongs in each field, by the name it has in the files."""
