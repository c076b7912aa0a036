"""The page for lawyers: its commands run, in the order in which they stand."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.conftest import run_in_process

PAGE = Path(__file__).resolve().parents[2] / "docs" / "verification.md"


def test_every_command_of_the_page_does_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_HOME", str(tmp_path))
    monkeypatch.delenv("TRACKER_DATABASE_URL", raising=False)
    for command in ("init", "load"):
        assert run_in_process(command).status == 0
    blocks = re.findall(r"^```sh\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    lines = [line for block in blocks for line in block.splitlines()]
    assert len(lines) > 8
    for line in lines:
        words = shlex.split(line.replace("$TRACKER_HOME", str(tmp_path)), comments=True)
        ran = run_in_process(*words[1:])
        assert (ran.status, ran.err) == (0, ""), line
        assert ran.out, line
