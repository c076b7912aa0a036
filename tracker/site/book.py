"""One place to look up states while a site is planned: every day asked for is computed once.

Owns which days the site has pages for, what changed between two days and why, and
the course of each provision through time. Pure and without words: one book serves
every language. A cache over `core.index`, nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from tracker.core.chain import Chain, chains_of, joined
from tracker.core.compare import Comparison, Side, compare
from tracker.core.diff import Change, ChangeKind, diff
from tracker.core.events import Event
from tracker.core.index import Index
from tracker.core.measures import Measure
from tracker.core.policy import Disputed, ProvisionState, Viewpoint, disputed_claims
from tracker.core.timeline import Selection, change_dates, select_events
from tracker.core.words import PLANNED
from tracker.core.world import World
from tracker.site.dues import Due, deadlines

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
        self.index = Index(world)
        self._days: dict[date, tuple[ProvisionState, ...]] = {}
        self._learned: dict[date, tuple[Change, ...]] = {}
        self._expected: dict[Place, tuple[tuple[date, tuple[Run, ...]], ...]] = {}
        self._chains: dict[str, tuple[Chain, ...]] = {}
        self._selected: dict[Selection, tuple[Event, ...]] = {}
        self._compared: dict[tuple[Viewpoint, Viewpoint], Comparison] = {}

    def on(self, day: date) -> tuple[ProvisionState, ...]:
        """The state on a day with everything known now, in order of definition."""
        if day not in self._days:
            self._days[day] = self.index.state(Viewpoint(on=day))
        return self._days[day]

    def compared(self, start: date, end: date) -> Comparison:
        """What changed from one day to another as known now, with labels and the steps between."""
        return self._compare(Viewpoint(on=start), Viewpoint(on=end))

    def as_known(self, start: date, end: date) -> Comparison:
        """The same two days, each as it was known on that day."""
        return self._compare(
            Viewpoint(on=start, announced_by=start), Viewpoint(on=end, announced_by=end)
        )

    def learned_since(self, day: date) -> tuple[Change, ...]:
        """How one day reads now against how it read on that day: what was announced only later."""
        if day not in self._learned:
            then = self.index.state(Viewpoint(on=day, announced_by=day))
            self._learned[day] = tuple(
                change
                for change in diff(then, self.on(day))
                # Days and plans are told as they were known on the day anyway.
                if change.kind not in {ChangeKind.DATES, ChangeKind.PENDING}
            )
        return self._learned[day]

    def _compare(self, before: Viewpoint, after: Viewpoint) -> Comparison:
        pair = (before, after)
        if pair not in self._compared:
            one, other = (Side(self.world, seen, self.index) for seen in pair)
            self._compared[pair] = compare(one, other, today=self.today, steps=True)
        return self._compared[pair]

    def chains(self, measure: str) -> tuple[Chain, ...]:
        """The papers that a measure rests on, one chain for each, oldest first."""
        if measure not in self._chains:
            self._chains[measure] = tuple(self._papers(self.world.measures[measure]))
        return self._chains[measure]

    def _papers(self, measure: Measure) -> Iterator[Chain]:
        found: dict[str, list[Chain]] = {}
        for event in self.selected(Selection(measure=measure.key)):
            effects = [one for one in event.effects if one.measure == measure.key]
            confirming = [
                self.events[name]
                for name in self.related.get(event.id, {}).get("confirms", ())
                # One that names measures confirms what it says of these alone.
                if not self.events[name].measures or measure.key in self.events[name].measures
            ]
            for chain in chains_of(
                event,
                effects,
                imposer=measure.imposer,
                events=self.events,
                confirmed_by=confirming,
            ):
                found.setdefault(chain.event.id, []).append(chain)
        return (joined(chains) for _, chains in sorted(found.items()))

    @cached_property
    def deadlines(self) -> tuple[Due, ...]:
        """The last word on every deadline, by day."""
        return deadlines(self.world.events)

    def disputed(self, day: date) -> tuple[Disputed, ...]:
        """The claims about a day that are in dispute, oldest first."""
        return disputed_claims(self.world, Viewpoint(on=day))

    @cached_property
    def change_days(self) -> tuple[date, ...]:
        """Days on which what is charged changes, in order."""
        return change_dates(self.world)

    def change_before(self, day: date) -> date | None:
        """The change day before `day`, where that is one itself: the two have a comparison."""
        at = self._change_numbers.get(day, 0)
        return self.change_days[at - 1] if at else None

    @cached_property
    def _change_numbers(self) -> Mapping[date, int]:
        return {day: number for number, day in enumerate(self.change_days)}

    @cached_property
    def related(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """For each event id, which later ones withdraw, confirm or follow it, by these words."""
        found: dict[str, dict[str, tuple[str, ...]]] = {}
        for event in self.world.events:
            named = {
                "withdraws": [taken.event for taken in event.withdraws],
                "confirms": event.confirms,
                "follows": event.follows,
            }
            for how, ids in named.items():
                for name in dict.fromkeys(ids):
                    held = found.setdefault(name, {})
                    held[how] = (*held.get(how, ()), event.id)
        return found

    def announced_on(self, day: date) -> tuple[Event, ...]:
        """The events of one day of announcement, in order."""
        return self._by_day.get(day, ())

    @cached_property
    def _by_day(self) -> Mapping[date, tuple[Event, ...]]:
        grouped = groupby(self.world.events, key=lambda event: event.announced)
        return {day: tuple(events) for day, events in grouped}

    def selected(self, wanted: Selection) -> tuple[Event, ...]:
        """The events that fit, in the order in which they were announced."""
        if wanted not in self._selected:
            self._selected[wanted] = select_events(self.world, wanted)
        return self._selected[wanted]

    @cached_property
    def page_days(self) -> tuple[date, ...]:
        """Days that have a page of their own: change days and days of announcement, in order."""
        announced = {event.announced for event in self.world.events}
        return tuple(sorted(announced | set(self.change_days)))

    @cached_property
    def with_page(self) -> frozenset[date]:
        """The days that have a page of their own."""
        return frozenset(self.page_days)

    @cached_property
    def _runs(self) -> Mapping[Place, tuple[Run, ...]]:
        return {place: self._course(place, None) for place in self.index.places()}

    def _course(self, place: Place, known: date | None) -> tuple[Run, ...]:
        course: list[tuple[date, ProvisionState | None]] = []
        for day in self.index.edges(place):
            row = self.index.row(place, on=day, announced_by=known)
            if not course or _look(course[-1][1]) != _look(row):
                course.append((day, row))
        return _closed(course)

    def expected(self, place: Place) -> tuple[tuple[date, tuple[Run, ...]], ...]:
        """How a provision was expected to go, by each day up to today that changed it, in order."""
        if place not in self._expected:
            found: list[tuple[date, tuple[Run, ...]]] = []
            for known in self.index.depths(place):
                runs = self._course(place, known)
                if known <= self.today and runs and not (found and _alike(found[-1][1], runs)):
                    found.append((known, runs))
            self._expected[place] = tuple(found)
        return self._expected[place]

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


def _alike(one: tuple[Run, ...], other: tuple[Run, ...]) -> bool:
    """Whether two courses read the same all along."""
    plain = ([(run.start, run.until, _look(run.state)) for run in runs] for runs in (one, other))
    return next(plain) == next(plain)


def _closed(course: list[tuple[date, ProvisionState | None]]) -> tuple[Run, ...]:
    ends = [day for day, _ in course[1:]]
    return tuple(
        Run(day, until, row)
        for (day, row), until in zip(course, [*ends, None], strict=True)
        if row is not None
    )
