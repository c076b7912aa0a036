"""Events of the world: what happened, what it does to which provision, and who says so.

Owns the shapes an editor writes and the ledger keeps. All are frozen. Days are
`datetime.date` in the policy's own calendar (America/New_York); intervals are
half-open `[effective_from, effective_until)`; rates are ad valorem percent as
`Decimal`. It knows nothing of storage, files or display.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from tracker.core.words import Basis, Doubt, Kind, Standing, Status

__all__ = [
    "Claim",
    "Effect",
    "Event",
    "Frozen",
    "Instrument",
    "Source",
    "Text",
    "Withdrawal",
    "concerned",
    "order_of",
]


class Frozen(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """Base of every stored shape: immutable, strict, and silent about defaults.

    Leaving defaults out keeps the hash of an old payload the same when a later
    version adds an optional field.
    """


class Text(Frozen, frozen=True, kw_only=True):
    """Free text in up to three languages; English is always there."""

    en: str
    es: str | None = None
    fr: str | None = None

    def in_language(self, lang: str) -> tuple[str, str]:
        """The text and the language it is in: `lang` where it is translated, else English."""
        found = {"es": self.es, "fr": self.fr}.get(lang)
        return (found, lang) if found else (self.en, "en")


class Source(Frozen, frozen=True, kw_only=True):
    """Who says so. `published` is an ISO day, month or year as far as it is known."""

    url: str
    publisher: str
    title: str
    published: str | None = None
    primary: bool = False


class Instrument(Frozen, frozen=True, kw_only=True):
    """The legal paper: an order, proclamation, notice or judgment, as lawyers cite it."""

    citation: str
    url: str | None = None


class Effect(Frozen, frozen=True, kw_only=True):
    """What an event says of one provision over the days `[effective_from, effective_until)`.

    `status` is the status on those days, so an order signed today for next week
    is recorded as `in_force` from next week. `threatened` and `announced` are for
    what still needs another act; their `effective_from` is the planned day, and
    `None` there means that the day is not known. For every other status
    `effective_from` is required. `effective_until=None` is an open end.
    `rate_pct=None` is an unknown rate or one that percent cannot say
    (`rate_text` then says it); a pause names no rate: what it holds back stays
    below it. `products`, `hts` and `origin` replace the provision's own scope
    for these days.
    """

    measure: str
    provision: str
    status: Status
    rate_pct: Decimal | None = None
    basis: Basis = Basis.FULL_VALUE
    rate_text: str | None = None
    effective_from: date | None = None
    effective_until: date | None = None
    products: Text | None = None
    hts: tuple[str, ...] | None = None
    origin: str | None = None
    note: str | None = None


class Withdrawal(Frozen, frozen=True, kw_only=True):
    """Takes back an earlier event from the day this one was announced.

    Narrowed to one `measure`, or to one `provision` of it, where given.
    """

    event: str
    measure: str | None = None
    provision: str | None = None


class Claim(Frozen, frozen=True, kw_only=True):
    """Something sources say of a provision that others contradict, for the days given.

    It never enters into policy state; it is shown beside it with `finding`.
    """

    measure: str
    provision: str
    stated: Text
    finding: Text
    standing: Standing
    rate_pct: Decimal | None = None
    claimed_from: date
    claimed_until: date | None = None
    targets: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()


class Event(Frozen, frozen=True, kw_only=True):
    """One thing that happened in the world, however many outlets report it.

    `announced` is the day the public could know. `sequence` is its place among
    the record's entries of that day. `measures` names measures the event is
    about without changing them; those of its effects need not be repeated.
    `confirms` names events whose announced start, end or text this one merely
    confirms: no second layer.
    """

    id: str
    kind: Kind
    announced: date
    title: Text
    summary: Text
    sources: tuple[Source, ...]
    sequence: int = 0
    parties: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    effects: tuple[Effect, ...] = ()
    withdraws: tuple[Withdrawal, ...] = ()
    confirms: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    instrument: Instrument | None = None
    doubts: tuple[Doubt, ...] = ()
    note: str | None = None


def order_of(event: Event) -> tuple[date, int, str]:
    """The key that puts events in the order in which they were announced."""
    return (event.announced, event.sequence, event.id)


def concerned(event: Event) -> tuple[str, ...]:
    """Every measure key the event touches or is about, in order of first mention."""
    keys = (
        *(effect.measure for effect in event.effects),
        *(claim.measure for claim in event.claims),
        *event.measures,
        *(w.measure for w in event.withdraws if w.measure),
    )
    return tuple(dict.fromkeys(keys))
