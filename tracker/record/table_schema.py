"""A JSON Schema of each table of the export, made from the types of its rows.

Owns what a table in JSON may hold, in draft 2020-12. As columns may be added
later, a row with more of them fits too.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from tracker.record.columns import Column, Sort, columns_of
from tracker.record.tables import Table

__all__ = ["schema_bytes", "table_schema"]

Json = dict[str, Any]

_SORTS: dict[Sort, Json] = {
    "text": {"type": "string"},
    "day": {"type": "string", "format": "date"},
    "number": {"type": "number"},
    "count": {"type": "integer"},
    "flag": {"type": "boolean"},
}


def table_schema(table: Table) -> Json:
    """The schema of a table in JSON: an array of rows."""
    columns = columns_of(table)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": table.name,
        "description": table.about,
        "type": "array",
        "items": {
            "type": "object",
            "properties": {column.name: _property(column) for column in columns},
            "required": [column.name for column in columns],
        },
    }


@cache
def schema_bytes(table: Table) -> bytes:
    """The same as a file, one key a line, ending in a line feed."""
    return msgspec.json.format(msgspec.json.encode(table_schema(table)), indent=1) + b"\n"


def _property(column: Column) -> Json:
    if column.sort == "list":
        found: Json = {"type": "array", "items": _one(column)}
    else:
        found = _one(column)
    if column.optional:
        found = {"anyOf": [found, {"type": "null"}]}
    return {**found, "description": column.meaning}


def _one(column: Column) -> Json:
    if column.words is not None:
        return {"enum": [str(word) for word in column.words]}
    return dict(_SORTS["text" if column.sort == "list" else column.sort])
