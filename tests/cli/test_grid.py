"""Tables on a terminal of any width and in a pipe: no word is cut, nothing foreign let through."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text as Rich

from tracker.cli.grid import Grid, say

HEADINGS = ("", "Status", "Goods", "Provision")
ROWS = [
    ("[1]", "in force", "All goods not otherwise listed", "us.ieepa.border.ca.general"),
    ("", "paused", "Goods that qualify under USMCA", "us.ieepa.border.ca.usmca"),
]
WORDS = {word for row in (HEADINGS, *ROWS) for cell in row for word in cell.split()}


def shown(width: int, rows: Sequence[tuple[str, ...]] = ROWS) -> str:
    out = io.StringIO()
    grid = Grid(*HEADINGS)
    for row in rows:
        grid.add(*row)
    grid.show(Console(file=out, width=width, highlight=False, markup=False, emoji=False))
    return out.getvalue()


@given(st.integers(min_value=40, max_value=200))
def test_no_word_is_cut_at_any_width(width: int) -> None:
    text = shown(width)
    assert max(len(line) for line in text.splitlines()) <= width
    assert set(text.split()) >= WORDS


def test_a_row_is_a_line_where_there_is_room() -> None:
    assert len(shown(10_000).splitlines()) == 1 + len(ROWS)


def test_without_room_for_columns_each_cell_has_a_line_under_its_heading() -> None:
    assert [line.rstrip() for line in shown(40).splitlines()][:4] == [
        "[1] Status  in force",
        "Goods       All goods not otherwise",
        "            listed",
        "Provision   us.ieepa.border.ca.general",
    ]


@pytest.mark.parametrize("width", [44, 200])
def test_foreign_text_steers_no_terminal_and_is_no_markup(width: int) -> None:
    foreign = "\x1b[31m[bold]x[/bold] :car:\r\ny\u202ez\x9b1m"
    text = shown(width, [("[1]", "paused", foreign, "us.x.y")])
    assert "[bold]x[/bold]" in text
    assert ":car: y\ufffdz\ufffd1m" in text
    assert not {"\x1b", "\r", "\u202e", "\x9b"} & set(text)


def test_a_line_of_text_and_a_styled_cell_are_held_to_the_same() -> None:
    out = io.StringIO()
    console = Console(file=out, width=80, force_terminal=True, color_system=None)
    say(console, "a\x1b]0;title\x07b\nc")
    grid = Grid("Status")
    grid.add(Rich("in\x1b[0m force", style="bold red"))
    grid.show(console)
    assert "\x1b]0" not in out.getvalue()
    assert "in\ufffd[0m force" in out.getvalue()
