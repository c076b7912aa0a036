"""Small worlds for the tests of the core, in the words of the policy model."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from tracker.core.events import Claim, Effect, Event, Source, Text, Withdrawal
from tracker.core.measures import Measure, Provision
from tracker.core.policy import ProvisionState, Viewpoint, state
from tracker.core.words import Kind, Status
from tracker.core.world import World, world_of

SOURCE = Source(url="https://example.org/a", publisher="Example", title="A")


def day(text: str) -> date:
    return date.fromisoformat(text)


def effect(
    place: str,
    status: str,
    rate: str | None = None,
    start: str | None = None,
    until: str | None = None,
    **more: Any,
) -> Effect:
    measure, provision = place.split("/")
    return Effect(
        measure=measure,
        provision=provision,
        status=Status(status),
        rate_pct=None if rate is None else Decimal(rate),
        effective_from=None if start is None else day(start),
        effective_until=None if until is None else day(until),
        **more,
    )


def event(
    event_id: str,
    *effects: Effect,
    kind: Kind = Kind.ANNOUNCEMENT,
    sequence: int = 0,
    withdraws: tuple[str, ...] = (),
    confirms: tuple[str, ...] = (),
    measures: tuple[str, ...] = (),
    claims: tuple[Claim, ...] = (),
) -> Event:
    return Event(
        id=event_id,
        kind=kind,
        announced=day(event_id[:10]),
        sequence=sequence,
        title=Text(en=event_id),
        summary=Text(en=event_id),
        sources=(SOURCE,),
        effects=effects,
        withdraws=tuple(Withdrawal(event=taken) for taken in withdraws),
        confirms=confirms,
        measures=measures,
        claims=claims,
    )


def measure(key: str, *provisions: str, imposer: str = "US", target: str = "CA") -> Measure:
    return Measure(
        key=key,
        imposer=imposer,
        authority="IEEPA",
        title=Text(en=key),
        provisions=tuple(
            Provision(key=name, products=Text(en=name), targets=(target,)) for name in provisions
        ),
    )


CA = "us.ieepa.border.ca"
MX = "us.ieepa.border.mx"
ORDER = event(
    "2025-02-01-order",
    effect(f"{CA}/general", "in_force", "25", "2025-02-04"),
    effect(f"{CA}/energy", "in_force", "10", "2025-02-04"),
    effect(f"{CA}/usmca", "in_force", "25", "2025-02-04"),
)
PAUSE = event(
    "2025-02-03-pause",
    *(
        effect(f"{CA}/{name}", "paused", None, "2025-02-04", "2025-03-04")
        for name in ("general", "energy", "usmca")
    ),
    kind=Kind.PAUSE,
)
CONFIRMED = event("2025-03-04-start", kind=Kind.IN_FORCE, confirms=("2025-02-01-order",))
EXEMPTION = event(
    "2025-03-06-exemption",
    effect(f"{CA}/usmca", "in_force", "0", "2025-03-07"),
    effect(f"{CA}/potash", "in_force", "10", "2025-03-07"),
    kind=Kind.EXEMPTION,
)
RISE = event(
    "2025-07-31-rise",
    effect(f"{CA}/general", "in_force", "35", "2025-08-01"),
    kind=Kind.RATE_CHANGE,
)
SUPREME = event(
    "2026-02-20-supreme-court",
    *(
        effect(f"{CA}/{name}", "invalidated", None, "2026-02-20")
        for name in ("general", "energy", "usmca", "potash")
    ),
    kind=Kind.COURT_RULING,
)
RULING = event(
    "2025-05-28-ruling",
    *(
        effect(f"{CA}/{name}", "invalidated", None, "2025-05-28")
        for name in ("general", "energy", "usmca", "potash")
    ),
    kind=Kind.COURT_RULING,
)
STAY = event("2025-05-29-stay", withdraws=("2025-05-28-ruling",), kind=Kind.COURT_RULING)

BORDER = (ORDER, PAUSE, CONFIRMED, EXEMPTION, RISE, SUPREME)
MEASURES = (
    measure(CA, "general", "energy", "potash", "usmca"),
    measure(MX, "general", target="MX"),
)


def border(*more: Event) -> World:
    return world_of((*BORDER, *more), MEASURES)


def rows(world: World, on: str, announced_by: str | None = None) -> dict[str, ProvisionState]:
    """The whole state, by `measure/provision`."""
    viewpoint = Viewpoint(on=day(on), announced_by=day(announced_by) if announced_by else None)
    return {"/".join(row.place): row for row in state(world, viewpoint)}


def look(
    world: World, on: str, place: str = f"{CA}/general", *, announced_by: str | None = None
) -> ProvisionState:
    """The state of one provision; fails where nothing is said of it."""
    return rows(world, on, announced_by)[place]
