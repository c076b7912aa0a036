"""The shipped record's stacking rules, written out by hand from the orders."""

from __future__ import annotations

from datetime import date

import pytest

from tests.contracts.backends import ROOT
from tracker.core.codec import decode, encode
from tracker.core.entries import EventRecorded
from tracker.core.events import Event
from tracker.core.precedence import precedence
from tracker.record.read import read_record

CA, MX = "us.ieepa.border.ca", "us.ieepa.border.mx"
STEEL, ALUMINUM, CARS = "us.s232.steel", "us.s232.aluminum", "us.s232.autos"
ALCOHOL, DAIRY = "us.s338.canada.alcohol", "us.s338.canada.dairy"

# Executive Order 14289, which reaches back to March 4; Proclamation 10947 (CSMS 65236574);
# Proclamations 11012, 11046 to 11048 and 11064; Customs Notice 25-28.
BY_HAND = [
    ("2025-03-12", CA, STEEL, CA, "instead_of"),
    ("2025-06-03", MX, ALUMINUM, MX, "instead_of"),
    ("2025-06-04", CA, STEEL, STEEL, "instead_of"),
    ("2025-06-04", MX, ALUMINUM, ALUMINUM, "instead_of"),
    ("2025-06-04", STEEL, ALUMINUM, STEEL, "on_top_of"),
    ("2025-06-04", CARS, STEEL, CARS, "instead_of"),
    ("2025-06-04", CARS, CA, CARS, "instead_of"),
    ("2025-08-01", CARS, "us.s232.copper", CARS, "instead_of"),
    ("2025-10-14", "us.s232.lumber", "us.adcvd.softwood", "us.s232.lumber", "on_top_of"),
    ("2026-02-24", STEEL, "us.s122.global", STEEL, "instead_of"),
    ("2026-07-24", STEEL, "us.s301.forced-labor", STEEL, "instead_of"),
    ("2026-08-22", STEEL, ALCOHOL, STEEL, "instead_of"),
    ("2026-09-15", STEEL, ALCOHOL, ALCOHOL, "on_top_of"),
    ("2026-09-15", STEEL, DAIRY, STEEL, "instead_of"),
]


@pytest.fixture(scope="module")
def shipped() -> tuple[Event, ...]:
    return tuple(read_record(ROOT / "db" / "record").events)


@pytest.mark.parametrize("line", BY_HAND, ids=lambda line: f"{line[0]} {line[1]} {line[2]}")
def test_what_is_paid_is_what_the_orders_say(
    shipped: tuple[Event, ...], line: tuple[str, str, str, str, str]
) -> None:
    day, one, other, first, relation = line
    found = precedence(shipped, one, other, on=date.fromisoformat(day))
    assert found is not None
    assert (found.first, str(found.relation)) == (first, relation)


def test_before_the_order_steel_came_on_top_of_the_border_tariff(
    shipped: tuple[Event, ...],
) -> None:
    known = date(2025, 4, 1)
    found = precedence(shipped, CA, STEEL, on=date(2025, 3, 12), announced_by=known)
    assert found is not None
    assert (found.first, str(found.relation)) == (STEEL, "on_top_of")


def test_the_ledger_keeps_the_rules_and_an_old_payload_has_none(shipped: tuple[Event, ...]) -> None:
    order = next(one for one in shipped if one.id == "2025-04-29-us-stacking-order")
    payload = EventRecorded(event=order)
    data = encode(payload)
    assert b'"stacking":[' in data
    assert decode(payload.TYPE, payload.SCHEMA, data) == payload
    bare = next(one for one in shipped if not one.stacking)
    assert b"stacking" not in encode(EventRecorded(event=bare))
