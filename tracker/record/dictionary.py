"""The data dictionary: a page about every column of the export, made from the types."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.record.columns import Column, columns_of
from tracker.record.tables import TABLES, Table

__all__ = ["data_dictionary"]

_HEAD = """\
# Data dictionary

`tracker export csv|json|yaml|parquet --what TABLE` writes one of the tables below from the
ledger. This page is made from the types that the rows have (`make schema`). Columns are only ever
added. The same ledger gives the same bytes. A built site offers them as CSV and JSON, each with a
JSON Schema, under `data/tables/`.

- **Days** are policy days in the calendar of America/New_York: measures of the United States
  start at 12:01 a.m. there. Canada's and Mexico's are the days their own papers name. No column
  holds an instant; when the ledger recorded something is not in these tables.
- **Intervals** are half-open: `*_until` is the first day on which it no longer applies.
- **Rates** are ad valorem percent, 25 for 25%, exact decimals: as numbers in CSV, JSON and YAML,
  `decimal(18, 6)` in Parquet. Empty is unknown or not a percentage, never zero.
- **Only `in_force` is charged.** `threatened` and `announced` are plans, whatever day they name.
- **Empty** is an empty cell in CSV, `null` in the others, an empty list where the column is a
  list. Unknown is never filled in.
- **Lists** are lists, and in CSV their items joined by `; `. A CSV cell that a spreadsheet would
  take for a formula begins with an apostrophe.
- **Text** is UTF-8. Columns in `_en`, `_es` and `_fr` say the same in English, Spanish and
  French.
"""

_SORTS = {
    "text": "text",
    "word": "word",
    "day": "day, `YYYY-MM-DD`",
    "number": "decimal, percent",
    "count": "whole number",
    "flag": "`true` or `false`",
    "list": "list of texts",
}


def data_dictionary() -> str:
    """The whole page as Markdown, ending in a line feed."""
    parts = [_HEAD, *(_section(table) for table in TABLES.values()), _words()]
    return "\n".join(parts)


def _section(table: Table) -> str:
    lines = [f"## {table.name}", "", table.about, "", "| column | type | empty | meaning |"]
    lines.append("| --- | --- | --- | --- |")
    for column in columns_of(table):
        empty = "may be" if column.optional or column.sort == "list" else "never"
        lines.append(f"| `{column.name}` | {_sort(column)} | {empty} | {column.meaning} |")
    return "\n".join([*lines, ""])


def _sort(column: Column) -> str:
    if column.words is None:
        return _SORTS[column.sort]
    kind = f"[{column.words.__name__}](#words)"
    return f"list of {kind}" if column.sort == "list" else kind


def _words() -> str:
    """Every closed vocabulary that a column uses, in alphabetical order."""
    used = {
        column.words.__name__: column.words
        for table in TABLES.values()
        for column in columns_of(table)
        if column.words is not None
    }

    def lines() -> Iterator[str]:
        for name, words in sorted(used.items()):
            about = (words.__doc__ or "").split("\n\n")[0].strip()
            yield f"- **{name}**: {about} " + ", ".join(f"`{word}`" for word in words)

    return "\n".join(
        ["## Words", "", "Closed vocabularies; words are only added.", "", *lines(), ""]
    )
