"""Events of the world: what happened, what it does to which provision, and who says so.

Owns the shapes an editor writes and the ledger keeps. All are frozen. Days are
`datetime.date` in the policy's own calendar (America/New_York); intervals are
half-open `[effective_from, effective_until)`; rates are ad valorem percent as
`Decimal`. It knows nothing of storage, files or display.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TypeAlias

from tracker.core.frozen import Frozen
from tracker.core.stacking import Stacking
from tracker.core.words import (
    Basis,
    DeadlineKind,
    Doubt,
    Kind,
    PaperKind,
    Stage,
    Standing,
    Status,
)

__all__ = [
    "Claim",
    "Deadline",
    "Effect",
    "Event",
    "Frozen",
    "Instrument",
    "Source",
    "Step",
    "Text",
    "When",
    "Withdrawal",
    "Wording",
    "concerned",
    "order_of",
    "worded",
]


class Text(Frozen, frozen=True, kw_only=True):
    """Free text in up to three languages; English is always there."""

    en: str
    es: str | None = None
    fr: str | None = None

    def in_language(self, lang: str) -> tuple[str, str]:
        """The text and the language it is in: `lang` where it is translated, else English."""
        found = self.es if lang == "es" else self.fr if lang == "fr" else None
        return (found, lang) if found else (self.en, "en")


Wording: TypeAlias = str | Text
"""Words that may be English alone, or have their translations with them."""


def worded(words: Wording, lang: str = "en") -> str:
    """The words in `lang` where they are translated, else in English."""
    return words if isinstance(words, str) else words.in_language(lang)[0]


class When(Frozen, frozen=True, kw_only=True):
    """A day that is not known as a day: a range, a condition, or nothing known at all.

    `earliest` and `latest` bound it, both inclusive; either may be missing.
    `condition` says on what it depends ("if no deal is reached"). All three
    missing: not known.
    """

    earliest: date | None = None
    latest: date | None = None
    condition: Wording | None = None


class Source(Frozen, frozen=True, kw_only=True):
    """Who says so. `published` is an ISO day, month or year as far as it is known."""

    url: str
    publisher: str
    title: str
    published: str | None = None
    primary: bool = False


class Step(Frozen, frozen=True, kw_only=True):
    """One link of an instrument's chain: when it was signed, published, explained by customs."""

    stage: Stage
    day: date | None = None
    citation: str | None = None
    url: str | None = None


class Instrument(Frozen, frozen=True, kw_only=True):
    """The legal paper: an order, proclamation, notice or judgment, as lawyers cite it.

    `steps` are the links of its chain that are known, in order of time; `kind`
    says which links are due.
    """

    citation: str
    url: str | None = None
    kind: PaperKind | None = None
    steps: tuple[Step, ...] = ()


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
    rate_text: Wording | None = None
    effective_from: date | None = None
    effective_until: date | None = None
    starts: When | None = None
    ends: When | None = None
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


class Deadline(Frozen, frozen=True, kw_only=True):
    """A day set beforehand: a hearing, the close of comments, a review of the agreement.

    `key` stays the same when a later event moves or cancels it; the last word
    on a key counts. `when` stands instead of `day` where the day is not known
    as one.
    """

    key: str
    kind: DeadlineKind
    title: Text
    day: date | None = None
    when: When | None = None
    measures: tuple[str, ...] = ()
    cancelled: bool = False


class Event(Frozen, frozen=True, kw_only=True):
    """One thing that happened in the world, however many outlets report it.

    `announced` is the day the public could know. `sequence` is its place among
    the record's entries of that day. `measures` names measures the event is
    about without changing them; those of its effects need not be repeated.
    `confirms` names events whose announced start, end or text this one merely
    confirms: no second layer. `follows` names the earlier events that set this
    one off: the call before a pause, the order that a counter-measure answers.
    `stacking` says which of two measures a good pays that both reach.
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
    follows: tuple[str, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    claims: tuple[Claim, ...] = ()
    stacking: tuple[Stacking, ...] = ()
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
