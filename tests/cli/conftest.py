"""A workspace with the shipped record in it, and a way to run the command line in process."""

from __future__ import annotations

import contextlib
import io
import json
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tracker import cli


@dataclass(frozen=True)
class Ran:
    status: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


def run_in_process(*arguments: str) -> Ran:
    out, err = io.StringIO(), io.StringIO()
    # `run` and `serve` take the signals for themselves; the tests keep their own.
    handlers = {name: signal.getsignal(name) for name in (signal.SIGINT, signal.SIGTERM)}
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            cli.main(arguments)
    except SystemExit as left:
        return Ran(int(left.code or 0), out.getvalue(), err.getvalue())
    finally:
        for name, handler in handlers.items():
            signal.signal(name, handler)
    raise AssertionError("main always leaves with a status")


@pytest.fixture(scope="session")
def loaded_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace into which the shipped record was loaded once."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRACKER_HOME", str(home))
        patch.delenv("TRACKER_DATABASE_URL", raising=False)
        for command in ("init", "load"):
            ran = run_in_process(command)
            assert ran.status == 0, ran.err
    return home


@pytest.fixture
def run(loaded_home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on the loaded workspace. Commands under test here only read it."""
    monkeypatch.setenv("TRACKER_HOME", str(loaded_home))
    monkeypatch.delenv("TRACKER_DATABASE_URL", raising=False)
    return run_in_process


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on a workspace that does not exist yet."""
    monkeypatch.setenv("TRACKER_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("TRACKER_DATABASE_URL", raising=False)
    return run_in_process
