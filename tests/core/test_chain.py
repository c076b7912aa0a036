"""The chain of a paper: what the record holds of it, and what is visibly missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.core.worlds import CA, day, effect, event
from tracker.core.chain import Chain, Link, chains_of, joined
from tracker.core.events import Event, Instrument, Step, When
from tracker.core.measures import Measure
from tracker.core.words import Kind, PaperKind, Stage
from tracker.record.read import read_record

PAPER = Instrument(citation="Executive Order 1")


def order(*steps: Step, follows: tuple[str, ...] = (), **more: Any) -> Event:
    made = event(
        "2025-02-01-order", effect(f"{CA}/general", "in_force", "25", "2025-02-04"), **more
    )
    paper = msgspec.structs.replace(PAPER, steps=steps)
    return msgspec.structs.replace(made, instrument=paper, follows=follows)


def chains(made: Event, *others: Event, imposer: str = "US") -> tuple[Chain, ...]:
    events = {e.id: e for e in (made, *others)}
    confirming = [e for e in others if made.id in e.confirms]
    return chains_of(made, made.effects, imposer=imposer, events=events, confirmed_by=confirming)


def chain(made: Event, *others: Event, imposer: str = "US") -> tuple[Link, ...]:
    (only,) = chains(made, *others, imposer=imposer)
    assert only.event is made
    return only.links


def papered(made: Event, kind: PaperKind | None, *steps: Step) -> Event:
    paper = msgspec.structs.replace(PAPER, kind=kind, steps=steps)
    return msgspec.structs.replace(made, instrument=paper)


def told(links: tuple[Link, ...]) -> list[tuple[str, str | None]]:
    return [(str(x.stage), str(x.day) if x.held else None) for x in links]


@pytest.mark.parametrize(
    ("imposer", "stages"),
    [
        ("US", ["signed", "published", "effective", "guidance"]),
        ("CA", ["order_in_council", "registered", "gazetted", "effective", "guidance"]),
        ("MX", ["dof", "effective", "guidance"]),
    ],
)
def test_a_paper_of_which_only_the_start_is_known_misses_the_rest(
    imposer: str, stages: list[str]
) -> None:
    links = chain(order(), imposer=imposer)
    assert [str(x.stage) for x in links] == stages
    assert {str(x.stage) for x in links if x.held} == {"effective"}
    for link in links:
        if not link.held:
            assert (link.day, link.citation, link.url, link.event) == (None, None, None, None)


def test_known_steps_fill_their_places_with_day_and_citation() -> None:
    links = chain(
        order(
            Step(stage=Stage.SIGNED, day=day("2025-02-01")),
            Step(stage=Stage.PUBLISHED, day=day("2025-02-07"), citation="90 FR 9113"),
        )
    )
    assert told(links) == [
        ("signed", "2025-02-01"),
        ("published", "2025-02-07"),
        ("effective", "2025-02-04"),
        ("guidance", None),
    ]
    assert links[1].citation == "90 FR 9113"


def test_the_threat_that_it_follows_comes_first_and_is_never_missed() -> None:
    threat = event("2024-11-25-threat", kind=Kind.THREAT)
    call = event("2025-01-31-call", kind=Kind.CALL)
    links = chain(order(follows=(threat.id, call.id, "unknown")), threat, call)
    assert told(links)[0] == ("threat", "2024-11-25")
    assert links[0].event == threat.id
    assert [x.stage for x in links].count(Stage.THREAT) == 1
    assert Stage.THREAT not in {x.stage for x in chain(order())}


def test_a_confirmation_says_that_it_took_effect_and_brings_its_own_steps() -> None:
    notice = event("2025-02-04-start", kind=Kind.IN_FORCE, confirms=("2025-02-01-order",))
    notice = msgspec.structs.replace(
        notice,
        instrument=Instrument(
            citation="CSMS 1", steps=(Step(stage=Stage.GUIDANCE, day=day("2025-03-03")),)
        ),
    )
    links = {x.stage: x for x in chain(order(), notice)}
    assert links[Stage.EFFECTIVE].event == notice.id
    assert (links[Stage.GUIDANCE].held, links[Stage.GUIDANCE].event) == (True, notice.id)
    assert links[Stage.SIGNED].held is False


def test_the_day_on_which_it_took_effect_stands_instead_of_the_announced_one() -> None:
    start = Step(stage=Stage.EFFECTIVE, day=day("2025-03-04"))
    late = confirmation("2025-03-04-start", start)
    for made in (order(), msgspec.structs.replace(order(), instrument=None)):
        (only,) = chains(made, late)
        starts = [x for x in only.links if x.stage is Stage.EFFECTIVE]
        assert [(x.day, x.event) for x in starts] == [(start.day, late.id)]


def test_a_confirmation_on_another_day_does_not_vouch_for_the_announced_one() -> None:
    links = {x.stage: x for x in chain(order(), confirmation("2025-03-04-start"))}
    assert links[Stage.EFFECTIVE].event == "2025-02-01-order"


def test_a_step_without_a_day_is_held_all_the_same() -> None:
    links = {x.stage: x for x in chain(order(Step(stage=Stage.SIGNED, citation="EO 1")))}
    assert (links[Stage.SIGNED].held, links[Stage.SIGNED].day) == (True, None)


def test_a_start_that_is_no_day_stays_one_that_is_not_known() -> None:
    when = When(latest=day("2025-03-01"))
    made = order()
    made = msgspec.structs.replace(
        made, effects=(effect(f"{CA}/general", "in_force", "25", starts=when),)
    )
    links = {x.stage: x for x in chain(made)}
    assert (links[Stage.EFFECTIVE].day, links[Stage.EFFECTIVE].when) == (None, when)


def test_of_a_judgment_no_signature_and_no_gazette_is_expected() -> None:
    assert told(chain(order(kind=Kind.COURT_RULING))) == [("effective", "2025-02-04")]


def test_where_no_paper_is_due_nothing_is_missing() -> None:
    plain = event("2025-02-01-order", effect(f"{CA}/general", "in_force", "25", "2025-02-04"))
    assert chains(plain) == ()
    plan = msgspec.structs.replace(
        order(), effects=(effect(f"{CA}/general", "threatened", "25", "2025-02-04"),)
    )
    assert chains(plan) == ()


def test_a_step_taken_after_what_is_known_says_so() -> None:
    made = order(
        Step(stage=Stage.SIGNED, day=day("2025-02-01")),
        Step(stage=Stage.PUBLISHED, day=day("2025-02-07")),
    )
    (known,) = chains_of(made, made.effects, imposer="US", events={}, known_by=day("2025-02-02"))
    # An order says itself when it is to take effect: that is known beforehand.
    assert {str(x.stage) for x in known.links if x.later} == {"published"}
    assert not any(x.later for x in chain(made))


@pytest.mark.parametrize(
    ("kind", "stages"),
    [
        (PaperKind.PRESIDENTIAL, ["signed", "published", "effective", "guidance"]),
        (PaperKind.FEDERAL_REGISTER, ["published", "effective", "guidance"]),
        (
            PaperKind.ORDER_IN_COUNCIL,
            ["order_in_council", "registered", "gazetted", "effective", "guidance"],
        ),
        (PaperKind.DOF, ["dof", "effective", "guidance"]),
        (PaperKind.NOTICE, ["effective", "guidance"]),
        (PaperKind.COURT, ["effective"]),
        (PaperKind.BILL, ["effective"]),
        (PaperKind.OTHER, ["effective"]),
    ],
)
@pytest.mark.parametrize("imposer", ["US", "CA", "MX"])
def test_what_is_due_of_a_paper_depends_on_its_kind_and_not_on_who_imposes(
    kind: PaperKind, stages: list[str], imposer: str
) -> None:
    assert [str(x.stage) for x in chain(papered(order(), kind), imposer=imposer)] == stages


SIGNED = Step(stage=Stage.SIGNED, day=day("2025-02-20"))
EXPLAINED = Step(stage=Stage.GUIDANCE, citation="CSMS 1")


def confirmation(name: str, *steps: Step) -> Event:
    made = event(name, kind=Kind.IN_FORCE, confirms=("2025-02-01-order",))
    return papered(made, PaperKind.PRESIDENTIAL, *steps)


def test_an_announcement_without_a_paper_shows_the_one_that_its_confirmation_brought() -> None:
    threat = event("2025-01-01-threat", kind=Kind.THREAT)
    plain = msgspec.structs.replace(order(follows=(threat.id,)), instrument=None)
    guided, brought = (
        confirmation("2025-02-04-notice", EXPLAINED),
        confirmation("2025-02-20", SIGNED),
    )
    (only,) = chains(plain, threat, guided, brought)
    assert only.event is brought
    assert [(str(x.stage), x.event) for x in only.links] == [
        ("threat", threat.id),
        ("signed", brought.id),
        ("published", None),
        ("effective", guided.id),
        ("guidance", guided.id),
    ]


def test_where_no_confirmation_has_a_paper_of_its_own_the_first_cited_stands() -> None:
    plain = msgspec.structs.replace(order(), instrument=None)
    first, second = (confirmation(f"2025-02-0{n}-notice", EXPLAINED) for n in (3, 4))
    (only,) = chains(plain, first, second)
    assert only.event is first
    assert {x.event for x in only.links if x.stage is Stage.GUIDANCE} == {first.id, second.id}


def test_a_confirmation_with_a_paper_of_its_own_lends_nothing_and_is_shown_apart() -> None:
    apart = confirmation("2025-02-20-own", SIGNED, EXPLAINED)
    own, other = chains(order(kind=Kind.COURT_RULING), apart)
    assert told(own.links) == [("effective", "2025-02-04")]
    assert other.event is apart
    # What the confirmed paper says of its start is no word on that of the other.
    assert told(other.links) == [
        ("signed", "2025-02-20"),
        ("published", None),
        ("effective", None),
        ("guidance", "None"),
    ]


def test_chains_of_one_paper_are_joined_and_miss_only_what_none_of_them_holds() -> None:
    bare, full = chains(order())[0], chains(order(SIGNED, EXPLAINED))[0]
    one = joined([bare, full])
    assert [(str(x.stage), x.held) for x in one.links] == [
        ("signed", True),
        ("published", False),
        ("effective", True),
        ("guidance", True),
    ]
    assert joined([full]) == full


@pytest.fixture(scope="module")
def shipped() -> tuple[dict[str, Event], dict[str, Measure]]:
    record = read_record(Path(__file__).resolve().parents[2] / "db" / "record")
    return {e.id: e for e in record.events}, {m.key: m for m in record.measures}


def shipped_chains(
    shipped: tuple[dict[str, Event], dict[str, Measure]], name: str
) -> dict[str, tuple[Link, ...]]:
    events, measures = shipped
    made = events[name]
    found = chains_of(
        made,
        made.effects,
        imposer=measures[made.effects[0].measure].imposer,
        events=events,
        confirmed_by=[e for e in events.values() if name in e.confirms],
    )
    return {one.event.id: one.links for one in found}


def test_in_the_record_the_surtax_order_is_the_paper_of_the_first_tranche(
    shipped: tuple[dict[str, Event], dict[str, Measure]],
) -> None:
    brought = "2025-03-04-ca-counter-first-tranche-in-force"
    ((name, links),) = shipped_chains(shipped, "2025-02-01-ca-counter-first-tranche").items()
    assert name == brought
    held = {x.stage: x for x in links if x.held}
    assert held[Stage.REGISTERED].citation == "SOR/2025-66"
    assert {held[stage].event for stage in held if stage is not Stage.THREAT} == {brought}
    assert {Stage.ORDER_IN_COUNCIL, Stage.REGISTERED, Stage.GAZETTED, Stage.EFFECTIVE} <= {*held}
    # Announced for 4 February, paused, ordered for 4 March.
    assert [x.day for x in links if x.stage is Stage.EFFECTIVE] == [day("2025-03-04")]


def test_in_the_record_the_order_after_the_ruling_is_not_the_paper_of_the_ruling(
    shipped: tuple[dict[str, Event], dict[str, Measure]],
) -> None:
    ruling, order_after = "2026-02-20-scotus-ieepa-ruling", "2026-02-20-us-eo-ends-ieepa-collection"
    found = shipped_chains(shipped, ruling)
    assert [*found] == [ruling, order_after]
    assert {x.stage for x in found[ruling]} == {Stage.EFFECTIVE}
    assert {x.event for x in found[ruling]} == {ruling}
    ends = {x.stage: x.day for x in found[order_after]}
    assert ends[Stage.SIGNED] == day("2026-02-20")
    assert ends[Stage.EFFECTIVE] == day("2026-02-24")


def test_in_the_record_nobody_signs_what_an_agency_publishes(
    shipped: tuple[dict[str, Event], dict[str, Measure]],
) -> None:
    for name in ("2025-07-14-us-tomato-antidumping-order", "2025-08-15-us-s232-metals-407-codes"):
        (links,) = shipped_chains(shipped, name).values()
        assert [x.stage for x in links] == [Stage.PUBLISHED, Stage.EFFECTIVE, Stage.GUIDANCE]


def test_in_the_record_every_paper_says_its_kind(
    shipped: tuple[dict[str, Event], dict[str, Measure]],
) -> None:
    silent = [e.id for e in shipped[0].values() if e.instrument and e.instrument.kind is None]
    assert silent == []
