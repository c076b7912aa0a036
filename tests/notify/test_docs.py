"""The page on operations: its commands on alerts run, and its settings read."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from tests.notify.receiver import Receiver
from tracker.notify.alerts import Wish
from tracker.notify.settings import read_plan

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks() -> dict[str, str]:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    alerts = page[page.index("## Alerts") :].split("\n## ", 1)[0]
    return dict(FENCE.findall(alerts))


def test_every_command_runs(tmp_path: Path) -> None:
    with Receiver() as receiver:
        script = blocks()["sh"].replace("json://me:password@hooks.example.org/trade", receiver.url)
        ran = subprocess.run(
            ["bash", "-c", f"set -euo pipefail\ntracker init\ntracker load\n{script}"],
            cwd=tmp_path,
            env={
                "PATH": f"{ROOT / '.venv/bin'}{os.pathsep}{os.environ['PATH']}",
                "TRACKER_HOME": str(tmp_path / "home"),
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
    assert (ran.returncode, ran.stderr) == (0, "")
    for said in ("New in the record", "from now on", "nothing new", "Everything that was noted"):
        assert said in ran.stdout
    assert receiver.got == []


def test_the_settings_read_and_name_every_wish(tmp_path: Path) -> None:
    file = tmp_path / "notify.toml"
    file.write_text(blocks()["toml"], encoding="utf-8")
    plan = read_plan(file)
    assert plan.wish.party == "MX"
    assert all(f"\n{name} = " in blocks()["toml"] for name in Wish.__slots__)
