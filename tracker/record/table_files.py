"""Tables as CSV, JSON, YAML and Parquet: the same rows give the same bytes.

Owns how a value is written in each. Parquet needs the optional package
pyarrow; nothing else here does.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

import msgspec
import yaml

from tracker.errors import OperationFailed
from tracker.record.columns import Column, columns_of
from tracker.record.tables import Row, Table
from tracker.telling.csvs import cell_text, day_text, number_text

__all__ = ["FORMATS", "table_bytes"]

_DUMPER: type[Any] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_JSON = msgspec.json.Encoder(decimal_format="number")
_DIGITS, _DECIMALS = 18, 6  # of a rate in Parquet, whose decimals have a fixed width


def table_bytes(table: Table, rows: Sequence[Row], form: str) -> bytes:
    """The rows of a table in one of `FORMATS`.

    Text formats are UTF-8 and end in a line feed. Raises: OperationFailed for
    Parquet where pyarrow is not installed.
    """
    return FORMATS[form](table, rows)


# A process that builds the site after each event writes nearly the same rows again.
_ROWS_KEPT = 1 << 16


@lru_cache(_ROWS_KEPT)
def _values(row: Row) -> Mapping[str, Any]:
    """A row's values by column, decimals without spare zeros."""
    found = {name: getattr(row, name) for name in row.__struct_fields__}
    return {
        name: Decimal(number_text(value)) if isinstance(value, Decimal) else value
        for name, value in found.items()
    }


def _csv(table: Table, rows: Sequence[Row]) -> bytes:
    return "".join((_line(table.columns), *map(_row_line, rows))).encode()


@lru_cache(_ROWS_KEPT)
def _row_line(row: Row) -> str:
    return _line([_cell(value) for value in _values(row).values()])


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return number_text(value)
        case date():
            return day_text(value)
        case tuple():
            return cell_text("; ".join(value))
        case _:
            return cell_text(str(value))


def _json(_: Table, rows: Sequence[Row]) -> bytes:
    encoded = _JSON.encode([_values(row) for row in rows])
    return msgspec.json.format(encoded, indent=1) + b"\n"


class _Dumper(_DUMPER):  # type: ignore[misc]  # whichever of the two there is
    """YAML as any reader takes it: days and numbers bare, the rest text, nothing by reference."""

    def ignore_aliases(self, data: Any) -> bool:
        del data  # the same day in two rows is two days
        return True


def _number_node(dumper: Any, value: Decimal) -> Any:
    text = number_text(value)
    kind = "float" if "." in text else "int"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", text)


_Dumper.add_representer(Decimal, _number_node)


def _yaml(_: Table, rows: Sequence[Row]) -> bytes:
    data = msgspec.to_builtins([_values(row) for row in rows], builtin_types=(date, Decimal))
    text: str = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)
    return text.encode()


def _parquet(table: Table, rows: Sequence[Row]) -> bytes:
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise OperationFailed(
            "Parquet needs the package pyarrow, which is not installed",
            "Install it with `pip install pyarrow`, or export as csv, json or yaml",
        ) from error
    types: Mapping[str, Any] = {
        "day": pa.date32(),
        "number": pa.decimal128(_DIGITS, _DECIMALS),
        "count": pa.int64(),
        "flag": pa.bool_(),
        "list": pa.list_(pa.string()),
    }

    def field(column: Column) -> Any:
        kind = types.get(column.sort, pa.string())
        about = {"description": column.meaning}
        return pa.field(column.name, kind, nullable=column.optional, metadata=about)

    columns = columns_of(table)
    schema = pa.schema([field(column) for column in columns])
    values = [[_plain(getattr(row, column.name)) for row in rows] for column in columns]
    data = pa.Table.from_arrays(
        [pa.array(one, type=part.type) for one, part in zip(values, schema, strict=True)],
        schema=schema,
    )
    out = io.BytesIO()
    parquet.write_table(data, out, compression="zstd")
    return out.getvalue()


def _plain(value: Any) -> Any:
    """A value as Arrow takes it: no enumerations, decimals of the one width."""
    if isinstance(value, Decimal):
        return value.quantize(Decimal(1).scaleb(-_DECIMALS))
    if isinstance(value, tuple):
        return [str(one) for one in value]
    return str(value) if isinstance(value, str) else value


FORMATS: Mapping[str, Callable[[Table, Sequence[Row]], bytes]] = {
    "csv": _csv,
    "json": _json,
    "yaml": _yaml,
    "parquet": _parquet,
}
"""How to write a table, by the name of the format."""
