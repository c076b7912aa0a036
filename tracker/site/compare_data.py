"""What a browser needs to answer for any two viewpoints: one small document for all languages.

Owns the shape of `data/compare.js`: the rectangles of both clocks with their rows,
each thing once in a table and named by its number, days as numbers from one base.
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
from tracker.core.events import Claim, Event, When, Wording
from tracker.core.index import Index, Place
from tracker.core.layers import Scope
from tracker.core.measures import Measure
from tracker.core.pending import Alternative, Pending
from tracker.core.rectangles import EVER, Rectangle, rectangles
from tracker.core.rows import ProvisionState
from tracker.core.timeline import change_dates, not_covered
from tracker.core.words import Basis, Doubt, Kind, Label, Standing, Status
from tracker.site.compare_tables import Table, bearing, first_day, number_of, short
from tracker.site.text import outward
from tracker.telling.places import shown_origin

__all__ = ["FORMAT", "CompareData", "compare_data"]

FORMAT = 1
"""The version of the shape: a script refuses another."""

Json = dict[str, Any]
_Pair = tuple[str, tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class CompareData:
    """The document, and what its words are told from, in the order of the numbers.

    `texts` are all free texts, `pairs` the imposers of provisions with their targets
    and those left out, `origins` the conditions of origin.
    """

    document: Json
    texts: tuple[Wording, ...]
    pairs: tuple[_Pair, ...]
    origins: tuple[str, ...]


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
        self.whens: Table[When] = Table()
        self.rates: Table[str] = Table()
        self.scopes: Table[Scope] = Table()
        self.origins: Table[str] = Table()
        self.headings: Table[tuple[str, ...]] = Table()
        self.turns: Table[Pending] = Table()
        self.others: Table[Alternative] = Table()
        self.rows: Table[str] = Table()
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
            "doubt": [*Doubt],
            "label": [*Label],
            "kind": [*Kind],
            "standing": [*Standing],
            "measures": [self._measure(one) for one in self.world.measures.values()],
            "places": [self._place(place, measures[place[0]]) for place in self.places],
            "spans": [self._spans(found) for found in self.spans.values()],
            "edges": [self._edges(place, found) for place, found in self.spans.items()],
            "events": [self._event(event) for event in self.events],
            "claims": [
                self._claim(claim, event, measures[claim.measure])
                for event in self.events
                for claim in event.claims
                if claim.measure in measures
            ],
            "changes": [self._day(day) for day in change_dates(self.world)],
            "silent": [measures[key] for key in not_covered(self.world)],
        }
        tables = ("rows", "turns", "others", "scopes", "whens", "rates", "headings", "origins")
        document |= {name: getattr(self, name).values for name in tables}
        texts = tuple(self.texts.numbers)
        document["texts"] = [text if isinstance(text, str) else text.en for text in texts]
        return CompareData(document, texts, tuple(self.pairs.numbers), tuple(self.origins.numbers))

    def _day(self, day: date | None) -> int:
        """A day from the base; 0 for none, and for the time before all days."""
        return 0 if day is None or day == EVER else day.toordinal() - self.base

    def _text(self, words: Wording | None) -> int:
        return 0 if words is None else self.texts.number(words)

    def _rate(self, rate: Decimal | None) -> int:
        return 0 if rate is None else self.rates.number(f"{rate.normalize():f}")

    def _when(self, when: When | None) -> int:
        if when is None:
            return 0
        days = (self._day(when.earliest), self._day(when.latest))
        return self.whens.number(when, short((*days, self._text(when.condition))))

    def _scope(self, scope: Scope | None) -> int:
        if scope is None:
            return 0
        origin = self.origins.number(scope.origin)
        headings = self.headings.number(scope.hts)
        value = (self._text(scope.products), headings, origin, int(shown_origin(scope)))
        return self.scopes.number(scope, value)

    def _said(self, said: Pending | Alternative | ProvisionState) -> tuple[int, ...]:
        return (
            number_of(Status, said.status),
            self._rate(said.rate_pct),
            number_of(Basis, said.basis),
            self._text(said.rate_text),
            self._scope(said.scope),
        )

    def _turn(self, turn: Pending) -> int:
        event = self.numbers[turn.event]
        value = (*self._said(turn), event, self._day(turn.effective_from), self._when(turn.when))
        return self.turns.number(turn, short(value))

    def _other(self, other: Alternative) -> int:
        value = (*self._said(other), self.numbers[other.event], self._when(other.when))
        return self.others.number(other, value)

    def _row(self, row: ProvisionState) -> int:
        value = (
            *self._said(row),
            self._day(row.effective_from),
            self._day(row.effective_until),
            [self.numbers[name] for name in row.events],
            [self._turn(turn) for turn in row.pending],
            self._when(row.starts),
            self._when(row.ends),
            [self._other(other) for other in row.alternatives],
            [number_of(Doubt, doubt) for doubt in row.doubts],
        )
        # Provisions that read the same share a row: what tells them apart is theirs.
        return self.rows.number(repr(value), short(value))

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

    def _edges(self, place: Place, found: Sequence[Rectangle]) -> list[int]:
        """The edges that no rectangle shows: steps stop there too, so causes may depend on them."""
        shown = {day for one in found for day in one[:4]}
        return [self._day(day) for day in self.index.edges(place) if day not in shown]

    def _measure(self, measure: Measure) -> list[object]:
        return [measure.key, measure.imposer, measure.authority, self._text(measure.title)]

    def _place(self, place: Place, measure: int) -> list[object]:
        found = self.world.measures[place[0]]
        provision = found.provision(place[1])
        if provision is None:
            raise AssertionError("a place of the index is defined")
        pair = self.pairs.number((found.imposer, provision.targets, provision.excludes)) - 1
        return [measure, place[1], pair, [*provision.targets], [*provision.excludes]]

    def _event(self, event: Event) -> list[object]:
        paper = event.instrument
        effects = [
            [
                self.places[x.measure, x.provision],
                self._day(x.effective_from),
                self._when(x.starts),
            ]
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
            int(bool(event.withdraws)) + 2 * int(bool(event.confirms)),
        ]

    def _claim(self, claim: Claim, event: Event, measure: int) -> list[object]:
        return [
            measure,
            claim.provision,
            [*claim.targets],
            self._day(claim.claimed_from),
            self._day(claim.claimed_until),
            self.numbers[event.id],
            number_of(Standing, claim.standing),
            self._text(claim.stated),
            self._text(claim.finding),
        ]
