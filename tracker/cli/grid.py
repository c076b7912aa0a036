"""Tables on a terminal and in a pipe: rows under headings, or one under the other.

Owns how rows are set: in a pipe each on one line of any length, on a terminal
in columns that cut no word, and where there is no room for those, as a list
with a line for each cell. It makes foreign text harmless, and must not know
what it says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text as Rich

from tracker.telling.harmless import clean

__all__ = ["Grid", "say"]

_BREAKS = re.compile(r"[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
# Keys and addresses may be cut, as nobody reads them word by word.
_LONGEST_WORD = 40
_GAP = 2


def _plain(text: str) -> str:
    return clean(_BREAKS.sub(" ", text))


def say(out: Console, text: str, style: str = "") -> None:
    """Print a line of text that may be foreign, with no markup read out of it."""
    out.print(Rich(_plain(text), style=style))


class Grid:
    """Rows under headings; the column named `right` holds figures."""

    def __init__(self, *headings: str, right: str | None = None) -> None:
        self._headings = headings
        self._right = right
        self._rows: list[list[Rich]] = []

    def add(self, *cells: str | Rich) -> None:
        """Add a row, a cell for each heading."""
        row = [Rich(cell) if isinstance(cell, str) else cell for cell in cells]
        for cell in row:
            cell.plain = _plain(cell.plain)
        self._rows.append(row)

    def show(self, out: Console) -> None:
        """Print it, in columns where their words have room."""
        widths = self._widths(out.width)
        if widths is None:
            self._show_list(out)
            return
        table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
        for name, width in zip(self._headings, widths, strict=True):
            justify = "right" if name == self._right else "left"
            table.add_column(name, justify=justify, overflow="fold", width=width)  # type: ignore[arg-type]  # one of its words
        for row in self._rows:
            table.add_row(*row)
        out.print(table)

    def _widths(self, room: int) -> list[int] | None:
        """The width of each column, None where not even the words fit beside each other."""
        columns = [
            [Rich(name), *cells] for name, *cells in zip(self._headings, *self._rows, strict=True)
        ]
        least = [max(_longest_word(cell) for cell in cells) for cells in columns]
        wanted = [max(cell.cell_len for cell in cells) for cells in columns]
        spare = room - _GAP * (len(columns) - 1) - sum(least)
        more = [most - few for most, few in zip(wanted, least, strict=True)]
        if sum(more) <= spare:
            return wanted
        # Columns of a word each are harder to read than a list.
        if spare < sum(more) // 8:
            return None
        return [few + spare * one // sum(more) for few, one in zip(least, more, strict=True)]

    def _show_list(self, out: Console) -> None:
        named = [_named(self._headings, row) for row in self._rows]
        widest = max(name.cell_len for row in named for name, _ in row)
        for number, row in enumerate(named):
            if number:
                out.print()
            lines = Table.grid(padding=(0, _GAP, 0, 0))
            lines.add_column(width=min(widest, out.width // 2))
            lines.add_column(overflow="fold")
            for name, cell in row:
                lines.add_row(name, cell)
            out.print(lines)


def _longest_word(cell: Rich) -> int:
    # A no-break space holds its words together, which `split` does not know.
    words = re.split(r" +", cell.plain)
    return min(_LONGEST_WORD, max(Rich(word).cell_len for word in words))


def _named(headings: Sequence[str], row: Sequence[Rich]) -> list[tuple[Rich, Rich]]:
    """The cells that say something, each with its heading; a mark without one goes before both."""
    found: list[tuple[Rich, Rich]] = []
    mark = Rich()
    for name, cell in zip(headings, row, strict=True):
        if not name:
            mark = cell
        elif cell.plain:
            begun = Rich.assemble(mark, " " if mark else "", (name, "bold"))
            found.append((begun, cell))
            mark = Rich()
    return found
