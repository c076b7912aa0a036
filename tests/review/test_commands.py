"""`tracker review` from the command line, as a script would call it."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Ran, run_in_process
from tests.review.material import steel_reports, workspace
from tests.review.test_desk_on_a_ledger import EVENT


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # The commands go by the machine's clock; reports of the small workspace by the test's.
    with workspace(tmp_path, steel_reports()):
        pass
    monkeypatch.setenv("TRACKER_HOME", str(tmp_path))
    monkeypatch.delenv("TRACKER_DATABASE_URL", raising=False)
    monkeypatch.setenv("TRACKER_EDITOR", "Ana")
    monkeypatch.setattr("tracker.app.gathering.WINDOW", timedelta(days=36_500))
    return tmp_path


def review(*arguments: str, status: int = 0) -> Ran:
    ran = run_in_process("review", *arguments)
    assert ran.status == status, ran.err
    assert "Traceback" not in ran.err
    if status:
        assert ran.out == ""
        assert len(ran.err.splitlines()) == 1
    return ran


def candidate() -> dict[str, Any]:
    items: list[dict[str, Any]] = review("list", "--all", "--json").data
    return next(item for item in items if "steel" in item["products"])


def test_from_the_queue_to_the_files_by_commands_alone(home: Path) -> None:
    item = candidate()
    assert (item["standing"], item["version"], item["reports"]) == ("open", 0, 3)
    assert item["id"] in review("list").out
    shown = review("show", item["id"][:6], "--json").data
    assert shown["faults"] == []
    assert {"2026-11-25", "2026-12-01"} <= {change["on"] for change in shown["changes"]}
    assert {source["says"]["rate_pct"] for source in shown["sources"]} == {60.0}
    for source in shown["sources"]:
        for mark in source["marks"]:
            assert source[mark["field"]][mark["start"] : mark["end"]]
    text = review("show", item["id"]).out
    assert "On 2026-12-01 it would read:" in text
    draft = home / "draft.yaml"
    draft.write_text(review("draft", item["id"]).out.replace("rate: 60", "rate: 61"))
    done = review("accept", item["id"], str(draft), "--json").data
    assert done["candidate"]["event"] == EVENT
    assert done["candidate"]["editor"] == "Ana"
    record = str(home / "record")
    assert review("export", record, "--json").data == {
        "exported": [{"event": EVENT, "file": "2026-11.yaml", "new": True}]
    }
    assert "rate: 61" in (home / "record" / "2026-11.yaml").read_text(encoding="utf-8")
    assert review("export", record).out == "Nothing waits for its export.\n"
    assert run_in_process("record", "check", record).status == 0
    laid_out = run_in_process("record", "fmt", record, "--check")
    assert "2026-11.yaml" not in laid_out.out or EVENT not in laid_out.out
    assert run_in_process("load", record).status == 0
    state = run_in_process("state", "--on", "2026-11-30", "--json").data
    assert [row["pending"][0]["rate_pct"] for row in state["provisions"]] == [61.0]


def test_each_outlets_claim_stands_beside_what_the_record_says(home: Path) -> None:
    name, event = candidate()["id"], "2026-11-02-us-steel-step"
    assert review("claims", event, "--json").data == []
    assert "No report" in review("claims", event).out
    review("merge", name, event)
    claims = review("claims", event, "--json").data
    assert [(one["publisher"], one["says"]["rate_pct"]) for one in claims] == [
        ("example-en", 60.0),
        ("example-es", 60.0),
        ("example-fr", 60.0),
    ]
    # The record has 50% from 3 November: both the rate and the day are told apart.
    assert {(one["how"], *one["differs"]) for one in claims} == {
        ("merged", "rate_pct", "effective_date")
    }
    assert "rate_pct, effective_date" in " ".join(review("claims", event).out.split())
    assert "no event" in review("claims", "2026-11-02-none", status=2).err


def test_every_other_action_and_its_undo(home: Path) -> None:
    name = candidate()["id"]
    draft = home / "draft.yaml"
    draft.write_text(review("draft", name).out, encoding="utf-8")
    actions = (
        ("reject", name, "--why", "opinion"),
        ("postpone", name, "--until", "2090-01-01"),
        ("merge", name, "2026-11-02-us-steel-step"),
        ("amend", name, str(draft)),
        ("split", name, "2"),
    )
    for number, action in enumerate(actions):
        assert review(*action, "--version", str(2 * number), "--editor", "Ben").out
        again = review("undo", name, "--json").data["candidate"]
        assert (again["standing"], again["version"]) == ("open", 2 * number + 2)
    assert "decided" not in review("list").out


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("show", "zzzz"), 2, "no candidate 'zzzz'"),
        (("accept", "NAME", "/nowhere/draft.yaml"), 2, "cannot be read"),
        (("accept", "NAME", "--version", "7"), 1, "meanwhile"),
        (("merge", "NAME", "2026-11-02-nothing"), 2, "no event"),
        (("split", "NAME", "9"), 2, "no report '9'"),
        (("split", "NAME", "1", "2", "3"), 2, "leaves some"),
        (("reject", "NAME", "--why", " "), 2, "says why"),
        (("postpone", "NAME", "--until", "2020-01-01"), 2, "does not lie ahead"),
        (("postpone", "NAME", "--until", "soon"), 2, "not a date"),
        (("undo", "NAME"), 2, "nothing has been decided"),
        (("reject", "NAME", "--why", "x", "--editor", "\x1b[2J"), 2, "editor's name"),
        (("export", "/nowhere"), 2, "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_changes_nothing(
    home: Path, arguments: tuple[str, ...], status: int, said: str
) -> None:
    item = candidate()
    ran = review(*(item["id"] if one == "NAME" else one for one in arguments), status=status)
    assert said in ran.err
    assert candidate() == item


def test_a_broken_draft_names_the_rule(home: Path) -> None:
    name, draft = candidate()["id"], home / "draft.yaml"
    text = review("draft", name).out
    draft.write_text(text.replace("rate: 60", "rate: 999"), encoding="utf-8")
    assert "[rate_is_a_percentage]" in review("accept", name, str(draft), status=2).err
    draft.write_bytes(b"\xff\xfe\x00")
    assert "not UTF-8" in review("amend", name, str(draft), status=2).err
    draft.write_bytes(b"x" * 1_000_001)
    assert "larger than 1 MB" in review("amend", name, str(draft), status=2).err
    assert candidate()["version"] == 0


def test_json_is_json_whatever_the_feeds_say(home: Path) -> None:
    shown = review("show", candidate()["id"], "--json").out
    assert json.loads(shown)["sources"]


def test_without_textual_the_desk_says_what_to_install(home: Path) -> None:
    script = (
        "import sys; sys.modules['textual'] = None\n"
        "from tracker.cli import main\nmain(['review'])\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60
    )
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "tracker[desk]" in ran.stderr
    assert len(ran.stderr.splitlines()) == 1
