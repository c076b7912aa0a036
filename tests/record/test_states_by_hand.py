"""What was in force on the turning days, written out by hand from sources, not from the record.

Each line: day, measure, provision, status, ad valorem percent, first day. The
sources are named beside each day.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.contracts.backends import ROOT
from tracker.core.index import Index
from tracker.core.words import Basis, Status
from tracker.core.world import world_of
from tracker.record.read import read_record

CA, MX = "us.ieepa.border.ca", "us.ieepa.border.mx"
S338, BAN = "us.s338.canada", "us.s338.canada.ban"

STEEL, ALUMINUM, SOFTWOOD = "us.s232.steel", "us.s232.aluminum", "us.adcvd.softwood"

BY_HAND = [
    # The state the first diff starts from. Proclamations 9893, 9894 and 10783; 84 FR 49987;
    # Global Affairs Canada on the fifth review; SOR/2024-187 and 2024-202; DOF of April 22, 2024.
    ("2024-11-25", STEEL, "exempt", "in_force", "0", "2019-05-20"),
    ("2024-11-25", ALUMINUM, "exempt", "in_force", "0", "2019-05-20"),
    ("2024-11-25", STEEL, "mexico-melted-elsewhere", "in_force", "25", "2024-07-10"),
    ("2024-11-25", ALUMINUM, "mexico-smelted-elsewhere", "in_force", "10", "2024-07-10"),
    ("2024-11-25", SOFTWOOD, "combined", "in_force", "14.40", "2024-09-24"),
    ("2024-11-25", "us.ad.tomatoes", "general", "in_force", "0", "2019-09-19"),
    ("2024-11-25", "ca.surtax.china-ev", "over-quota", "in_force", "100", "2024-10-01"),
    ("2024-11-25", "ca.surtax.china-steel-aluminum", "list", "in_force", "25", "2024-10-22"),
    ("2024-11-25", "mx.tariff.temporary-2024", "list", "in_force", "50", "2024-04-23"),
    ("2024-11-25", CA, "general", "threatened", None, None),
    ("2025-03-11", STEEL, "exempt", "in_force", "0", "2019-05-20"),
    ("2025-03-12", STEEL, "exempt", "revoked", None, "2025-03-12"),
    ("2025-03-12", STEEL, "articles", "in_force", "25", "2025-03-12"),
    ("2025-03-12", ALUMINUM, "articles", "in_force", "25", "2025-03-12"),
    # Mexico's decree of December 19, 2024 and its foreign trade rules for 2025.
    ("2024-12-20", "mx.tariff.textiles-apparel", "apparel", "in_force", "35", "2024-12-20"),
    ("2024-12-20", "mx.tariff.textiles-apparel", "textiles", "in_force", "15", "2024-12-20"),
    ("2025-01-01", "mx.courier.global-rate", "general", "in_force", "19", "2025-01-01"),
    # Reuters of March 10 and the joint statement of March 11.
    ("2025-03-10", "ca.on.electricity-surcharge", "exports", "in_force", "25", "2025-03-10"),
    # CBP notice, 90 FR 11423 (Canada); Executive Orders 14194 and 14198 (Mexico); SOR/2025-66.
    ("2025-03-04", CA, "general", "in_force", "25", "2025-03-04"),
    ("2025-03-04", CA, "energy", "in_force", "10", "2025-03-04"),
    ("2025-03-04", CA, "usmca", "in_force", "25", "2025-03-04"),
    ("2025-03-04", MX, "general", "in_force", "25", "2025-03-04"),
    ("2025-03-04", MX, "usmca", "in_force", "25", "2025-03-04"),
    ("2025-03-04", "ca.counter.2025-03-04", "list", "in_force", "25", "2025-03-04"),
    # Executive Orders 14231 and 14232 of March 6.
    ("2025-03-07", CA, "general", "in_force", "25", "2025-03-04"),
    ("2025-03-07", CA, "energy", "in_force", "10", "2025-03-04"),
    ("2025-03-07", CA, "potash", "in_force", "10", "2025-03-07"),
    ("2025-03-07", CA, "usmca", "in_force", "0", "2025-03-07"),
    ("2025-03-07", MX, "potash", "in_force", "10", "2025-03-07"),
    ("2025-03-07", MX, "usmca", "in_force", "0", "2025-03-07"),
    # Proclamation 10947 of June 3; Canada's answer of March 13 stays at 25%.
    ("2025-06-03", "us.s232.steel", "articles", "in_force", "25", "2025-03-12"),
    ("2025-06-04", "us.s232.steel", "articles", "in_force", "50", "2025-06-04"),
    ("2025-06-04", "us.s232.aluminum", "articles", "in_force", "50", "2025-06-04"),
    ("2025-06-04", "ca.counter.steel-aluminum", "steel", "in_force", "25", "2025-03-13"),
    # 90 FR 33363; Canada's SOR/2025-154.
    ("2025-07-13", "us.ad.tomatoes", "general", "in_force", "0", "2019-09-19"),
    ("2025-07-14", "us.ad.tomatoes", "general", "in_force", "17.09", "2025-07-14"),
    ("2025-07-31", "ca.surtax.china-melted-metal", "steel", "in_force", "25", "2025-07-31"),
    # Executive Order 14325 of July 31; the copper proclamation of July 30; Mexico put off.
    ("2025-08-01", CA, "general", "in_force", "35", "2025-08-01"),
    ("2025-08-01", CA, "energy", "in_force", "10", "2025-03-04"),
    ("2025-08-01", CA, "usmca", "in_force", "0", "2025-03-07"),
    ("2025-08-01", CA, "transshipment", "in_force", "40", "2025-08-01"),
    ("2025-08-01", MX, "general", "in_force", "25", "2025-03-04"),
    ("2025-08-01", "us.s232.copper", "semi-finished", "in_force", "50", "2025-08-01"),
    ("2025-08-01", "ca.steel.trq", "over-quota", "in_force", "50", "2025-08-01"),
    # The repeal ordered on August 29 took the first tranche away; metals and cars stayed.
    ("2025-08-31", "ca.counter.2025-03-04", "list", "in_force", "25", "2025-03-04"),
    ("2025-09-01", "ca.counter.2025-03-04", "list", "revoked", None, "2025-09-01"),
    ("2025-09-01", "ca.counter.steel-aluminum", "steel", "in_force", "25", "2025-03-13"),
    ("2025-09-01", "ca.counter.autos", "vehicles", "in_force", "25", "2025-04-09"),
    # DOF of November 10, 2025; Proclamation 11002.
    ("2025-11-11", "mx.tariff.sugar", "sugar", "in_force", "156", "2025-11-11"),
    ("2025-11-11", "mx.tariff.sugar", "liquid", "in_force", "210.44", "2025-11-11"),
    ("2026-01-15", "us.s232.semiconductors", "advanced", "in_force", "25", "2026-01-15"),
    ("2026-01-15", "us.s232.critical-minerals", "general", "threatened", None, None),
    # Learning Resources v. Trump, 607 U.S. 229 (2026).
    ("2026-02-19", CA, "general", "in_force", "35", "2025-08-01"),
    ("2026-02-20", CA, "general", "invalidated", None, "2026-02-20"),
    ("2026-02-20", MX, "general", "invalidated", None, "2026-02-20"),
    ("2026-02-20", "us.ieepa.reciprocal", "general", "invalidated", None, "2026-02-20"),
    ("2026-02-20", "us.s232.steel", "articles", "in_force", "50", "2025-06-04"),
    # Proclamation 11012, 91 FR 9339: 150 days.
    ("2026-02-24", "us.s122.global", "general", "in_force", "10", "2026-02-24"),
    ("2026-02-24", "us.s122.global", "usmca", "in_force", "0", "2026-02-24"),
    ("2026-07-23", "us.s122.global", "general", "in_force", "10", "2026-02-24"),
    ("2026-07-24", "us.s122.global", "general", "expired", None, "2026-07-24"),
    # Customs Notice 26-14: up to 200 days from June 19.
    ("2026-06-19", "ca.safeguard.canned-vegetables", "list", "in_force", "10", "2026-06-19"),
    # Notice of Actions, 91 FR 47318.
    ("2026-07-24", "us.s301.forced-labor", "general", "in_force", "10", "2026-07-24"),
    ("2026-07-24", "us.s301.forced-labor", "usmca", "in_force", "0", "2026-07-24"),
    # Proclamations 11046 to 11048, put off from August 19; HTSUS note 51.
    ("2026-08-22", S338, "alcohol", "in_force", "50", "2026-08-22"),
    ("2026-08-22", S338, "dairy", "in_force", "50", "2026-08-22"),
    ("2026-08-22", S338, "goods", "in_force", "50", "2026-08-22"),
    # Proclamation 11055.
    ("2026-09-03", "us.s232.drones", "listed", "in_force", "100", "2026-09-03"),
    ("2026-09-03", "us.s232.drones", "other", "in_force", "25", "2026-09-03"),
    # P.C. 2026-0785 and 2026-0786.
    ("2026-09-07", "ca.counter.steel-aluminum", "steel", "in_force", "25", "2025-03-13"),
    ("2026-09-08", "ca.counter.2026-09-08", "schedule-1", "in_force", "15", "2026-09-08"),
    ("2026-09-08", "ca.counter.2026-09-08", "schedule-2", "in_force", "25", "2026-09-08"),
    ("2026-09-08", "ca.counter.2026-09-08", "schedule-3", "in_force", "50", "2026-09-08"),
    ("2026-09-08", "ca.counter.steel-aluminum", "steel", "in_force", "50", "2026-09-08"),
    ("2026-09-08", "ca.counter.steel-aluminum", "aluminum", "in_force", "50", "2026-09-08"),
    # Proclamations 11064 and 11065: the lists change, the rate does not.
    ("2026-09-15", S338, "alcohol", "in_force", "50", "2026-09-15"),
    ("2026-09-15", S338, "dairy", "in_force", "50", "2026-08-22"),
    ("2026-09-15", S338, "goods", "in_force", "50", "2026-09-15"),
    ("2026-09-15", BAN, "alcohol", "announced", None, None),
    # Proclamations 11061 to 11063; Proclamation 11020's second step.
    ("2026-09-29", BAN, "alcohol", "in_force", None, "2026-09-29"),
    ("2026-09-29", BAN, "dairy", "in_force", None, "2026-09-29"),
    ("2026-09-29", BAN, "motorcycles", "in_force", None, "2026-09-29"),
    ("2026-09-29", "us.s232.pharma", "patented", "in_force", "100", None),
]


@pytest.fixture(scope="module")
def index() -> Index:
    record = read_record(ROOT / "db" / "record")
    return Index(world_of(record.events, record.measures, known_until=date(2026, 11, 25)))


@pytest.mark.parametrize("line", BY_HAND, ids=lambda line: f"{line[0]} {line[1]}.{line[2]}")
def test_the_state_is_what_the_sources_say(
    index: Index, line: tuple[str, str, str, str, str | None, str | None]
) -> None:
    day, measure, provision, status, rate, since = line
    row = index.row((measure, provision), on=date.fromisoformat(day))
    assert row is not None
    assert row.status is Status(status)
    assert row.rate_pct == (None if rate is None else Decimal(rate))
    if since is not None:
        assert row.effective_from == date.fromisoformat(since)
    if measure == BAN:
        assert status != "in_force" or row.basis is Basis.BAN


def test_mexicos_threat_of_30_percent_on_18_september_2025(index: Index) -> None:
    row = index.row((MX, "general"), on=date(2025, 9, 18))
    assert row is not None
    assert (row.status, row.rate_pct) == (Status.IN_FORCE, Decimal(25))
    assert [(turn.status, turn.rate_pct) for turn in row.pending] == [
        (Status.THREATENED, Decimal(30))
    ]


def test_no_medicine_of_mexico_paid_25_percent_on_18_september_2025(index: Index) -> None:
    # The press of that day said so; no such duty was in force.
    row = index.row(("us.s232.pharma", "patented"), on=date(2025, 9, 18))
    assert row is None or row.status is not Status.IN_FORCE
