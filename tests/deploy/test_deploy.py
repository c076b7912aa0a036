"""The container file and the units name what there is, and the locks are what they say."""

from __future__ import annotations

import configparser
import http.server
import json
import re
import runpy
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.running.processes import environment

ROOT = Path(__file__).resolve().parent.parent.parent
DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))


def instructions() -> list[tuple[str, str]]:
    """The container file's instructions in order, lines put together, comments left out."""
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    whole = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    return [(first, rest) for first, _, rest in (x.partition(" ") for x in whole.split("\n") if x)]


def of(name: str) -> list[str]:
    return [rest for first, rest in instructions() if first == name]


def test_everything_the_container_copies_is_there_and_let_through() -> None:
    allowed = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    copied = [part for rest in of("COPY") if "--from" not in rest for part in rest.split()[:-1]]
    assert {"tracker", "templates", "db", "docs", "pyproject.toml"} <= set(copied)
    for path in copied:
        assert (ROOT / path).exists(), path
        assert any(Path(path).match(line[1:]) for line in allowed if line.startswith("!")), path


def test_the_container_runs_as_nobody_and_installs_by_hash() -> None:
    kinds = [first for first, _ in instructions()]
    assert of("USER") == ["10001"]
    assert kinds.index("USER") < kinds.index("ENTRYPOINT")
    for command in " && ".join(of("RUN")).split("&&"):
        if "pip install" in command or "pip wheel" in command:
            assert "--require-hashes" in command or "--no-index" in command, command


def test_what_the_container_starts_is_a_command() -> None:
    command = json.loads(of("ENTRYPOINT")[0]) + json.loads(of("CMD")[0])
    assert command[0] == "tracker"
    assert accepted(command[1:])


def accepted(arguments: list[str]) -> bool:
    """Whether the command line takes these arguments: with a wrong one, --help is not reached."""
    ran = subprocess.run(
        [sys.executable, "-m", "tracker", *arguments, "--help"],
        env=environment(Path("unused")),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return ran.returncode == 0 and f"tracker {arguments[0]}" in ran.stdout


@pytest.fixture
def answering() -> Iterator[tuple[int, list[int]]]:
    """A port whose /healthz answers with the first of the statuses."""
    statuses = [200]

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(statuses[0] if self.path == "/healthz" else 404)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            """Quiet."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1], statuses
    server.shutdown()
    server.server_close()


def test_the_health_check_tells_well_from_ill(answering: tuple[int, list[int]]) -> None:
    port, statuses = answering
    command = json.loads(of("HEALTHCHECK")[0].partition("CMD ")[2])
    assert command[0] == "python"

    def check() -> int:
        return subprocess.run(
            [sys.executable, *command[1:]],
            env={"PORT": str(port)},
            capture_output=True,
            check=False,
            timeout=60,
        ).returncode

    assert check() == 0
    statuses[0] = 503
    assert check() == 1


def test_the_locks_are_the_part_of_the_projects_own_that_is_needed() -> None:
    made = runpy.run_path(str(DEPLOY / "lock.py"))["locks"]()
    assert set(made) == {DEPLOY / "requirements.lock", DEPLOY / "build.lock"}
    for place, text in made.items():
        assert place.read_text(encoding="utf-8") == text, "run `python deploy/lock.py`"
        for line in re.findall(r"^\S+==.*(?:\n    --hash=.*)*", text, re.MULTILINE):
            assert "--hash=sha256:" in line
    running = made[DEPLOY / "requirements.lock"]
    for name in ("sqlalchemy", "defusedxml", "procrastinate", "apprise", "structlog"):
        assert f"\n{name}==" in running
    for name in ("pytest", "playwright", "hatchling", "scikit-learn"):
        assert f"\n{name}==" not in running


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: str(unit.name))
def test_a_unit_starts_a_command_that_may_do_little(unit: Path, tmp_path: Path) -> None:
    read = configparser.ConfigParser(strict=False, interpolation=None)
    read.optionxform = str  # type: ignore[assignment,method-assign]  # names keep their capitals
    read.read(unit, encoding="utf-8")
    service = read["Service"]
    words = shlex.split(service["ExecStart"])
    assert words[0] == "/opt/tracker/bin/tracker"
    assert accepted(words[1:])
    assert service["DynamicUser"] == service["NoNewPrivileges"] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert service["CapabilityBoundingSet"] == ""
    assert service["Environment"] == f"TRACKER_HOME=/var/lib/{service['StateDirectory']}"
    if shutil.which("systemd-analyze"):
        there = unit.read_text(encoding="utf-8").replace(words[0], sys.executable)
        (tmp_path / unit.name).write_text(there, encoding="utf-8")
        ran = subprocess.run(
            ["systemd-analyze", "verify", str(tmp_path / unit.name)],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert (ran.returncode, ran.stderr) == (0, "")


def test_there_is_a_unit_for_each_long_lived_process() -> None:
    assert [unit.name for unit in UNITS] == [
        "tracker-scheduler.service",
        "tracker-worker.service",
        "tracker.service",
    ]
