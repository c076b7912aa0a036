"""A draft proposes an effect only where nothing is guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.review.examples import source
from tests.review.material import measure
from tracker.core.measures import Measure
from tracker.review.desk import Claimed, SourceView
from tracker.review.proposing import Drafted, draft

STEEL = measure("us.a.steel", "Steel articles", ("CA",))
EVERYBODY = measure("us.b.steel", "Steel articles", ("*",), authority="Section 301")
QUALIFYING = measure(
    "us.ieepa.border.ca.usmca", "Goods that qualify", ("CA",), authority="IEEPA", origin="usmca"
)
BORDER = measure("us.ieepa.border.ca", "All goods", ("CA",), authority="IEEPA")
MIXED = measure("us.e.mixed", "Cars, car parts and steel", ("CA",), authority="none")
ALL = (STEEL, EVERYBODY, QUALIFYING, MIXED)
FROM = date(2026, 12, 1)


def said(number: int = 1, title: str = "An example", **says: Any) -> SourceView:
    claimed = {
        "kind": "in_force",
        "imposer": "US",
        "targets": ("CA",),
        "products": ("steel",),
        "rate_pct": Decimal(60),
        "effective_from": FROM,
        **says,
    }
    return source(number, f"Outlet {number}", title, says=Claimed(**claimed))


def drafted(*sources: SourceView, measures: tuple[Measure, ...] = ALL) -> Drafted:
    return draft(sources, measures, taken=())


def placed(found: Drafted) -> list[tuple[str, str, str, Decimal | None]]:
    return [(one.measure, one.provision, one.status, one.rate_pct) for one in found.event.effects]


@pytest.mark.parametrize(
    ("says", "status", "rate"),
    [
        ({}, "in_force", 60),
        ({"kind": "rate_change"}, "in_force", 60),
        ({"kind": "announcement"}, "announced", 60),
        ({"kind": "announcement", "effective_from": None}, "announced", 60),
        ({"kind": "threat"}, "threatened", 60),
        ({"kind": "pause", "effective_until": date(2027, 1, 1)}, "paused", None),
        ({"kind": "revocation"}, "revoked", None),
    ],
)
def test_what_is_said_plainly_of_one_provision_is_proposed(
    says: dict[str, Any], status: str, rate: int | None
) -> None:
    found = drafted(said(**says), said(2, **says))
    assert placed(found) == [("us.a.steel", "goods", status, rate)]
    assert found.notes[0] == "an effect is proposed: only us.a.steel.goods fits"


@pytest.mark.parametrize(
    ("says", "why"),
    [
        ({"rate_pct": None}, "no source says the rate"),
        ({"effective_from": None}, "no source says from which day"),
        ({"effective_until": FROM}, "does not lie after the start"),
        ({"kind": "pause"}, "until when it is paused"),
        ({"kind": "exemption"}, "what it does (exemption) is for an editor to say"),
        ({"kind": "court_ruling"}, "is for an editor to say"),
        ({"kind": "none"}, "no kind was read"),
        ({"imposer": None}, "who imposes it"),
        ({"imposer": "MX"}, "no provision of the record fits"),
        ({"targets": ()}, "whose goods"),
        ({"targets": ("CA", "MX")}, "no provision of the record fits"),
        ({"targets": ("OTHER",)}, "no provision of the record fits"),
        ({"products": ("wine",)}, "no provision of the record fits"),
        ({"products": ("corrosion-resistant steel",)}, "no provision of the record fits"),
    ],
)
def test_what_is_not_said_is_not_proposed(says: dict[str, Any], why: str) -> None:
    found = drafted(said(**says))
    assert found.event.effects == ()
    assert why in found.notes[0]


@pytest.mark.parametrize(
    "says",
    [
        {"rate_pct": Decimal(35)},
        {"effective_from": date(2026, 12, 2)},
        {"effective_until": date(2027, 1, 1)},
        {"kind": "threat"},
        {"targets": ("MX",)},
        {"products": ("aluminum",)},
        {"imposer": "MX"},
    ],
)
def test_where_two_sources_differ_neither_is_believed(says: dict[str, Any]) -> None:
    plain: dict[str, Any] = (
        {"effective_until": date(2027, 2, 1)} if "effective_until" in says else {}
    )
    found = drafted(said(**plain), said(2, **{**plain, **says}))
    assert found.event.effects == ()
    assert any("differ on" in note for note in found.notes)
    assert any("Outlet 2" in note for note in found.notes)


def test_words_of_law_choose_and_two_that_fit_are_none() -> None:
    everybody: dict[str, Any] = {"targets": ("GLOBAL",)}
    assert placed(drafted(said(**everybody)))[0][0] == "us.b.steel"
    # News on Canada's steel says nothing of everybody's.
    assert drafted(said(), measures=(EVERYBODY,)).event.effects == ()
    # News on steel says nothing of cars.
    assert drafted(said(), measures=(MIXED,)).event.effects == ()
    twin = measure("us.f.steel", "Steel articles", ("CA",), authority="Section 122")
    two = (STEEL, twin)
    assert "2 measures fit" in drafted(said(), measures=two).notes[0]
    named = said(title="Tarifs de l'article 122 sur l'acier")
    assert placed(drafted(named, measures=two))[0][0] == "us.f.steel"
    assert drafted(said(title="Section 999 on steel"), measures=two).event.effects == ()


def test_goods_that_qualify_are_meant_only_where_they_are_named() -> None:
    goods: dict[str, Any] = {"products": ()}
    emergency = said(title="An emergency under IEEPA", **goods)
    assert placed(drafted(emergency, measures=(BORDER, QUALIFYING)))[0][0] == BORDER.key
    named = said(title="Goods under the T-MEC pay 60% under IEEPA", **goods)
    assert drafted(named, measures=(BORDER,)).event.effects == ()
    assert placed(drafted(named, measures=(BORDER, QUALIFYING)))[0][0] == QUALIFYING.key
    others = measure(
        "us.ieepa.border.ca", "All goods", ("CA",), authority="IEEPA", origin="not_usmca"
    )
    # Goods that qualify, or all the others? The words alone do not tell.
    assert "2 measures fit" in drafted(named, measures=(others, QUALIFYING)).notes[0]
    assert placed(drafted(emergency, measures=(others, QUALIFYING)))[0][0] == others.key


def test_a_duty_that_is_a_sum_is_not_one_of_its_parts() -> None:
    combined = measure("us.adcvd.steel", "Steel (combined rate)", ("CA",), authority="AD/CVD")
    assert drafted(said(), measures=(combined,)).event.effects == ()
    whole = said(title="A combined duty on steel")
    assert placed(drafted(whole, measures=(combined,)))[0][3] == 60


def test_a_plan_lies_ahead() -> None:
    for kind in ("threat", "announcement"):
        found = drafted(said(kind=kind, effective_from=date(2026, 11, 25)))
        assert found.event.effects == ()
        assert "does not lie ahead" in found.notes[0]


def test_goods_in_general_and_no_law_may_be_a_new_measure() -> None:
    goods: dict[str, Any] = {"products": ()}
    found = drafted(said(**goods), measures=(BORDER,))
    assert found.event.effects == ()
    assert "may be a new measure" in found.notes[0]
    threat = measure("us.threat.goods", "Goods of Canada", ("CA",), authority="none named")
    named = said(title="Section 122", kind="threat", **goods)
    assert drafted(named, measures=(threat,)).event.effects == ()


def test_what_is_only_said_or_met_over_changes_nothing_and_names_no_measure() -> None:
    for kind in ("call", "summit", "statement", "negotiation"):
        event = drafted(said(kind=kind)).event
        assert (event.effects, event.measures) == ((), ())
        assert "on goods of" not in event.title.en


SAYS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(("in_force", "threat", "pause", "call", "none")),
        "imposer": st.sampled_from(("US", "CA", None)),
        "targets": st.sampled_from(((), ("CA",), ("GLOBAL",), ("CA", "MX"))),
        "products": st.sampled_from(((), ("steel",), ("wine",))),
        "rate_pct": st.sampled_from((None, Decimal(60), Decimal("25.5"))),
        "effective_from": st.sampled_from((None, FROM)),
    }
)


@settings(max_examples=150, deadline=None)
@given(said_of=st.lists(SAYS, min_size=1, max_size=4), order=st.randoms(use_true_random=False))
def test_a_draft_never_says_what_no_source_says(
    said_of: list[dict[str, Any]], order: Random
) -> None:
    sources = [said(number, **says) for number, says in enumerate(said_of)]
    found = drafted(*sources)
    for effect in found.event.effects:
        assert effect.rate_pct is None or effect.rate_pct in {one["rate_pct"] for one in said_of}
        assert effect.effective_from in {one["effective_from"] for one in said_of}
        assert {one["rate_pct"] for one in said_of} <= {effect.rate_pct, None} or (
            effect.status == "paused"
        )
        if effect.status == "in_force":
            assert {one["kind"] for one in said_of} <= {"in_force", "none"}
    order.shuffle(sources)
    again = drafted(*sources)
    assert (again.event.effects, again.event.id) == (found.event.effects, found.event.id)
