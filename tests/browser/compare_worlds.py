"""Made-up worlds that try everything a record may say: for the browser's answers to be held to.

Days not known as days, conditions, withdrawals of withdrawals, rulings, threats, bans,
rates in words, text that looks like markup or like a placeholder.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tracker.core.events import Claim, Effect, Event, Instrument, Source, Text, When, Withdrawal
from tracker.core.measures import Measure, Provision
from tracker.core.policy import Viewpoint
from tracker.core.words import Basis, Doubt, Kind, Standing, Status
from tracker.core.world import World, world_of

FIRST = date(2025, 1, 1)
SPAN_DAYS = 90
TODAY = date(2025, 3, 10)
SOURCE = Source(url="https://example.org/a", publisher="Example", title="A")
RATES = (None, *(Decimal(n) for n in ("0", "1", "2.5", "10", "25.00", "35", "0.125", "1250")))
WORDS = (
    "<script>alert(1)</script>",
    Text(en="{rate} or $5 a kg", es="{rate} o 5 dólares por kg", fr="{rate} ou 5 $ le kg"),
    Text(en="12", fr="douze"),
)
GOODS = (
    Text(en="Steel & <b>iron</b>", es="Acero y hierro", fr="Acier et fer"),
    Text(en="Goods that qualify under USMCA"),
    Text(en="7208", es="7208"),
)
RECORDED = tuple(status for status in Status if status is not Status.LAPSED)


def _measures() -> tuple[Measure, ...]:
    targets = (("CA",), ("CA", "MX"), ("*",), ("CN", "*"), ("US",))
    found: list[Measure] = []
    for number, imposer in enumerate(("US", "US", "CA", "MX")):
        provisions = tuple(
            Provision(
                key=f"p{index}",
                products=GOODS[(number + index) % 3],
                targets=targets[(number + index) % 5],
                excludes=("MX",) if index == 2 else (),
                origin=("any", "usmca", "not_usmca", "made_up_rule")[(number + index) % 4],
                hts=("7208", "7209.10") if index == 1 else (),
            )
            for index in range(3)
        )
        key = f"{imposer.lower()}.made.up.m{number}"
        title = Text(en=f"Measure <{number}>", fr=f"Mesure <{number}>")
        found.append(
            Measure(key=key, imposer=imposer, authority="IEEPA", title=title, provisions=provisions)
        )
    return tuple(found)


MEASURES = _measures()
PLACES = tuple((m.key, p.key) for m in MEASURES for p in m.provisions)


def made_up_world(seed: int, events: int = 70) -> World:
    """A world of that many events, always the same for a seed."""
    chance = Random(seed)  # noqa: S311 - a made-up world needs no secrets
    found: list[Event] = []
    for number in range(events):
        found.append(_event(chance, number, [event.id for event in found]))
    return world_of(found, MEASURES, known_until=TODAY)


def _day(chance: Random) -> date:
    return FIRST + timedelta(days=chance.randrange(SPAN_DAYS))


def _event(chance: Random, number: int, others: list[str]) -> Event:
    announced = _day(chance)

    def some(share: float) -> list[str]:
        return chance.sample(others, 1) if others and chance.random() < share else []

    ruling = chance.random() < 0.2
    narrowed = chance.choice(((None, None), (chance.choice(MEASURES).key, None), PLACES[0]))
    claim = Claim(
        measure=PLACES[number % len(PLACES)][0],
        provision=PLACES[number % len(PLACES)][1],
        stated=Text(en="30% <i>said</i>"),
        finding=Text(en="it was not"),
        standing=Standing.REFUTED,
        claimed_from=announced,
        claimed_until=announced + timedelta(days=5),
    )
    return Event(
        id=f"{announced}-{number:03}",
        kind=Kind.COURT_RULING if ruling else chance.choice([*Kind]),
        announced=announced,
        sequence=chance.randrange(3),
        title=Text(en=f"Event <{number}>", es=f"Suceso <{number}>"),
        summary=Text(en=""),
        sources=(SOURCE,),
        instrument=Instrument(
            citation=f"Order {number}",
            url=chance.choice(("https://example.org/o", "javascript:alert(1)", None)),
        ),
        effects=tuple(_effect(chance) for _ in range(chance.randrange(4))),
        withdraws=tuple(
            Withdrawal(event=name, measure=narrowed[0], provision=narrowed[1])
            for name in some(0.35)
        ),
        confirms=tuple(some(0.2)),
        doubts=tuple(chance.sample([*Doubt], chance.choice((0, 0, 1, 2)))),
        claims=(claim,) if number % 9 == 0 else (),
    )


def _effect(chance: Random) -> Effect:
    status = chance.choice([*RECORDED, Status.IN_FORCE, Status.IN_FORCE])
    measure, provision = chance.choice(PLACES)
    plan = status in {Status.THREATENED, Status.ANNOUNCED}
    starts = _when(chance, FIRST) if chance.random() < 0.2 else None
    start = None if starts or (plan and chance.random() < 0.3) else _day(chance)
    until, ends = None, None
    if start is not None and chance.random() < 0.4:
        until = start + timedelta(days=chance.randrange(1, 20))
    elif start is not None and chance.random() < 0.25:
        ends = _when(chance, start + timedelta(days=1))
    return Effect(
        measure=measure,
        provision=provision,
        status=status,
        rate_pct=None if status is Status.PAUSED else chance.choice(RATES),
        rate_text=chance.choice(WORDS) if chance.random() < 0.15 else None,
        basis=chance.choice([*Basis, *[Basis.FULL_VALUE] * 8]),
        effective_from=start,
        effective_until=until,
        starts=starts,
        ends=ends,
        products=chance.choice(GOODS) if chance.random() < 0.1 else None,
        hts=("7210",) if chance.random() < 0.1 else None,
        origin=chance.choice((None, None, None, "any", "usmca")),
    )


def _when(chance: Random, first: date) -> When:
    earliest = first + timedelta(days=chance.randrange(40))
    latest = earliest + timedelta(days=chance.randrange(40))
    condition = chance.choice((None, None, Text(en="if no deal is reached", fr="faute d’accord")))
    return When(
        earliest=earliest if chance.random() < 0.7 else None,
        latest=latest if chance.random() < 0.7 else None,
        condition=condition,
    )


def viewpoints(chance: Random, first: date, days: int, count: int) -> list[Viewpoint]:
    """Random viewpoints: as known now, as known on the day itself, or by some other day."""
    found: list[Viewpoint] = []
    for _ in range(count):
        on = first + timedelta(days=chance.randrange(-10, days + 20))
        other = first + timedelta(days=chance.randrange(-10, days + 20))
        found.append(Viewpoint(on=on, announced_by=chance.choice((None, None, on, other))))
    return found
