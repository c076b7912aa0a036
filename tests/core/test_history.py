"""Stretches that agree with state on every day, without a hole between them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.core.strategies import FIRST, SPAN_DAYS, days, worlds
from tests.core.worlds import CA, MEASURES, RULING, STAY, border, day, effect, event
from tracker.core.events import When
from tracker.core.history import Stretch, history
from tracker.core.index import Index
from tracker.core.policy import ProvisionState, Viewpoint, state
from tracker.core.words import PLANNED, Status
from tracker.core.world import World, world_of

GENERAL = (CA, "general")
EVERY_DAY = [FIRST + timedelta(days=n) for n in range(-2, SPAN_DAYS + 70)]


def look(row: ProvisionState | None) -> object:
    if row is None:
        return None
    plans = row.pending if row.status in PLANNED else ()
    plan = [(t.status, t.rate_pct, t.rate_text, t.effective_from, t.when, t.basis) for t in plans]
    scopes = [turn.scope for turn in plans]
    return (
        row.status,
        row.rate_pct,
        row.basis,
        row.rate_text,
        row.scope,
        row.alternatives,
        plan,
        scopes,
    )


def holds(stretch: Stretch, on: date) -> bool:
    return stretch.start <= on and (stretch.until is None or on < stretch.until)


@given(worlds(), st.none() | days)
def test_history_agrees_with_state_on_each_day(world: World, known: date | None) -> None:
    index = Index(world)
    told = {place: history(index, place, announced_by=known) for place in index.places()}
    for on in EVERY_DAY:
        rows = {row.place: row for row in state(world, Viewpoint(on=on, announced_by=known))}
        for place, found in told.items():
            here = [stretch for stretch in found.stretches if holds(stretch, on)]
            assert len(here) <= 1
            assert look(here[0].row if here else None) == look(rows.get(place))
            if here and place in rows:
                assert {*rows[place].events} <= {*here[0].events}


@given(worlds())
def test_stretches_follow_on_each_other_and_neighbours_differ(world: World) -> None:
    index = Index(world)
    for place in index.places():
        found = history(index, place).stretches
        for one, following in pairwise(found):
            assert one.until == following.start
            assert look(one.row) != look(following.row)
        if found:
            assert found[0].row is not None
            assert found[-1].until is None


def lines(world: World, place: tuple[str, str] = GENERAL) -> list[tuple[str, str, str]]:
    return [
        (
            str(stretch.start),
            "gap" if stretch.row is None else str(stretch.row.status),
            "" if stretch.row is None else str(stretch.row.rate_pct),
        )
        for stretch in history(Index(world), place).stretches
    ]


def test_the_life_of_the_general_border_tariff() -> None:
    assert lines(border(RULING, STAY)) == [
        ("2025-02-01", "announced", "None"),
        # The pause became known: what lay ahead read otherwise.
        ("2025-02-03", "announced", "None"),
        ("2025-02-04", "paused", "25"),
        ("2025-03-04", "in_force", "25"),
        ("2025-05-28", "invalidated", "None"),
        ("2025-05-29", "in_force", "25"),
        ("2025-08-01", "in_force", "35"),
        ("2026-02-20", "invalidated", "None"),
    ]


def test_a_confirmation_lengthens_a_stretch_and_is_named_in_it() -> None:
    found = history(Index(border()), GENERAL).stretches
    assert found[3].events == ("2025-02-01-order", "2025-03-04-start")


def test_days_of_which_nothing_is_said_are_a_gap() -> None:
    plan = event("2025-03-01-threat", effect(f"{CA}/general", "threatened", "30", "2025-04-01"))
    dropped = event("2025-03-10-dropped", withdraws=(plan.id,))
    again = event("2025-04-20-threat", effect(f"{CA}/general", "threatened", "30", "2025-05-01"))
    assert [line[:2] for line in lines(world_of((plan, dropped, again), MEASURES))] == [
        ("2025-03-01", "threatened"),
        ("2025-03-10", "gap"),
        ("2025-04-20", "threatened"),
        ("2025-05-02", "lapsed"),
    ]


def test_a_plan_that_is_put_off_is_told_as_two() -> None:
    plan = event("2025-03-01-threat", effect(f"{CA}/general", "threatened", "30", "2025-04-01"))
    put_off = event("2025-03-20-later", effect(f"{CA}/general", "threatened", "30", "2025-05-01"))
    found = history(Index(world_of((plan, put_off), MEASURES)), GENERAL).stretches
    planned = [s.row.pending[0].effective_from for s in found if s.row and s.row.pending]
    assert planned == [day("2025-04-01"), day("2025-05-01")]


def test_an_open_end_is_told_apart_from_one_that_is_not_known() -> None:
    unknown = event(
        "2025-02-10-unknown",
        effect(f"{CA}/general", "in_force", "25", "2025-02-12", ends=When()),
        effect(f"{CA}/energy", "in_force", "10", "2025-02-12"),
    )
    world = world_of((unknown,), MEASURES)
    last = {p: history(Index(world), (CA, p)).stretches[-1] for p in ("general", "energy")}
    assert (last["general"].until, last["general"].ends) == (None, When())
    assert (last["energy"].until, last["energy"].ends) == (None, None)


def test_what_begins_after_the_last_day_looked_at_is_scheduled() -> None:
    world = world_of(border().events[:5], MEASURES, known_until=day("2025-07-31"))
    scheduled = {str(s.start): s.scheduled for s in history(Index(world), GENERAL).stretches}
    assert scheduled["2025-03-04"] is False
    assert scheduled["2025-08-01"] is True


def test_what_was_known_by_a_day_is_all_that_history_tells() -> None:
    found = history(Index(border()), GENERAL, announced_by=day("2025-02-02"))
    assert [str(stretch.start) for stretch in found.stretches] == ["2025-02-01", "2025-02-04"]
    assert found.stretches[-1].row is not None
    assert found.stretches[-1].row.status is Status.IN_FORCE


def test_a_provision_nobody_speaks_of_has_no_history() -> None:
    assert history(Index(world_of((), MEASURES)), GENERAL).stretches == ()
