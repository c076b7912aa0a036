"""The chain of a paper: what the record holds of it, and what is visibly missing."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tests.core.worlds import CA, day, effect, event
from tracker.core.chain import Link, chain_of
from tracker.core.events import Event, Instrument, Step, When
from tracker.core.words import Kind, Stage

PAPER = Instrument(citation="Executive Order 1")


def order(*steps: Step, follows: tuple[str, ...] = (), **more: Any) -> Event:
    made = event(
        "2025-02-01-order", effect(f"{CA}/general", "in_force", "25", "2025-02-04"), **more
    )
    paper = msgspec.structs.replace(PAPER, steps=steps)
    return msgspec.structs.replace(made, instrument=paper, follows=follows)


def chain(made: Event, *others: Event, imposer: str = "US") -> tuple[Link, ...]:
    events = {e.id: e for e in (made, *others)}
    confirming = [e for e in others if made.id in e.confirms]
    return chain_of(made, made.effects, imposer=imposer, events=events, confirmed_by=confirming)


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
    notice = event("2025-03-04-start", kind=Kind.IN_FORCE, confirms=("2025-02-01-order",))
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
    assert chain(plain) == ()
    plan = msgspec.structs.replace(
        order(), effects=(effect(f"{CA}/general", "threatened", "25", "2025-02-04"),)
    )
    assert chain(plan) == ()


def test_a_step_taken_after_what_is_known_says_so() -> None:
    made = order(
        Step(stage=Stage.SIGNED, day=day("2025-02-01")),
        Step(stage=Stage.PUBLISHED, day=day("2025-02-07")),
    )
    known = chain_of(made, made.effects, imposer="US", events={}, known_by=day("2025-02-02"))
    # An order says itself when it is to take effect: that is known beforehand.
    assert {str(x.stage) for x in known if x.later} == {"published"}
    assert not any(x.later for x in chain(made))
