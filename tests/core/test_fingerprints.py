"""A fingerprint that stays the same promises answers that stay the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.core.strategies import FIRST, SPAN_DAYS, days, effects, histories
from tests.core.worlds import (
    BORDER,
    CA,
    MEASURES,
    RISE,
    RULING,
    STAY,
    border,
    effect,
    event,
    measure,
)
from tracker.core.events import Event, Withdrawal
from tracker.core.fingerprints import fingerprints
from tracker.core.index import Index
from tracker.core.rectangles import rectangles
from tracker.core.words import Doubt
from tracker.core.world import World, world_of

RULES = "1"


def printed(world: World) -> dict[tuple[str, str], str]:
    return fingerprints(Index(world), rules=RULES)


@st.composite
def changed(draw: st.DrawFn, events: Sequence[Event]) -> tuple[Event, ...]:
    """The same events but for one: gone, moved, or saying, confirming or withdrawing otherwise."""
    number = draw(st.integers(0, len(events) - 1))
    one = events[number]
    others = [event.id for event in events if event is not one] or ["no-such-event"]
    named = draw(st.sampled_from(others))
    new = draw(
        st.sampled_from(
            [
                None,
                replace(one, announced=draw(days)),
                replace(one, sequence=3 - one.sequence),
                replace(one, effects=(draw(effects()),)),
                replace(one, confirms=(named,)),
                replace(one, measures=(CA,)),
                replace(one, doubts=(Doubt.DISPUTED,)),
                replace(one, withdraws=(Withdrawal(event=named),)),
                replace(one, withdraws=(Withdrawal(event=named, provision="general"),)),
            ]
        )
    )
    return (*events[:number], *([] if new is None else [new]), *events[number + 1 :])


@settings(max_examples=150)
@given(st.data(), histories().filter(bool), st.none() | days, st.none() | days)
def test_the_same_fingerprint_means_the_same_answers(
    data: st.DataObject, events: tuple[Event, ...], today: date | None, later: date | None
) -> None:
    before = world_of(events, MEASURES, known_until=today)
    after = world_of(data.draw(changed(events)), MEASURES, known_until=later)
    old, new = printed(before), printed(after)
    indexes = Index(before), Index(after)
    for place in old.keys() & new.keys():
        if old[place] == new[place]:
            assert rectangles(indexes[0], place) == rectangles(indexes[1], place)


@given(histories(), st.integers(0, SPAN_DAYS))
def test_another_day_or_a_silent_event_changes_no_fingerprint_without_need(
    events: tuple[Event, ...], number: int
) -> None:
    today = FIRST + timedelta(days=number)
    silent = event("2025-01-05-silent")
    before = printed(world_of(events, MEASURES, known_until=today))
    assert before == printed(world_of((*events, silent), MEASURES, known_until=today))
    edges = {x for place in before for x in Index(world_of(events, MEASURES)).edges(place)}
    if today + timedelta(days=1) not in edges:
        tomorrow = world_of(events, MEASURES, known_until=today + timedelta(days=1))
        assert before == printed(tomorrow)


def test_an_event_changes_the_fingerprints_of_what_it_speaks_of_alone() -> None:
    more = event("2026-03-01-more", effect(f"{CA}/potash", "in_force", "5", "2026-03-01"))
    old, new = printed(border()), printed(border(more))
    assert {place for place in new if old[place] != new[place]} == {(CA, "potash")}
    undone = event("2026-03-01-undone", withdraws=(RISE.id,))
    new = printed(border(undone))
    assert {place for place in new if old[place] != new[place]} == {(CA, "general")}


def test_what_takes_back_a_withdrawal_is_part_of_it() -> None:
    lifted = event("2025-06-10-lifted", withdraws=(STAY.id,))
    old, new = printed(border(RULING, STAY)), printed(border(RULING, STAY, lifted))
    touched = {(effect.measure, effect.provision) for effect in RULING.effects}
    assert {place for place in new if old[place] != new[place]} == touched


def test_a_definition_and_the_program_are_part_of_it() -> None:
    old = printed(border())
    mexico = (measure(CA, "general", "energy", "potash", "usmca", target="MX"), MEASURES[1])
    assert all(old[p] != new for p, new in printed(world_of(BORDER, mexico)).items())
    other = fingerprints(Index(border()), rules="2")
    assert all(old[place] != new for place, new in other.items())


def test_they_stand_in_the_order_of_definition() -> None:
    assert list(printed(border())) == list(Index(border()).places())
