"""Viewpoints and rows: from where one looks, and what one then sees of a provision.

Owns the two shapes that every answer is made of. How a row comes about belongs
to `states`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import msgspec

from tracker.core.events import When, Wording, worded
from tracker.core.layers import Scope
from tracker.core.pending import Alternative, Pending
from tracker.core.words import ENDED, Basis, Doubt, Status

__all__ = [
    "ProvisionState",
    "Viewpoint",
    "goods_of",
    "rate_of",
    "reads_same",
    "same_ahead",
    "same_days",
    "same_goods",
    "same_rate",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewpoint:
    """From where one looks: a day, what the public knew, what the ledger held.

    `on` is a policy day; `announced_by` a day, inclusive, None for everything;
    `recorded_by` a UTC instant, inclusive, None for everything. The ledger's
    clock is applied where the world is folded (`world.fold`); here it is only
    carried along so that an answer can say from where it was seen.
    """

    on: date
    announced_by: date | None = None
    recorded_by: datetime | None = None


class ProvisionState(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Where one provision stands on the day asked about.

    `rate_pct` is ad valorem percent, None where unknown or not a percentage;
    for a pause it is the rate held back. `effective_from` is the day since when
    it has stood so, `effective_until` the day on which it was said to end, as
    known on the day asked. Where either is not known as a day, `starts` or `ends`
    says what is known; None in both `effective_until` and `ends` is an open end.
    `alternatives` are what may hold instead on this day, since a start or an
    end is not known. `events` are the events it rests on, oldest first, `doubts`
    what is doubtful about them.
    """

    measure: str
    provision: str
    imposer: str
    targets: tuple[str, ...]
    authority: str
    scope: Scope
    status: Status
    rate_pct: Decimal | None = None
    basis: Basis = Basis.FULL_VALUE
    rate_text: Wording | None = None
    effective_from: date | None = None
    effective_until: date | None = None
    starts: When | None = None
    ends: When | None = None
    alternatives: tuple[Alternative, ...] = ()
    pending: tuple[Pending, ...] = ()
    events: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def place(self) -> tuple[str, str]:
        """Measure key and provision key."""
        return (self.measure, self.provision)

    @property
    def over(self) -> bool:
        """Whether it has ended and nothing is planned: left out unless asked for."""
        return self.status in ENDED and not self.pending


def reads_same(one: ProvisionState, other: ProvisionState) -> bool:
    """Whether a reader cannot tell the two apart: equal but for the events they rest on.

    A translation that was added or mended changes no policy: wording counts in English.
    """
    if one is other:
        return True
    return (
        one.status is other.status
        and one.basis is other.basis
        and same_rate(one, other)
        and same_ahead(one, other)
        and same_days(one, other)
        and same_goods(one, other)
    )


def same_rate(one: ProvisionState, other: ProvisionState) -> bool:
    """Whether two rows read the same rate."""
    return one.rate_pct == other.rate_pct and (
        one.rate_text == other.rate_text or rate_of(one) == rate_of(other)
    )


def same_goods(one: ProvisionState, other: ProvisionState) -> bool:
    """Whether two rows of one provision fall on the same goods of the same countries."""
    alike = one.scope is other.scope and one.targets is other.targets
    return alike or goods_of(one) == goods_of(other)


def same_days(one: ProvisionState, other: ProvisionState) -> bool:
    """Whether two rows stand since and until the same days, and leave the same open."""
    if one.effective_from != other.effective_from or one.effective_until != other.effective_until:
        return False
    return (_all_known(one) and _all_known(other)) or days_of(one) == days_of(other)


def _all_known(row: ProvisionState) -> bool:
    return row.starts is None and row.ends is None and not row.alternatives


def same_ahead(one: ProvisionState, other: ProvisionState) -> bool:
    """Whether the same turns lie ahead of two rows, whichever events hold them."""
    if len(one.pending) != len(other.pending):
        return False
    return one.pending == other.pending or _ahead(one) == _ahead(other)


def _ahead(row: ProvisionState) -> object:
    return [(*_said(turn), turn.effective_from, _when(turn.when)) for turn in row.pending]


def rate_of(row: ProvisionState) -> object:
    """The rate as far as a reader can tell it apart from another."""
    return (row.rate_pct, _english(row.rate_text))


def goods_of(row: ProvisionState) -> object:
    """Who charges whom on what, under which law and condition."""
    return (_scope(row.scope), row.targets, row.imposer, row.authority)


def days_of(row: ProvisionState) -> object:
    """Since when and until when, and what may hold since a day is not known."""
    instead = [(*_said(other), _when(other.when)) for other in row.alternatives]
    known = (row.effective_from, row.effective_until)
    return (*known, _when(row.starts), _when(row.ends), instead)


def _said(turn: Pending | Alternative) -> tuple[object, ...]:
    text = _english(turn.rate_text)
    return (turn.status, turn.rate_pct, turn.basis, text, turn.scope and _scope(turn.scope))


def _scope(scope: Scope) -> object:
    return (scope.products.en, scope.hts, scope.origin)


def _when(when: When | None) -> object:
    return when and (when.earliest, when.latest, _english(when.condition))


def _english(words: Wording | None) -> str | None:
    return None if words is None else worded(words)
