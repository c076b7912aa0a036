"""The desk's one screen, as far as it looks: the queue above, a candidate below.

Owns the layout, moving about in it and what is loaded when. What is decided stands in
`screen`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar

from rich.console import RenderableType
from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.events import Resize
from textual.screen import Screen
from textual.widgets import DataTable, Static

from tracker.desk import showing
from tracker.desk.calls import Calls
from tracker.desk.dialogs import Question
from tracker.desk.help import HELP, KEYS
from tracker.desk.marks import one_line
from tracker.errors import TrackerError
from tracker.review.desk import Opened, QueueItem, ReviewDesk

__all__ = ["Looking"]

PANES = ("sources", "draft", "change")
_TICK_S = 0.1
_WIDE = 120


class Looking(Screen[None]):
    """The queue and one candidate. All calls to the desk go through `calls`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "move(1)", "Next"),
        Binding("k", "move(-1)", "Before"),
        Binding("1", "pane('sources')", "Sources"),
        Binding("2", "pane('draft')", "Draft"),
        Binding("3", "pane('change')", "Change"),
        Binding("right", "turn(1)", "Next source", priority=True),
        Binding("left", "turn(-1)", "Source before", priority=True),
        Binding("space", "scroll_pane(1)", "Down", priority=True),
        Binding("b", "scroll_pane(-1)", "Up"),
        Binding("t", "everything", "All"),
        Binding("R", "read_again", "Read again"),
        Binding("question_mark", "help", "Help"),
    ]

    def __init__(self, desk: ReviewDesk, calls: Calls, *, today: Callable[[], date]) -> None:
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]
        self._desk, self._calls, self._today = desk, calls, today
        self._items: tuple[QueueItem, ...] = ()
        self._opened: Opened | None = None
        self._first = 0
        self._pane = PANES[0]
        self._all = False
        self._reading = False
        # Drafts as edited here and not kept yet, by candidate.
        self._texts: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """From top to bottom: who, the queue, the candidate, what was said, the keys."""
        yield Static(id="head")
        table = DataTable[Text](id="queue", cursor_type="row", zebra_stripes=True, cell_padding=0)
        for name, width in showing.COLUMNS.items():
            table.add_column(Text(name), width=width, key=name)
        yield table
        yield Static(id="tabs")
        with Horizontal(id="panes"):
            with VerticalScroll(id="sources"):
                yield Static(id="sources-text", markup=False)
            with Vertical(id="right"):
                with VerticalScroll(id="draft"):
                    yield Static(id="draft-text", markup=False)
                with VerticalScroll(id="change"):
                    yield Static(id="change-text", markup=False)
        yield Static(id="said", markup=False)
        yield Static(KEYS, id="keys")

    def on_mount(self) -> None:
        """Read the reports first."""
        self.query_one(DataTable).focus()
        self.action_pane(self._pane)
        self.set_interval(_TICK_S, self._tell_progress)
        self.action_read_again()

    def on_resize(self, _event: Resize) -> None:
        """More or fewer sources have room beside each other, longer or shorter titles."""
        table = self.query_one(DataTable)
        others = sum(showing.COLUMNS.values()) - showing.COLUMNS[showing.LAST]
        column = next(one for key, one in table.columns.items() if key.value == showing.LAST)
        column.width = max(showing.COLUMNS[showing.LAST], self.size.width - others - 2)
        table.refresh()
        self.call_after_refresh(self._show)

    # What is said

    def say(self, text: str, *, wrong: bool = False) -> None:
        """A line to the editor that stands until the next one."""
        said = self.query_one("#said", Static)
        said.set_class(wrong, "-wrong")
        said.update(Text(one_line(text, 500)))

    def say_wrong(self, error: TrackerError) -> None:
        """What cannot be done and what to do about it."""
        self.say(f"✗ {error}", wrong=True)

    def _tell_progress(self) -> None:
        if self._reading and self._calls.total:
            self.say(f"Reading reports: {self._calls.read:,} of {self._calls.total:,}")

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

    # What is shown

    def _tell_head(self) -> None:
        waits = sum(item.standing == "open" for item in self._items)
        what = f"{len(self._items):,} in all" if self._all else f"{waits:,} wait"
        reports = f", {self._calls.total:,} reports read" if self._calls.total else ""
        told = f"Review   {one_line(self._desk.editor, 60)}   {what}{reports}"
        self.query_one("#head", Static).update(Text(told))

    def _show(self) -> None:
        """The candidate in the panes, as wide as they are."""
        if not self.is_attached:
            return
        opened = self._opened
        pane = self.query_one("#sources", VerticalScroll)
        width = (pane.size.width or self.size.width) - 2
        shown: dict[str, RenderableType] = dict.fromkeys(PANES, "")
        if opened is not None:
            edited = opened.item.id in self._texts
            shown = {
                "sources": showing.sources(opened.sources, self._first, width),
                "draft": showing.draft(opened, edited=edited),
                "change": showing.change(opened),
            }
        for name, text in shown.items():
            self.query_one(f"#{name}-text", Static).update(text)
        self._tell_tabs()

    def _tell_tabs(self) -> None:
        opened, line = self._opened, Text()
        if opened is not None:
            days = len(opened.preview.shifts)
            labels = {
                "sources": f"1 Sources ({len(opened.sources)})",
                "draft": "2 Draft" + (" ✗" if opened.preview.proposal.faults else ""),
                "change": f"3 Change ({days} {'day' if days == 1 else 'days'})",
            }
            for name, label in labels.items():
                line.append(label, "reverse" if name == self._pane else "")
                line.append("  ")
            line.append(_standing(opened.item), "dim")
        self.query_one("#tabs", Static).update(line)

    def _scroll_home(self) -> None:
        for name in PANES:
            self.query_one(f"#{name}", VerticalScroll).scroll_home(animate=False)

    # Moving about

    def action_move(self, rows: int) -> None:
        """Up or down the queue."""
        table = self.query_one(DataTable)
        table.move_cursor(row=table.cursor_row + rows)

    def action_pane(self, name: str) -> None:
        """Show one of the panes; on a wide screen all are shown, and this one scrolls."""
        self._pane = name
        for one in PANES:
            self.set_class(one == name, f"-{one}")
        self._tell_tabs()

    def action_turn(self, by: int) -> None:
        """On to the next source, or back."""
        if self._opened is not None:
            self._first = max(0, min(self._first + by, len(self._opened.sources) - 1))
            self._show()

    def action_scroll_pane(self, by: int) -> None:
        """A page down or up in the pane."""
        pane = self.query_one(f"#{self._pane}", VerticalScroll)
        pane.scroll_relative(y=by * max(1, pane.size.height - 1), animate=False)

    @work(exclusive=True, group="read")
    async def action_everything(self) -> None:
        """What has been decided on too, or only what waits."""
        self._all = not self._all
        try:
            await self.load_queue()
            self.say("What has been decided on, too." if self._all else "Only what waits.")
        except TrackerError as error:
            self.say_wrong(error)

    def action_help(self) -> None:
        """All keys and what they do."""
        self.app.push_screen(Question("The desk", HELP))


def _standing(item: QueueItem) -> str:
    parts: Sequence[str | None] = (
        item.id,
        str(item.standing) if item.standing != "open" else None,
        "amended" if item.amended else None,
        f"{item.since} reports since" if item.since else None,
    )
    return "  ".join(part for part in parts if part)
