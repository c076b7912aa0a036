"""The scheduled job that publishes: its steps run, and the ledger goes on from run to run."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.running.processes import FeedServer, call

ROOT = Path(__file__).resolve().parent.parent.parent
JOB = yaml.safe_load((ROOT / "deploy" / "pages.yml").read_text(encoding="utf-8"))
STEPS: list[dict[str, Any]] = JOB["jobs"]["pages"]["steps"]
TAKE_UP, WORK, KEEP = (
    next(step["run"] for step in STEPS if step.get("name", "").startswith(start))
    for start in ("Take up", "Record", "Keep")
)


@dataclass
class Host:
    """A repository with an origin, as a job finds it; each run has a folder of its own."""

    folder: Path
    key: str
    runs: int = 0
    seen: list[str] = field(default_factory=list)

    def git(self, *arguments: str, at: Path | None = None) -> str:
        ran = subprocess.run(
            ["git", "-c", "user.name=t", "-c", "user.email=t@localhost", *arguments],
            cwd=at or self.folder,
            capture_output=True,
            text=True,
            check=True,
        )
        return ran.stdout.strip()

    def begin(self) -> dict[str, str]:
        """A fresh checkout for the next run, and its environment."""
        self.runs += 1
        run = self.folder / f"run-{self.runs}"
        (run / "temp").mkdir(parents=True)
        self.git("clone", "--quiet", str(self.folder / "origin.git"), str(run / "checkout"))
        return {
            "HOME": str(run),
            "PATH": f"{ROOT / '.venv/bin'}{os.pathsep}{os.environ['PATH']}",
            "RUNNER_TEMP": str(run / "temp"),
            "GITHUB_ENV": str(run / "env"),
            "TRACKER_HOME": str(run / "checkout/var"),
            "TRACKER_ALLOW_PRIVATE_ADDRESSES": "1",
            "TRACKER_BASE_URL": "",  # what a variable that is not set comes to
            "TRACKER_ORIGIN": "",
            "SIGNING_KEY": self.key,
        }

    def step(self, script: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
        noted = Path(env["GITHUB_ENV"])
        lines = noted.read_text(encoding="utf-8").splitlines() if noted.exists() else []
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=Path(env["RUNNER_TEMP"]).parent / "checkout",
            env={**env, **dict(line.split("=", 1) for line in lines)},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    assert call(tmp_path / "own", "init").returncode == 0
    assert call(tmp_path / "own", "checkpoint").returncode == 0
    key = (tmp_path / "own/keys/signing.pem").read_text(encoding="utf-8")
    made = Host(tmp_path, key)
    feeds = FeedServer(items=3)
    made.git("init", "--quiet", "--bare", "--initial-branch=main", "origin.git")
    made.git("clone", "--quiet", "origin.git", "mine")
    (tmp_path / "mine/db").mkdir()
    feeds.sources(tmp_path / "mine/db/sources.toml", "official")
    made.git("add", ".", at=tmp_path / "mine")
    made.git("commit", "--quiet", "-m", "Feeds", at=tmp_path / "mine")
    made.git("push", "--quiet", "origin", "HEAD:main", at=tmp_path / "mine")
    yield made
    feeds.close()


def run_whole(host: Host) -> tuple[str, Path]:
    env = host.begin()
    said = []
    for script in (TAKE_UP, WORK, KEEP):
        ran = host.step(script, env)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        said.append(ran.stdout)
    return "\n".join(said), Path(env["RUNNER_TEMP"]) / "site"


def test_each_run_goes_on_where_the_last_one_ended(host: Host) -> None:
    first, site = run_whole(host)
    assert "official: 3 new" in first
    assert (site / "index.html").is_file()
    env = host.begin()
    for script in (TAKE_UP, WORK.replace("tracker build", "true"), KEEP):
        ran = host.step(script, env)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        if script is not TAKE_UP and script is not KEEP:
            # Neither recorded nor polled anew: the record is there, the feed is not due yet.
            assert " 0 new ledger entries" in ran.stdout
            assert "No feed is due yet" in ran.stdout
    kept = host.git("log", "--format=%H", "ledger", at=host.folder / "origin.git")
    assert len(kept.split()) == 1

    # Somebody rewrites what was kept: the next run does not go on from it.
    other = host.folder / "other"
    assert call(other, "init").returncode == 0
    assert call(other, "load").returncode == 0
    assert call(other, "backup", str(host.folder / "forged.db")).returncode == 0
    late = host.begin()
    forged = KEEP.replace('tracker backup "$RUNNER_TEMP/backup.db"', "true")
    assert host.step(TAKE_UP, late).returncode == 0
    (Path(late["RUNNER_TEMP"]) / "backup.db").write_bytes((host.folder / "forged.db").read_bytes())
    assert host.step(forged, late).returncode == 0
    refused = host.step(TAKE_UP, host.begin())
    assert refused.returncode == 1
    assert "tracker:" in refused.stderr


def test_without_a_key_or_an_origin_it_begins_no_ledger(host: Host) -> None:
    env = host.begin()
    refused = host.step(TAKE_UP, {**env, "SIGNING_KEY": ""})
    assert refused.returncode == 1
    assert "TRACKER_SIGNING_KEY" in refused.stderr
    host.git(
        "remote",
        "set-url",
        "origin",
        str(host.folder / "nowhere"),
        at=host.folder / "run-1/checkout",
    )
    refused = host.step(TAKE_UP, env)
    assert refused.returncode != 0
    assert not (Path(env["TRACKER_HOME"]) / "ledger.db").exists()


def test_it_runs_one_at_a_time_with_no_more_rights_than_it_needs() -> None:
    assert JOB["permissions"] == {"contents": "write", "pages": "write", "id-token": "write"}
    assert JOB["concurrency"] == {"group": "pages", "cancel-in-progress": False}
    assert JOB["defaults"]["run"]["shell"] == "bash"  # with pipefail, as the tests run it
    assert "schedule" in JOB[True]  # YAML reads `on` so
    # A secret goes in by the environment, never into the text of a script.
    for step in STEPS:
        assert "${{" not in step.get("run", "")


def test_what_it_installs_is_there_and_held_to_its_hashes() -> None:
    install = next(step["run"] for step in STEPS if step.get("name") == "Install")
    files = re.findall(r"-r (\S+)", install)
    assert files == ["deploy/build.lock", "deploy/requirements.lock"]
    assert all((ROOT / file).is_file() for file in files)
    for line in install.splitlines():
        if "pip install" in line or "pip wheel" in line:
            assert "--require-hashes" in line or "--no-index" in line, line
