"""Stacking: what a good pays that two measures reach, which of them yields, from which day on.

Owns the shape of such a rule. A rule changes no provision's state: the rates stand, and the
rule says which of them one shipment pays. What holds on a day is `precedence`.
"""

from __future__ import annotations

from datetime import date

from tracker.core.frozen import Frozen
from tracker.core.words import Relation

__all__ = ["Stacking"]


class Stacking(Frozen, frozen=True, kw_only=True):
    """How the duties of `first` stand to those of `others` on a good that both reach.

    `instead_of`: what pays `first` does not pay `others`. `on_top_of`: it pays
    both. Names are keys of measures, or `MEASURE.PROVISION` for one provision.
    The days are half-open, an end of None is open; a retroactive rule begins
    before its event was announced.
    """

    first: tuple[str, ...]
    relation: Relation
    others: tuple[str, ...]
    effective_from: date
    effective_until: date | None = None
    note: str | None = None
