"""What the sources of a candidate say together, and where they do not say the same.

Owns the vote: what a value is for the queue is what most sources say, and every other
value is kept with who says it. Nothing is averaged and nothing invented.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from tracker.review.desk import Claimed, Disagreement, SourceView

__all__ = ["NO_KIND", "Agreed", "agreed_of"]

NO_KIND = "none"
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """The value of each slot that most sources say; None or empty where none says one.

    `rates` are all that are claimed, ascending; `apart` lists the slots on which sources
    differ. `rate_pct` and the days are None where they differ: a figure is never chosen.
    """

    kind: str
    imposer: str | None
    targets: tuple[str, ...]
    products: tuple[str, ...]
    rate_pct: Decimal | None
    effective_from: date | None
    effective_until: date | None
    rates: tuple[Decimal, ...]
    apart: tuple[Disagreement, ...]

    def differs(self, slot: str) -> bool:
        """Whether sources say different things of a slot."""
        return any(one.slot == slot for one in self.apart)


def _kind(says: Claimed) -> str | None:
    return None if says.kind == NO_KIND else says.kind


_SLOTS: tuple[tuple[str, Callable[[Claimed], object]], ...] = (
    ("kind", _kind),
    ("imposer", lambda says: says.imposer),
    ("targets", lambda says: tuple(sorted(says.targets)) or None),
    ("products", lambda says: tuple(sorted(says.products)) or None),
    ("rate_pct", lambda says: says.rate_pct),
    ("effective_date", lambda says: says.effective_from),
    ("until_date", lambda says: says.effective_until),
)
"""How each slot is read of what a source says; None where it does not say."""


def _spelled(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)


def _apart(sources: Sequence[SourceView]) -> tuple[Disagreement, ...]:
    found = []
    for slot, read in _SLOTS:
        said: dict[str, dict[str, None]] = {}
        for source in sources:
            value = read(source.says)
            if value is not None:
                said.setdefault(_spelled(value), {})[source.publisher] = None
        if len(said) > 1:
            ranked = sorted(said.items(), key=lambda one: (-len(one[1]), one[0]))
            found.append(Disagreement(slot, tuple((value, (*who,)) for value, who in ranked)))
    return tuple(found)


def _most(values: Sequence[T]) -> T | None:
    """What is said most often; of equals what sorts first as text."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], str(value)), default=None)


def _only(values: Sequence[T]) -> T | None:
    """What all say that say anything, else None."""
    return values[0] if values and len(set(values)) == 1 else None


def agreed_of(sources: Sequence[SourceView]) -> Agreed:
    """What the sources say together."""
    says = [source.says for source in sources]
    rates = [one.rate_pct for one in says if one.rate_pct is not None]
    starts = [one.effective_from for one in says if one.effective_from is not None]
    ends = [one.effective_until for one in says if one.effective_until is not None]
    return Agreed(
        kind=_most([one.kind for one in says if one.kind != NO_KIND]) or NO_KIND,
        imposer=_most([one.imposer for one in says if one.imposer is not None]),
        targets=_most([tuple(sorted(one.targets)) for one in says if one.targets]) or (),
        products=_most([tuple(sorted(one.products)) for one in says if one.products]) or (),
        rate_pct=_only(rates),
        effective_from=_only(starts),
        effective_until=_only(ends),
        rates=tuple(sorted(set(rates))),
        apart=_apart(sources),
    )
