"""From the text of a YAML file to plain data with a line for every value.

Owns the little of YAML that the record uses: mappings, lists and text. Every
scalar stays the text it is, so nothing is guessed to be a date, a number or a
truth value. What a record has no use for and an attacker has (anchors,
aliases, tags, several documents, deep nesting) is refused. It must not know
what the data means.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from tracker.record.findings import Path

__all__ = ["Document", "Trouble", "read_document"]

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the C one is ten times as fast
_DEEPEST = 12
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing wrong with the text itself."""

    line: int
    path: Path
    message: str


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says: dicts, lists and strings, and the line each value starts on."""

    data: Any
    lines: Mapping[Path, int]

    def line_of(self, path: Path) -> int:
        """The line of a value, or of the nearest thing around it that is there."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


class _Stop(Exception):
    """The text cannot be followed any further; `trouble` says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.message)
        self.trouble = trouble


@dataclass(slots=True)
class _Frame:
    """A mapping or list being filled; `key` is set between a key and its value."""

    value: dict[str, Any] | list[Any]
    path: Path
    key: str | None = None
    doubled: bool = False


@dataclass(slots=True)
class _Builder:
    stack: list[_Frame] = field(default_factory=list)
    lines: dict[Path, int] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    root: Any = None

    def where(self) -> Path:
        """The path of the value that comes next."""
        if not self.stack:
            return ()
        frame = self.stack[-1]
        step = len(frame.value) if isinstance(frame.value, list) else frame.key
        return frame.path if step is None else (*frame.path, step)

    def put(self, value: Any, line: int) -> None:
        path = self.where()
        self.lines.setdefault(path, line)
        if not self.stack:
            self.root = value
            return
        frame = self.stack[-1]
        if isinstance(frame.value, list):
            frame.value.append(value)
        elif frame.key is not None:
            if not frame.doubled:
                frame.value[frame.key] = value
            frame.key, frame.doubled = None, False

    def start(self, value: dict[str, Any] | list[Any], line: int) -> None:
        self._no_key(line)
        if len(self.stack) >= _DEEPEST:
            self.stop(line, "lists and mappings are nested too deep; take a level out")
        path = self.where()
        self.put(value, line)
        self.stack.append(_Frame(value, path))

    def scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        frame = self.stack[-1] if self.stack else None
        if frame is not None and isinstance(frame.value, dict) and frame.key is None:
            self._key(frame, event.value, line)
            return
        path = self.where()
        if event.implicit[0] and event.value in _NOTHING:
            self.trouble(line, path, "has no value; leave the field out where nothing is known")
        elif not event.value.strip():
            self.trouble(line, path, "is blank; write the text or leave the field out")
        self.put(event.value, line)

    def _key(self, frame: _Frame, key: str, line: int) -> None:
        frame.key = key
        path = self.where()
        frame.doubled = key in frame.value
        if frame.doubled:
            first = self.lines.get(path, line)
            self.trouble(line, path, f"stands here again, first in line {first}; keep one of them")
        else:
            self.lines[path] = line

    def _no_key(self, line: int) -> None:
        frame = self.stack[-1] if self.stack else None
        if frame is not None and isinstance(frame.value, dict) and frame.key is None:
            self.stop(line, "a list or mapping stands where a field name belongs")

    def trouble(self, line: int, path: Path, message: str) -> None:
        self.troubles.append(Trouble(line, path, message))

    def stop(self, line: int, message: str) -> None:
        raise _Stop(Trouble(line, self.where(), message))

    def take(self, event: yaml.Event) -> None:
        line = _line(event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            self.stop(line, f"the alias *{event.anchor} is not allowed; write the value out")
        if isinstance(event, yaml.NodeEvent) and event.anchor:
            self.stop(line, f"the anchor &{event.anchor} is not allowed; write the value out")
        if tag := getattr(event, "tag", None):
            self.stop(line, f"the tag {tag} is not allowed; every value is plain text")
        if isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            self.stop(line, "a second document starts here; a file holds one, remove the ---")
        if isinstance(event, yaml.ScalarEvent):
            self.scalar(event, line)
        elif isinstance(event, yaml.MappingStartEvent):
            self.start({}, line)
        elif isinstance(event, yaml.SequenceStartEvent):
            self.start([], line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()


def read_document(text: str) -> tuple[Document | None, tuple[Trouble, ...]]:
    """The data of a YAML text and what is wrong with it.

    The document is None where the text cannot be followed to its end or is
    empty. Of a field that stands twice the first is kept.
    """
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except _Stop as stop:
        return None, (*builder.troubles, stop.trouble)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        message = f"the character U+{int(error.character):04X} may not stand in YAML; remove it"
        return None, (*builder.troubles, Trouble(line, builder.where(), message))
    except yaml.MarkedYAMLError as error:
        return None, (*builder.troubles, _syntax(error))
    if builder.root is None:
        return None, (Trouble(1, (), "the file is empty; remove it or give it entries"),)
    return Document(builder.root, builder.lines), tuple(builder.troubles)


def _line(mark: Any) -> int:
    """Lines count from 1; the parser counts from 0 and may know of none."""
    return int(mark.line) + 1 if mark is not None else 1


def _syntax(error: yaml.MarkedYAMLError) -> Trouble:
    problem = " ".join(part for part in (error.context, error.problem) if part)
    return Trouble(
        _line(error.problem_mark or error.context_mark),
        (),
        f"this is not YAML ({problem}); check the indent and put text with : or # in quotes",
    )
