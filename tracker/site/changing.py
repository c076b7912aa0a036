"""Changes as a reader of one edition sees them: both sides, points, why, and the steps between.

Owns the shape of a change and of a whole comparison. Which days are compared
belongs to the pages. Paths are from the root of the edition.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.core.compare import Comparison
from tracker.core.diff import Change, ChangeKind, Step
from tracker.core.words import Label
from tracker.site.edition import Edition
from tracker.site.names import label_count, label_meaning
from tracker.site.told import EventView, event_views
from tracker.site.views import RowView, row_view
from tracker.telling.changes import (
    change_sentence,
    difference_points,
    headline,
    points_text,
    returned_sentence,
)
from tracker.telling.names import change_name, label_name

__all__ = [
    "ChangeView",
    "ComparedView",
    "LabelView",
    "StepView",
    "change_view",
    "compared_view",
    "label_views",
]


@dataclass(frozen=True, slots=True)
class LabelView:
    """Why two readings differ, in a word, with what the word means."""

    label: Label
    word: str
    meaning: str


@dataclass(frozen=True, slots=True)
class StepView:
    """One turn on the way, on the day on which it shows."""

    day: date
    sentence: str
    label: LabelView | None
    causes: tuple[EventView, ...]


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One provision before and after, the difference in points charged, why, and the causes.

    `alike` tells that both plates read the same, so that only the sentence says
    what changed. `points` is empty where a difference cannot be said or is none;
    `points_text` says it in full. `steps` are empty where there was but one.
    """

    kind: ChangeKind
    word: str
    label: LabelView | None
    subject: RowView
    before: RowView | None
    after: RowView | None
    points: str
    points_text: str
    sentence: str
    alike: bool
    causes: tuple[EventView, ...]
    effective: date | None
    steps: tuple[StepView, ...]


@dataclass(frozen=True, slots=True)
class ComparedView:
    """A whole comparison: the headline, counts by reason, rows, and what went and came back."""

    headline: str
    tally: tuple[tuple[LabelView, str], ...]
    changes: tuple[ChangeView, ...]
    returned: tuple[ChangeView, ...]


_ALIKE = frozenset({ChangeKind.BASIS, ChangeKind.SCOPE, ChangeKind.DATES, ChangeKind.PENDING})


def label_views(edition: Edition) -> tuple[LabelView, ...]:
    """Every label, in the order of the words."""
    return tuple(_label(edition, label) for label in Label)


def _label(edition: Edition, label: Label) -> LabelView:
    lang = edition.lang
    return LabelView(label, label_name(lang, label), label_meaning(lang, label))


def change_view(edition: Edition, change: Change) -> ChangeView:
    """One change of a comparison. The label is left out where none was worked out."""
    return edition.once("change", change, lambda: _change(edition, change, returned=False))


def _change(edition: Edition, change: Change, *, returned: bool) -> ChangeView:
    lang = edition.lang
    subject, after = row_view(edition, change.subject), change.after
    points = None if returned else difference_points(change)
    effective = None
    if change.kind is not ChangeKind.PENDING and after is not None and not returned:
        effective = after.effective_from
    many = returned or len(change.steps) > 1
    return ChangeView(
        kind=change.kind,
        word=change_name(lang, change.kind),
        label=None if change.label is None else _label(edition, change.label),
        subject=subject,
        before=None if change.before is None else row_view(edition, change.before),
        after=None if after is None else subject,
        points=_signed(edition, points) if points else "",
        points_text=points_text(lang, points),
        sentence=returned_sentence(lang, change) if returned else change_sentence(lang, change),
        alike=change.kind in _ALIKE,
        causes=event_views(edition, change.events),
        effective=effective,
        steps=tuple(_step(edition, step) for step in change.steps) if many else (),
    )


def _signed(edition: Edition, points: Decimal) -> str:
    sign = "+" if points > 0 else "\N{MINUS SIGN}"
    return sign + edition.lang.number(abs(points))


def _step(edition: Edition, step: Step) -> StepView:
    change = step.change
    return StepView(
        day=step.day,
        sentence=change_sentence(edition.lang, change),
        label=None if change.label is None else _label(edition, change.label),
        causes=event_views(edition, change.events),
    )


def compared_view(edition: Edition, found: Comparison) -> ComparedView:
    """A comparison in the words of the edition; made once for each."""
    return edition.once("compared", found, lambda: _compared(edition, found))


def _compared(edition: Edition, found: Comparison) -> ComparedView:
    return ComparedView(
        headline=headline(edition.lang, found.changes),
        tally=_tally(edition, found.changes),
        changes=tuple(change_view(edition, change) for change in found.changes),
        returned=tuple(_change(edition, one, returned=True) for one in found.returned),
    )


def _tally(edition: Edition, changes: Sequence[Change]) -> tuple[tuple[LabelView, str], ...]:
    counts = Counter(change.label for change in changes)
    return tuple(
        (_label(edition, label), label_count(edition.lang, label, counts[label]))
        for label in Label
        if counts[label]
    )
