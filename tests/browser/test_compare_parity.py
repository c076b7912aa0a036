"""The browser's state and diff against the core's: every row, label, cause and step."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise, product
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.compare_worlds import FIRST, SPAN_DAYS, TODAY, made_up_world, viewpoints
from tests.browser.conftest import TODAY as RECORD_TODAY
from tests.browser.conftest import recorded
from tests.site.worlds import TEMPLATES
from tracker.core.compare import Comparison, Side, compare
from tracker.core.diff import Change
from tracker.core.events import When, worded
from tracker.core.index import Index, Place
from tracker.core.layers import Scope
from tracker.core.pending import Alternative, Pending
from tracker.core.policy import Viewpoint
from tracker.core.rows import ProvisionState
from tracker.core.timeline import change_dates
from tracker.core.world import World
from tracker.site.compare_data import compare_data

Pair = tuple[Viewpoint, Viewpoint]
RANDOM_PAIRS = 2000
BATCH = 500

# Answers name rows by number; a number stands for a row that says exactly the same.
ANSWERS = """(data, pairs) => JSON.stringify(pairs.map(([from, to]) => {
  const seen = ([on, known]) => ({on: Tracker.dayNumber(data, on),
    known: known && Tracker.dayNumber(data, known)});
  const row = r => r ? r.number : -1;
  const told = c => [c.place.number, c.kind, row(c.before), row(c.after),
    c.events.map(n => data.events[n].id), c.label,
    c.steps.map(s => [Tracker.isoDay(data, s.day), told(s.change)])];
  const found = Tracker.compare(data, seen(from), seen(to));
  const {on, known} = seen(from);
  const state = data.places.map(place => [place.number, row(Tracker.rowAt(place, on, known))]);
  return [state.filter(([, number]) => number >= 0),
    found.changes.map(told), found.returned.map(told), found.swapped];
}))"""


@dataclass
class Asked:
    """A world in the browser and in the core."""

    page: Page
    world: World
    today: date

    @cached_property
    def index(self) -> Index:
        return Index(self.world)

    @cached_property
    def places(self) -> dict[Place, int]:
        return {place: number for number, place in enumerate(self.index.places())}

    @cached_property
    def _kept(self) -> dict[int, tuple[int, ProvisionState]]:
        return {}

    @cached_property
    def _numbers(self) -> dict[str, int]:
        """The numbers of the document's rows, by all that a row says; the browser has it then."""
        data = compare_data(self.index, self.today)
        self.page.evaluate("document => { window.asked = Tracker.read(document) }", data.document)
        numbers = {json.dumps(spelt(row)): number for number, row in enumerate(data.rows)}
        assert len(numbers) == len(data.rows) == len(data.document["rows"])
        return numbers

    def number(self, row: ProvisionState | None) -> int:
        """The browser's number of a row that says exactly the same; -1 for silence."""
        if row is None:
            return -1
        kept = self._kept.get(id(row))
        if kept is None:
            # The row is kept with its number: no other can take its place.
            kept = self._kept[id(row)] = (self._numbers[json.dumps(spelt(row))], row)
        return kept[0]

    def state(self, seen: Viewpoint) -> list[list[int]]:
        return [[self.places[row.place], self.number(row)] for row in self.index.state(seen)]

    def told(self, change: Change) -> list[Any]:
        label = None if change.label is None else str(change.label)
        return [
            self.places[change.subject.place],
            str(change.kind),
            self.number(change.before),
            self.number(change.after),
            list(change.events),
            label,
            [[step.day.isoformat(), self.told(step.change)] for step in change.steps],
        ]

    def compared(self, pair: Pair) -> Comparison:
        before, after = (Side(self.world, seen, self.index) for seen in pair)
        return compare(before, after, today=self.today, steps=True)

    def expected(self, pair: Pair) -> list[Any]:
        found = self.compared(pair)
        changes = [self.told(change) for change in found.changes]
        returned = [self.told(change) for change in found.returned]
        return [self.state(pair[0]), changes, returned, found.swapped]

    def answers(self, pairs: Sequence[Pair]) -> Iterator[list[Any]]:
        """What the browser says of each pair, in order."""
        assert self._numbers
        for at in range(0, len(pairs), BATCH):
            asked = [[_sent(seen) for seen in pair] for pair in pairs[at : at + BATCH]]
            # As one text: the browser's protocol is slow with nested lists.
            yield from json.loads(
                self.page.evaluate(f"pairs => ({ANSWERS})(window.asked, pairs)", asked)
            )

    def hold(self, pairs: Sequence[Pair]) -> int:
        """Every pair compared; how many changes there were. Raises: AssertionError."""
        changes = 0
        for pair, found in zip(pairs, self.answers(pairs), strict=True):
            expected = self.expected(pair)
            assert found == expected, pair
            changes += len(expected[1])
        return changes


