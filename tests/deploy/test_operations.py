"""The page on operations: what it says to type does what it says, and what it shows is so."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

from tests.contracts.postgres import empty_database
from tests.running.processes import get, tracker
from tracker.cli import cli

ROOT = Path(__file__).resolve().parent.parent.parent
TEXT = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    start = TEXT.index(f"## {title}\n")
    end = TEXT.find("\n## ", start)
    return TEXT[start : None if end < 0 else end]


def blocks(title: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", section(title), re.MULTILINE | re.DOTALL)


def typed(script: str, tmp_path: Path) -> str:
    ran = subprocess.run(
        ["bash", "-c", f"set -euo pipefail\n{script}"],
        cwd=tmp_path,
        env={
            "PATH": f"{ROOT / '.venv/bin'}{os.pathsep}{os.environ['PATH']}",
            "TRACKER_HOME": str(tmp_path / "home"),
            "TMPDIR": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_many_machines_begin_as_it_says(tmp_path: Path) -> None:
    (script,) = blocks("Many machines", "sh")
    with empty_database() as url:
        named = "postgresql+psycopg://tracker@db.example/tracker"
        assert named in script
        said = typed(script.replace(named, f"'{url}'"), tmp_path)
        assert "Ledger made" in said
        with tracker(
            tmp_path / "home", "scheduler", "--watch-port", "0", TRACKER_DATABASE_URL=url
        ) as running:
            address = running.wait_for("Health on").split()[-1]
            running.wait_for("feeds shared out")
            status, health = get(address)
            _, metrics = get(address.replace("/healthz", "/metrics"))
    assert (status, json.loads(health)["status"]) == (200, "ok")
    assert json.loads(health)["sources"]["never_polled"] > 50
    assert re.search(r'^tracker_jobs\{status="todo"\} \d\d', metrics, re.MULTILINE)


def test_the_key_of_the_pages_job_is_made_as_it_says(tmp_path: Path) -> None:
    (script,) = blocks("A pages host", "sh")
    assert "BEGIN PRIVATE KEY" in typed(script, tmp_path)


def test_what_it_shows_has_the_fields_there_are() -> None:
    (line,) = blocks("Logs", "json")
    assert set(json.loads(line)) >= {"timestamp", "level", "what", "event"}
    (health,) = blocks("Health and metrics", "json")
    assert set(json.loads(health)) == {
        "status",
        "version",
        "stuck",
        "ticks",
        "ledger",
        "sources",
    }


def test_every_word_of_the_log_is_told() -> None:
    files = (ROOT / "tracker" / "cli").glob("*.py")
    used = {
        word
        for file in [*files, ROOT / "tracker" / "observe" / "logs.py"]
        for word in re.findall(r"\bwhat=\"([a-z_]+)\"", file.read_text(encoding="utf-8"))
    }
    assert used
    told = set(re.findall(r"`([a-z_]+)`", section("Logs")))
    assert used <= told, used - told


def test_every_option_it_names_exists() -> None:
    for command, option in re.findall(
        r"`?tracker ([a-z]+)[^`\n]*?(--[a-z-]+)", section("Many machines")
    ):
        names = {name for one in _command(command).params for name in one.opts}
        assert option in names, f"tracker {command} has no {option}"


def _command(name: str):  # type: ignore[no-untyped-def]  # click's own
    found = cli.get_command(None, name)  # type: ignore[arg-type]  # the same in every context
    assert found is not None
    return found
