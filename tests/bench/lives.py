"""The life of one measure, event by event, from the turns that real measures take.

Owns what can follow what: a threat is put off, dropped or made an order; an
order is paused, stepped, narrowed, struck down; a pause runs out by itself. It
must not know how many measures there are or when each one lives.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tests.bench.prose import instrument_of, pick, sources_of, summary_of, title_of
from tracker.core.events import Deadline, Effect, Event, Text, When, Withdrawal
from tracker.core.measures import Measure
from tracker.core.words import Basis, DeadlineKind, Kind, Status

__all__ = ["Life"]

_RATES = tuple(map(Decimal, ("5", "7.5", "10", "12.5", "15", "20", "25", "30", "35", "50", "100")))
_LEADS = (0, 0, 0, 1, 1, 1, 2, 3, 4, 4, 6, 8, 10, 14, 15, 18, 24, 30, 40, 78, 150, 240, -5, -30)
"""Days from the announcement to the start, as in the real record: most near, some back."""
_TERMS = (3, 28, 28, 30, 30, 90, 90, 150, 180, 365, 489, 572)
_TALK = (Kind.STATEMENT, Kind.STATEMENT, Kind.SUMMIT, Kind.CALL, Kind.NEGOTIATION, Kind.LEGISLATION)
_TALKS = 0.30
"""The share of events that change nothing; confirmations come on top."""
_ALL_AT_ONCE = 0.8
"""How often a turn touches every provision of its measure, and not just one."""


@dataclass(slots=True)
class Life:
    """One measure as it goes on: what stands, what is planned, what was struck down.

    `turn` answers the next event; days handed in must not go back. `numbers`
    counts the events of each day over all measures: the place within the day.
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

    def turn(self, today: date) -> Event:
        """The next thing that happens, on `today`."""
        self.today = today
        self.count += 1
        if self.rng.random() < _TALKS:
            return _talk(self)
        return pick(self.rng, _TURNS[self.phase])(self)

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


def _talk(life: Life) -> Event:
    if life.rng.random() > 0.08:
        return life.event(pick(life.rng, _TALK))
    key = f"{life.measure.key}.hearing-{life.count}"
    deadline = Deadline(
        key=key, kind=DeadlineKind.HEARING, title=Text(en="Hearing"), day=life.later()
    )
    return life.event(Kind.INVESTIGATION, deadlines=(deadline,))


def _threat(life: Life) -> Event:
    starts = None
    day: date | None = life.later()
    if life.rng.random() < 0.15:
        day, starts = None, When(latest=day, condition="if no deal is reached")
    found = life.event(
        Kind.THREAT, *life.effects(Status.THREATENED, day, rate=life.rate(), starts=starts)
    )
    life.phase, life.plan = _planned(life), found.id
    return found


def _announcement(life: Life) -> Event:
    found = life.event(
        Kind.ANNOUNCEMENT, *life.effects(Status.ANNOUNCED, life.later(), rate=life.rate())
    )
    life.phase, life.plan = _planned(life), found.id
    return found


def _planned(life: Life) -> str:
    return "standing" if life.phase == "standing" else "planned"


def _dropped(life: Life) -> Event:
    if life.plan is None:
        return _talk(life)
    taken, life.plan = Withdrawal(event=life.plan), None
    life.phase = "standing" if life.order and life.phase == "standing" else "over"
    return life.event(Kind.AGREEMENT, withdraws=(taken,))


def _order(life: Life) -> Event:
    again = life.phase == "over" and life.order is not None
    kind = Kind.REINSTATEMENT if again else Kind.ANNOUNCEMENT
    found = life.event(kind, *life.effects(Status.IN_FORCE, life.ahead(), rate=life.rate()))
    life.phase, life.order = "standing", found.id
    return found


def _confirmed(life: Life) -> Event:
    return life.event(Kind.IN_FORCE, confirms=(life.order,) if life.order else ())


