"""Deadlines as a reader sees them: days set beforehand, and the days they were moved from.

How they are folded belongs to `dues`. Turns of provisions are `boards.scheduled`;
the two meet on the calendar.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tracker.core.events import When
from tracker.core.words import DeadlineKind
from tracker.site.dues import Due
from tracker.site.edition import Edition
from tracker.site.paths import measure_page
from tracker.site.told import EventView, Link, event_view
from tracker.telling.language import Said
from tracker.telling.names import deadline_name
from tracker.telling.uncertain import day_or_when

__all__ = ["DeadlineView", "deadline_view"]


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """A deadline as a reader sees it; `day_text` says what is known where `day` is not."""

    key: str
    title: Said
    kind: DeadlineKind
    word: str
    day: date | None
    day_text: str
    over: bool
    cancelled: bool
    moved_from: tuple[date, ...]
    event: EventView
    measures: tuple[Link, ...]


def deadline_view(edition: Edition, due: Due) -> DeadlineView:
    """A deadline in the words of the edition."""
    return edition.once("due", due, lambda: _view(edition, due))


def _when(edition: Edition, when: When) -> str:
    """What is known of a day: a whole year or month by its name, anything else in words."""
    first, last = when.earliest, when.latest
    if first and last and first.day == 1 and when.condition is None:
        after = last + timedelta(days=1)
        if (first.month, after) == (1, date(first.year + 1, 1, 1)):
            return str(first.year)
        if after == (first + timedelta(days=31)).replace(day=1):
            return edition.lang.month(first)
    return day_or_when(edition.lang, None, when)


def _view(edition: Edition, due: Due) -> DeadlineView:
    deadline, held = due.deadline, edition.book.world.measures
    return DeadlineView(
        key=deadline.key,
        title=edition.text(deadline.title),
        kind=deadline.kind,
        word=deadline_name(edition.lang, deadline.kind),
        day=deadline.day,
        day_text=_when(edition, deadline.when or When()),
        over=due.over(edition.today),
        cancelled=deadline.cancelled,
        moved_from=due.earlier,
        event=event_view(edition, due.event),
        measures=tuple(
            Link(measure_page(key), edition.text(held[key].title))
            for key in deadline.measures
            if key in held
        ),
    )
