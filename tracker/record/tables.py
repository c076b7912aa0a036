"""The tables of an export: their columns, and what each of them means.

Owns names, types and meaning; the data dictionary is made from them. Columns
may only be added. How rows come about is `table_rows`, how they are written
`table_files`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from tracker.core.words import (
    Status,
)
from tracker.record.cells import (
    Countries,
    Doubts,
    EndKind,
    English,
    French,
    Headings,
    MeasureKey,
    Note,
    Number,
    On,
    ProductsEn,
    ProvisionKey,
    RateEn,
    RateEs,
    RateFr,
    Row,
    Spanish,
    StartKind,
    Words,
    says,
)
from tracker.record.event_tables import (
    ClaimRow,
    DeadlineRow,
    EffectRow,
    EventRow,
    StackingRow,
    StepRow,
)

__all__ = [
    "TABLES",
    "MeasureRow",
    "ProvisionRow",
    "Row",
    "SourceRow",
    "StateRow",
    "Table",
]


class MeasureRow(Row, frozen=True, kw_only=True):
    """One row for each measure, in order of definition."""

    measure: MeasureKey
    imposer: Annotated[str, says("The government that imposes it, ISO 3166-1 alpha-2.")]
    authority: Annotated[str, says("The legal authority in short.")]
    title_en: English
    title_es: Spanish
    title_fr: French
    legal_basis: Annotated[Words, says("The statute and order it rests on.")]
    mirrors: Annotated[tuple[str, ...], says("Keys of the measures it answers.")]
    provisions: Annotated[int, says("How many provisions it has.")]
    note: Note
    note_es: Spanish
    note_fr: French


class ProvisionRow(Row, frozen=True, kw_only=True):
    """One row for each provision, in order of definition."""

    measure: MeasureKey
    provision: ProvisionKey
    targets: Annotated[Countries, says("Whose goods, ISO 3166-1 alpha-2; `*`: every country.")]
    excludes: Annotated[Countries, says("Countries left out of `*`.")]
    origin: Annotated[
        str, says("Condition of origin: `any`, `usmca`, `not_usmca` or another named one.")
    ]
    products_en: ProductsEn
    products_es: Spanish
    products_fr: French
    hts: Headings
    note: Note
    note_es: Spanish
    note_fr: French


class SourceRow(Row, frozen=True, kw_only=True):
    """One row for each source of an event, a claim or a measure."""

    of: Annotated[str, says("What it is a source of: `event`, `claim` or `measure`.")]
    name: Annotated[str, says("Id of the event (a claim's own event), or key of the measure.")]
    claim: Annotated[int | None, says("`number` of the claim in `claims`.")]
    number: Number
    publisher: Annotated[str, says("Who published it.")]
    title: Annotated[str, says("Its title.")]
    url: Annotated[str, says("Where it is.")]
    published: Annotated[Words, says("Day, month or year as far as known; text, `2025-03` too.")]
    primary: Annotated[bool, says("Whether it is the paper itself or its maker.")]


class StateRow(Row, frozen=True, kw_only=True):
    """One row for each provision of which something can be said on a day (`--on`)."""

    day: Annotated[date, says("The day asked about.")]
    measure: MeasureKey
    provision: ProvisionKey
    imposer: Annotated[str, says("The government that imposes it, ISO 3166-1 alpha-2.")]
    targets: Annotated[Countries, says("Whose goods, ISO 3166-1 alpha-2; `*`: every country.")]
    authority: Annotated[str, says("The legal authority in short.")]
    status: Annotated[Status, says("Where the provision stands on the day.")]
    over: Annotated[bool, says("Whether it has ended and nothing is planned.")]
    rate_pct: Annotated[
        Decimal | None,
        says("As in `effects`; of a pause the rate held back. Only `in_force` is charged."),
    ]
    basis: On
    rate_text_en: RateEn
    rate_text_es: RateEs
    rate_text_fr: RateFr
    effective_from: Annotated[date | None, says("Since when it stands so.")]
    start: StartKind
    effective_until: Annotated[
        date | None, says("The end the law states: the first day on which it no longer applies.")
    ]
    end: EndKind
    products_en: ProductsEn
    products_es: Spanish
    products_fr: French
    hts: Headings
    origin: Annotated[str, says("Condition of origin on the day.")]
    next_status: Annotated[Status | None, says("The next turn known on that day; empty: none.")]
    next_rate_pct: Annotated[Decimal | None, says("The rate after it, in percent.")]
    next_from: Annotated[date | None, says("Its day, where it is known as one.")]
    pending: Annotated[int, says("How many turns lie ahead.")]
    alternatives: Annotated[
        int, says("How many other states may hold instead, since a day is not known.")
    ]
    events: Annotated[tuple[str, ...], says("Ids of the events it rests on, oldest first.")]
    doubts: Doubts


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name on the command line and the shape of its rows."""

    name: str
    row: type[Row]

    @property
    def about(self) -> str:
        """What a row of it is, in a sentence."""
        return " ".join((self.row.__doc__ or "").split())

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns in order."""
        return self.row.__struct_fields__


TABLES = {
    table.name: table
    for table in (
        Table("events", EventRow),
        Table("effects", EffectRow),
        Table("deadlines", DeadlineRow),
        Table("steps", StepRow),
        Table("stacking", StackingRow),
        Table("claims", ClaimRow),
        Table("measures", MeasureRow),
        Table("provisions", ProvisionRow),
        Table("sources", SourceRow),
        Table("states", StateRow),
    )
}
"""Every table by name."""
