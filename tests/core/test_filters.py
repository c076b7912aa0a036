"""What fits a wish: laws, goods and headings however they are spelt."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.strategies import viewpoints, worlds
from tests.core.worlds import CA, border, day, effect, event
from tracker.core.diff import Change, diff_viewpoints
from tracker.core.events import Claim, Text
from tracker.core.filters import (
    EVERYTHING,
    Wanted,
    authority_fits,
    fits,
    named,
    select_changes,
    select_claims,
    select_states,
    under,
    without_headings,
    words_of,
)
from tracker.core.measures import Measure, Provision
from tracker.core.policy import Disputed, ProvisionState, Viewpoint, state
from tracker.core.words import Standing, Status
from tracker.core.world import World, world_of

STEEL = Measure(
    key="us.s232.steel",
    imposer="US",
    authority="Section 232",
    title=Text(en="Steel", es="Acero", fr="Acier"),
    provisions=(
        Provision(
            key="beams",
            products=Text(en="Beams", es="Vigas de sección", fr="Poutres en œuvre"),
            targets=("*",),
            excludes=("GB",),
            hts=("7216", "9903.81.87"),
            origin="not_usmca",
        ),
        Provision(key="rest", products=Text(en="All other steel"), targets=("CA", "MX")),
    ),
)


def steel() -> World:
    order = event(
        "2025-03-12-steel",
        effect("us.s232.steel/beams", "in_force", "25", "2025-03-12"),
        effect("us.s232.steel/rest", "in_force", "25", "2025-03-12"),
    )
    return world_of((order,), (STEEL,))


def shown(wanted: Wanted) -> list[str]:
    world = steel()
    rows = state(world, Viewpoint(on=day("2025-04-01")))
    return [row.provision for row in select_states(world, rows, wanted)]


@pytest.mark.parametrize(
    ("law", "wish", "fit"),
    [
        ("Section 232", "s232", True),
        ("Section 232", "S. 232", True),
        ("Section 232", "section 232", True),
        ("Section 232", "§232", True),
        ("Section 232", "232", True),
        ("Section 232", "23", False),
        ("Section 232", "Section 23", False),
        ("Customs Tariff s.53", "customs tariff", True),
        ("Customs Tariff s.53", "s53", True),
        ("Customs Tariff s.53", "Customs Tariff s. 55", False),
        ("IEEPA", "ieepa", True),
        ("AD/CVD", "cvd", True),
        ("AD", "AD/CVD", False),
        ("IEEPA", "  ", False),
    ],
)
def test_a_law_fits_however_it_is_spelt(law: str, wish: str, fit: bool) -> None:
    assert authority_fits(law, wish) is fit


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (EVERYTHING, ["beams", "rest"]),
        (Wanted(product="STEEL"), ["beams", "rest"]),
        (Wanted(product="acéro"), ["beams", "rest"]),
        (Wanted(product="seccion viga"), ["beams"]),
        (Wanted(product="oeuvre"), ["beams"]),
        (Wanted(product="beams copper"), []),
        (Wanted(product="eam"), []),
        (Wanted(hts="7216"), ["beams"]),
        (Wanted(hts="7216.33.00"), ["beams"]),
        (Wanted(hts="72"), ["beams"]),
        (Wanted(hts="99038187"), ["beams"]),
        (Wanted(hts="7217"), []),
        (Wanted(origin="any"), ["rest"]),
        (Wanted(origin="not_usmca"), ["beams"]),
        (Wanted(target="CN"), ["beams"]),
        (Wanted(target="GB"), []),
        (Wanted(imposer="CA"), []),
        (Wanted(measure="us.s232"), ["beams", "rest"]),
        (Wanted(measure="us.s23"), []),
        (Wanted(status=Status.IN_FORCE), ["beams", "rest"]),
        (Wanted(status=Status.PAUSED), []),
        (Wanted(authority="s232", hts="7216", target="MX"), ["beams"]),
    ],
)
def test_what_fits(wanted: Wanted, found: list[str]) -> None:
    assert shown(wanted) == found


def test_what_lists_no_headings_is_counted_not_matched() -> None:
    world = steel()
    rows = state(world, Viewpoint(on=day("2025-04-01")))
    assert without_headings(world, rows, Wanted(hts="7216")) == 1
    assert without_headings(world, rows, Wanted(hts="7216", origin="not_usmca")) == 0
    assert without_headings(world, rows, EVERYTHING) == 0


def test_a_change_is_kept_if_either_side_fits() -> None:
    world = border()
    changes = diff_viewpoints(
        world, Viewpoint(on=day("2025-03-03")), Viewpoint(on=day("2025-03-05"))
    )
    for status in (Status.PAUSED, Status.IN_FORCE):
        kept = select_changes(world, changes, Wanted(status=status, measure=CA))
        assert {c.subject.provision for c in kept} >= {"general", "energy"}
    assert select_changes(world, changes, Wanted(status=Status.LAPSED)) == ()


def test_claims_have_no_goods_to_ask_for() -> None:
    claim = Claim(
        measure="us.s232.steel",
        provision="beams",
        stated=Text(en="it is 50%"),
        finding=Text(en="it is not"),
        standing=Standing.DISPUTED,
        rate_pct=Decimal(50),
        claimed_from=day("2025-04-01"),
        targets=("MX",),
    )
    claims = (Disputed(claim, event("2025-04-01-claim", claims=(claim,))),)
    world = steel()
    for wanted in (EVERYTHING, Wanted(target="MX"), Wanted(imposer="US"), Wanted(authority="232")):
        assert select_claims(world, claims, wanted) == claims
    for wanted in (Wanted(target="CA"), Wanted(imposer="MX"), Wanted(hts="7216")):
        assert select_claims(world, claims, wanted) == ()


@given(worlds(), viewpoints(), st.sampled_from([*Status]), st.sampled_from(["CA", "MX", "US"]))
def test_wishes_together_are_their_intersection(
    world: World, seen: Viewpoint, status: Status, target: str
) -> None:
    rows = state(world, seen)

    def one(wanted: Wanted) -> set[tuple[str, str]]:
        return {row.place for row in select_states(world, rows, wanted)}

    both = one(Wanted(status=status, target=target))
    assert both == one(Wanted(status=status)) & one(Wanted(target=target))
    assert one(EVERYTHING) == {row.place for row in rows}


@given(worlds(), viewpoints(), viewpoints(), st.sampled_from([*Status]))
def test_changes_kept_are_those_with_a_side_that_fits(
    world: World, a: Viewpoint, b: Viewpoint, status: Status
) -> None:
    wanted = Wanted(status=status)

    def sides(change: Change) -> list[ProvisionState]:
        return [row for row in (change.before, change.after) if row is not None]

    changes = diff_viewpoints(world, a, b)
    kept = select_changes(world, changes, wanted)
    for change in changes:
        assert (change in kept) is any(fits(world, row, wanted) for row in sides(change))


@given(st.text(max_size=20))
def test_words_are_read_the_same_whatever_their_case_and_accents(text: str) -> None:
    assert words_of(text.upper()) == words_of(text.upper().lower())
    assert not any(c.isspace() for word in words_of(text) for c in word)


def test_a_front_of_a_key_ends_at_a_dot() -> None:
    assert under("us.s232.steel", "us.s232.")
    assert not under("us.s232.steel", "us.s23")


def test_a_name_means_a_measure_the_front_of_one_or_a_single_provision() -> None:
    place = ("us.s232.steel", "beams")
    for name in ("us", "us.s232.", "us.s232.steel", "us.s232.steel.", "us.s232.steel.beams"):
        assert named(place, name)
    for name in ("us.s232.ste", "us.s232.steel.beam", "us.s232.steel.pipes", "beams"):
        assert not named(place, name)
