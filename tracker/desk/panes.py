"""The desk's one screen, as far as it shows: where everything is, and one candidate in its panes.

Owns the layout, what is said on it, and moving about in what is shown of a candidate. It
loads nothing: that is for `looking`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.console import RenderableType
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.events import Resize
from textual.screen import Screen
from textual.widgets import DataTable, Static

from tracker.desk import showing
from tracker.desk.dialogs import Question
from tracker.desk.help import HELP, KEYS
from tracker.desk.marks import one_line
from tracker.errors import TrackerError
from tracker.review.desk import Opened, QueueItem

__all__ = ["Panes"]

_PANES = ("sources", "draft", "change")
_WIDE = 120


class Panes(Screen[None]):
    """The layout, with the candidate that was opened last."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "pane('sources')", "Sources"),
        Binding("2", "pane('draft')", "Draft"),
        Binding("3", "pane('change')", "Change"),
        Binding("right", "turn(1)", "Next source", priority=True),
        Binding("left", "turn(-1)", "Source before", priority=True),
        Binding("space", "scroll_pane(1)", "Down", priority=True),
        Binding("b", "scroll_pane(-1)", "Up"),
        Binding("question_mark", "help", "Help"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]
        self._opened: Opened | None = None
        self._first = 0
        self._pane = _PANES[0]
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

    # What is shown

    def _show(self) -> None:
        """The candidate in the panes, as wide as they are."""
        if not self.is_attached:
            return
        opened = self._opened
        pane = self.query_one("#sources", VerticalScroll)
        width = (pane.size.width or self.size.width) - 2
        shown: dict[str, RenderableType] = dict.fromkeys(_PANES, "")
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
        for name in _PANES:
            self.query_one(f"#{name}", VerticalScroll).scroll_home(animate=False)

    # Moving about

    def action_pane(self, name: str) -> None:
        """Show one of the panes; on a wide screen all are shown, and this one scrolls."""
        self._pane = name
        for one in _PANES:
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
