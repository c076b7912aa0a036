"""The one way a value is spelled in the ledger: canonical JSON, instants, exact numbers.

Owns what canonical means: UTF-8, keys sorted, no white space, defaults left
out, days and instants in ISO 8601, decimals as strings without trailing zeros.
It must not know what an entry is, nor which payloads there are.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

import msgspec
from msgspec import inspect

__all__ = ["canonical", "instant_text"]

_SORTED = msgspec.json.Encoder(order="sorted")
_SPELLED_ALIKE = (
    inspect.StrType,
    inspect.IntType,
    inspect.BoolType,
    inspect.NoneType,
    inspect.DateType,
    inspect.EnumType,
    inspect.LiteralType,
)
"""Types whose values msgspec spells as the ledger does."""


def instant_text(instant: datetime) -> str:
    """An aware instant as `YYYY-MM-DDTHH:MM:SS.ffffffZ`, always with microseconds.

    Raises: ValueError for a naive instant.
    """
    if instant.tzinfo is UTC:
        return _utc_text(instant)
    if instant.tzinfo is None:
        raise ValueError("instants must say their time zone")
    return _utc_text(instant.astimezone(UTC))


# All entries of a batch have one instant. In UTC equal instants are spelled alike, which in a
# zone with a repeated hour they are not.
@lru_cache(maxsize=1024)
def _utc_text(instant: datetime) -> str:
    return f"{instant.replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def canonical(value: Any) -> bytes:
    """Canonical JSON of a struct or of built-in data.

    Raises: ValueError for a decimal that is not finite or a naive instant.
    """
    if _spelled_alike(value):
        return _SORTED.encode(value)
    data = msgspec.to_builtins(value, builtin_types=(Decimal, datetime))
    return _SORTED.encode(_spelled(data))


def _plain_decimal(number: Decimal) -> str:
    """`25`, `25.0` and `2.5E+1` all become `25`: one value, one spelling."""
    if not number.is_finite():
        raise ValueError(f"{number} is not a number the ledger can hold")
    text = f"{number.normalize():f}"
    return "0" if text in {"-0", ""} else text


def _spelled(value: Any) -> Any:
    """Built-in data with decimals and instants in their one spelling."""
    if isinstance(value, Decimal):
        return _plain_decimal(value)
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, dict):
        return {key: _spelled(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_spelled(item) for item in value]
    return value


def _spelled_alike(value: Any) -> bool:
    """Whether msgspec by itself spells `value` canonically; twice as quick as taking it apart.

    Only decimals and instants can differ, and only what may hold one is looked at.
    """
    if isinstance(value, msgspec.Struct):
        return all(map(_spelled_alike, [getattr(value, x) for x in _may_differ(type(value))]))
    if isinstance(value, tuple):
        return all(map(_spelled_alike, value))
    if isinstance(value, Decimal):
        text = str(value)
        return text.isdigit() or text == _plain_decimal(value)
    return value is None or isinstance(value, str | int)


@cache
def _may_differ(cls: type[msgspec.Struct]) -> tuple[str, ...]:
    """The fields of a struct that may hold a decimal or an instant, at any depth."""
    fields = msgspec.structs.fields(cls)
    kinds = inspect.multi_type_info([field.type for field in fields])
    return tuple(field.name for field, kind in zip(fields, kinds, strict=True) if not _alike(kind))


def _alike(kind: inspect.Type) -> bool:
    if isinstance(kind, inspect.UnionType):
        return all(_alike(one) for one in kind.types)
    if isinstance(kind, inspect.VarTupleType):
        return _alike(kind.item_type)
    if isinstance(kind, inspect.StructType):
        return not _may_differ(kind.cls)
    return isinstance(kind, _SPELLED_ALIKE)
