"""The worked examples of the policy model, and each of its rules on its own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.core.worlds import (
    CA,
    MEASURES,
    MX,
    RULING,
    STAY,
    border,
    day,
    effect,
    event,
    look,
    rows,
)
from tracker.core.diff import diff_viewpoints
from tracker.core.policy import ProvisionState, Viewpoint
from tracker.core.words import Basis, Kind, Status
from tracker.core.world import world_of


def ahead(row: ProvisionState) -> list[tuple[str, str | None, date | None]]:
    return [
        (
            str(turn.status),
            None if turn.rate_pct is None else f"{turn.rate_pct}",
            turn.effective_from,
        )
        for turn in row.pending
    ]


def test_signed_but_not_started() -> None:
    general = look(border(), "2025-02-02")
    energy = look(border(), "2025-02-02", f"{CA}/energy")
    assert general.status is energy.status is Status.ANNOUNCED
    assert general.rate_pct is None
    assert ahead(general) == [("announced", "25", day("2025-02-04"))]
    assert ahead(energy) == [("announced", "10", day("2025-02-04"))]


def test_what_was_expected_before_the_pause() -> None:
    for name, rate in (("general", "25"), ("energy", "10")):
        row = look(border(), "2025-02-05", f"{CA}/{name}", announced_by="2025-02-02")
        assert (row.status, row.rate_pct) == (Status.IN_FORCE, Decimal(rate))


def test_paused_with_the_resumption_pending() -> None:
    general = look(border(), "2025-02-05")
    energy = look(border(), "2025-02-05", f"{CA}/energy")
    assert general.status is energy.status is Status.PAUSED
    assert (general.effective_from, general.effective_until) == (
        day("2025-02-04"),
        day("2025-03-04"),
    )
    assert (general.rate_pct, energy.rate_pct) == (Decimal(25), Decimal(10))
    assert ahead(general) == [("announced", "25", day("2025-03-04"))]
    assert ahead(energy) == [("announced", "10", day("2025-03-04"))]


def test_what_lay_beneath_comes_back_without_an_event() -> None:
    without = world_of([e for e in border().events if e.id != "2025-03-04-start"], MEASURES)
    for world in (border(), without):
        general, energy = look(world, "2025-03-04"), look(world, "2025-03-04", f"{CA}/energy")
        assert (general.status, general.rate_pct) == (Status.IN_FORCE, Decimal(25))
        assert (energy.status, energy.rate_pct) == (Status.IN_FORCE, Decimal(10))
        assert (general.effective_from, general.effective_until) == (day("2025-03-04"), None)
    confirmed = look(border(), "2025-03-04")
    assert confirmed.events == ("2025-02-01-order", "2025-03-04-start")


def test_the_exemption_was_not_known() -> None:
    then = look(border(), "2025-03-10", f"{CA}/usmca", announced_by="2025-03-05")
    now = look(border(), "2025-03-10", f"{CA}/usmca")
    general = look(border(), "2025-03-10", announced_by="2025-03-05")
    energy = look(border(), "2025-03-10", f"{CA}/energy", announced_by="2025-03-05")
    assert (then.status, then.rate_pct) == (Status.IN_FORCE, Decimal(25))
    assert (now.status, now.rate_pct) == (Status.IN_FORCE, Decimal(0))
    assert (general.rate_pct, energy.rate_pct) == (Decimal(25), Decimal(10))


def test_only_one_provision_rose() -> None:
    general = look(border(), "2025-08-01")
    energy = look(border(), "2025-08-01", f"{CA}/energy")
    assert (general.rate_pct, energy.rate_pct) == (Decimal(35), Decimal(10))
    assert general.events == ("2025-07-31-rise",)


def test_a_stayed_ruling_no_longer_counts() -> None:
    world = border(RULING, STAY)
    for name, rate in (("general", "25"), ("energy", "10")):
        row = look(world, "2025-06-01", f"{CA}/{name}")
        assert (row.status, row.rate_pct) == (Status.IN_FORCE, Decimal(rate))
        assert "2025-05-29-stay" in row.events
    struck = look(world, "2025-05-28")
    expected = look(world, "2025-06-01", announced_by="2025-05-28")
    assert struck.status is expected.status is Status.INVALIDATED


def test_lifting_the_stay_lets_the_ruling_count_again() -> None:
    lifted = event("2025-06-10-lifted", withdraws=("2025-05-29-stay",))
    world = border(RULING, STAY, lifted)
    states = [look(world, on) for on in ("2025-05-28", "2025-06-09", "2025-06-10", "2025-07-01")]
    assert [row.status for row in states] == [
        Status.INVALIDATED,
        Status.IN_FORCE,
        Status.INVALIDATED,
        Status.INVALIDATED,
    ]


def test_the_supreme_court_ends_it() -> None:
    row = look(border(), "2026-02-20")
    assert (row.status, row.rate_pct) == (Status.INVALIDATED, None)
    assert row.effective_from == day("2026-02-20")
    assert row.over


LETTER = event(
    "2025-07-12-letter", effect(f"{MX}/general", "threatened", "30", "2025-08-01"), kind=Kind.THREAT
)
PUT_OFF = event(
    "2025-07-31-put-off",
    effect(f"{MX}/general", "threatened", "30", "2025-10-29"),
    kind=Kind.PAUSE_EXTENSION,
)
MEXICO = event("2025-02-01-mexico", effect(f"{MX}/general", "in_force", "25", "2025-03-04"))


def test_mexicos_threat_never_enters_into_force_by_itself() -> None:
    world = border(MEXICO, LETTER, PUT_OFF)
    row = look(world, "2025-09-18", f"{MX}/general")
    assert (row.status, row.rate_pct) == (Status.IN_FORCE, Decimal(25))
    assert ahead(row) == [("threatened", "30", day("2025-10-29"))]
    before = look(world, "2025-07-20", f"{MX}/general")
    assert ahead(before) == [("threatened", "30", day("2025-08-01"))]
    after = look(world, "2025-10-30", f"{MX}/general")
    assert (after.rate_pct, after.pending) == (Decimal(25), ())


def test_a_threat_with_nothing_beneath_lapses_after_its_day() -> None:
    threat = event("2025-01-20-threat", effect(f"{MX}/general", "threatened", "25", "2025-02-01"))
    world = world_of([threat], MEASURES)
    found = [look(world, on, f"{MX}/general") for on in ("2025-01-31", "2025-02-01", "2025-02-02")]
    assert [row.status for row in found] == [
        Status.THREATENED,
        Status.THREATENED,
        Status.LAPSED,
    ]
    assert rows(world, "2025-01-19") == {}


def test_a_threat_does_not_lapse_in_a_future_nobody_has_seen() -> None:
    threat = event("2026-10-01-threat", effect(f"{MX}/general", "threatened", "25", "2027-01-01"))
    today = world_of([threat], MEASURES, known_until=day("2026-11-23"))
    row = look(today, "2027-06-01", f"{MX}/general")
    assert row.status is Status.THREATENED
    known = look(world_of([threat], MEASURES), "2027-06-01", f"{MX}/general")
    assert known.status is Status.LAPSED
    then = look(
        world_of([threat], MEASURES), "2027-06-01", f"{MX}/general", announced_by="2026-12-01"
    )
    assert then.status is Status.THREATENED


def test_a_threat_without_a_day_stays_pending_with_the_day_unknown() -> None:
    threat = event("2025-10-27-later", effect(f"{MX}/general", "threatened", "30"))
    row = look(border(MEXICO, threat), "2026-01-15", f"{MX}/general")
    assert ahead(row) == [("threatened", "30", None)]
    struck = event("2026-02-20-struck", effect(f"{MX}/general", "invalidated", None, "2026-02-20"))
    row = look(border(MEXICO, threat, struck), "2026-02-21", f"{MX}/general")
    assert (row.status, row.pending) == (Status.INVALIDATED, ())


def test_a_dropped_threat_is_no_longer_pending() -> None:
    dropped = event("2025-07-20-dropped", withdraws=("2025-07-12-letter",))
    world = border(MEXICO, LETTER, dropped)
    before, after = (look(world, on, f"{MX}/general") for on in ("2025-07-19", "2025-07-20"))
    assert len(before.pending) == 1
    assert after.pending == ()


def test_an_order_carries_out_the_threat() -> None:
    order = event("2025-07-31-order", effect(f"{MX}/general", "in_force", "30", "2025-08-01"))
    row = look(border(MEXICO, LETTER, order), "2025-07-31", f"{MX}/general")
    assert ahead(row) == [("announced", "30", day("2025-08-01"))]


def test_an_announced_plan_needs_another_act() -> None:
    plan = event(
        "2025-03-04-phase2",
        effect(f"{MX}/general", "announced", "25", "2025-03-25"),
        kind=Kind.THREAT,
    )
    world = world_of([plan], MEASURES)
    row = look(world, "2025-03-10", f"{MX}/general")
    later = look(world, "2025-03-26", f"{MX}/general")
    assert (row.status, row.rate_pct) == (Status.ANNOUNCED, None)
    assert later.status is Status.LAPSED


def test_a_measure_whose_every_layer_has_run_out_is_expired() -> None:
    held = event(
        "2026-02-20-surcharge",
        effect(f"{MX}/general", "in_force", "10", "2026-02-24", "2026-07-24"),
    )
    world = world_of([held], MEASURES)
    last, first = (
        look(world, "2026-07-23", f"{MX}/general"),
        look(world, "2026-07-24", f"{MX}/general"),
    )
    assert last.status is Status.IN_FORCE
    assert ahead(last) == [("expired", None, day("2026-07-24"))]
    assert (first.status, first.effective_from) == (Status.EXPIRED, day("2026-07-24"))
    assert first.over


def test_an_order_rescinded_before_it_started_leaves_nothing() -> None:
    order = event("2025-02-01-signed", effect(f"{MX}/general", "in_force", "25", "2025-02-10"))
    rescinded = event("2025-02-05-rescinded", withdraws=("2025-02-01-signed",))
    world = world_of([order, rescinded], MEASURES)
    planned = look(world, "2025-02-04", f"{MX}/general")
    assert planned.status is Status.ANNOUNCED
    assert rows(world, "2025-02-11") == {}


def test_an_order_withdrawn_while_in_force_reads_as_revoked_from_that_day() -> None:
    withdrawn = event("2025-04-01-withdrawn", withdraws=("2025-02-01-mexico",))
    world = world_of([MEXICO, withdrawn], MEASURES)
    last, first = (
        look(world, "2025-03-31", f"{MX}/general"),
        look(world, "2025-04-01", f"{MX}/general"),
    )
    assert last.status is Status.IN_FORCE
    assert (first.status, first.effective_from) == (Status.REVOKED, day("2025-04-01"))
    assert first.events == ("2025-02-01-mexico", "2025-04-01-withdrawn")


def test_a_retroactive_order_counts_from_the_day_it_speaks_of() -> None:
    late = event(
        "2025-05-20-content",
        effect(f"{MX}/general", "in_force", "25", "2025-04-03", basis=Basis.NON_US_CONTENT),
    )
    world = world_of([MEXICO, late], MEASURES)
    now = look(world, "2025-04-10", f"{MX}/general")
    then = look(world, "2025-04-10", f"{MX}/general", announced_by="2025-04-10")
    assert (now.basis, then.basis) == (Basis.NON_US_CONTENT, Basis.FULL_VALUE)


def test_same_day_the_order_in_the_record_decides() -> None:
    general = f"{MX}/general"
    first = event("2025-05-01-a", effect(general, "in_force", "5", "2025-05-02"), sequence=1)
    second = event("2025-05-01-b", effect(general, "in_force", "6", "2025-05-02"), sequence=0)
    row = look(world_of([first, second], MEASURES), "2025-05-02", f"{MX}/general")
    assert row.rate_pct == Decimal(5)


def test_a_pause_follows_what_changes_beneath_it() -> None:
    pause = event(
        "2025-03-10-pause", effect(f"{MX}/general", "paused", None, "2025-03-11", "2025-06-01")
    )
    rise = event("2025-03-01-rise", effect(f"{MX}/general", "in_force", "40", "2025-04-01"))
    world = world_of([MEXICO, rise, pause], MEASURES)
    early, late = (
        look(world, "2025-03-20", f"{MX}/general"),
        look(world, "2025-04-02", f"{MX}/general"),
    )
    assert (early.rate_pct, late.rate_pct) == (Decimal(25), Decimal(40))
    assert late.effective_from == day("2025-04-01")


def test_an_extended_pause_says_the_end_that_was_known_on_the_day() -> None:
    pause = event(
        "2025-03-10-pause", effect(f"{MX}/general", "paused", None, "2025-03-11", "2025-04-01")
    )
    longer = event(
        "2025-03-30-longer", effect(f"{MX}/general", "paused", None, "2025-04-01", "2025-05-01")
    )
    world = world_of([MEXICO, pause, longer], MEASURES)
    early, late = (
        look(world, "2025-03-20", f"{MX}/general"),
        look(world, "2025-03-31", f"{MX}/general"),
    )
    assert early.effective_until == day("2025-04-01")
    assert late.effective_until == day("2025-05-01")
    assert late.effective_from == day("2025-03-11")


def test_a_change_names_the_event_that_made_it_and_not_what_it_replaced() -> None:
    def causes(before: str, after: str, name: str = "general") -> tuple[str, ...]:
        changes = diff_viewpoints(border(), Viewpoint(on=day(before)), Viewpoint(on=day(after)))
        (found,) = [c.events for c in changes if c.subject.place == (CA, name)]
        return found

    assert causes("2025-02-02", "2025-02-05") == ("2025-02-03-pause",)
    assert causes("2025-03-03", "2025-03-08") == ("2025-03-04-start",)
    assert causes("2025-03-03", "2025-03-08", "energy") == ("2025-03-04-start",)
    assert causes("2025-03-03", "2025-03-08", "usmca") == ("2025-03-06-exemption",)
    assert causes("2025-07-31", "2025-08-01") == ("2025-07-31-rise",)
    assert causes("2026-02-19", "2026-02-20") == ("2026-02-20-supreme-court",)
    assert causes("2026-02-20", "2026-02-19") == ("2026-02-20-supreme-court",)


def test_a_confirmation_that_names_measures_speaks_of_those_alone() -> None:
    order = event(
        "2025-02-01-both",
        effect(f"{CA}/general", "in_force", "25", "2025-02-04"),
        effect(f"{MX}/general", "in_force", "25", "2025-02-10"),
    )
    started = event("2025-02-04-canada", confirms=("2025-02-01-both",), measures=(CA,))
    world = world_of([order, started], MEASURES)
    assert look(world, "2025-02-11").events == ("2025-02-01-both", "2025-02-04-canada")
    assert look(world, "2025-02-11", f"{MX}/general").events == ("2025-02-01-both",)
