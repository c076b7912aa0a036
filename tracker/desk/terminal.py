"""The desk as a program: on which terminal it runs and how it ends.

Owns the Textual app, the thread of its calls and the terminal that an editor's own editor
is given. What is shown and done is the screen's.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date

from textual.app import App

from tracker.clock import SystemClock, policy_day
from tracker.desk.calls import Calls
from tracker.desk.editing import edit_text
from tracker.desk.screen import DeskScreen
from tracker.desk.style import STYLE
from tracker.errors import OperationFailed
from tracker.review.desk import ReviewDesk

__all__ = ["DeskApp", "run_desk"]


def _today() -> date:
    return policy_day(SystemClock().now())


class DeskApp(App[None]):
    """The desk. `today` is the policy day, `edit` an editor of texts that replaces EDITOR's."""

    TITLE = "tracker review"
    CSS = STYLE
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self,
        desk: ReviewDesk,
        *,
        today: Callable[[], date] = _today,
        edit: Callable[[str], str] | None = None,
    ) -> None:
        super().__init__()
        self.desk = desk
        self.calls = Calls()
        self.today = today
        self._edit = edit
        # Nothing on it moves by itself, and a screen that stands still is one that can be tested.
        self.animation_level = "none"

    def on_mount(self) -> None:
        """Show the screen, which reads the reports."""
        self.push_screen(DeskScreen(self.desk, self.calls, today=self.today, edit=self.edit))

    def on_unmount(self) -> None:
        """Wait for the last call."""
        self.calls.close()

    async def action_quit(self) -> None:
        """Textual's own way out: the same question as by q, unless one is open already."""
        if isinstance(self.screen, DeskScreen):
            await self.screen.action_leave()
        else:
            self.calls.leave()
            self.exit()

    def edit(self, text: str) -> str:
        """The text as the editor's own editor leaves it. Raises: BadInput."""
        if self._edit is not None:
            return self._edit(text)
        with self.suspend():
            return edit_text(text)


def run_desk(desk: ReviewDesk) -> None:
    """Open the desk on the terminal until it is left.

    Raises: BadInput where the editor has no name; OperationFailed where there is no terminal.
    """
    _ = desk.editor
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        raise OperationFailed(
            "the desk needs a terminal", "Or use the commands: tracker review --help"
        )
    with suppress(KeyboardInterrupt):
        DeskApp(desk).run()
