"""Every table of the export as files that somebody may take along, with what they hold.

Owns which formats are offered and how the list of their hashes is written; where
they are put is for the caller.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tracker.core.codec import sha256
from tracker.core.world import World
from tracker.record.columns import Column, columns_of
from tracker.record.dictionary import data_dictionary
from tracker.record.table_files import table_bytes
from tracker.record.table_rows import rows_of
from tracker.record.table_schema import schema_bytes
from tracker.record.tables import TABLES, Table

__all__ = ["DICTIONARY", "SUMS", "Offered", "offered", "side_files"]

DICTIONARY, SUMS = "data-dictionary.md", "SHA256SUMS"
_FORMS = ("csv", "json")


@dataclass(frozen=True, slots=True)
class Offered:
    """A table: what it is about, how many rows it has, and its files by their names.

    The files are the table as CSV and JSON, and `NAME.schema.json`.
    """

    table: Table
    columns: tuple[Column, ...]
    rows: int
    files: Mapping[str, bytes]


def offered(world: World, *, on: date) -> tuple[Offered, ...]:
    """Every table of a world; `on` is the day of the states. The same world, the same bytes."""
    return tuple(_offered(table, world, on) for table in TABLES.values())


def _offered(table: Table, world: World, on: date) -> Offered:
    rows = rows_of(world, table.name, on=on)
    files = {f"{table.name}.{form}": table_bytes(table, rows, form) for form in _FORMS}
    files[f"{table.name}.schema.json"] = schema_bytes(table)
    return Offered(table, columns_of(table), len(rows), files)


def side_files(tables: tuple[Offered, ...]) -> Mapping[str, bytes]:
    """What belongs beside the tables: the data dictionary, and the hashes for `sha256sum -c`."""
    files = {name: body for one in tables for name, body in one.files.items()}
    files[DICTIONARY] = data_dictionary().encode()
    sums = "".join(f"{sha256(body)}  {name}\n" for name, body in sorted(files.items()))
    return {DICTIONARY: files[DICTIONARY], SUMS: sums.encode()}
