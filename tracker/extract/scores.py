"""How good an extraction is: precision, recall and F1 against labelled items.

Owns the definitions of every figure we publish:

- a count is right, wrong or missed; precision is right of what was said, recall
  right of what should have been said, F1 their harmonic mean;
- relevance over all items that are not ambiguous;
- everything else over the relevant ones of these, an item wrongly taken for
  irrelevant counting as one that says nothing;
- a kind is right if it is the label or one of its accepted others; it then
  counts for the label. Macro is the mean over the kinds that are labelled;
- a slot with one value is right if it is the same value; until-dates that are
  computed from a length may be three days off. Imposers and days are said or
  not; a list is counted value by value;
- clusters by B-cubed: for each item, how much of its cluster belongs to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from tracker.extract.items import NONE, Extraction

__all__ = ["Counts", "Label", "Scores", "bcubed", "score"]

_TOLERANCE = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were right, said wrongly, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def plus(self, right: int, wrong: int, missed: int) -> Counts:
        """These and so many more."""
        return Counts(self.right + right, self.wrong + wrong, self.missed + missed)

    @property
    def precision(self) -> float | None:
        """Right of what was said; None where nothing was."""
        said = self.right + self.wrong
        return self.right / said if said else None

    @property
    def recall(self) -> float | None:
        """Right of what should have been said; None where nothing should."""
        there = self.right + self.missed
        return self.right / there if there else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both; None where there was nothing to say and nothing said."""
        whole = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / whole if whole else None


@dataclass(frozen=True, slots=True)
class Label:
    """What annotators say of one item."""

    item_id: str
    language: str
    relevant: bool
    ambiguous: bool = False
    kinds: tuple[str, ...] = (NONE,)
    imposer: str | None = None
    targets: frozenset[str] = frozenset()
    products: frozenset[str] = frozenset()
    rate_pct: Decimal | None = None
    effective_date: date | None = None
    until_date: date | None = None
    until_computed: bool = False
    cluster: str | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    """Every figure of one run. `confusion` counts (labelled kind, said kind)."""

    items: int
    relevance: Counts
    kinds: Mapping[str, Counts]
    kind_micro: Counts
    slots: Mapping[str, Counts]
    confusion: Mapping[tuple[str, str], int] = field(default_factory=dict)

    @property
    def kind_macro(self) -> float | None:
        """The mean F1 of the kinds that are labelled."""
        found = [counts.f1 or 0.0 for counts in self.kinds.values() if counts.right + counts.missed]
        return sum(found) / len(found) if found else None


def _single(said: object, meant: object, close: bool = False) -> tuple[int, int, int]:
    same = said is not None and (said == meant or close)
    return (int(same), int(said is not None and not same), int(meant is not None and not same))


def _listed(said: Iterable[str], meant: frozenset[str]) -> tuple[int, int, int]:
    given = frozenset(said)
    return len(given & meant), len(given - meant), len(meant - given)


def _near(said: date | None, label: Label) -> bool:
    meant = label.until_date
    if said is None or meant is None or not label.until_computed:
        return False
    return abs(said - meant) <= _TOLERANCE


def _slots(label: Label, said: Extraction) -> dict[str, tuple[int, int, int]]:
    start = _single(said.effective_date, label.effective_date)
    end = _single(said.until_date, label.until_date, _near(said.until_date, label))
    return {
        "imposer": _single(said.imposer, label.imposer),
        "targets": _listed(said.targets, label.targets),
        "products": _listed(said.products, label.products),
        "rate_pct": _single(said.rate_pct, label.rate_pct),
        "effective_date": start,
        "until_date": end,
        "dates": (start[0] + end[0], start[1] + end[1], start[2] + end[2]),
    }


def score(labels: Sequence[Label], said: Sequence[Extraction]) -> Scores:
    """The figures of `said` against `labels`, one each for each item, in the same order."""
    relevance, micro = Counts(), Counts()
    kinds: dict[str, Counts] = {}
    slots: dict[str, Counts] = {}
    confusion: dict[tuple[str, str], int] = {}
    clear = [pair for pair in zip(labels, said, strict=True) if not pair[0].ambiguous]
    for label, one in clear:
        relevance = relevance.plus(
            int(label.relevant and one.relevant),
            int(one.relevant and not label.relevant),
            int(label.relevant and not one.relevant),
        )
        if not label.relevant:
            continue
        fits = one.kind in label.kinds
        counted = label.kinds[0] if fits else one.kind
        confusion[label.kinds[0], counted] = confusion.get((label.kinds[0], counted), 0) + 1
        spoke = one.kind != NONE
        micro = micro.plus(int(fits), int(spoke and not fits), int(not fits))
        kinds[label.kinds[0]] = kinds.get(label.kinds[0], Counts()).plus(
            int(fits), 0, int(not fits)
        )
        if spoke and not fits:
            kinds[one.kind] = kinds.get(one.kind, Counts()).plus(0, 1, 0)
        for slot, counts in _slots(label, one).items():
            slots[slot] = slots.get(slot, Counts()).plus(*counts)
    return Scores(len(clear), relevance, kinds, micro, slots, confusion)


def bcubed(meant: Sequence[str], said: Sequence[str]) -> tuple[float, float, float] | None:
    """Precision, recall and F1 by B-cubed of two groupings of the same items; None for no items."""
    if not meant:
        return None
    precision = recall = 0.0
    for one, other in zip(meant, said, strict=True):
        both = sum(a == one and b == other for a, b in zip(meant, said, strict=True))
        precision += both / said.count(other)
        recall += both / meant.count(one)
    precision, recall = precision / len(meant), recall / len(meant)
    return precision, recall, 2 * precision * recall / (precision + recall)
