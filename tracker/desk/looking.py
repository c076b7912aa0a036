"""The desk's one screen, as far as it looks: the queue, and which candidate is opened.

Owns what is loaded when. Where it is shown stands in `panes`, what is decided in `screen`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.binding import Binding, BindingType
from textual.widgets import DataTable, Static

from tracker.desk import showing
from tracker.desk.calls import Calls
from tracker.desk.marks import one_line
from tracker.desk.panes import Panes
from tracker.errors import TrackerError
from tracker.review.desk import Opened, QueueItem, ReviewDesk

__all__ = ["Looking"]

_TICK_S = 0.1


class Looking(Panes):
    """The queue and one candidate. All calls to the desk go through `calls`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "move(1)", "Next"),
        Binding("k", "move(-1)", "Before"),
        Binding("t", "everything", "All"),
        Binding("R", "read_again", "Read again"),
    ]

    def __init__(self, desk: ReviewDesk, calls: Calls, *, today: Callable[[], date]) -> None:
        super().__init__()
        self._desk, self._calls, self._today = desk, calls, today
        self._items: tuple[QueueItem, ...] = ()
        self._all = False
        self._reading = False

    def on_mount(self) -> None:
        """Read the reports first."""
        self.query_one(DataTable).focus()
        self.action_pane(self._pane)
        self.set_interval(_TICK_S, self._tell_progress)
        self.action_read_again()

    # What is said

    def _tell_progress(self) -> None:
        if self._reading and self._calls.total:
            self.say(f"Reading reports: {self._calls.read:,} of {self._calls.total:,}")

    def _tell_head(self) -> None:
        waits = sum(item.standing == "open" for item in self._items)
        what = f"{len(self._items):,} in all" if self._all else f"{waits:,} wait"
        reports = f", {self._calls.total:,} reports read" if self._calls.total else ""
        told = f"Review   {one_line(self._desk.editor, 60)}   {what}{reports}"
        self.query_one("#head", Static).update(Text(told))

    # What is loaded

    @work(exclusive=True, group="read")
    async def action_read_again(self) -> None:
        """Read the ledger again, with all reports."""
        await self.read_again()

    async def read_again(self) -> bool:
        """Read the ledger again and show it; False where it could not be read."""
        if self._reading:
            return False
        self._reading = True
        self.say("Reading reports …")
        try:
            await self._calls.run(lambda: self._desk.refresh(self._calls.progress))
            await self.load_queue()
        except TrackerError as error:
            self.say_wrong(error)
            return False
        finally:
            self._reading = False
        self.say("? explains the keys" if self._items else "Nothing waits for a decision.")
        return True

    async def load_queue(self, onto: str | None = None) -> None:
        """The queue as it stands now, the cursor on the candidate `onto` or where it was."""
        everything = self._all
        before = self.current()
        found = await self._calls.run(lambda: self._desk.queue(everything=everything))
        table = self.query_one(DataTable)
        row, self._items, self._opened = table.cursor_row, tuple(found), None
        table.clear()
        for item in self._items:
            table.add_row(*showing.line_of(item), key=item.id)
        names = [item.id for item in self._items]
        for name in (onto, before.id if before else None):
            if name in names:
                row = names.index(name)
                break
        table.move_cursor(row=max(0, min(row, len(names) - 1)))
        self._tell_head()
        await self.opened()

    def current(self) -> QueueItem | None:
        """The candidate under the cursor."""
        row = self.query_one(DataTable).cursor_row
        return self._items[row] if 0 <= row < len(self._items) else None

    async def opened(self) -> Opened | None:
        """The candidate under the cursor with all there is to it; None where the queue is empty."""
        item = self.current()
        if item is None:
            self._opened = None
        elif self._opened is None or self._opened.item.id != item.id:
            found = await self._calls.run(lambda: self._desk.open(item.id))
            text = self._texts.get(item.id)
            if text is not None:
                preview = await self._calls.run(lambda: self._desk.preview(item.id, text))
                found = replace(found, preview=preview)
            self._opened, self._first = found, 0
            self._scroll_home()
        self._show()
        return self._opened

    def on_data_table_row_highlighted(self, _event: DataTable.RowHighlighted) -> None:
        """Another candidate: what was shown of the one before goes at once."""
        item, opened = self.current(), self._opened
        if not self._reading and (opened is None or item is None or opened.item.id != item.id):
            self._open_current()

    @work(exclusive=True, group="open")
    async def _open_current(self) -> None:
        try:
            await self.opened()
        except TrackerError as error:
            self.say_wrong(error)

    # Moving about

    def action_move(self, rows: int) -> None:
        """Up or down the queue."""
        table = self.query_one(DataTable)
        table.move_cursor(row=table.cursor_row + rows)

    @work(exclusive=True, group="read")
    async def action_everything(self) -> None:
        """What has been decided on too, or only what waits."""
        self._all = not self._all
        try:
            await self.load_queue()
            self.say("What has been decided on, too." if self._all else "Only what waits.")
        except TrackerError as error:
            self.say_wrong(error)
