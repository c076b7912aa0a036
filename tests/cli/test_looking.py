"""explain, upcoming, surprises and history on the shipped record: shapes, sense, bad input."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import validate

from tests.cli.conftest import Ran, Run
from tests.cli.shapes import BASIS, COUNTRY, DAY, RATE, STATUS, TEXT, listed, maybe, shaped

CA = "us.ieepa.border.ca"
DOCS = Path(__file__).resolve().parents[2] / "docs" / "json.md"

BOUND = shaped(
    kind={"enum": ["day", "range", "condition", "unknown", "open"]},
    earliest=maybe(DAY),
    latest=maybe(DAY),
    condition=maybe(TEXT),
)
NAMED = listed(shaped(id=TEXT, kind=TEXT, announced=DAY, title=TEXT, sources=listed({}, 1)))
AROUND = {
    "events": NAMED,
    "coverage": shaped(**{"from": maybe(DAY), "known_until": maybe(DAY)}),
    "notes": listed(TEXT),
}
LINK = shaped(stage=TEXT, held={"type": "boolean"}, day=maybe(DAY), event=maybe(TEXT))
LAYER = shaped(
    event=TEXT,
    announced=DAY,
    status=STATUS,
    rate_pct=RATE,
    basis=BASIS,
    counts={"type": "boolean"},
    reason=TEXT,
    by=listed(TEXT),
    since=maybe(DAY),
    sentence=TEXT,
    chain=listed(LINK),
    papers=listed(shaped(event=TEXT, citation=maybe(TEXT), kind=maybe(TEXT), chain=listed(LINK))),
)
EXPLAIN = shaped(
    viewpoint=shaped(on=DAY),
    provisions=listed(
        shaped(
            measure=TEXT,
            provision=TEXT,
            imposer=COUNTRY,
            state=maybe({"type": "object"}),
            layers=listed(LAYER),
            not_yet_known=listed(LAYER),
            claims=listed({"type": "object"}),
            answers=listed(TEXT),
            answered_by=listed(TEXT),
        ),
        1,
    ),
    **AROUND,
)
AHEAD = shaped(
    kind=TEXT, day=maybe(DAY), when=maybe(BOUND), event=TEXT, measures=listed(TEXT), sentence=TEXT
)
UPCOMING = shaped(
    **{"from": DAY}, until=DAY, known_by=DAY, dated=listed(AHEAD), undated=listed(AHEAD), **AROUND
)
SURPRISE = shaped(
    day=DAY,
    announced=DAY,
    notice_days={"type": "integer", "minimum": 0},
    late_days={"type": "integer", "minimum": 0},
    already={"type": "boolean"},
    measure=TEXT,
    provision=TEXT,
    events=listed(TEXT, 1),
    sentence=TEXT,
)
SURPRISES = shaped(**{"from": DAY}, to=DAY, surprises=listed(SURPRISE), **AROUND)
STRETCH = shaped(
    **{"from": DAY},
    until=maybe(DAY),
    end=BOUND,
    gap={"type": "boolean"},
    status=maybe(STATUS),
    rate_pct=RATE,
    basis=maybe(BASIS),
    events=listed(TEXT),
    instruments=listed(shaped(event=TEXT, citation=TEXT)),
)
HISTORY = shaped(
    announced_by=maybe(DAY),
    provisions=listed(shaped(measure=TEXT, provision=TEXT, stretches=listed(STRETCH)), 1),
    **AROUND,
)


def measures(run: Run) -> list[str]:
    data = run("state", "--on", "2026-09-30", "--all", "--json").data
    return sorted({row["measure"] for row in data["provisions"]} | {*data["not_covered"]})


def test_every_measure_can_be_explained_and_has_a_history(run: Run) -> None:
    for key in measures(run):
        for on in ("2025-03-10", "2026-09-30"):
            ran = run("explain", key, "--on", on, "--json")
            assert (ran.status, ran.err) == (0, "")
            validate(ran.data, EXPLAIN)
        ran = run("history", key, "--json")
        assert (ran.status, ran.err) == (0, "")
        validate(ran.data, HISTORY)
        for one in ran.data["provisions"]:
            for stretch in one["stretches"]:
                assert stretch["gap"] == (stretch["status"] is None)


@pytest.mark.parametrize(
    "more",
    [
        ["--from", "2025-02-03", "--days", "40"],
        ["--from", "2025-09-18", "--announced-by", "2025-08-01"],
        ["--days", "400", "--target", "MX"],
        ["--from", "2020-01-01"],
        ["--from", "9999-12-31"],
        [],
    ],
)
def test_upcoming_has_the_promised_shape(run: Run, more: list[str]) -> None:
    ran = run("upcoming", *more, "--json")
    assert (ran.status, ran.err) == (0, "")
    validate(ran.data, UPCOMING)
    shown = [one["day"] for one in ran.data["dated"]]
    assert shown == sorted(shown)
    assert all(one["day"] is None for one in ran.data["undated"])


@pytest.mark.parametrize(
    "arguments",
    [
        ["2025-02-01", "2025-03-31"],
        ["2025-02-01", "2025-03-31", "--days", "7", "--target", "MX"],
        ["2020-01-01", "2020-02-01"],
        ["0001-01-01", "9999-12-31", "--days", "36525"],
        ["2025-03-01", "2025-03-01"],
    ],
)
def test_surprises_have_the_promised_shape(run: Run, arguments: list[str]) -> None:
    ran = run("surprises", *arguments, "--json")
    assert (ran.status, ran.err) == (0, "")
    validate(ran.data, SURPRISES)


def keys(value: Any, at: str = "") -> set[str]:
    """Every key of a JSON document with the way to it; entries of a list count as one."""
    if isinstance(value, list):
        return {path for entry in value for path in keys(entry, at)}
    if not isinstance(value, dict):
        return set()
    found = {f"{at}.{key}" for key in value}
    return found.union(*(keys(inner, f"{at}.{key}") for key, inner in value.items()))


def documented() -> list[tuple[str, Any]]:
    text = DOCS.read_text(encoding="utf-8")
    found = re.findall(r"^## `tracker (\w+).*?```json\n(.*?)```", text, re.DOTALL | re.MULTILINE)
    return [(name, json.loads(block)) for name, block in found]


ANSWERS = {
    "explain": ["explain", f"{CA}.general", "--on", "2025-02-05", "--announced-by", "2025-02-05"],
    "upcoming": ["upcoming", "--from", "2026-11-25"],
    "surprises": ["surprises", "2025-03-01", "2025-03-31"],
    "history": ["history", f"{CA}.general"],
}


@pytest.mark.parametrize("command", [*ANSWERS])
def test_the_documented_keys_are_those_of_the_answers(run: Run, command: str) -> None:
    told = keys(dict(documented())[command])
    answer = keys(run(*ANSWERS[command], "--json").data)
    assert told <= answer
    # Where the example shows an object, it shows all of its keys.
    shown = {path.rpartition(".")[0] for path in told}
    assert {path for path in answer if path.rpartition(".")[0] in shown} <= told


def test_a_pause_is_explained_with_what_it_holds_back(run: Run) -> None:
    data = run("explain", f"{CA}.general", "--on", "2025-02-05", "--json").data
    (one,) = data["provisions"]
    told = {layer["reason"]: layer for layer in one["layers"]}
    assert told["counts"]["status"] == "paused"
    assert told["held_back"]["rate_pct"] == 25.0
    assert one["state"]["status"] == "paused"
    stages = {link["stage"]: link["held"] for link in told["held_back"]["chain"]}
    assert stages["effective"] is True
    assert "not in the record" in run("explain", f"{CA}.general", "--on", "2025-02-05").out


def test_what_was_not_known_then_is_listed_apart(run: Run) -> None:
    arguments = ["explain", f"{CA}.general", "--on", "2025-08-05", "--announced-by", "2025-07-15"]
    (one,) = run(*arguments, "--json").data["provisions"]
    assert one["state"]["rate_pct"] == 25.0
    assert 35.0 in {layer["rate_pct"] for layer in one["not_yet_known"]}
    assert "Not yet known then" in run(*arguments).out


def test_the_pause_of_february_2025_surprised_and_its_end_did_not(run: Run) -> None:
    ran = run("surprises", "2025-02-01", "2025-03-05", "--measure", CA, "--json")
    general = [one for one in ran.data["surprises"] if one["provision"] == "general"]
    assert ("2025-02-04", 1) in {(one["day"], one["notice_days"]) for one in general}
    assert "2025-03-05" not in {one["day"] for one in general}


def test_history_agrees_with_state(run: Run) -> None:
    (one,) = run("history", f"{CA}.general", "--json").data["provisions"]
    for stretch in one["stretches"]:
        rows = run("state", "--on", stretch["from"], "--measure", CA, "--all", "--json").data
        (row,) = [r for r in rows["provisions"] if r["provision"] == "general"]
        assert (row["status"], row["rate_pct"]) == (stretch["status"], stretch["rate_pct"])


def test_history_in_every_format_and_language(run: Run) -> None:
    table = list(csv.DictReader(io.StringIO(run("history", CA, "--format", "csv").out)))
    data = run("history", CA, "--format", "json").data
    assert len(table) == sum(len(one["stretches"]) for one in data["provisions"])
    assert {line["end"] for line in table} == {"day", "open"}
    for lang, word in (("en", "in force"), ("es", "en vigor"), ("fr", "en vigueur")):
        for more in ([], ["--format", "markdown"]):
            ran = run("history", CA, "--lang", lang, *more)
            assert (ran.status, ran.err) == (0, "")
            assert word in ran.out
    assert run("history", CA, "--format", "markdown").out.startswith(f"# {CA}.general")


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
@pytest.mark.parametrize(
    "command",
    [
        f"explain {CA} --on 2025-06-01",
        "upcoming --from 2025-09-18",
        "surprises 2025-02-01 2025-06-30",
        "surprises 2024-01-01 2024-02-01",
    ],
)
def test_tables_in_every_language(run: Run, command: str, lang: str) -> None:
    ran = run(*command.split(), "--lang", lang)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.strip()


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("explain us.s232.steel.articls", "us.s232.steel has articles"),
        ("explain us.s232", "the front of several"),
        ("explain us.ieepa.border.cz", f"Did you mean {CA}?"),
        ("explain us.s232.steel --on 2025-02-30", "not a day of the calendar"),
        ("explain", "Missing argument"),
        ("history nonsense", "there is no measure or provision 'nonsense'"),
        ("history us.s232.steel --json --format csv", "contradict each other"),
        ("history us.s232.steel --format pdf", "pdf"),
        ("upcoming --days 0", "--days"),
        ("upcoming --days 1000000", "--days"),
        ("upcoming --measure us.s232.stell", "Did you mean us.s232.steel?"),
        ("upcoming --from 2025-13-01", "not a day of the calendar"),
        ("upcoming --lang de", "de"),
        ("surprises 2025-03-01", "Missing argument"),
        ("surprises 2025-03-02 2025-03-01", "Swap the two"),
        ("surprises 2025-03-01 2025-03-02 --days -1", "--days"),
    ],
)
def test_bad_input_is_told_in_one_line(run: Run, command: str, says: str) -> None:
    ran = run(*command.split())
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("tracker: ")
    assert ran.err.count("\n") == 1
    assert says in ran.err


@pytest.mark.parametrize(
    "command",
    [
        f"explain {CA} --on 2000-01-01",
        "upcoming --from 2000-01-01",
        "surprises 2000-01-01 2000-02-01",
        f"history {CA} --announced-by 2000-01-01",
    ],
)
def test_before_the_first_event_answers_say_what_is_covered(run: Run, command: str) -> None:
    ran = run(*command.split())
    assert (ran.status, ran.err) == (0, "")
    assert "first event" in ran.out
    assert run(*command.split(), "--json").data["notes"]


def test_an_empty_ledger_says_so(fresh: Run) -> None:
    assert fresh("init").status == 0
    for command in ("upcoming", "surprises 2025-01-01 2025-02-01"):
        ran: Ran = fresh(*command.split())
        assert ran.status == 0
        assert "run `tracker load` first" in ran.out
    for command in (f"explain {CA}", f"history {CA}"):
        ran = fresh(*command.split())
        assert (ran.status, ran.out) == (2, "")
        assert "run `tracker load` first" in ran.err


@pytest.mark.parametrize(
    "command", [f"explain {CA}", f"history {CA}", "upcoming", "surprises 2025-01-01 2025-02-01"]
)
def test_without_a_ledger_every_command_says_so(fresh: Run, command: str) -> None:
    ran = fresh(*command.split())
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.count("\n") == 1
    assert "tracker init" in ran.err


@pytest.mark.parametrize("command", ["explain", "history", "upcoming", "surprises"])
def test_help_explains_and_fits_a_screen(run: Run, command: str) -> None:
    ran = run(command, "--help")
    assert ran.status == 0
    assert max(len(line) for line in ran.out.splitlines()) <= 100
    assert len(ran.out.splitlines()) <= 55
    assert f"tracker {command} " in ran.out
