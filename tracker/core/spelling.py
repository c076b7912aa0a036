"""The one way a value is spelled in the ledger: canonical JSON, instants, exact numbers.

Owns what canonical means: UTF-8, keys sorted, no white space, defaults left
out, days and instants in ISO 8601, decimals as strings without trailing zeros.
It must not know what an entry is, nor which payloads there are.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any

import msgspec
from msgspec import inspect

__all__ = ["canonical", "instant_text"]

_Check = Callable[[Any], bool]

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
_CHECKS: dict[type, _Check] = {}


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
    if _alike(type(value))(value):
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


def _alike(cls: type) -> _Check:
    """Whether msgspec by itself spells a value of `cls` canonically: quicker than taking it apart.

    Only decimals and instants can differ, so only what may hold one is looked at.
    """
    check = _CHECKS.get(cls)
    if check is None:
        check = _CHECKS[cls] = _check_of(inspect.type_info(cls)) or _yes
    return check


def _check_of(kind: inspect.Type) -> _Check | None:
    """The look at a value of a type, None where there is nothing to look at."""
    if isinstance(kind, _SPELLED_ALIKE):
        return None
    if isinstance(kind, inspect.DecimalType):
        return _is_plain
    if isinstance(kind, inspect.StructType):
        return _check_of_fields(kind)
    if isinstance(kind, inspect.VarTupleType):
        item = _check_of(kind.item_type)
        return None if item is None else lambda value: all(map(item, value))
    if isinstance(kind, inspect.UnionType):
        return _check_of_union(kind)
    return _no


def _check_of_fields(kind: inspect.StructType) -> _Check | None:
    looks = [(attrgetter(x.name), _check_of(x.type)) for x in kind.fields]
    checks = [(get, check) for get, check in looks if check is not None]
    if not checks:
        return None
    if len(checks) == 1:
        only, check_only = checks[0]
        return lambda value: check_only(only(value))

    def check_all(value: Any) -> bool:
        for get, check in checks:
            if not check(get(value)):
                break
        else:
            return True
        return False

    return check_all


def _check_of_union(kind: inspect.UnionType) -> _Check | None:
    """One type or nothing; of several that differ we do not say which it is."""
    checks = [check for check in map(_check_of, kind.types) if check is not None]
    if not checks:
        return None
    if len(kind.types) > 2 or not kind.includes_none:
        return _no
    (check,) = checks
    return lambda value: value is None or check(value)


def _is_plain(number: Decimal) -> bool:
    text = str(number)
    return text.isdigit() or text == _plain_decimal(number)


def _yes(_value: object) -> bool:
    return True


def _no(_value: object) -> bool:
    return False
