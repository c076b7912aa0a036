"""Which of two measures a good pays that both reach: the last word wins, day by day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.core.worlds import day, event
from tracker.core.events import Event
from tracker.core.precedence import precedence
from tracker.core.stacking import Stacking
from tracker.core.words import Relation

INSTEAD, ON_TOP = Relation.INSTEAD_OF, Relation.ON_TOP_OF


def ruled(
    event_id: str, sides: str, relation: Relation, start: str, until: str | None = None
) -> Event:
    first, other = sides.split()
    rule = Stacking(
        first=(first,),
        relation=relation,
        others=(other,),
        effective_from=day(start),
        effective_until=day(until) if until else None,
    )
    bare = event(event_id)
    return Event(
        id=bare.id,
        kind=bare.kind,
        announced=bare.announced,
        title=bare.title,
        summary=bare.summary,
        sources=bare.sources,
        stacking=(rule,),
    )


BORDER_FIRST = ruled("2025-04-29-order", "border steel", INSTEAD, "2025-03-04")
STEEL_FIRST = ruled("2025-06-03-order", "steel border", INSTEAD, "2025-06-04")
WORLD = (STEEL_FIRST, BORDER_FIRST)


def first_of(one: str, other: str, on: str, by: str | None = None) -> str | None:
    found = precedence(WORLD, one, other, on=day(on), announced_by=day(by) if by else None)
    return found.first if found else None


def test_the_later_order_turns_the_earlier_round_from_its_own_day_on() -> None:
    assert first_of("steel", "border", "2025-06-03") == "border"
    assert first_of("steel", "border", "2025-06-04") == "steel"
    assert first_of("border", "steel", "2025-06-04") == "steel"


def test_a_retroactive_rule_holds_before_it_was_known_and_is_not_known_before() -> None:
    assert first_of("steel", "border", "2025-03-12") == "border"
    assert first_of("steel", "border", "2025-03-12", by="2025-04-28") is None
    assert first_of("steel", "border", "2025-03-03") is None


def test_of_what_nobody_spoke_there_is_no_answer() -> None:
    assert first_of("steel", "copper", "2025-06-04") is None
    assert first_of("steel", "steel", "2025-06-04") is None


def test_a_rule_ends_on_the_day_it_no_longer_holds() -> None:
    short = ruled("2025-06-05-order", "border steel", ON_TOP, "2025-06-10", "2025-06-20")
    found = [
        precedence((*WORLD, short), "steel", "border", on=day(on))
        for on in ("2025-06-09", "2025-06-10", "2025-06-19", "2025-06-20")
    ]
    assert [one.relation for one in found if one] == [INSTEAD, ON_TOP, ON_TOP, INSTEAD]


def test_a_rule_on_a_measure_speaks_of_its_provisions_and_one_on_a_provision_of_that_alone() -> (
    None
):
    whole = ruled("2026-07-20-order", "steel canada", INSTEAD, "2026-08-22")
    part = ruled("2026-09-08-order", "canada.alcohol steel", ON_TOP, "2026-09-15")
    for place, relation in (("canada.alcohol", ON_TOP), ("canada.dairy", INSTEAD)):
        found = precedence((whole, part), place, "steel", on=day("2026-09-15"))
        assert found is not None
        assert found.relation is relation
    assert precedence((whole, part), "canadian", "steel", on=day("2026-09-15")) is None


@given(
    st.lists(
        st.tuples(st.integers(0, 30), st.integers(0, 30), st.sampled_from(list(Relation))),
        max_size=6,
    ),
    st.integers(0, 40),
)
def test_the_answer_is_that_of_the_last_announced_rule_of_the_day(
    said: list[tuple[int, int, Relation]], asked: int
) -> None:
    zero = date(2025, 1, 1)
    world = [
        ruled(
            f"{zero + timedelta(days=announced)}-n{n}",
            "a b",
            relation,
            str(zero + timedelta(days=start)),
        )
        for n, (announced, start, relation) in enumerate(said)
    ]
    found = precedence(world, "b", "a", on=zero + timedelta(days=asked))
    holding = [one for one in world if one.stacking[0].effective_from <= zero + timedelta(asked)]
    if not holding:
        assert found is None
        return
    last = max(holding, key=lambda one: (one.announced, one.id))
    assert found is not None
    assert (found.event.id, found.relation) == (last.id, last.stacking[0].relation)
