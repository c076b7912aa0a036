"""The columns that several tables have alike. What a table is, `tables` says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, TypeAlias

import msgspec
from msgspec import Meta

from tracker.core.words import Basis, Doubt

__all__ = [
    "Condition",
    "Countries",
    "Doubts",
    "Earliest",
    "EndKind",
    "English",
    "EventId",
    "French",
    "Headings",
    "Latest",
    "MeasureKey",
    "Note",
    "Number",
    "On",
    "ProductsEn",
    "ProvisionKey",
    "Rate",
    "RateEn",
    "RateEs",
    "RateFr",
    "Row",
    "Spanish",
    "StartKind",
    "Words",
    "says",
]


def says(text: str) -> Meta:
    """What a column means, as the data dictionary has it."""
    return Meta(description=text)


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """Base of every row. Absent values are None, or an empty list."""


Words: TypeAlias = str | None
EventId = Annotated[str, says("Id of the event: the day of announcement and a few words.")]
MeasureKey = Annotated[str, says("Key of the measure, stable for ever.")]
ProvisionKey = Annotated[str, says("Key of the provision within its measure.")]
Number = Annotated[int, says("Place among the rows of its event or measure, from 1.")]
Countries = tuple[str, ...]
Rate = Annotated[
    Decimal | None,
    says("Ad valorem, in percent of what `basis` names; empty: unknown, or not a percentage."),
]
On = Annotated[Basis, says("What the rate is charged on.")]
RateEn = Annotated[Words, says("The rate in words where percent cannot say it, in English.")]
RateEs = Annotated[Words, says("The same in Spanish.")]
RateFr = Annotated[Words, says("The same in French.")]
Headings = Annotated[tuple[str, ...], says("Tariff headings, as text; empty: not known.")]
StartKind = Annotated[
    str,
    says("What is known of the first day: `day`, `range`, `condition`, `unknown`, `none`."),
]
EndKind = Annotated[
    str, says("What is known of the end: `day`, `open`, `range`, `condition` or `unknown`.")
]
Earliest = Annotated[date | None, says("The first day it may be.")]
Latest = Annotated[date | None, says("The last day it may be.")]
Condition = Annotated[Words, says("What it depends on, in English.")]
Doubts = Annotated[tuple[Doubt, ...], says("Why it must be read with care; empty: no doubt.")]
ProductsEn = Annotated[str, says("The goods in words, in English.")]
English = Annotated[str, says("The text in English.")]
Spanish = Annotated[Words, says("The text in Spanish; empty: not translated.")]
French = Annotated[Words, says("The text in French; empty: not translated.")]
Note = Annotated[Words, says("Evidence and conflicts worth keeping, in English.")]
