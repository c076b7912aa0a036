"""A small made-up world that has one of everything, and hostile text in every field of another."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from tracker.core.entries import Head, Report
from tracker.core.events import (
    Claim,
    Effect,
    Event,
    Instrument,
    Source,
    Text,
    Withdrawal,
)
from tracker.core.measures import Measure, Provision
from tracker.core.words import Basis, Doubt, Kind, Standing, Status
from tracker.core.world import SeenReport, World, world_of
from tracker.site.book import Book
from tracker.site.edition import Edition
from tracker.site.pages import SiteInputs
from tracker.telling.language import language

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
TODAY = date(2025, 9, 18)
HOSTILE = "<script>alert(1)</script>\"'&<img src=x onerror=alert(2)>\x00\x1b\u202e\ud800"

SOURCE = Source(
    url="https://example.org/paper", publisher="Gazette", title="The paper", primary=True
)


def xml(made: str | bytes) -> ET.Element:
    """What the site made itself, read strictly."""
    return ET.fromstring(made)  # noqa: S314 - our own output, not something sent to us


def day(text: str) -> date:
    return date.fromisoformat(text)


def effect(
    place: str,
    status: Status,
    rate: int | None = None,
    *,
    start: str | None = None,
    until: str | None = None,
    **more: Any,
) -> Effect:
    measure, provision = place.split("/")
    return Effect(
        measure=measure,
        provision=provision,
        status=status,
        rate_pct=None if rate is None else Decimal(rate),
        effective_from=day(start) if start else None,
        effective_until=day(until) if until else None,
        **more,
    )


def event(name: str, kind: Kind, title: str, *effects: Effect, **more: Any) -> Event:
    return Event(
        id=name,
        kind=kind,
        announced=day(name[:10]),
        title=Text(en=title),
        summary=Text(en=more.pop("summary", f"{title}. And then some.")),
        sources=more.pop("sources", (SOURCE,)),
        effects=effects,
        **more,
    )


def provision(key: str, products: str, *targets: str, **more: Any) -> Provision:
    return Provision(key=key, products=Text(en=products), targets=targets, **more)


def measure(key: str, imposer: str, title: str, *provisions: Provision, **more: Any) -> Measure:
    return Measure(
        key=key,
        imposer=imposer,
        authority=more.pop("authority", "Act 1"),
        title=Text(en=title),
        provisions=provisions,
        **more,
    )


MEASURES = (
    measure(
        "us.border.ca",
        "US",
        "Border tariff on Canada",
        provision("general", "All other goods", "CA", origin="not_usmca"),
        provision("energy", "Energy", "CA", origin="not_usmca", hts=("2709",)),
        provision("usmca", "Goods that qualify", "CA", origin="usmca"),
        legal_basis="Emergency Act",
    ),
    measure("us.border.mx", "US", "Border tariff on Mexico", provision("general", "Goods", "MX")),
    measure(
        "us.steel",
        "US",
        "Steel tariffs",
        provision("articles", "Steel articles", "*"),
        provision("derivatives", "Derivative articles", "*"),
    ),
    measure("us.others", "US", "On others", provision("all", "Goods", "*", excludes=("CA", "MX"))),
    measure("us.ban", "US", "Import ban", provision("alcohol", "Alcohol", "CA")),
    measure("us.pharma", "US", "Medicines tariff", provision("patented", "Medicines", "*")),
    measure(
        "ca.counter",
        "CA",
        "Counter-tariff",
        provision("list", "Listed US goods", "US"),
        mirrors=("us.border.ca",),
    ),
    measure("mx.plan", "MX", "Planned tariff", provision("list", "Cars", "CN", "KR", "IN", "TH")),
)

IN_FORCE, PAUSED = Status.IN_FORCE, Status.PAUSED

EVENTS = (
    event(
        "2025-02-01-order",
        Kind.ANNOUNCEMENT,
        "Order on Canada and Mexico",
        effect("us.border.ca/general", IN_FORCE, 25, start="2025-02-04"),
        effect("us.border.ca/energy", IN_FORCE, 10, start="2025-02-04"),
        effect("us.border.ca/usmca", IN_FORCE, 25, start="2025-02-04"),
        effect("us.border.mx/general", IN_FORCE, 25, start="2025-02-04"),
        parties=("US", "CA", "MX"),
        instrument=Instrument(citation="Order 1", url="https://example.org/order-1"),
    ),
    event(
        "2025-02-03-pause",
        Kind.PAUSE,
        "Pause of a month",
        effect("us.border.ca/general", PAUSED, start="2025-02-04", until="2025-03-04"),
        effect("us.border.ca/energy", PAUSED, start="2025-02-04", until="2025-03-04"),
        effect("us.border.ca/usmca", PAUSED, start="2025-02-04", until="2025-03-04"),
        effect("us.border.mx/general", PAUSED, start="2025-02-04", until="2025-03-04"),
        parties=("US",),
    ),
    event(
        "2025-03-04-start",
        Kind.IN_FORCE,
        "The tariffs start",
        confirms=("2025-02-01-order",),
        measures=("us.border.ca",),
    ),
    event(
        "2025-03-04-counter",
        Kind.ANNOUNCEMENT,
        "Counter-tariff",
        effect("ca.counter/list", IN_FORCE, 25, start="2025-03-04"),
        parties=("CA",),
        sequence=1,
    ),
    event(
        "2025-03-06-exemption",
        Kind.EXEMPTION,
        "Qualifying goods exempt",
        effect("us.border.ca/usmca", IN_FORCE, 0, start="2025-03-07"),
        parties=("US",),
    ),
    event(
        "2025-03-10-steel",
        Kind.ANNOUNCEMENT,
        "Steel tariffs on all",
        effect("us.steel/articles", IN_FORCE, 25, start="2025-03-12"),
        effect(
            "us.steel/derivatives",
            IN_FORCE,
            None,
            start="2025-03-12",
            basis=Basis.METAL_CONTENT,
        ),
        effect("us.others/all", IN_FORCE, 10, start="2025-04-05"),
        parties=("US",),
        doubts=(Doubt.UNCERTAIN,),
    ),
    event(
        "2025-05-28-ruling",
        Kind.COURT_RULING,
        "A court strikes the border tariffs down",
        effect("us.border.ca/general", Status.INVALIDATED, start="2025-06-07"),
        doubts=(Doubt.COMPUTED,),
    ),
    event(
        "2025-05-29-stay",
        Kind.COURT_RULING,
        "The ruling is stayed",
        withdraws=(Withdrawal(event="2025-05-28-ruling"),),
    ),
    event(
        "2025-06-03-steel",
        Kind.RATE_CHANGE,
        "Steel doubled",
        effect("us.steel/articles", IN_FORCE, 50, start="2025-06-04"),
        parties=("US",),
    ),
    event(
        "2025-07-12-threat",
        Kind.THREAT,
        "30% threatened on Mexico",
        effect("us.border.mx/general", Status.THREATENED, 30, start="2025-08-01"),
        effect("us.pharma/patented", Status.THREATENED, 200),
        parties=("US", "MX"),
    ),
    event(
        "2025-07-31-put-off",
        Kind.THREAT,
        "The threat is put off by 90 days",
        effect("us.border.mx/general", Status.THREATENED, 30, start="2025-10-29"),
        parties=("US", "MX"),
    ),
    event(
        "2025-08-01-rise",
        Kind.RATE_CHANGE,
        "Border tariff raised",
        effect("us.border.ca/general", IN_FORCE, 35, start="2025-08-01"),
        parties=("US",),
    ),
    event(
        "2025-08-10-plan",
        Kind.ANNOUNCEMENT,
        "A plan for cars",
        effect("mx.plan/list", Status.ANNOUNCED, 50, start="2026-01-01"),
        parties=("MX",),
    ),
    event(
        "2025-08-22-end",
        Kind.REVOCATION,
        "Counter-tariff taken back",
        effect("ca.counter/list", Status.REVOKED, start="2025-09-01"),
        parties=("CA",),
    ),
    event(
        "2025-09-10-step",
        Kind.RATE_CHANGE,
        "Energy rises in December, alcohol is banned",
        effect("us.border.ca/energy", IN_FORCE, 15, start="2025-12-01"),
        effect("us.ban/alcohol", IN_FORCE, None, start="2025-09-12", basis=Basis.BAN),
        parties=("US",),
    ),
    event(
        "2025-09-18-summit",
        Kind.SUMMIT,
        "Leaders meet",
        parties=("CA", "MX"),
        claims=(
            Claim(
                measure="us.pharma",
                provision="patented",
                stated=Text(en="A 25% levy on Mexican medicines is in force"),
                finding=Text(en="No such levy was in force"),
                standing=Standing.DISPUTED,
                rate_pct=Decimal(25),
                claimed_from=day("2025-09-18"),
                claimed_until=day("2025-09-19"),
                targets=("MX",),
                sources=(SOURCE,),
            ),
        ),
    ),
)


def report(identity: str, title: str, *, link: str | None, when: str, **more: Any) -> SeenReport:
    seen = datetime.fromisoformat(when).replace(tzinfo=UTC)
    return SeenReport(
        Report(
            source=more.pop("source", "wire"),
            identity=identity,
            title=title,
            content_hash="0" * 64,
            link=link,
            published=more.pop("published", seen),
            **more,
        ),
        seen,
    )


REPORTS = (
    report("a", "Talks to go on", link="https://example.org/a", when="2025-09-17T10:00:00"),
    report("b", HOSTILE, link="javascript:alert(1)", when="2025-09-18T08:00:00", summary=HOSTILE),
    report(
        "c",
        "Dated in the far future",
        link="http://example.org/c",
        when="2025-09-16T08:00:00",
        published=datetime(2099, 1, 1, tzinfo=UTC),
    ),
)


def plain_world() -> World:
    """One of everything: pause, threat, ruling and stay, ban, unknown rate, claim, reports."""
    world = world_of(EVENTS, MEASURES, known_until=TODAY)
    return replace(world, reports=REPORTS, head=Head(position=42, hash="ab" * 32))


def hostile_world() -> World:
    """The same with a measure and an event whose every free text is an attack."""
    text = Text(en=HOSTILE)
    bad_source = Source(
        url="javascript:alert(3)", publisher=HOSTILE, title=HOSTILE, published=HOSTILE
    )
    bad_measure = Measure(
        key="us.bad",
        imposer="US",
        authority=HOSTILE,
        title=text,
        legal_basis=HOSTILE,
        note=HOSTILE,
        sources=(bad_source,),
        provisions=(
            Provision(
                key="p",
                products=text,
                targets=("CA", "MX", "*"),
                origin=HOSTILE,
                hts=(HOSTILE,),
                note=HOSTILE,
            ),
        ),
    )
    bad_event = Event(
        id="2025-09-17-bad",
        kind=Kind.STATEMENT,
        announced=day("2025-09-17"),
        title=text,
        summary=text,
        note=HOSTILE,
        doubts=(Doubt.DISPUTED,),
        parties=("US",),
        sources=(bad_source, SOURCE),
        instrument=Instrument(citation=HOSTILE, url="data:text/html,<script>alert(4)</script>"),
        effects=(
            Effect(
                measure="us.bad",
                provision="p",
                status=IN_FORCE,
                rate_text=HOSTILE,
                products=text,
                hts=(HOSTILE,),
                origin=HOSTILE,
                note=HOSTILE,
                effective_from=day("2025-09-17"),
            ),
        ),
        claims=(
            Claim(
                measure="us.bad",
                provision="p",
                stated=text,
                finding=text,
                standing=Standing.REFUTED,
                claimed_from=day("2025-09-17"),
                sources=(bad_source,),
            ),
        ),
    )
    world = plain_world()
    made = world_of((*EVENTS, bad_event), (*MEASURES, bad_measure), known_until=TODAY)
    return replace(world, events=made.events, measures=made.measures)


def edition_of(world: World, today: date = TODAY, code: str = "en") -> Edition:
    return Edition(Book(world, today), language(code), inputs(world, today=today))


def inputs(world: World | None = None, **more: Any) -> SiteInputs:
    return SiteInputs(
        world=world or plain_world(),
        today=more.pop("today", TODAY),
        version="1.2.3",
        feeds=(("wire", "The Wire"),),
        **more,
    )