def _sent(seen: Viewpoint) -> list[str | None]:
    known = seen.announced_by
    return [seen.on.isoformat(), None if known is None else known.isoformat()]


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _when(when: When | None) -> object:
    if when is None:
        return None
    condition = None if when.condition is None else worded(when.condition)
    return [_day(when.earliest), _day(when.latest), condition]


def _scope(scope: Scope | None) -> object:
    return None if scope is None else [scope.products.en, list(scope.hts), scope.origin]


def _said(said: ProvisionState | Pending | Alternative) -> list[object]:
    rate = None if said.rate_pct is None else f"{said.rate_pct.normalize():f}"
    text = None if said.rate_text is None else worded(said.rate_text)
    return [str(said.status), rate, str(said.basis), text, _scope(said.scope)]


def spelt(row: ProvisionState) -> list[object]:
    """Every field of a row but what its provision says of itself, exact."""
    return [
        *_said(row),
        _day(row.effective_from),
        _day(row.effective_until),
        _when(row.starts),
        _when(row.ends),
        [[*_said(other), other.event, _when(other.when)] for other in row.alternatives],
        [
            [*_said(turn), turn.event, _day(turn.effective_from), _when(turn.when)]
            for turn in row.pending
        ],
        list(row.events),
        [str(doubt) for doubt in row.doubts],
    ]


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    opened.add_script_tag(path=TEMPLATES / "static" / "compare-core.js")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def record() -> World:
    return recorded()


def test_the_record_on_every_pair_of_change_days(page: Page, record: World) -> None:
    asked = Asked(page, record, RECORD_TODAY)
    days = change_dates(record)
    now = [(Viewpoint(on=start), Viewpoint(on=end)) for start, end in product(days, days)]
    assert len(now) > 2000
    assert asked.hold(now) > 10_000
    # As known then: each day with the knowledge of that day, and the same day then and now.
    then = [
        (Viewpoint(on=start, announced_by=start), Viewpoint(on=end, announced_by=known))
        for start, end in pairwise(days)
        for known in (end, None)
    ]
    late = [(Viewpoint(on=day, announced_by=day), Viewpoint(on=day)) for day in days]
    assert asked.hold([*then, *late]) > 100


def test_the_record_on_random_pairs(page: Page, record: World) -> None:
    chance = Random(20261125)  # noqa: S311 - the same pairs every time
    first, last = change_dates(record)[0], RECORD_TODAY
    seen = viewpoints(chance, first, (last - first).days + 300, 2 * RANDOM_PAIRS)
    pairs = list(zip(seen[::2], seen[1::2], strict=True))
    assert Asked(page, record, RECORD_TODAY).hold(pairs) > 10_000


@pytest.mark.parametrize("seed", range(8))
def test_made_up_worlds_on_random_pairs(page: Page, seed: int) -> None:
    asked = Asked(page, made_up_world(seed), TODAY)
    seen = viewpoints(Random(seed), FIRST, SPAN_DAYS, 500)  # noqa: S311 - the same every time
    assert asked.hold(list(zip(seen[::2], seen[1::2], strict=True))) > 500
