"""The review of the agreement: its path from the first consultation to the end of its term.

Owns which steps of the record belong to that path, and the drawing of it. It
knows no calendar of the agreement by itself: every day here was set by an event.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from tracker.core.events import Event
from tracker.core.words import DeadlineKind, Kind
from tracker.site.axis import Axis
from tracker.site.deadlines import DeadlineView, deadline_view
from tracker.site.dues import Due
from tracker.site.edition import Edition
from tracker.site.markup import filled
from tracker.site.model import Page
from tracker.site.paths import REVIEW
from tracker.site.told import EventView, event_view

__all__ = ["ReviewView", "review_page", "review_view"]

_WIDTH, _HEIGHT, _LINE = 1080, 76, 44


@dataclass(frozen=True, slots=True)
class ReviewView:
    """Where the review stands: the last step taken, what is next, and when the term ends."""

    last: EventView | None
    next: DeadlineView | None
    term: DeadlineView | None
    drawn: Markup


def _on_path(due: Due) -> bool:
    """Whether a deadline is a step of the review: by its kind, or by the words of its key."""
    words = due.deadline.key.replace("-", ".").split(".")
    return due.deadline.kind is DeadlineKind.REVIEW or "review" in words or "usmca" in words


def _steps(edition: Edition) -> tuple[list[Due], list[Event]]:
    """The deadlines of the path, and its events: its own kind, and those that set these days."""
    path = [due for due in edition.book.deadlines if _on_path(due)]
    setting = {due.event.id for due in path}
    events = [
        event
        for event in edition.book.world.events
        if event.kind is Kind.REVIEW_STEP or event.id in setting
    ]
    return path, events


def review_view(edition: Edition) -> ReviewView | None:
    """Where the review stands today; None where the record holds nothing of it."""
    path, events = _steps(edition)
    today = edition.today
    known = [event for event in events if event.announced <= today]
    ahead = [due for due in path if not due.over(today) and due.deadline.day]
    if not path and not known:
        return None
    term = next((due for due in reversed(path) if due.deadline.day), None)
    return ReviewView(
        last=event_view(edition, known[-1]) if known else None,
        next=deadline_view(edition, ahead[0]) if ahead else None,
        term=deadline_view(edition, term) if term and not term.over(today) else None,
        drawn=_picture(edition, path),
    )


def review_page(edition: Edition) -> Page:
    """The path of the review: where it stands, what is ahead, what has been."""
    path, events = _steps(edition)
    lang = edition.lang
    return Page(
        REVIEW,
        "review.html",
        {
            "title": lang.say("title", "The review of the agreement"),
            "description": lang.say(
                "description",
                "The joint review of the USMCA under Article 34.7: consultations, hearings, "
                "reports, 1 July 2026, the yearly reviews and the end of the term.",
            ),
            "section": "review",
            "data": "data/events.json",
            "review": review_view(edition),
            "ahead": tuple(
                deadline_view(edition, due) for due in path if not due.over(edition.today)
            ),
            "past": tuple(
                deadline_view(edition, due) for due in reversed(path) if due.over(edition.today)
            ),
            "events": tuple(event_view(edition, event) for event in reversed(events)),
        },
    )


def _picture(edition: Edition, path: Sequence[Due]) -> Markup:
    """The path as a line of years: a mark for each step, filled where its day has gone by."""
    placed = [(due, day) for due in path if (day := due.deadline.day or due.latest)]
    if not placed:
        return Markup("")
    today = edition.today
    days = [day for _, day in placed]
    axis = Axis(
        min(*days, today).replace(month=1, day=1), max(*days, today) + timedelta(days=90), _WIDTH
    )
    years = range(axis.start.year, axis.end.year + 1)
    grid = [
        filled(
            '<path class="ax" d="M{} 26V{}"/><text class="al" x="{}" y="20">{}</text>',
            axis.x(date(year, 1, 1)),
            _HEIGHT - 12,
            axis.x(date(year, 1, 1)) + 3,
            year,
        )
        for year in years
        if date(year, 1, 1) < axis.end
    ]
    return filled(
        '<svg class="bands road" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" '
        'aria-labelledby="road-t"><title id="road-t">{title}</title>{grid}'
        '<path class="way" d="M0 {y}H{w}"/><path class="now" d="M{now} 8V{h}"/>{marks}</svg>',
        w=_WIDTH,
        h=_HEIGHT,
        y=_LINE,
        now=axis.x(today),
        title=edition.lang.say(
            "review",
            "The path of the review, {start} to {end}; the lists on this page say the same",
            start=str(axis.start.year),
            end=str(axis.end.year),
        ),
        grid=Markup("").join(grid),
        marks=Markup("").join(_mark(edition, axis, due, day) for due, day in placed),
    )


def _mark(edition: Edition, axis: Axis, due: Due, day: date) -> Markup:
    """One step, with its name for whoever points at it; a whole year is drawn as a bar."""
    when, view = due.deadline.when, deadline_view(edition, due)
    tone = "done" if due.over(edition.today) else "due"
    said = f"{view.title.text}: {edition.day(day) if due.deadline.day else view.day_text}"
    if when is not None and when.earliest is not None and due.deadline.day is None:
        start = axis.x(when.earliest)
        width = round(max(axis.x(day) - start, 4), 1)
        return filled(
            '<rect class="{}" x="{}" y="{}" width="{}" height="8">{}</rect>',
            tone,
            start,
            _LINE - 4,
            width,
            filled("<title>{}</title>", said),
        )
    return filled(
        '<circle class="{}" cx="{}" cy="{}" r="7">{}</circle>',
        tone,
        axis.x(day),
        _LINE,
        filled("<title>{}</title>", said),
    )
