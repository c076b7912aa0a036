"""The desk on a real terminal, in a process of its own, with an editor of one's own."""

from __future__ import annotations

import os
import pty
import select
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ

import pytest

from tests.review.material import workspace, workspace_of_today
from tracker.desk.editing import edit_text
from tracker.errors import BadInput

LIMIT_S = 60


class Terminal:
    """A process on a terminal of 80 columns and 24 rows."""

    def __init__(self, *arguments: str, environment: dict[str, str]) -> None:
        self._fd, theirs = pty.openpty()
        ioctl(theirs, TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tracker", *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment,
            start_new_session=True,
        )
        os.close(theirs)
        self.shown = b""

    def until(self, words: str) -> None:
        """Read what it shows until those words have come."""
        while words.encode() not in self.shown:
            ready, _, _ = select.select([self._fd], [], [], LIMIT_S)
            assert ready, self.shown[-2_000:]
            try:
                self.shown += os.read(self._fd, 65_536)
            except OSError as error:  # the other end is closed
                raise AssertionError(self.shown[-2_000:]) from error

    def press(self, keys: str) -> None:
        self.shown = b""
        os.write(self._fd, keys.encode())

    def ended(self) -> int:
        """Its status, once all it said has been read."""
        with suppress(OSError):
            while data := os.read(self._fd, 65_536):
                self.shown += data
        return self.process.wait(LIMIT_S)

    def close(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(LIMIT_S)
        os.close(self._fd)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return workspace_of_today(tmp_path)


@pytest.fixture
def environment(home: Path) -> dict[str, str]:
    editor = home / "editor.py"
    editor.write_text(
        "import sys, pathlib\nfile = pathlib.Path(sys.argv[1])\n"
        "print('EDITOR HERE')\n"
        "file.write_text(file.read_text().replace('  en: \"', '  en: \"Edited: '))\n"
    )
    return {
        "PATH": os.environ["PATH"],
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "TRACKER_HOME": str(home),
        "TRACKER_EDITOR": "Ana",
        "EDITOR": f"{sys.executable} {editor}",
    }


@pytest.fixture
def terminal(environment: dict[str, str]) -> Iterator[Terminal]:
    opened = Terminal("review", environment=environment)
    yield opened
    opened.close()


def test_from_the_terminal_into_the_ledger(terminal: Terminal, home: Path) -> None:
    terminal.until("explains the keys")
    terminal.press("e")
    terminal.until("EDITOR HERE")
    terminal.until("The draft as you edited it")
    terminal.press("a")
    terminal.until("Accept as")
    terminal.press("\r")
    terminal.until("takes it back")
    terminal.press("q")
    assert terminal.ended() == 0
    with workspace(home) as app:
        (event,) = [one for one in app.world().events if one.title.en.startswith("Edited: ")]
        desk = app.reviewing()
        desk.refresh()
        (item,) = desk.queue(everything=True)
    assert (item.event, item.editor, item.standing) == (event.id, "Ana", "accepted")


def test_without_a_terminal_or_a_name_it_says_so_in_a_line(environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "tracker", "review"]
    for changes, status, words in (
        ({}, 1, "the desk needs a terminal"),
        ({"TRACKER_EDITOR": "\x1b[2J"}, 2, "--editor NAME"),
    ):
        ran = subprocess.run(
            command,
            env={**environment, **changes},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=LIMIT_S,
        )
        assert (ran.returncode, ran.stdout) == (status, "")
        assert words in ran.stderr
        assert len(ran.stderr.splitlines()) == 1


def script(folder: Path, text: str) -> dict[str, str]:
    file = folder / "an editor.py"
    file.write_text(f"import sys, pathlib\nfile = pathlib.Path(sys.argv[1])\n{text}\n")
    return {"VISUAL": f"{sys.executable} '{file}'", "EDITOR": "/nowhere"}


def test_an_editor_gives_back_what_it_left(tmp_path: Path) -> None:
    environment = script(tmp_path, "file.write_text('\ufeff' + file.read_text('utf-8') + 'más')")
    assert edit_text("título: ", {**environment, "PYTHONUTF8": "1"}) == "título: más"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sys.exit(3)", "ended with status 3"),
        ("file.write_bytes(b'\\xff\\xfe')", "not UTF-8"),
        ("file.write_bytes(b'x' * 1_000_001)", "larger than 1 MB"),
        ("file.unlink()", "cannot be started"),
    ],
)
def test_an_editor_that_fails_leaves_the_draft_alone(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        edit_text("a draft", script(tmp_path, text))


@pytest.mark.parametrize("editor", ["/no/such/editor", "'open quote", " "])
def test_an_editor_that_is_none_is_told(editor: str) -> None:
    with pytest.raises(BadInput, match="Set EDITOR"):
        edit_text("a draft", {"EDITOR": editor})
