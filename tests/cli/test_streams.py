"""Output that is closed, full, no longer read, or in another encoding: in a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import run_in_process
from tracker import cli

COMMANDS = ["state", "state --json", "verify", "timeline --json", "--help", "--version"]


def shell(
    home: Path, command: str, redirected: str, **more: str
) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "TRACKER_HOME": str(home), "PY": sys.executable, **more}
    environment.pop("TRACKER_DATABASE_URL", None)
    line = f'"$PY" -m tracker {command} {redirected}'
    return subprocess.run(["bash", "-c", line], env=environment, capture_output=True, check=False)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_full_device_is_one_line(loaded_home: Path, command: str) -> None:
    ran = shell(loaded_home, command, ">/dev/full")
    assert ran.returncode == 1
    assert ran.stderr.startswith(b"tracker: ")
    assert b"standard output" in ran.stderr
    assert ran.stderr.count(b"\n") == 1


@pytest.mark.parametrize("redirected", [">&-", ">&- 2>&- <&-"])
@pytest.mark.parametrize("command", COMMANDS)
def test_closed_output_is_nothing_to_stumble_over(
    loaded_home: Path, command: str, redirected: str
) -> None:
    ran = shell(loaded_home, command, redirected)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"", b"")


@pytest.mark.parametrize("redirected", [">&- 2>&-", "2>/dev/full"])
def test_the_status_says_it_where_no_line_can(loaded_home: Path, redirected: str) -> None:
    assert shell(loaded_home, "state --on soon", redirected).returncode == 2


@pytest.mark.parametrize("command", COMMANDS)
def test_a_reader_who_has_seen_enough_is_no_failure(loaded_home: Path, command: str) -> None:
    # The reader is gone before the first byte is written.
    ran = shell(loaded_home, command, '> >(exec 0<&-); exit "$?"')
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr == b""


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-16"])
def test_json_is_utf_8_whatever_the_locale_says(loaded_home: Path, encoding: str) -> None:
    ran = shell(loaded_home, "timeline --json", "", PYTHONIOENCODING=encoding)
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout.decode("utf-8"))


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_character_the_encoding_lacks_is_escaped(loaded_home: Path, encoding: str) -> None:
    ran = shell(loaded_home, "state --help", "", PYTHONIOENCODING=encoding)
    assert (ran.returncode, ran.stderr) == (0, b"")


@pytest.mark.parametrize("command", ["run", "serve"])
def test_a_stop_is_obeyed_before_anything_slow_is_imported(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[object] = []

    def invoke(_: list[str]) -> int:
        seen.extend(signal.getsignal(name) for name in (signal.SIGINT, signal.SIGTERM))
        return 0

    monkeypatch.setattr(cli, "_invoke", invoke)
    assert run_in_process(command).status == 0
    assert seen[0] is seen[1]
    assert seen[0] not in {signal.SIG_DFL, signal.default_int_handler}
