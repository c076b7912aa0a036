"""Every layer with what became of it, ending in the state that policy gives."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.core.strategies import viewpoints, worlds
from tests.core.worlds import (
    CA,
    MEASURES,
    ORDER,
    RULING,
    SOURCE,
    STAY,
    border,
    day,
    effect,
    event,
)
from tracker.core.events import Claim, Text, When
from tracker.core.explain import Explanation, explain
from tracker.core.index import Index
from tracker.core.measures import Measure
from tracker.core.places import alone
from tracker.core.policy import Viewpoint, state
from tracker.core.reasons import Reason
from tracker.core.words import Standing
from tracker.core.world import World, world_of
from tracker.errors import UnknownName

GENERAL = (CA, "general")


def asked(
    world: World, on: str, announced_by: str | None = None, place: tuple[str, str] = GENERAL
) -> Explanation:
    known = day(announced_by) if announced_by else None
    return explain(world, place, Viewpoint(on=day(on), announced_by=known))


def reasons(found: Explanation) -> dict[str, Reason]:
    return {told.layer.event.id[11:]: told.reason for told in found.layers}


@given(worlds(), viewpoints())
def test_the_explanation_ends_in_the_state_it_explains(world: World, seen: Viewpoint) -> None:
    rows = {row.place: row for row in state(world, seen)}
    for place in Index(world).places():
        found = explain(world, place, seen)
        row = rows.get(place)
        assert found.row == row
        counting = [told for told in found.layers if told.reason is Reason.COUNTS]
        assert len(counting) <= 1
        for told in counting:
            assert row is not None
            assert row.status is told.layer.effect.status
            assert told.layer.event.id in row.events
        held = [told for told in found.layers if told.reason is Reason.HELD_BACK]
        for told in held:
            assert row is not None
            assert row.rate_pct == told.layer.effect.rate_pct
        if row is not None:
            assert {*row.events} <= {e.id for e in found.events}
            perhaps = {t.layer.event.id for t in found.layers if t.reason is Reason.MAY_COUNT}
            perhaps |= {t.layer.event.id for t in counting if t.may_be_over}
            assert perhaps == {other.event for other in row.alternatives}


@given(worlds(), viewpoints())
def test_every_layer_is_told_once_and_the_open_plan_is_the_pending_one(
    world: World, seen: Viewpoint
) -> None:
    for place in Index(world).places():
        near = alone(world, place)
        found = explain(world, place, seen)
        told = [*found.layers, *found.not_yet_known]
        effects = [f for e in near.events for f in e.effects if (f.measure, f.provision) == place]
        assert len(told) == len(effects)
        late = {t.layer.event.id for t in found.not_yet_known}
        assert late == {
            e.id
            for e in near.events
            if seen.announced_by is not None
            and e.announced > seen.announced_by
            and any((f.measure, f.provision) == place for f in e.effects)
        }
        open_plans = {t.layer.event.id for t in told if t.reason is Reason.PLAN}
        assert open_plans <= {turn.event for turn in (found.row.pending if found.row else ())}


def test_a_pause_counts_and_holds_back_the_order() -> None:
    found = asked(border(), "2025-02-05")
    assert reasons(found) == {
        "order": Reason.HELD_BACK,
        "pause": Reason.COUNTS,
        "rise": Reason.NOT_BEGUN,
        "supreme-court": Reason.NOT_BEGUN,
    }
    assert [told.layer.event.id for told in found.layers][-1] == ORDER.id
    assert found.layers[-1].confirmed_by == ("2025-03-04-start",)
    late = {told.layer.event.id[11:] for told in found.layers if told.late}
    assert late == {"rise", "supreme-court"}


def test_what_lies_beneath_is_covered_and_a_pause_that_ran_out_has_passed() -> None:
    found = asked(border(), "2025-08-01")
    assert reasons(found)["order"] is Reason.COVERED
    order, pause = found.layers[-1], found.layers[-2]
    assert order.verdict.by == ("2025-07-31-rise",)
    assert (pause.reason, pause.verdict.since) == (Reason.PASSED, day("2025-03-04"))


def test_what_was_announced_later_is_listed_apart_as_not_yet_known() -> None:
    found = asked(border(), "2025-08-05", "2025-06-01")
    assert "rise" not in reasons(found)
    assert [told.layer.event.id[11:] for told in found.not_yet_known] == ["rise", "supreme-court"]
    assert {told.reason for told in found.not_yet_known} == {Reason.NOT_YET_KNOWN}


def test_a_stayed_ruling_is_withdrawn_by_the_stay_and_from_when() -> None:
    found = asked(border(RULING, STAY), "2025-06-01")
    ruling = next(told for told in found.layers if told.layer.event.id == RULING.id)
    assert (ruling.reason, ruling.verdict.by, ruling.verdict.since) == (
        Reason.WITHDRAWN,
        (STAY.id,),
        day("2025-05-29"),
    )
    early = event(
        "2025-05-28-ruling",
        effect(f"{CA}/general", "invalidated", None, "2025-06-07"),
    )
    never = asked(border(early, STAY), "2025-02-05")
    assert reasons(never)["ruling"] is Reason.WITHDRAWN
    before = asked(border(RULING, STAY), "2025-05-28")
    assert reasons(before)["ruling"] is Reason.COUNTS


PUT_OFF = event("2025-02-10-put-off", effect(f"{CA}/general", "threatened", "30", "2025-04-01"))
THREAT = event("2025-02-05-threat", effect(f"{CA}/general", "threatened", "30", "2025-03-01"))
CARRIED_OUT = event("2025-03-20-order", effect(f"{CA}/general", "in_force", "30", "2025-04-01"))
DROPPED = event("2025-03-20-dropped", withdraws=("2025-02-10-put-off",))


@pytest.mark.parametrize(
    ("more", "on", "expected"),
    [
        ((), "2025-02-06", {"threat": Reason.PLAN, "put-off": Reason.PLAN_LATE}),
        ((), "2025-02-20", {"threat": Reason.PLAN_REPLACED, "put-off": Reason.PLAN}),
        ((), "2025-04-02", {"threat": Reason.PLAN_REPLACED, "put-off": Reason.PLAN_LAPSED}),
        ((CARRIED_OUT,), "2025-03-25", {"put-off": Reason.PLAN_ANSWERED}),
        ((DROPPED,), "2025-03-25", {"put-off": Reason.WITHDRAWN}),
    ],
)
def test_what_became_of_a_plan(more: tuple[object, ...], on: str, expected: object) -> None:
    world = world_of((THREAT, PUT_OFF, *more), MEASURES)  # type: ignore[arg-type]  # events
    told = reasons(asked(world, on))
    assert isinstance(expected, dict)
    assert {name: told[name] for name in expected} == expected


def test_an_order_whose_first_day_is_a_range_may_count_and_never_does_for_certain() -> None:
    sometime = event(
        "2025-03-10-sometime",
        effect(
            f"{CA}/general",
            "in_force",
            "40",
            starts=When(earliest=day("2025-04-01"), latest=day("2025-04-10")),
        ),
    )
    world = world_of((ORDER, sometime), MEASURES)
    assert reasons(asked(world, "2025-03-20"))["sometime"] is Reason.NOT_BEGUN
    during = asked(world, "2025-04-05")
    assert reasons(during) == {"order": Reason.COUNTS, "sometime": Reason.MAY_COUNT}
    assert reasons(asked(world, "2025-04-10"))["sometime"] is Reason.COUNTS


def test_mirrors_are_named_from_both_sides_and_claims_stand_beside() -> None:
    answer = Measure(
        key="ca.counter",
        imposer="CA",
        authority="Customs Tariff",
        title=Text(en="counter"),
        provisions=MEASURES[0].provisions,
        mirrors=(CA,),
    )
    claim = Claim(
        measure=CA,
        provision="general",
        stated=Text(en="50%"),
        finding=Text(en="25%"),
        standing=Standing.REFUTED,
        claimed_from=day("2025-03-01"),
        sources=(SOURCE,),
    )
    said = event("2025-03-05-claim", claims=(claim,))
    world = world_of((ORDER, said), (*MEASURES, answer))
    found = asked(world, "2025-03-10")
    assert (found.answers, found.answered_by) == ((), ("ca.counter",))
    assert [entry.claim for entry in found.claims] == [claim]
    assert explain(world, ("ca.counter", "general"), found.viewpoint).answers == (CA,)
    assert asked(world, "2025-02-20").claims == ()


def test_a_provision_nobody_speaks_of_has_no_layers_and_no_state() -> None:
    found = asked(world_of((), MEASURES), "2025-02-05")
    assert (found.row, found.layers, found.not_yet_known, found.events) == (None, (), (), ())


def test_an_undefined_provision_is_refused() -> None:
    with pytest.raises(UnknownName):
        asked(border(), "2025-02-05", place=(CA, "nothing"))
