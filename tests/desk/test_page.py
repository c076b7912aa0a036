"""The page on reviewing: its keys are the desk's, its commands run, its screens are recorded."""

from __future__ import annotations

import os
import re
import subprocess
from email.utils import format_datetime
from pathlib import Path

from tests.desk.record import PAGE, SCREENS, with_screens
from tests.ingest.server import FeedServer
from tracker.clock import SystemClock
from tracker.desk.help import ACTIONS, HELP, KEYS

ROOT = PAGE.parents[1]
FEED = """<?xml version="1.0"?>
<rss version="2.0"><channel><title>Example</title><link>https://example.org/</link>
<item><title>Trump announces 60% tariff on Canadian steel</title><guid>1</guid>
<link>https://example.org/1</link><pubDate>{day}</pubDate></item></channel></rss>
"""


def test_every_decision_has_its_key_on_the_page_on_the_desk_and_in_its_help() -> None:
    page = PAGE.read_text(encoding="utf-8")
    named = re.findall(r"^\| `(\w)` (\w+) \|", page, re.MULTILINE)
    assert named == [(key, name) for key, name, _ in ACTIONS]
    for key, name, does in ACTIONS:
        assert f"{key} {name} " in KEYS.plain
        assert does in HELP.plain
    assert len(KEYS.plain.rstrip()) <= 80


def test_the_screens_of_the_page_are_those_that_are_recorded() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert tuple(re.findall(r"<!-- screen: (\w+) -->", page)) == SCREENS
    drawn = with_screens(page, {name: f"{name} was here\n" for name in SCREENS})
    for name in SCREENS:
        assert f"<!-- screen: {name} -->\n```text\n{name} was here\n```\n" in drawn
    blocks = re.findall(r"```text\n(.*?)```", page, re.DOTALL)
    assert len(blocks) == len(SCREENS)
    for block in blocks:
        assert "q quit" in block.splitlines()[-1]
    assert len({len(block.splitlines()) for block in blocks[:-1]}) == 1


def test_the_commands_of_the_page_work_from_an_empty_folder_to_the_files(tmp_path: Path) -> None:
    blocks = re.findall(r"^```sh\n(.*?)^```$", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    with FeedServer() as server:
        day = format_datetime(SystemClock().now())
        url = server.serve(FEED.format(day=day).encode())
        script = "".join(blocks).replace("https://example.org/feed", url)
        ran = subprocess.run(
            ["bash", "-c", f"set -euo pipefail\n{script}"],
            cwd=ROOT,
            env={
                "PATH": f"{ROOT / '.venv/bin'}{os.pathsep}{os.environ['PATH']}",
                "TMPDIR": str(tmp_path),
                "TRACKER_ALLOW_PRIVATE_ADDRESSES": "1",
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "amended, and not accepted yet" in ran.stdout
    assert "put into" in ran.stdout
    assert "1 events exported" in ran.stdout
