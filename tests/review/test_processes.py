"""Real processes: two editors at once, and an export killed between the file and the ledger."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.review.material import workspace, workspace_of_today
from tracker.core.entries import ReportSeen
from tracker.core.world import fold
from tracker.store.sql import SqlLedger

ACCEPT = "from tracker.cli import main; main(['review', 'accept', {name!r}])"
EXPORT = """
import os, signal, sys
from tracker.store.sql import SqlLedger
SqlLedger.append = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
from tracker.cli import main
main(['review', 'export', sys.argv[1]])
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return workspace_of_today(tmp_path)


def environment(home: Path, editor: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return {**kept, "TRACKER_HOME": str(home), "TRACKER_EDITOR": editor}


def python(home: Path, editor: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", *arguments],
        env=environment(home, editor),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_of_editors_in_processes_of_their_own_one_accepts(home: Path) -> None:
    with workspace(home) as app:
        (item,) = app.reviewing().queue()
    editors = [python(home, f"Editor {n}", ACCEPT.format(name=item.id)) for n in range(3)]
    said = [(process.communicate(timeout=60), process.returncode) for process in editors]
    assert sorted(status for _, status in said) != [0, 0, 0]
    assert [status for _, status in said].count(0) == 1
    for (out, err), status in said:
        if status:
            assert (out, len(err.splitlines())) == ("", 1)
            assert "meanwhile" in err or "decided on already" in err
    with workspace(home) as app:
        assert [event.announced for event in app.world().events].count(
            app.reviewing().queue(everything=True)[0].day  # type: ignore[arg-type]  # it has a day
        ) == 1
        assert app.verify().findings == ()


def test_an_export_killed_before_the_ledger_says_so_is_one_event(home: Path) -> None:
    record = home / "record"
    with workspace(home) as app:
        desk = app.reviewing("Ana")
        (item,) = desk.queue()
        event = desk.accept(item.id, version=0).item.event
    assert event is not None
    killed = python(home, "Ana", EXPORT, str(record))
    killed.communicate(timeout=60)
    assert killed.returncode == -signal.SIGKILL
    assert in_files(record, event) == 1
    with workspace(home) as app:
        (again,) = app.export_review("Ana", record)
        assert (again.event, again.new) == (event, False)
        assert in_files(record, event) == 1
        assert app.load(record).appended == 0
        entries = tuple(SqlLedger(app.engine).read())
        assert sum(one.type == ReportSeen.TYPE for one in entries) == 1
        assert [one.id for one in fold(entries).events].count(event) == 1
        assert app.verify().findings == ()


def in_files(folder: Path, event: str) -> int:
    texts = (file.read_text(encoding="utf-8") for file in folder.glob("20*.yaml"))
    return sum(text.count(f"- id: {event}\n") for text in texts)
