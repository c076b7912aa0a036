"""The tables of the record as files of the site: how the two rooms say it to each other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from tracker.core.codec import sha256
from tracker.core.world import World

if TYPE_CHECKING:
    from tracker.record.columns import Column
    from tracker.record.offered import Offered
    from tracker.site.offers import ColumnOffer, FileOffer, TableOffer

__all__ = ["tables_of"]

_FORMS = {".schema.json": "JSON Schema", ".json": "JSON", ".csv": "CSV"}


def tables_of(world: World, *, on: date) -> tuple[tuple[TableOffer, ...], Mapping[str, bytes]]:
    """What the site is told of every table, and the files by their path in it."""
    from tracker.record.offered import offered, side_files
    from tracker.site.paths import table_file

    found = offered(world, on=on)
    named = {name: body for one in found for name, body in one.files.items()}
    named.update(side_files(found))
    files = {table_file(name): body for name, body in named.items()}
    return tuple(_table(one) for one in found), files


def _table(one: Offered) -> TableOffer:
    from tracker.site.offers import TableOffer

    return TableOffer(
        name=one.table.name,
        about=one.table.about,
        rows=one.rows,
        columns=tuple(_column(column) for column in one.columns),
        files=tuple(_file(name, body) for name, body in one.files.items()),
    )


def _file(name: str, body: bytes) -> FileOffer:
    from tracker.site.offers import FileOffer
    from tracker.site.paths import table_file

    form = next(form for ending, form in _FORMS.items() if name.endswith(ending))
    return FileOffer(table_file(name), form, len(body), sha256(body))


def _column(column: Column) -> ColumnOffer:
    from tracker.site.offers import ColumnOffer, Vocabulary

    kind = column.words
    words = None
    if kind is not None:
        about = (kind.__doc__ or "").split("\n\n")[0].strip()
        words = Vocabulary(kind.__name__, about, tuple(str(word) for word in kind))
    empty = column.optional or column.sort == "list"
    return ColumnOffer(column.name, column.sort, empty, column.meaning, words)