def _rate_step(life: Life) -> Event:
    found = life.event(
        Kind.RATE_CHANGE, *life.effects(Status.IN_FORCE, life.ahead(), rate=life.rate())
    )
    life.order = found.id
    return found


def _staircase(life: Life) -> Event:
    start = life.ahead()
    until = life.after(start)
    steps = life.effects(Status.IN_FORCE, start, until, rate=life.rate(), one=True)
    (low,) = steps
    high = Effect(
        measure=low.measure,
        provision=low.provision,
        status=Status.IN_FORCE,
        rate_pct=life.rate(),
        effective_from=until,
    )
    return life.event(Kind.RATE_CHANGE, low, high)


def _pause(life: Life) -> Event:
    start = life.today + timedelta(days=int(life.rng.random() * 3))
    life.pause_end = life.after(start)
    life.phase = "paused"
    if life.rng.random() < 0.1:
        ends = When(earliest=life.pause_end, condition="until the talks end")
        return life.event(Kind.PAUSE, *life.effects(Status.PAUSED, start, ends=ends))
    return life.event(Kind.PAUSE, *life.effects(Status.PAUSED, start, life.pause_end))


def _extension(life: Life) -> Event:
    start = max(life.pause_end or life.today, life.today)
    life.pause_end = life.after(start)
    return life.event(Kind.PAUSE_EXTENSION, *life.effects(Status.PAUSED, start, life.pause_end))


def _resumption(life: Life) -> Event:
    life.phase = "standing"
    return life.event(
        Kind.RESUMPTION, *life.effects(Status.IN_FORCE, life.ahead(), rate=life.rate())
    )


def _exemption(life: Life) -> Event:
    return life.event(
        Kind.EXEMPTION,
        *life.effects(Status.IN_FORCE, life.ahead(), rate=Decimal(0), one=True),
    )


def _remission(life: Life) -> Event:
    start = life.ahead()
    return life.event(
        Kind.REMISSION,
        *life.effects(Status.IN_FORCE, start, life.after(start), rate=Decimal(0), one=True),
    )


def _new_basis(life: Life) -> Event:
    return life.event(
        Kind.RATE_CHANGE,
        *life.effects(Status.IN_FORCE, life.ahead(), rate=life.rate(), basis=Basis.METAL_CONTENT),
    )


def _ruling(life: Life) -> Event:
    found = life.event(Kind.COURT_RULING, *life.effects(Status.INVALIDATED, life.ahead()))
    life.phase, life.ruling = "voided", found.id
    return found


def _stay(life: Life) -> Event:
    taken, life.ruling = life.ruling, None
    life.phase = "standing"
    return life.event(Kind.COURT_RULING, withdraws=(Withdrawal(event=taken),) if taken else ())


def _expiry(life: Life) -> Event:
    life.phase = "over"
    return life.event(Kind.EXPIRY, *life.effects(Status.EXPIRED, life.today))


def _revocation(life: Life) -> Event:
    life.phase = "over"
    return life.event(Kind.REVOCATION, *life.effects(Status.REVOKED, life.ahead()))


_Turn = Callable[[Life], Event]
_TURNS: dict[str, tuple[_Turn, ...]] = {
    "new": (_threat, _threat, _announcement, _order, _order, _order),
    "planned": (_threat, _threat, _dropped, _order, _order, _order, _order),
    "standing": (
        *(_rate_step, _rate_step, _rate_step, _staircase, _staircase, _pause, _pause),
        *(_confirmed, _confirmed, _exemption, _exemption, _remission, _remission, _new_basis),
        *(_threat, _announcement, _dropped, _ruling, _expiry, _revocation),
    ),
    "paused": (_extension, _resumption, _resumption, _confirmed, _threat),
    "voided": (_stay, _stay, _order, _confirmed),
    "over": (_threat, _order, _order),
}
"""What may follow in each phase; one that stands more than once is more likely."""
