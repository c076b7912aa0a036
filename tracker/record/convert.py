"""From plain data to the shapes of the record, telling everything that does not fit.

Owns the translation of a validation error into a finding a person can act on.
One error does not hide the next: what does not fit is set aside and the rest
is checked again.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, TypeVar, get_args

import msgspec
from msgspec.structs import FieldInfo

from tracker.core.words import Status
from tracker.record.findings import Path, quoted
from tracker.record.hints import HINTS, OR_MAPPING
from tracker.record.shapes import Shape, WhenShape

__all__ = ["convert_entry"]

T = TypeVar("T", bound=Shape)
K = TypeVar("K")

_AT = re.compile(r" - at `(key in )?\$([^`]*)`$")
_STEP = re.compile(r"\.(\w+)|\[(\d+)\]")
_NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
_MOST = 50
_STAND_INS: tuple[Any, ...] = ("?", "2000-01-01", [])


def convert_entry(data: Any, shape: type[T]) -> tuple[T | None, list[tuple[Path, str]]]:
    """The entry as `shape`, or None and everything that does not fit: path and message."""
    found = list(_rates(data, ()))
    told = {path for path, _ in found}
    rest = copy.deepcopy(data) if found else data
    for path in told:
        _set_aside(rest, path, shape)
    while len(found) < _MOST:
        try:
            entry = msgspec.convert(rest, shape, strict=False)
        except msgspec.ValidationError as error:
            path, message = _explained(str(error), rest, shape)
        else:
            return (None if found else entry), found
        if path not in told:
            found.append((path, message))
        rest = copy.deepcopy(data) if rest is data else rest
        if path in told or not _set_aside(rest, path, shape):
            # Neither taking it out nor putting something in its place helps.
            break
        told.add(path)
    return None, found


def _rates(data: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Rates not spelled as a plain number: Decimal would take `1_0`, `NaN` and more."""
    if isinstance(data, dict):
        for name, value in data.items():
            here = (*path, name)
            if name == "rate" and isinstance(value, str) and not _NUMBER.fullmatch(value):
                yield here, f"{quoted(value)} is not a number; write {HINTS['rate']}"
            else:
                yield from _rates(value, here)
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _rates(value, (*path, index))


def _explained(error: str, data: Any, shape: type[Shape]) -> tuple[Path, str]:
    """The path and the message of a validation error."""
    path: Path = ()
    at = _AT.search(error)
    if at:
        error = error[: at.start()]
        path = tuple(name if name else int(index) for name, index in _STEP.findall(at.group(2)))
    if name := re.fullmatch(r"Object missing required field `(.*)`", error):
        return (*path, name[1]), f"is missing; add {_hint(name[1])}"
    if name := re.fullmatch(r"Object contains unknown field `(.*)`", error, re.DOTALL):
        return (*path, name[1]), _unknown(name[1], shape, path)
    return path, _misfit(error, shape, path, _value_at(data, path))


def _misfit(error: str, shape: type[Shape], path: Path, value: object) -> str:
    """What is wrong with a value of the wrong type."""
    kind, name = _type_at(shape, path)
    words = _words_in(kind)
    advice = f"write {_hint(name)}{OR_MAPPING if _shape_in(kind) is WhenShape else ''}"
    if error.startswith("Expected `array"):
        what = "must be a list"
    elif isinstance(value, dict | list):
        what = f"must not be a {'list' if isinstance(value, list) else 'mapping'}"
    elif error.startswith("Expected `object"):
        what = f"{quoted(value)} stands where fields belong"
        advice = "write them as name: value"
    elif "date" in error:
        what = f"{quoted(value)} is not a day"
    elif words is not None:
        what = f"{quoted(value)} is not a known word"
        advice = f"write {_choice(str(value), words)}"
    elif "bool" in error:
        what = f"{quoted(value)} is neither true nor false"
        advice = "write one of them"
    else:
        what = f"{quoted(value)} does not fit"
    return f"{what}; {advice}"


def _choice(value: str, kind: type[StrEnum]) -> str:
    words = [word.value for word in kind if word is not Status.LAPSED]
    near = get_close_matches(value.lower(), words, n=1)
    return f"{near[0]}, or another of {', '.join(words)}" if near else f"one of {', '.join(words)}"


def _unknown(name: str, shape: type[Shape], path: Path) -> str:
    known = sorted(_fields_at(shape, path))
    near = get_close_matches(name, known, n=1)
    advice = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
    return f"is not a field here; {advice}"


def _fields_at(shape: type[Shape], path: Path) -> dict[str, FieldInfo]:
    """The fields, by their names in the files, of the shape that lies at `path` within `shape`."""
    fields = {field.encode_name: field for field in msgspec.structs.fields(shape)}
    for index, step in enumerate(path):
        if isinstance(step, str):
            inner = _shape_in(fields[step].type) if step in fields else None
            return _fields_at(inner, path[index + 1 :]) if inner else {}
    return fields


def _type_at(shape: type[Shape], path: Path) -> tuple[Any, str]:
    """The type and the name of the field at `path`, or of the one whose list holds it."""
    names = [index for index, step in enumerate(path) if isinstance(step, str)]
    if not names:
        return None, ""
    name = str(path[names[-1]])
    field = _fields_at(shape, path[: names[-1]]).get(name)
    return (field.type if field else None), name


def _within(kind: Any, base: type[K]) -> type[K] | None:
    """The first subclass of `base` that a type is or has as a part."""
    # On Python 3.11 an alias like tuple[str, ...] passes for a type here.
    if isinstance(kind, type) and not get_args(kind) and issubclass(kind, base):
        return kind
    inner = (_within(part, base) for part in get_args(kind))
    return next((found for found in inner if found), None)


def _shape_in(kind: Any) -> type[Shape] | None:
    return _within(kind, Shape)


def _words_in(kind: Any) -> type[StrEnum] | None:
    return _within(kind, StrEnum)


def _hint(name: str) -> str:
    return HINTS.get(name, "a value of the right kind")


def _value_at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def _set_aside(data: Any, path: Path, shape: type[Shape]) -> bool:
    """Take a value out, or put one that fits where there has to be one; False if neither works."""
    if not path or isinstance(path[-1], int):
        return False
    name = path[-1]
    parent = _value_at(data, path[:-1])
    field = _fields_at(shape, path[:-1]).get(name)
    if field is None or not field.required:
        parent.pop(name, None)
        return True
    words = _words_in(field.type)
    for stand_in in (*_STAND_INS, *(words or ())):
        try:
            msgspec.convert(stand_in, field.type, strict=False)
        except msgspec.ValidationError:
            continue
        parent[name] = stand_in
        return True
    return False
