"""Days that are not known as days are never shown as if they were."""

from __future__ import annotations

from decimal import Decimal

from tests.core.worlds import MEASURES, MX, day, effect, event, look, rows
from tracker.core.diff import ChangeKind, diff_viewpoints
from tracker.core.events import When
from tracker.core.policy import Viewpoint
from tracker.core.words import Status
from tracker.core.world import World, world_of

PLACE = f"{MX}/general"
BETWEEN = When(earliest=day("2025-04-10"), latest=day("2025-04-20"))
BASE = event("2025-03-01-base", effect(PLACE, "in_force", "10", "2025-03-01"))


def world(*more: object) -> World:
    return world_of([BASE, *more], MEASURES)  # type: ignore[list-item]  # events, in brief


def test_a_start_within_a_range_is_certain_only_after_it() -> None:
    rise = event("2025-04-01-rise", effect(PLACE, "in_force", "35", starts=BETWEEN))
    before, early, last, after = (
        look(world(rise), on, PLACE)
        for on in ("2025-04-09", "2025-04-10", "2025-04-19", "2025-04-20")
    )
    assert [row.rate_pct for row in (before, early, last, after)] == [10, 10, 10, 35]
    assert before.alternatives == ()
    for row in (early, last):
        (instead,) = row.alternatives
        assert (instead.status, instead.rate_pct) == (Status.IN_FORCE, Decimal(35))
        assert (instead.when, instead.event) == (BETWEEN, "2025-04-01-rise")
    assert after.alternatives == ()
    assert (after.effective_from, after.starts) == (None, BETWEEN)
    (turn,) = before.pending
    assert (turn.status, turn.effective_from, turn.when) == (Status.ANNOUNCED, None, BETWEEN)


def test_an_end_within_a_range_leaves_open_whether_it_has_come() -> None:
    pause = event("2025-04-01-pause", effect(PLACE, "paused", None, "2025-04-02", ends=BETWEEN))
    certain, unsure, over = (
        look(world(pause), on, PLACE) for on in ("2025-04-05", "2025-04-15", "2025-04-20")
    )
    assert certain.status is unsure.status is Status.PAUSED
    assert (certain.effective_until, certain.ends) == (None, BETWEEN)
    assert certain.alternatives == ()
    (instead,) = unsure.alternatives
    assert (instead.status, instead.rate_pct) == (Status.IN_FORCE, Decimal(10))
    # It is in force again, and since when is not known either.
    assert (over.status, over.effective_from, over.starts) == (Status.IN_FORCE, None, BETWEEN)
    (turn,) = certain.pending
    assert (turn.effective_from, turn.when) == (None, BETWEEN)


def test_an_open_end_is_not_an_unknown_one() -> None:
    unknown = event("2025-04-01-a", effect(PLACE, "in_force", "20", "2025-04-02", ends=When()))
    condition = When(condition="until the talks end")
    bound = event("2025-05-01-b", effect(PLACE, "in_force", "30", "2025-05-02", ends=condition))
    open_, not_known, bounded = (
        look(world(unknown, bound), on, PLACE) for on in ("2025-03-05", "2025-04-05", "2025-06-01")
    )
    assert (open_.effective_until, open_.ends) == (None, None)
    assert (not_known.effective_until, not_known.ends) == (None, When())
    assert (bounded.effective_until, bounded.ends) == (None, condition)


def test_an_order_on_a_condition_stays_pending_until_an_event_gives_the_day() -> None:
    condition = When(condition="if no deal is reached")
    order = event("2025-04-01-order", effect(PLACE, "in_force", "35", starts=condition))
    row = look(world(order), "2025-09-01", PLACE)
    assert (row.rate_pct, row.alternatives) == (Decimal(10), ())
    (turn,) = row.pending
    assert (turn.status, turn.effective_from, turn.when) == (Status.ANNOUNCED, None, condition)
    started = event("2025-09-10-start", effect(PLACE, "in_force", "35", "2025-09-11"))
    later = look(world(order, started), "2025-09-11", PLACE)
    assert (later.rate_pct, later.pending) == (Decimal(35), ())


def test_a_start_that_may_have_come_with_nothing_beneath_is_not_shown_as_in_force() -> None:
    first = event("2025-04-01-first", effect(PLACE, "in_force", "35", starts=BETWEEN))
    alone = world_of([first], MEASURES)
    waiting, unsure, certain = (
        look(alone, on, PLACE) for on in ("2025-04-05", "2025-04-15", "2025-04-20")
    )
    assert waiting.status is unsure.status is Status.ANNOUNCED
    assert waiting.alternatives == ()
    (instead,) = unsure.alternatives
    assert instead.status is Status.IN_FORCE
    assert certain.status is Status.IN_FORCE


def test_a_threat_for_a_range_of_days_lapses_after_the_last_of_them() -> None:
    threat = event("2025-04-01-threat", effect(PLACE, "threatened", "50", starts=BETWEEN))
    found = [look(world(threat), on, PLACE) for on in ("2025-04-15", "2025-04-20", "2025-04-21")]
    assert [len(row.pending) for row in found] == [1, 1, 0]
    assert found[0].pending[0].when == BETWEEN


def test_an_end_past_its_range_reads_as_expired_on_a_day_that_is_not_known() -> None:
    held = event("2025-04-01-held", effect(PLACE, "in_force", "35", "2025-04-02", ends=BETWEEN))
    alone = world_of([held], MEASURES)
    row = look(alone, "2025-05-01", PLACE)
    assert (row.status, row.effective_from, row.starts) == (Status.EXPIRED, None, BETWEEN)
    unsure = look(alone, "2025-04-12", PLACE)
    assert (unsure.status, unsure.alternatives[0].status) == (Status.IN_FORCE, Status.EXPIRED)


def test_that_nobody_knows_any_more_is_a_change_a_reader_sees() -> None:
    rise = event("2025-04-01-rise", effect(PLACE, "in_force", "35", starts=BETWEEN))
    before, after = Viewpoint(on=day("2025-04-09")), Viewpoint(on=day("2025-04-10"))
    (change,) = diff_viewpoints(world(rise), before, after)
    assert change.kind is ChangeKind.DATES
    assert rows(world(rise), "2025-04-10")[PLACE].doubts == ()
