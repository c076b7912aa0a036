"""One place to look up states while a site is planned: every day asked for is computed once.

Owns which days the site has pages for and the course of each provision
through time. Pure: a cache over `core.index`, nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tracker.core.diff import Change, diff
from tracker.core.events import Event
from tracker.core.index import Index
from tracker.core.policy import Disputed, ProvisionState, Viewpoint, disputed_claims
from tracker.core.timeline import change_dates
from tracker.core.words import PLANNED
from tracker.core.world import World

__all__ = ["Book", "Place", "Run"]

Place = tuple[str, str]
"""Measure key and provision key."""


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive days `[start, until)` on which a provision reads the same; None is open.

    `state` is the provision's state on the first of them.
    """

    start: date
    until: date | None
    state: ProvisionState


class Book:
    """Everything the pages look up about one world as of one policy day."""

    def __init__(self, world: World, today: date) -> None:
        self.world = world
        self.today = today
        self.events: Mapping[str, Event] = {event.id: event for event in world.events}
        self._index = Index(world)
        self._days: dict[date, tuple[ProvisionState, ...]] = {}

    def on(self, day: date) -> tuple[ProvisionState, ...]:
        """The state on a day with everything known now, in order of definition."""
        if day not in self._days:
            self._days[day] = self._index.state(Viewpoint(on=day))
        return self._days[day]

    def between(self, start: date, end: date) -> tuple[Change, ...]:
        """What changed from one day to another, as known now."""
        return diff(self.on(start), self.on(end))

    def disputed(self, day: date) -> tuple[Disputed, ...]:
        """The claims about a day that are in dispute, oldest first."""
        return disputed_claims(self.world, Viewpoint(on=day))

    @cached_property
    def change_days(self) -> tuple[date, ...]:
        """Days on which what is charged changes, in order."""
        return change_dates(self.world)

    @cached_property
    def page_days(self) -> tuple[date, ...]:
        """Days that have a page of their own: change days and days of announcement, in order."""
        announced = {event.announced for event in self.world.events}
        return tuple(sorted(announced | set(self.change_days)))

    @cached_property
    def _runs(self) -> Mapping[Place, tuple[Run, ...]]:
        found: dict[Place, tuple[Run, ...]] = {}
        for place in self._index.places():
            course: list[tuple[date, ProvisionState | None]] = []
            for day in self._index.edges(place):
                row = self._index.row(place, on=day)
                if not course or _look(course[-1][1]) != _look(row):
                    course.append((day, row))
            found[place] = _closed(course)
        return found

    def course(self, place: Place) -> tuple[Run, ...]:
        """How a provision read through time, oldest first, without days that say nothing."""
        return self._runs.get(place, ())


def _look(row: ProvisionState | None) -> object:
    """What a reader can tell two stretches of days apart by."""
    if row is None:
        return None
    if row.status in PLANNED and row.pending:
        turn = row.pending[0]
        return (row.status, turn.rate_pct, turn.basis, turn.rate_text, turn.effective_from)
    instead = [(other.status, other.rate_pct, other.when) for other in row.alternatives]
    return (row.status, row.rate_pct, row.basis, row.rate_text, row.scope, instead)


def _closed(course: list[tuple[date, ProvisionState | None]]) -> tuple[Run, ...]:
    ends = [day for day, _ in course[1:]]
    return tuple(
        Run(day, until, row)
        for (day, row), until in zip(course, [*ends, None], strict=True)
        if row is not None
    )
