"""What was not expected in time: the same answer as asking for every single day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.core.strategies import days, worlds
from tests.core.worlds import CA, MEASURES, ORDER, PAUSE, RULING, STAY, border, day, effect, event
from tracker.core.diff import diff
from tracker.core.index import Index
from tracker.core.policy import ProvisionState, Viewpoint, state
from tracker.core.surprises import Surprise, surprises
from tracker.core.words import Status
from tracker.core.world import World, world_of


def told(found: tuple[Surprise, ...], provision: str = "general") -> list[tuple[str, str, int]]:
    return [
        (str(one.day), one.change.events[-1][11:], one.notice_days)
        for one in found
        if one.change.subject.provision == provision
    ]


def applied(row: ProvisionState | None) -> object:
    if row is None or row.status not in {Status.IN_FORCE, Status.PAUSED}:
        return None
    return (row.status, row.rate_pct, row.basis, row.rate_text, row.scope)


@given(worlds(), days, st.integers(1, 45), st.integers(1, 40))
def test_it_finds_what_asking_for_every_day_finds(
    world: World, after: date, length: int, ahead: int
) -> None:
    """Each day asked by itself: nothing is missed, and nothing is named late or twice."""
    until = after + timedelta(days=length)
    named: dict[object, set[str]] = {}
    expected: set[object] = set()
    for n in range(1, length + 1):
        on = after + timedelta(days=n)
        before = state(world, Viewpoint(on=on, announced_by=on - timedelta(days=ahead)))
        now = state(world, Viewpoint(on=on, announced_by=on))
        for change in diff(before, now):
            sides = (applied(change.before), applied(change.after))
            if sides[0] == sides[1]:
                continue
            seen = named.setdefault((change.subject.place, sides[1]), set())
            if seen.isdisjoint(change.events):
                expected.add((on, change.subject.place, sides, change.events))
            seen.update(change.events)
    found = {
        (
            one.day,
            one.change.subject.place,
            (applied(one.change.before), applied(one.change.after)),
            one.change.events,
        )
        for one in surprises(Index(world), after, until, days=ahead)
    }
    assert found == expected


def test_a_pause_announced_the_day_before_surprises() -> None:
    found = surprises(Index(border()), day("2025-02-01"), day("2025-02-28"), days=30)
    # The order itself was announced three days before it was to start, and paused the day before.
    assert told(found) == [("2025-02-04", "pause", 1)]
    one = next(s for s in found if s.change.subject.provision == "general")
    assert one.change.before is None
    assert one.already is False


def test_one_pause_surprises_once_whatever_had_been_expected() -> None:
    # First a threat was expected, later the order: it is the same pause that upset both.
    threat = event("2025-01-02-threat", effect(f"{CA}/general", "threatened", "25", "2025-02-01"))
    index = Index(world_of([threat, ORDER, PAUSE], MEASURES))
    assert told(surprises(index, day("2025-02-01"), day("2025-03-10"), days=5)) == [
        ("2025-02-04", "pause", 1)
    ]


def test_what_was_expected_long_enough_is_no_surprise() -> None:
    assert told(surprises(Index(border()), day("2025-03-03"), day("2025-03-06"), days=28)) == []
    assert told(surprises(Index(border()), day("2025-03-03"), day("2025-03-06"), days=32)) == [
        ("2025-03-04", "start", 0)
    ]


def test_a_ruling_and_its_stay_each_surprise_once() -> None:
    found = surprises(Index(border(RULING, STAY)), day("2025-05-20"), day("2025-06-27"), days=30)
    # On 27 June the ruling had been known for 30 days, the stay of the next day had not.
    assert told(found) == [("2025-05-28", "ruling", 0), ("2025-06-27", "stay", 29)]


def test_what_showed_before_the_window_says_so() -> None:
    world = world_of((ORDER, PAUSE), MEASURES)
    found = surprises(Index(world), day("2025-02-10"), day("2025-02-20"), days=30)
    assert {(str(one.day), one.already) for one in found} == {("2025-02-11", True)}


def test_a_retroactive_order_says_how_far_it_reaches_back() -> None:
    late = event("2025-03-20-late", effect(f"{CA}/general", "in_force", "30", "2025-03-05"))
    found = surprises(
        Index(world_of((ORDER, late), MEASURES)), day("2025-03-15"), day("2025-03-31")
    )
    rates = {
        (str(o.day), o.notice_days, o.late_days) for o in found if "late" in o.change.events[-1]
    }
    assert rates == {("2025-03-20", 0, 15)}


def test_a_plan_is_no_surprise() -> None:
    plan = event("2025-02-10-threat", effect(f"{CA}/general", "threatened", "30", "2025-02-20"))
    assert surprises(Index(world_of((plan,), MEASURES)), day("2025-02-01"), day("2025-03-01")) == ()


def test_the_ends_of_the_calendar_and_swapped_days_give_nothing() -> None:
    assert surprises(Index(border()), date(9998, 1, 1), date.max, days=30) == ()
    assert surprises(Index(border()), date.min, date(2, 1, 1), days=100_000) == ()
    assert surprises(Index(border()), day("2025-03-06"), day("2025-03-06")) == ()
