"""The columns of a table read off its type: what is in each, and of what sort it is."""

from __future__ import annotations

import types
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

from msgspec import Meta

from tracker.record.tables import Table

__all__ = ["Column", "Sort", "columns_of"]

Sort: TypeAlias = Literal["text", "word", "day", "number", "count", "flag", "list"]
"""`word` is one of a closed vocabulary, `number` an exact decimal, `list` a list of texts."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `words` is its vocabulary, of a word or of a list of words."""

    name: str
    sort: Sort
    optional: bool
    meaning: str
    words: type[StrEnum] | None = None


@cache
def columns_of(table: Table) -> tuple[Column, ...]:
    """The columns of a table in order."""
    hints = get_type_hints(table.row, include_extras=True)
    return tuple(_column(name, hints[name]) for name in table.columns)


def _column(name: str, hint: Any) -> Column:
    meaning = ""
    if get_origin(hint) is Annotated:
        hint, *extras = get_args(hint)
        meaning = next((one.description or "" for one in extras if isinstance(one, Meta)), "")
    optional = get_origin(hint) in {Union, types.UnionType}
    if optional:
        hint = next(part for part in get_args(hint) if part is not type(None))
    sort, words = _sort_of(hint)
    return Column(name, sort, optional, meaning, words)


def _sort_of(kind: Any) -> tuple[Sort, type[StrEnum] | None]:
    if get_origin(kind) is tuple:
        _, words = _sort_of(get_args(kind)[0])
        return "list", words
    if issubclass(kind, StrEnum):
        return "word", kind
    sorts: dict[Any, Sort] = {bool: "flag", int: "count", date: "day", Decimal: "number"}
    return sorts.get(kind, "text"), None
