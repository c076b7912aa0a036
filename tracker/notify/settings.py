"""The file that says who is told what: `notify.toml` in the workspace.

Owns its shape and its strict reader. Addresses of targets are never repeated
in a message.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from tracker.core.words import Kind
from tracker.errors import BadInput
from tracker.notify.alerts import About, Wish
from tracker.telling.language import LANGUAGES

__all__ = ["Plan", "read_plan"]

_MAX_BYTES = 100_000
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Who is told what. `most` alerts go out one by one at a time, the others as one message."""

    urls: tuple[str, ...] = field(default=(), repr=False)
    wish: Wish = field(default_factory=Wish)
    most: int = 20


def read_plan(file: Path, urls: tuple[str, ...] = ()) -> Plan:
    """What the file says, if it is there; `urls`, where given, stand instead of its own.

    Raises: BadInput naming the file and the field: one that cannot be read or
    is no TOML, an unknown field, a value that cannot be used.
    """
    found = _document(file)
    if urls:
        found["urls"] = list(urls)
    known = {"urls", "most", *(one.name for one in fields(Wish))}
    for name in found:
        if name not in known:
            raise BadInput(f"{file}: the field {name!r} is not known", f"Use {_named(known)}")
    values = {name: _value(file, name, value) for name, value in found.items()}
    given, most = values.pop("urls", ()), values.pop("most", 20)
    return Plan(urls=given, most=most, wish=Wish(**values))


def _document(file: Path) -> dict[str, Any]:
    try:
        with file.open("rb") as opened:
            data = opened.read(_MAX_BYTES + 1)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise BadInput(
            f"{file} cannot be read ({error.strerror})", "Make it a file you may read"
        ) from error
    try:
        if len(data) > _MAX_BYTES:
            raise BadInput(f"{file} is larger than {_MAX_BYTES} bytes", "Name targets and wishes")
        return tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        # What does not read is not repeated: it may hold a password.
        raise BadInput(f"{file} is no TOML in UTF-8", "Mend it, or remove it") from error


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("write text in quotes")
    return value


def _many(value: Any) -> list[str]:
    if not isinstance(value, list):
        raise ValueError('write a list, like ["one", "two"]')
    return [_text(one) for one in value]


def _days(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 1_000:
        raise ValueError("write a whole number from 1 to 1000")
    return value


def _party(value: Any) -> str:
    text = _text(value)
    if not (len(text) == 2 and text.isascii() and text.isalpha() and text.isupper()):
        raise ValueError("write two capital letters, like MX")
    return text


def _language(value: Any) -> str:
    if value not in LANGUAGES:
        raise ValueError(f"write one of {', '.join(LANGUAGES)}")
    return str(value)


def _kinds(value: Any) -> frozenset[Kind]:
    known = {str(kind): kind for kind in Kind}
    return frozenset(_one_of(known, one) for one in _many(value))


def _about(value: Any) -> frozenset[About]:
    known = {str(about): about for about in About}
    return frozenset(_one_of(known, one) for one in _many(value))


def _one_of(known: Mapping[str, _T], text: str) -> _T:
    if text not in known:
        raise ValueError(f"{text!r} is none of {', '.join(known)}")
    return known[text]


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "urls": lambda value: tuple(_many(value)),
    "most": _days,
    "lang": _language,
    "about": _about,
    "party": _party,
    "measure": _text,
    "kinds": _kinds,
    "sources": lambda value: frozenset(_many(value)),
    "days": _days,
    "silent_days": _days,
    "quiet_days": _days,
}


def _value(file: Path, name: str, value: Any) -> Any:
    try:
        return _READERS[name](value)
    except ValueError as error:
        raise BadInput(f"{file}: {name} cannot be used", f"Here, {error}") from error


def _named(names: set[str]) -> str:
    return ", ".join(sorted(names))
