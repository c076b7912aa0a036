"""The life of one measure: where it stands, and how an event of it is put together.

Owns ids, places within a day, leads and terms. What can follow what belongs to
`turns`; it must not know how many measures there are or when each one lives.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tests.bench.prose import instrument_of, pick, sources_of, summary_of, title_of
from tracker.core.events import Deadline, Effect, Event, When, Withdrawal
from tracker.core.measures import Measure
from tracker.core.words import Basis, Kind, Status

__all__ = ["Life"]

_RATES = tuple(map(Decimal, ("5", "7.5", "10", "12.5", "15", "20", "25", "30", "35", "50", "100")))
_LEADS = (0, 0, 0, 1, 1, 1, 2, 3, 4, 4, 6, 8, 10, 14, 15, 18, 24, 30, 40, 78, 150, 240, -5, -30)
"""Days from the announcement to the start, as in the real record: most near, some back."""
_TERMS = (3, 28, 28, 30, 30, 90, 90, 150, 180, 365, 489, 572)
_ALL_AT_ONCE = 0.8
"""How often a turn touches every provision of its measure, and not just one."""


@dataclass(slots=True)
class Life:
    """One measure as it goes on: what stands, what is planned, what was struck down.

    `today` must not go back. `numbers` counts the events of each day over all
    measures: the place within the day.
    """

    rng: Random
    measure: Measure
    numbers: dict[date, int]
    phase: str = "new"
    count: int = 0
    today: date = date.min
    last: str | None = None
    order: str | None = None
    plan: str | None = None
    ruling: str | None = None
    pause_end: date | None = None
    names: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.names = tuple(provision.key for provision in self.measure.provisions)

    def event(
        self,
        kind: Kind,
        *effects: Effect,
        withdraws: tuple[Withdrawal, ...] = (),
        confirms: tuple[str, ...] = (),
        deadlines: tuple[Deadline, ...] = (),
    ) -> Event:
        """An event of today with words, sources and a place within its day."""
        event_id = f"{self.today}-{self.measure.key.replace('.', '-')}-{self.count}"
        place = self.numbers.get(self.today, 0)
        self.numbers[self.today] = place + 1
        title = title_of(self.rng)
        set_off = self.last if self.last and self.rng.random() < 0.1 else None
        self.last = event_id
        return Event(
            id=event_id,
            kind=kind,
            announced=self.today,
            title=title,
            summary=summary_of(self.rng, title),
            sources=sources_of(self.rng, event_id, title),
            sequence=place,
            parties=(self.measure.imposer,),
            measures=() if effects else (self.measure.key,),
            effects=effects,
            withdraws=withdraws,
            confirms=confirms,
            follows=(set_off,) if set_off else (),
            deadlines=deadlines,
            instrument=instrument_of(self.rng, event_id),
        )

    def effects(
        self,
        status: Status,
        start: date | None,
        until: date | None = None,
        *,
        rate: Decimal | None = None,
        one: bool = False,
        starts: When | None = None,
        ends: When | None = None,
        basis: Basis = Basis.FULL_VALUE,
    ) -> tuple[Effect, ...]:
        """The same effect on all provisions of the measure, or on one of them."""
        names = self.names
        if one or self.rng.random() > _ALL_AT_ONCE:
            names = (pick(self.rng, names),)
        return tuple(
            Effect(
                measure=self.measure.key,
                provision=name,
                status=status,
                rate_pct=rate,
                basis=basis,
                effective_from=start,
                effective_until=until,
                starts=starts,
                ends=ends,
            )
            for name in names
        )

    def ahead(self) -> date:
        """The day on which something announced today starts."""
        return self.today + timedelta(days=pick(self.rng, _LEADS))

    def later(self) -> date:
        """A planned day, always after today."""
        return self.today + timedelta(days=1 + abs(pick(self.rng, _LEADS)))

    def after(self, start: date) -> date:
        """The end of something that starts on `start`."""
        return start + timedelta(days=pick(self.rng, _TERMS))

    def rate(self) -> Decimal:
        """Some rate, ad valorem percent."""
        return pick(self.rng, _RATES)
