"""The turns that real measures take, and what can follow what.

A threat is put off, dropped or made an order; an order is paused, stepped,
narrowed, struck down; a pause runs out by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeAlias

from tests.bench.lives import Life
from tests.bench.prose import pick
from tracker.core.events import Deadline, Effect, Event, Text, When, Withdrawal
from tracker.core.words import Basis, DeadlineKind, Kind, Status

__all__ = ["turn"]

_TALK = (Kind.STATEMENT, Kind.STATEMENT, Kind.SUMMIT, Kind.CALL, Kind.NEGOTIATION, Kind.LEGISLATION)
_TALKS = 0.30
"""The share of events that change nothing; confirmations come on top."""


def turn(life: Life, today: date) -> Event:
    """The next thing that happens in a life, on `today`."""
    life.today = today
    life.count += 1
    if life.rng.random() < _TALKS:
        return _talk(life)
    return pick(life.rng, _TURNS[life.phase])(life)


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


_Turn: TypeAlias = Callable[[Life], Event]
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
