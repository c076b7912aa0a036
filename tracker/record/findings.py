"""What is wrong where: a place in a file of the record and one line about it.

Owns how a place is written, so that a person and an editor's problem matcher
both find it. It must not know what can be wrong.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["SHAPE", "Finding", "Path", "printable", "quoted", "spelled"]

Path = tuple[str | int, ...]
"""The way to a value within a file: field names and indexes from 0."""

SHAPE = "has_its_shape"
"""The name of what is checked before any rule: fields and their types."""

_SHOWN = 100


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing wrong. `line` counts from 1; `message` says what and what to do.

    `entry` is the id or key of the entry it is in and `rule` the name of the rule it
    breaks; both are empty where a file does not read.
    """

    file: str
    line: int
    path: Path
    message: str
    entry: str = ""
    rule: str = ""

    def __str__(self) -> str:
        """`FILE:LINE: events[3].effects[0].rate: what is wrong; what to do`."""
        where = f"{spelled(self.path)}: " if self.path else ""
        return printable(f"{self.file}:{self.line}: {where}{self.message}")


def spelled(path: Path) -> str:
    """A path as people write it: `events[3].effects[0].rate`."""
    text = "".join(f"[{x}]" if isinstance(x, int) else f".{x[:_SHOWN]}" for x in path)
    return text.removeprefix(".")


def quoted(value: object, *, shown: int = _SHOWN) -> str:
    """A value as it may stand in a message: one line, in double quotes, cut after `shown`."""
    text = " ".join(str(value).split())
    return f'"{printable(text[:shown])}{"..." if len(text) > shown else ""}"'


def printable(text: str) -> str:
    """Text that is shown: a file's text must not steer the terminal it is shown on."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
