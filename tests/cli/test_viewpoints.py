"""Any two viewpoints on the command line: labels, both ledgers, filters, formats, honest edges."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from jsonschema import validate

from tests.cli.conftest import Run
from tests.cli.shapes import DIFF, STEPS_DIFF

CA = "us.ieepa.border.ca"
AUTOS = "us.s232.autos"


def labels(data: Any) -> set[str]:
    return {change["label"] for change in data["changes"]}


def one(data: Any, measure: str, provision: str) -> Any:
    rows = [*data["changes"], *data["returned"]]
    return next(r for r in rows if (r["measure"], r["provision"]) == (measure, provision))


def test_the_supreme_court_voided_and_what_came_after_is_law(run: Run) -> None:
    data = run("diff", "2026-02-19", "2026-02-25", "--json").data
    assert one(data, CA, "general")["label"] == "voided"
    assert one(data, CA, "general")["difference_points"] == -35.0
    assert one(data, "us.s122.global", "general")["label"] == "law_changed"


def test_35_percent_was_scheduled_on_31_july(run: Run) -> None:
    known = ["--announced-by", "2025-07-31"]
    data = run("diff", "2025-07-31", "2025-08-01", *known, "--measure", CA, "--json").data
    assert labels(data) == {"scheduled"}
    assert one(data, CA, "general")["difference_points"] == 10.0
    now = run("diff", "2025-07-31", "2025-08-01", "--measure", CA, "--json").data
    assert labels(now) == {"law_changed"}


def test_what_10_march_looked_like_on_5_march(run: Run) -> None:
    data = run(
        "diff", "2025-03-10", "2025-03-10", "--from-announced-by", "2025-03-05", "--json"
    ).data
    assert labels(data) == {"learned_late"}
    assert one(data, CA, "usmca")["after"]["rate_pct"] == 0.0
    assert data["from"]["announced_by"] == "2025-03-05"
    assert data["to"]["announced_by"] is None


def test_the_content_rule_for_cars_came_after_its_day(run: Run) -> None:
    across = run("diff", "2025-04-01", "2025-04-10", "--measure", AUTOS, "--json").data
    found = one(across, AUTOS, "usmca-vehicles")
    assert found["after"]["basis"] == "non_us_content"
    late = [c for c in across["changes"] if c["label"] == "learned_late"]
    assert all(max(event[:10] for event in c["events"]) > "2025-04-10" for c in late)


def test_a_ruling_and_its_stay_stand_under_there_and_back(run: Run) -> None:
    data = run("diff", "2025-05-27", "2025-06-02", "--measure", CA, "--json").data
    assert data["changes"] == []
    assert data["headline"] == "Nothing changed."
    steps = one(data, CA, "energy")["steps"]
    assert [step["day"] for step in steps] == ["2025-05-28", "2025-05-29"]
    assert [[event[:10] for event in step["events"]] for step in steps] == [
        ["2025-05-28"],
        ["2025-05-29"],
    ]
    assert "There and back" in run("diff", "2025-05-27", "2025-06-02", "--measure", CA).out


def test_what_differs_only_ahead_is_told_on_both_sides(run: Run) -> None:
    out = run("diff", "2025-05-27", "2025-06-02", "--measure", "us.s232.steel").out
    assert "in force at 25% since 12 March 2025; ahead: nothing" in out
    assert "in force at 25% since 12 March 2025; ahead: 50%" in out


def test_steps_lead_from_one_side_to_the_other(run: Run) -> None:
    data = run("diff", "2025-02-01", "2025-03-08", "--steps", "--json").data
    validate(data, STEPS_DIFF)
    kept = ("status", "rate_pct", "effective_from", "effective_until", "pending")
    for change in data["changes"]:
        shown = change["before"]
        for step in change["steps"]:
            assert "2025-02-01" < step["day"] <= "2025-03-08"
            assert (step["before"] is None) is (shown is None)
            assert shown is None or all(step["before"][k] == shown[k] for k in kept)
            shown = step["after"]
        assert all(shown[k] == change["after"][k] for k in kept)


EVENT = """events:
  - id: 2025-02-01-order
    kind: announcement
    announced: 2025-02-01
    title: An order
    summary: An order.
    parties: [US]
    effects:
      - measure: us.test
        provisions: [general]
        status: in_force
        rate: {rate}
        from: 2025-02-04
    sources:
      - {{url: "https://example.org/", publisher: P, title: T}}
