"""One place to look up states while a site is planned: every day asked for is computed once.

Owns which days the site has pages for, what changed between two days and why, and
the course of each provision through time. Pure and without words: one book serves
every language. A cache over `core.index` whose every question is noted in `reads`
by the name of what was asked; `since` says which answers a later book gives otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterator, Mapping
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import TypeVar, cast

from tracker.core.adoption import adopt
from tracker.core.chain import Chain
from tracker.core.compare import Comparison, Side, compare
from tracker.core.diff import Change
from tracker.core.events import Event
from tracker.core.index import Index, Place
from tracker.core.measures import Measure
from tracker.core.outline import Happening
from tracker.core.policy import Disputed, ProvisionState, Viewpoint, claimed, claiming
from tracker.core.timeline import Selection, by_name, change_dates, not_covered, select_events
from tracker.core.world import World
from tracker.site.daily import learned_of, news_of
from tracker.site.dues import Due, deadlines
from tracker.site.reads import Key, Reads, noted, noted_days, noted_mapping
from tracker.site.relating import chains_on, related, speaking
from tracker.site.runs import Run, course_of, expected_of

__all__ = ["Book", "Place", "Run"]

_Answer = TypeVar("_Answer")


class Book:
    """Everything the pages look up about one world as of one policy day.

    A book that follows a `former` one of the same day shares its index's answers;
    `differing` are then the provisions that may read otherwise than there. One that none
    will follow is not `followed` and notes nothing.
    """

    def __init__(
        self, world: World, today: date, former: Book | None = None, *, followed: bool = True
    ) -> None:
        self.held = world
        self.today = today
        self.reads = Reads(wanted=followed)
        self.kept: dict[Key, object] = {}
        """Answers by question, to be looked at and filled by `since` alone."""
        self.answers = Index(world)
        differing = None if former is None else adopt(self.answers, former.answers)
        self.differing = differing or frozenset()
        self.by_id: Mapping[str, Event] = {event.id: event for event in world.events}
        """Every event; looking at it here is not noted."""

    @property
    def world(self) -> World:
        """What the ledger says; what is looked at of it is noted."""
        return noted(self.held, self.reads, "world")

    @property
    def measures(self) -> Mapping[str, Measure]:
        """Every measure by its key: what they are is the same for all that one day's books say."""
        return self.held.measures

    @property
    def events(self) -> Mapping[str, Event]:
        """Every event by its id."""
        return noted_mapping(self.by_id, self.reads, "events")

    @property
    def index(self) -> Index:
        """What answers for provisions: whoever takes it in hand has read all of it."""
        self.reads.note("index")
        return self.answers

    def _asked(self, make: Callable[[], _Answer], *key: Hashable) -> _Answer:
        """The answer to a question, noted, and worked out once."""
        self.reads.note(*key)
        return self._kept(make, *key)

    def _kept(self, make: Callable[[], _Answer], *key: Hashable) -> _Answer:
        if key not in self.kept:
            self.kept[key] = make()
        return cast("_Answer", self.kept[key])

    def on(self, day: date) -> tuple[ProvisionState, ...]:
        """The state on a day with everything known now, in order of definition."""
        return self._asked(lambda: self.answers.state(Viewpoint(on=day)), "on", day)

    def rows_of(self, measure: str, day: date) -> tuple[ProvisionState, ...]:
        """The state of one measure on a day, in order of definition."""
        self.reads.note("rows_of", measure, day)
        seen = Viewpoint(on=day)
        rows = self._kept(lambda: self.answers.state(seen), "on", day)
        return tuple(row for row in rows if row.measure == measure)

    def compared(self, start: date, end: date) -> Comparison:
        """What changed from one day to another as known now, with labels and the steps between."""
        seen = (Viewpoint(on=start), Viewpoint(on=end))
        return self._asked(lambda: self._compare(*seen), "compared", start, end)

    def as_known(self, start: date, end: date) -> Comparison:
        """The same two days, each as it was known on that day."""
        seen = (Viewpoint(on=day, announced_by=day) for day in (start, end))
        return self._asked(lambda: self._compare(*seen), "as_known", start, end)

    def _compare(self, before: Viewpoint, after: Viewpoint) -> Comparison:
        one, other = (Side(self.held, seen, self.answers) for seen in (before, after))
        return compare(one, other, today=self.today, steps=True)

    def learned_since(self, day: date) -> tuple[Change, ...]:
        """How one day reads now against how it read on that day: what was announced only later."""
        return self._asked(lambda: learned_of(self.answers, day), "learned_since", day)

    def news(self, day: date) -> tuple[Change, ...]:
        """How a day read on that day against how the day before read then, plans included.

        What was announced later bears on neither.
        """
        return self._asked(lambda: news_of(self.answers, day), "news", day)

    def chains(self, measure: str) -> tuple[Chain, ...]:
        """The papers that a measure rests on, one chain for each, oldest first."""
        made = self.kept.get(("chains", measure))
        if made is None:
            with self.reads.gathered() as reads:
                chains = tuple(self._papers(measure))
            made = self.kept["chains", measure] = (chains, frozenset(reads))
        found, reads_of = cast("tuple[tuple[Chain, ...], frozenset[Key]]", made)
        self.reads.note_all(reads_of)
        return found

    def _papers(self, measure: str) -> Iterator[Chain]:
        events = self.selected(Selection(measure=measure))
        confirmed = {
            event.id: [
                self.events[name] for name in self.related.get(event.id, {}).get("confirms", ())
            ]
            for event in events
        }
        return chains_on(self.measures[measure], events, confirmed, self.events)

    @property
    def deadlines(self) -> tuple[Due, ...]:
        """The last word on every deadline, by day."""
        return self._asked(lambda: deadlines(self.held.events), "deadlines")

    @property
    def silent(self) -> tuple[str, ...]:
        """The measures of which no event speaks yet, in order of definition."""
        return self._asked(lambda: not_covered(self.held), "silent")

    def disputed(self, day: date) -> tuple[Disputed, ...]:
        """The claims about a day that are in dispute, oldest first."""
        seen = Viewpoint(on=day)
        return self._asked(lambda: claimed(self.held, self._claiming, seen), "disputed", day)

    @cached_property
    def _claiming(self) -> tuple[Happening, ...]:
        return claiming(self.held)

    @property
    def change_days(self) -> tuple[date, ...]:
        """Days on which what is charged changes, in order."""
        return self._asked(lambda: change_dates(self.held), "change_days")

    def change_before(self, day: date) -> date | None:
        """The change day before `day`, where that is one itself: the two have a comparison."""
        self.reads.note("change_before", day)
        return self._change_before.get(day)

    @cached_property
    def _change_before(self) -> Mapping[date, date]:
        days = change_dates(self.held)
        return dict(zip(days[1:], days, strict=False))

    @property
    def related(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """For each event id, which later ones withdraw, confirm or follow it, by these words."""
        return noted_mapping(self._related, self.reads, "related")

    @cached_property
    def _related(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        return related(self.held.outlines)

    def announced_on(self, day: date) -> tuple[Event, ...]:
        """The events of one day of announcement, in order."""
        self.reads.note("announced_on", day)
        return self._by_day.get(day, ())

    @cached_property
    def _by_day(self) -> Mapping[date, tuple[Event, ...]]:
        grouped = groupby(self.held.events, key=lambda event: event.announced)
        return {day: tuple(events) for day, events in grouped}

    def speaking_of(self, place: Place) -> tuple[Event, ...]:
        """The events that say something of a provision, or take back what was said of it."""
        self.reads.note("speaking_of", place)
        return tuple(self.by_id[event.id] for event in self._speaking.get(place, ()))

    @cached_property
    def _speaking(self) -> Mapping[Place, tuple[Happening, ...]]:
        return speaking(self.held.outlines)

    def selected(self, wanted: Selection) -> tuple[Event, ...]:
        """The events that fit, in the order in which they were announced."""
        return self._asked(lambda: self._select(wanted), "selected", wanted)

    def _select(self, wanted: Selection) -> tuple[Event, ...]:
        if wanted.measure is None or wanted != Selection(measure=wanted.measure):
            return select_events(self.held, wanted)
        return self._by_name.get(wanted.measure.rstrip("."), ())

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[Event, ...]]:
        return by_name(self.held)

    @property
    def page_days(self) -> tuple[date, ...]:
        """Days that have a page of their own: change days and days of announcement, in order."""
        return self._asked(lambda: tuple(sorted(self._with_page)), "page_days")

    @property
    def with_page(self) -> Container[date]:
        """The days that have a page of their own, to be asked one by one."""
        return noted_days(self._with_page, self.reads, "with_page")

    @cached_property
    def _with_page(self) -> frozenset[date]:
        announced = {event.announced for event in self.held.outlines}
        return frozenset(announced | set(change_dates(self.held)))

    def course(self, place: Place) -> tuple[Run, ...]:
        """How a provision read through time, oldest first, without days that say nothing."""
        return self._asked(lambda: course_of(self.answers, place), "course", place)

    def expected(self, place: Place) -> tuple[tuple[date, tuple[Run, ...]], ...]:
        """How a provision was expected to go, by each day up to today that changed it, in order."""
        return self._asked(lambda: expected_of(self.answers, place, self.today), "expected", place)
