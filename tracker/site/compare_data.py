"""What a browser needs to answer for any two viewpoints: one small document for all languages.

Owns the shape of `data/compare.js`: the rectangles of both clocks with their rows,
each thing once in a table and named by its number, days as numbers from one base.
What tells rows apart is worked out here, so that a script compares numbers alone.
Sentences are no part of it; free text stands in English, its translations in
`compare_words`. What `templates/static/compare-core.js` makes of it is what the core says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tracker.core.coverage import coverage_of
from tracker.core.events import Event, Wording
from tracker.core.index import Index, Place
from tracker.core.layers import Scope
from tracker.core.measures import Measure, targets_of
from tracker.core.pending import Pending
from tracker.core.rectangles import EVER, Rectangle, rectangles
from tracker.core.rows import ProvisionState
from tracker.core.timeline import change_dates
from tracker.core.words import PARTIES, Basis, Kind, Status
from tracker.site.compare_keys import ahead_key, days_key, rate_key, scope_key, whole_key
from tracker.site.compare_tables import Table, bearing, first_day, number_of, short
from tracker.site.text import outward

__all__ = ["FORMAT", "CompareData", "compare_data"]

FORMAT = 2
"""The version of the shape: a script refuses another."""

Json = dict[str, Any]
_Pair = tuple[str, tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class CompareData:
    """The document, and what its words are told from, in the order of the numbers.

    `rows`, `turns` and `scopes` are those of the tables; of what reads the same the
    first stands for all. `texts` are all free texts, `pairs` the imposers of
    provisions with their targets and those left out.
    """

    document: Json
    rows: tuple[ProvisionState, ...]
    turns: tuple[Pending, ...]
    scopes: tuple[Scope, ...]
    texts: tuple[Wording, ...]
    pairs: tuple[_Pair, ...]


def compare_data(index: Index, today: date) -> CompareData:
    """Everything from which state and diff at any day and knowledge follow. Pure.

    `today` is the policy day up to which the record has looked.
    """
    return _Writer(index, today).written()


class _Writer:
    """The tables while they are filled."""

    def __init__(self, index: Index, today: date) -> None:
        self.world, self.index, self.today = index.world, index, today
        self.texts: Table[Wording] = Table()
        self.rates: Table[str] = Table()
        self.turns: Table[Pending] = Table()
        self.rows: Table[object] = Table()
        self.told: list[ProvisionState] = []
        self.scopes: Table[object] = Table()
        self.goods: list[Scope] = []
        # What a reader can tell rows apart by; translations are no part of it.
        self.wordings: Table[object] = Table()
        self.days: Table[object] = Table()
        self.aheads: Table[object] = Table()
        self.pairs: Table[_Pair] = Table()
        self.places: dict[Place, int] = {
            place: number for number, place in enumerate(index.places())
        }
        self.spans = {place: rectangles(index, place) for place in self.places}
        self.events = bearing(self.world, self.spans.values())
        self.numbers = {event.id: number for number, event in enumerate(self.events)}
        self.base = first_day(self.world.events, today)

    def written(self) -> CompareData:
        """The whole document. Tables that others fill are read last."""
        measures = {key: number for number, key in enumerate(self.world.measures)}
        document: Json = {
            "format": FORMAT,
            "base": date.fromordinal(self.base).isoformat(),
            "today": self._day(self.today),
            "first": self._day(coverage_of(self.world, today=self.today).first),
            "status": [*Status],
            "basis": [*Basis],
            "kind": [*Kind],
            "measures": [self._measure(one) for one in self.world.measures.values()],
            "places": [self._place(place, measures[place[0]]) for place in self.places],
            "spans": [self._spans(found) for found in self.spans.values()],
            # Days on which a provision may read otherwise: steps stop there.
            "edges": [
                [self._day(day) for day in self.index.edges(place) if day != EVER]
                for place in self.places
            ],
            "events": [self._event(event) for event in self.events],
            "changes": [self._day(day) for day in change_dates(self.world)],
        }
        tables = ("rows", "turns", "scopes", "rates")
        document |= {name: getattr(self, name).values for name in tables}
        texts = tuple(self.texts.numbers)
        document["texts"] = [text if isinstance(text, str) else text.en for text in texts]
        return CompareData(
            document=document,
            rows=tuple(self.told),
            turns=tuple(self.turns.numbers),
            scopes=tuple(self.goods),
            texts=texts,
            pairs=tuple(self.pairs.numbers),
        )

    def _day(self, day: date | None) -> int:
        """A day from the base; 0 for none, and for the time before all days."""
        return 0 if day is None or day == EVER else day.toordinal() - self.base

    def _text(self, words: Wording | None) -> int:
        return 0 if words is None else self.texts.number(words)

    def _rate(self, rate: Decimal | None) -> int:
        return 0 if rate is None else self.rates.number(f"{rate.normalize():f}")

    def _scope(self, scope: Scope) -> int:
        number = self.scopes.number(scope_key(scope), self._text(scope.products))
        if number > len(self.goods):
            self.goods.append(scope)
        return number

    def _row(self, row: ProvisionState) -> int:
        """Provisions that read the same share a row: what tells them apart is theirs."""
        value = (
            number_of(Status, row.status),
            self._rate(row.rate_pct),
            number_of(Basis, row.basis),
            self._scope(row.scope),
            self.wordings.number(rate_key(row)),
            self.days.number(days_key(row)),
            self.aheads.number(ahead_key(row)),
            self._day(row.effective_from),
            [self.numbers[name] for name in row.events],
            [self.turns.number(turn, self.numbers[turn.event]) for turn in row.pending],
            len(row.alternatives),
        )
        number = self.rows.number(whole_key(row), short(value))
        if number > len(self.told):
            self.told.append(row)
        return number

    def _spans(self, found: Sequence[Rectangle]) -> list[int]:
        """Five numbers each; ends and knowledge as steps from what stands before them."""
        numbers: list[int] = []
        last = 0
        for one in found:
            known, start = self._day(one.known_from), self._day(one.on_from)
            until = one.known_until
            numbers += (
                known - last,
                0 if until is None else self._day(until) - known,
                start,
                0 if one.on_until is None else self._day(one.on_until) - start,
                self._row(one.row) - 1,
            )
            last = known
        return numbers

    def _measure(self, measure: Measure) -> Json:
        return {"key": measure.key, "imposer": measure.imposer}

    def _place(self, place: Place, measure: int) -> list[object]:
        found = self.world.measures[place[0]]
        provision = found.provision(place[1])
        if provision is None:
            raise AssertionError("a place of the index is defined")
        pair = self.pairs.number((found.imposer, provision.targets, provision.excludes)) - 1
        targets = [code for code in PARTIES if targets_of(provision, code)]
        return [measure, place[1], pair, targets]

    def _event(self, event: Event) -> list[object]:
        paper = event.instrument
        effects = [
            self.places[x.measure, x.provision]
            for x in event.effects
            if (x.measure, x.provision) in self.places
        ]
        taken = [
            [self.numbers[one.event], one.measure or "", one.provision or ""]
            for one in event.withdraws
            if one.event in self.numbers
        ]
        return [
            event.id,
            number_of(Kind, event.kind),
            self._day(event.announced),
            self._text(event.title),
            paper.citation if paper else "",
            (outward(paper.url) if paper else None) or "",
            effects,
            taken,
        ]