"""
MEASURES = """measures:
  - key: us.test
    imposer: US
    authority: IEEPA
    title: A measure
    provisions:
      - {key: general, targets: [CA], products: All goods}
"""


@pytest.fixture
def corrected(fresh: Run, tmp_path: Path) -> Run:
    """A ledger of which entry 3 corrects 52% to 25%."""
    folder = tmp_path / "record"
    folder.mkdir()
    (folder / "measures.yaml").write_text(MEASURES)
    assert fresh("init").status == 0
    for rate in ("52", "25"):
        (folder / "2025-02.yaml").write_text(EVENT.format(rate=rate))
        ran = fresh("load", str(folder))
        assert ran.status == 0, ran.err
    return fresh


def test_since_position_shows_what_we_got_wrong(corrected: Run) -> None:
    ran = corrected("diff", "--since-position", "2", "2025-03-01", "--json")
    validate(ran.data, DIFF)
    change = one(ran.data, "us.test", "general")
    assert (change["label"], change["difference_points"]) == ("corrected", -27.0)
    assert (ran.data["from"]["position"], ran.data["to"]["position"]) == (2, 3)
    assert any("entry 2" in note for note in ran.data["notes"])
    assert corrected("diff", "--since-position", "3", "--json").data["changes"] == []


def test_an_entry_the_ledger_has_not_reached(corrected: Run) -> None:
    ran = corrected("diff", "--since-position", "4")
    assert (ran.status, ran.out) == (2, "")
    assert "Its last one is 3" in ran.err


def test_what_the_ledger_lacked_is_not_our_mistake(corrected: Run) -> None:
    data = corrected("diff", "--since-position", "0", "2025-03-01", "--json").data
    assert labels(data) == {"learned_late"}
    held = corrected(
        "diff", "2025-03-01", "2025-03-01", "--from-recorded-by", "2020-01-01", "--json"
    ).data
    assert [c["change"] for c in held["changes"]] == ["added"]
    assert held["from"]["recorded_by"] == "2020-01-01T23:59:59.999999Z"


def test_the_wrong_way_round_is_the_mirror_and_says_so(run: Run) -> None:
    there = run("diff", "2025-03-03", "2025-03-08", "--json").data
    back = run("diff", "2025-03-08", "2025-03-03", "--json").data
    assert (there["swapped"], back["swapped"]) == (False, True)
    assert labels(there) == labels(back)
    assert any("the later one" in note for note in back["notes"])
    assert "the way back" in run("diff", "2025-03-08", "2025-03-03").out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["diff", "2025-03-08", "2025-03-08"], "the same viewpoint"),
        (["diff", "0001-01-01", "2025-03-08"], "cannot speak of earlier days"),
        (["diff", "2025-03-08", "9999-12-31"], "lies ahead"),
        (["diff", "2025-03-08", "2025-04-08", "--announced-by", "2020-01-01"], "Nothing in the"),
        (["state", "--on", "9999-12-31"], "31 December 9999 lies ahead"),
        (["state", "--on", "0001-01-01"], "cannot speak of earlier days"),
        (["state", "--announced-by", "9999-12-31"], "Nobody knows yet"),
        (["state", "--on", "2026-10-01", "--hts", "8711.50"], "list no headings"),
    ],
)
def test_edges_are_told(run: Run, arguments: list[str], says: str) -> None:
    ran = run(*arguments)
    assert (ran.status, ran.err) == (0, "")
    assert says in ran.out
    data = run(*arguments, "--json").data
    assert any(says in note for note in data["notes"])
    assert data["coverage"]["from"] is not None


def test_an_empty_ledger_answers_honestly(fresh: Run) -> None:
    assert fresh("init").status == 0
    for arguments in (["state"], ["diff", "2025-01-01", "2025-02-01"]):
        assert "run `tracker load` first" in fresh(*arguments).out
        data = fresh(*arguments, "--json").data
        assert data["coverage"]["from"] is None


@pytest.mark.parametrize(
    ("more", "measures"),
    [
        (["--authority", "section 338"], {"us.s338.canada", "us.s338.canada.ban"}),
        (["--product", "POTASSE"], {CA, "us.ieepa.border.mx"}),
        (["--product", "motocicletas"], {"us.s338.canada.ban"}),
        (["--hts", "8711.50"], {"us.s338.canada.ban"}),
        (
            ["--status", "paused", "--imposer", "US", "--on", "2025-02-10", "--authority", "IEEPA"],
            {CA, "us.ieepa.border.mx"},
        ),
        (["--origin", "non-us-content"], {AUTOS}),
    ],
)
def test_filters_find(run: Run, more: list[str], measures: set[str]) -> None:
    on = [] if "--on" in more else ["--on", "2026-10-01"]
    data = run("state", *on, *more, "--all", "--json").data
    assert {row["measure"] for row in data["provisions"]} >= measures
    assert data["provisions"]
    whole = run("state", *on, "--all", "--json").data["provisions"]
    assert len(data["provisions"]) < len(whole)


def test_a_filter_for_an_ended_status_needs_no_all(run: Run) -> None:
    rows = run("state", "--on", "2026-03-01", "--status", "invalidated", "--json").data
    assert {row["status"] for row in rows["provisions"]} == {"invalidated"}


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_every_format_in_every_language(run: Run, lang: str) -> None:
    asked = ("diff", "2025-02-01", "2025-03-08", "--steps", "--lang", lang)
    written = {
        name: run(*asked, "--format", name) for name in ("text", "markdown", "csv", "html", "json")
    }
    assert {ran.status for ran in written.values()} == {0}
    assert {ran.err for ran in written.values()} == {""}
    day = {"en": "8 March 2025", "es": "8 de marzo de 2025", "fr": "8 mars 2025"}[lang]
    for name in ("text", "markdown", "html"):
        assert day in written[name].out
    assert f'<html lang="{lang}">' in written["html"].out
    rows = list(csv.DictReader(io.StringIO(written["csv"].out)))
    net = [row for row in rows if row["row"] == "net"]
    data = written["json"].data
    assert [row["sentence"] for row in net] == [c["sentence"] for c in data["changes"]]
    assert [row["label"] for row in net] == [c["label"] for c in data["changes"]]


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_state_in_every_format_and_language(run: Run, lang: str) -> None:
    asked = ("state", "--on", "2025-09-18", "--lang", lang)
    data = run(*asked, "--json").data["provisions"]
    rows = list(csv.DictReader(io.StringIO(run(*asked, "--format", "csv").out)))
    assert [row["sentence"] for row in rows] == [row["sentence"] for row in data]
    assert [row["rate_pct"] or None for row in rows] == [
        None if row["rate_pct"] is None else f"{row['rate_pct']:g}" for row in data
    ]
    markdown = run(*asked, "--format", "markdown").out
    assert markdown.startswith("# ")
    assert len([line for line in markdown.splitlines() if line.startswith("| ")]) == len(data) + 2
    assert {"en": "in force", "es": "en vigor", "fr": "en vigueur"}[lang] in run(*asked).out


def test_measure_may_name_a_single_provision(run: Run) -> None:
    name = f"{CA}.potash"
    (row,) = run("state", "--on", "2025-03-10", "--measure", name, "--json").data["provisions"]
    assert (row["measure"], row["provision"]) == (CA, "potash")
    changes = run("diff", "2025-03-03", "2025-03-08", "--measure", name, "--json").data["changes"]
    assert [change["provision"] for change in changes] == ["potash"]
    assert run("timeline", "--measure", name, "--json").data
    near = run("state", "--measure", f"{CA}.potashes")
    assert near.status == 2
    assert f"Did you mean {name}?" in near.err
