"""state, diff and timeline on the shipped record: their shapes, and answers that must be right."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import validate

from tests.cli.conftest import Run
from tests.cli.shapes import DIFF, STATE, STEPS_DIFF, TIMELINE

CA = "us.ieepa.border.ca"
DAYS = [
    "2020-01-01",
    "2025-02-05",
    "2025-03-10",
    "2025-09-18",
    "2026-03-01",
    "2026-09-30",
    "2027-07-01",
]


def provision(data: Any, measure: str, name: str) -> Any:
    found = [
        row for row in data["provisions"] if (row["measure"], row["provision"]) == (measure, name)
    ]
    assert len(found) == 1, f"{measure}.{name} appears {len(found)} times"
    return found[0]


@pytest.mark.parametrize("on", DAYS)
@pytest.mark.parametrize("more", [[], ["--all"], ["--announced-by", "2025-06-01"]])
def test_state_has_the_promised_shape(run: Run, on: str, more: list[str]) -> None:
    ran = run("state", "--on", on, *more, "--json")
    assert (ran.status, ran.err) == (0, "")
    validate(ran.data, STATE)
    assert ran.data["viewpoint"]["on"] == on
    places = [(row["measure"], row["provision"]) for row in ran.data["provisions"]]
    assert len(places) == len(set(places))


def test_state_today_needs_no_day(run: Run) -> None:
    validate(run("state", "--json").data, STATE)


@pytest.mark.parametrize(
    ("before", "after"),
    [("2025-03-03", "2025-03-08"), ("2025-02-01", "2025-02-05"), ("2026-02-19", "2026-02-25")],
)
@pytest.mark.parametrize(
    "more",
    [
        [],
        ["--as-known"],
        ["--announced-by", "2025-02-20"],
        ["--from-announced-by", "2025-02-20", "--lang", "fr"],
        ["--recorded-by", "2020-01-01"],
        ["--from-recorded-by", "2020-01-01"],
    ],
)
def test_diff_has_the_promised_shape(run: Run, before: str, after: str, more: list[str]) -> None:
    ran = run("diff", before, after, *more, "--json")
    assert (ran.status, ran.err) == (0, "")
    validate(ran.data, DIFF)
    assert (ran.data["from"]["on"], ran.data["to"]["on"]) == (before, after)
    validate(run("diff", before, after, *more, "--json", "--steps").data, STEPS_DIFF)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--from", "2025-09-01", "--to", "2025-09-30"],
        ["--party", "MX"],
        ["--kind", "pause"],
        ["--measure", "us.ieepa.border"],
        ["--days", "400"],
        [],
    ],
)
def test_timeline_has_the_promised_shape(run: Run, arguments: list[str]) -> None:
    ran = run("timeline", *arguments, "--json")
    assert (ran.status, ran.err) == (0, "")
    validate(ran.data, TIMELINE)
    announced = [event["announced"] for event in ran.data]
    assert announced == sorted(announced)


def test_the_example_of_the_interface(run: Run) -> None:
    data = run("diff", "2025-03-03", "2025-03-08", "--json").data
    change = next(c for c in data["changes"] if (c["measure"], c["provision"]) == (CA, "general"))
    before = {
        key: change["before"][key]
        for key in ("status", "rate_pct", "effective_from", "effective_until")
    }
    after = {
        key: change["after"][key]
        for key in ("status", "rate_pct", "effective_from", "effective_until")
    }
    assert change["change"] == "status"
    assert before == {
        "status": "paused",
        "rate_pct": 25.0,
        "effective_from": "2025-02-04",
        "effective_until": "2025-03-04",
    }
    assert after == {
        "status": "in_force",
        "rate_pct": 25.0,
        "effective_from": "2025-03-04",
        "effective_until": None,
    }


@pytest.mark.parametrize(
    "answer",
    [
        ("2025-02-05", "2025-02-02", CA, "general", "in_force", 25.0),
        ("2025-02-05", "2025-02-02", CA, "energy", "in_force", 10.0),
        ("2025-02-05", None, CA, "general", "paused", 25.0),
        ("2025-03-04", None, CA, "general", "in_force", 25.0),
        ("2025-03-04", None, CA, "energy", "in_force", 10.0),
        ("2025-03-05", None, CA, "usmca", "in_force", 25.0),
        ("2025-03-10", None, CA, "usmca", "in_force", 0.0),
        ("2025-03-10", "2025-03-05", CA, "usmca", "in_force", 25.0),
        ("2025-03-10", None, CA, "potash", "in_force", 10.0),
        ("2025-05-28", None, CA, "general", "in_force", 25.0),
        ("2025-06-08", None, CA, "general", "in_force", 25.0),
        ("2025-07-31", None, CA, "general", "in_force", 25.0),
        ("2025-08-01", None, CA, "general", "in_force", 35.0),
        ("2025-08-01", None, CA, "energy", "in_force", 10.0),
        ("2025-08-01", None, CA, "transshipment", "in_force", 40.0),
        ("2026-02-19", None, CA, "general", "in_force", 35.0),
        ("2026-02-19", None, "us.ieepa.border.mx", "general", "in_force", 25.0),
        ("2025-03-11", None, "ca.counter.2025-03-04", "list", "in_force", 25.0),
        ("2025-08-31", None, "ca.counter.2025-03-04", "list", "in_force", 25.0),
        ("2025-03-12", None, "us.s232.steel", "articles", "in_force", 25.0),
        ("2025-06-03", None, "us.s232.steel", "articles", "in_force", 25.0),
        ("2025-06-04", None, "us.s232.steel", "articles", "in_force", 50.0),
        ("2026-10-01", None, "us.s232.steel", "articles", "in_force", 50.0),
        ("2025-04-03", None, "us.s232.autos", "vehicles", "in_force", 25.0),
        ("2026-08-20", None, "us.s338.canada", "dairy", "paused", 50.0),
        ("2026-08-22", None, "us.s338.canada", "dairy", "in_force", 50.0),
        ("2026-09-29", None, "us.s338.canada.ban", "dairy", "in_force", None),
    ],
)
def test_what_applied(
    run: Run, answer: tuple[str, str | None, str, str, str, float | None]
) -> None:
    on, announced_by, measure, name, status, rate = answer
    known = ["--announced-by", announced_by] if announced_by else []
    row = provision(run("state", "--on", on, *known, "--json").data, measure, name)
    assert (row["status"], row["rate_pct"]) == (status, rate)


def test_signed_but_not_started(run: Run) -> None:
    row = provision(run("state", "--on", "2025-02-02", "--json").data, CA, "general")
    assert row["status"] == "announced"
    assert [(t["status"], t["rate_pct"], t["effective_from"]) for t in row["pending"]] == [
        ("announced", 25.0, "2025-02-04")
    ]


def test_ended_provisions_only_with_all(run: Run) -> None:
    shown = run("state", "--on", "2026-03-01", "--measure", CA, "--json").data["provisions"]
    assert shown == []
    everything = run("state", "--on", "2026-03-01", "--measure", CA, "--all", "--json").data
    row = provision(everything, CA, "general")
    assert (row["status"], row["rate_pct"]) == ("invalidated", None)
    assert row["effective_from"] == "2026-02-20"


def test_the_article_that_began_this_project(run: Run) -> None:
    data = run("state", "--on", "2025-09-18", "--json").data
    on_canada = {
        ("us.s232.steel", "articles"): 50.0,
        ("us.s232.autos", "vehicles"): 25.0,
        (CA, "energy"): 10.0,
        (CA, "general"): 35.0,
    }
    for place, rate in on_canada.items():
        row = provision(data, *place)
        assert (row["status"], row["rate_pct"]) == ("in_force", rate)
    content = provision(data, "us.s232.autos", "usmca-vehicles")
    assert (content["rate_pct"], content["basis"]) == (25.0, "non_us_content")
    mexico = provision(data, "us.ieepa.border.mx", "general")
    assert (mexico["status"], mexico["rate_pct"]) == ("in_force", 25.0)
    assert [(t["status"], t["rate_pct"], t["effective_from"]) for t in mexico["pending"]] == [
        ("threatened", 30.0, "2025-10-29")
    ]
    claims = [c for c in data["claims"] if c["measure"] == "us.s232.pharma"]
    assert [(c["standing"], c["rate_pct"], c["targets"]) for c in claims] == [
        ("disputed", 25.0, ["MX"])
    ]
    assert claims[0]["sources"]
    charged = [r for r in data["provisions"] if r["measure"] == "us.s232.pharma"]
    assert all(row["status"] not in {"in_force", "paused"} for row in charged)
    met = run(
        "timeline", "--from", "2025-09-18", "--to", "2025-09-18", "--kind", "summit", "--json"
    )
    assert any("56 billion" in event["summary"] for event in met.data)


def test_filters_narrow(run: Run) -> None:
    everything = run("state", "--on", "2025-09-18", "--json").data["provisions"]
    canada = run("state", "--on", "2025-09-18", "--target", "CA", "--json").data["provisions"]
    assert {r["measure"] for r in canada} < {r["measure"] for r in everything}
    assert "us.s232.steel" in {r["measure"] for r in canada}
    assert "us.ieepa.border.mx" not in {r["measure"] for r in canada}
    imposed = run("state", "--on", "2025-03-10", "--imposer", "CA", "--json").data["provisions"]
    assert {r["imposer"] for r in imposed} == {"CA"}


def test_a_diff_read_backwards_is_its_mirror(run: Run) -> None:
    there = run("diff", "2025-03-03", "2025-03-08", "--json").data["changes"]
    back = run("diff", "2025-03-08", "2025-03-03", "--json").data["changes"]
    sides = {(c["measure"], c["provision"]): (c["before"], c["after"]) for c in there}
    assert sides == {(c["measure"], c["provision"]): (c["after"], c["before"]) for c in back}
    assert run("diff", "2025-03-08", "2025-03-08", "--json").data["changes"] == []


def test_people_read_tables(run: Run) -> None:
    state = run("state", "--on", "2025-09-18").out
    assert "State on 18 September 2025" in state
    assert "Claims that are not part of the state" in state
    assert "30% threatened from 29 October 2025" in state
    assert "\x1b[" not in state
    diff = run("diff", "2025-03-03", "2025-03-08").out
    assert "provisions changed" in diff
    assert "Because of" in diff
    assert "Executive Order 14193" in diff
    timeline = run("timeline", "--from", "2025-09-01", "--to", "2025-09-30").out
    assert "2025-09-18" in timeline
    assert "The first event in the record is of" in run("state", "--on", "2020-01-01").out
    assert "Scheduled for 1 July 2036" in run("state", "--on", "2036-07-01").out


def test_recorded_by_shows_what_the_ledger_held(run: Run) -> None:
    held = run("state", "--on", "2025-03-10", "--recorded-by", "2020-01-01T00:00:00Z", "--json")
    assert held.data["provisions"] == []
    assert held.data["viewpoint"]["recorded_by"] == "2020-01-01T00:00:00.000000Z"
