"""The fields of a draft that a form offers, read out of its YAML and put back in place.

Owns which fields those are. Only the values that were changed are rewritten, character by
character: comments, layout and whatever the form does not know stay as they are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import yaml

from tracker.errors import BadInput
from tracker.telling.harmless import clean

__all__ = ["FIELDS", "Field", "fields_of", "with_fields"]

_Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form: its name there, where it stands in the entry, what is expected."""

    name: str
    path: _Path
    hint: str = ""


FIELDS = (
    Field("Kind", ("kind",), "announcement, rate_change"),
    Field("Announced", ("announced",), "2026-07-17"),
    Field("Title (en)", ("title", "en")),
    Field("Title (es)", ("title", "es")),
    Field("Title (fr)", ("title", "fr")),
    Field("Summary (en)", ("summary", "en")),
    Field("Parties", ("parties",), "[US, CA]"),
    Field("Measure", ("effects", 0, "measure"), "us.s232.steel"),
    Field("Provisions", ("effects", 0, "provisions"), "[articles]"),
    Field("Status", ("effects", 0, "status"), "announced, in_force, paused"),
    Field("Rate", ("effects", 0, "rate"), "25"),
    Field("From", ("effects", 0, "from"), "2026-08-01"),
    Field("Until", ("effects", 0, "until"), "2026-10-01, the first day without it"),
)
"""In the order of the form. Effects beyond the first are for the YAML."""

_BARE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*|\[[A-Za-z0-9_., -]*\]")


def fields_of(text: str) -> dict[str, str]:
    """The value of each field as it is written, by name; empty where there is none.

    Raises: BadInput if the text is not one entry of YAML.
    """
    entry = _entry(text)
    return {field.name: _written(text, _at(entry, field.path)) for field in FIELDS}


def with_fields(text: str, values: Mapping[str, str]) -> str:
    """The text with those values, by name; the others stay. Raises: BadInput."""
    before = fields_of(text)
    for field in FIELDS:
        value = " ".join(clean(values.get(field.name, "")).split())
        if field.name in values and value != before[field.name]:
            words = field.path[0] in {"title", "summary"}
            bare = not words and (not value or _BARE.fullmatch(value))
            text = _put(text, field.path, value if bare else json.dumps(value, ensure_ascii=False))
    return text


def _entry(text: str) -> yaml.MappingNode:
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        raise BadInput(
            "the draft does not read as YAML", "Put it right in the editor: e"
        ) from error
    if isinstance(node, yaml.MappingNode):
        node = _at(node, ("events",))
    if (
        isinstance(node, yaml.SequenceNode)
        and len(node.value) == 1
        and isinstance(node.value[0], yaml.MappingNode)
    ):
        return node.value[0]
    raise BadInput("the draft is not one event", "Put it right in the editor: e")


def _at(node: yaml.Node | None, path: _Path) -> yaml.Node | None:
    for step in path:
        if isinstance(step, int):
            items = node.value if isinstance(node, yaml.SequenceNode) else []
            node = items[step] if step < len(items) else None
        else:
            pairs = node.value if isinstance(node, yaml.MappingNode) else []
            node = next((value for key, value in pairs if key.value == step), None)
    return node


def _written(text: str, node: yaml.Node | None) -> str:
    if node is None:
        return ""
    if isinstance(node, yaml.ScalarNode):
        return " ".join(node.value.split())
    return " ".join(_slice(text, node).split())


def _slice(text: str, node: yaml.Node) -> str:
    return text[node.start_mark.index : node.end_mark.index].rstrip()


def _put(text: str, path: _Path, value: str) -> str:
    """The text with one value, written as YAML, in its place, there already or not."""
    entry = _entry(text)
    node = _at(entry, path)
    if node is not None:
        start, end = node.start_mark.index, node.end_mark.index
        old = text[start:end]
        # A folded text ends with the line after it; what follows it stays where it is.
        after = old[len(old.rstrip()) :]
        before = "" if start and text[start - 1] in " \n" else " "
        return f"{text[:start]}{before}{value}{after}{text[end:]}"
    parent = _at(entry, path[:-1]) if path[:-1] else entry
    if isinstance(parent, yaml.MappingNode) and parent.value:
        return _added(text, parent, f"{path[-1]}: {value}")
    if path[0] == "effects" and _at(entry, ("effects",)) is None:
        indent = " " * entry.start_mark.column
        lines = f"effects:\n{indent}  - {path[-1]}: {value}"
        return _added(text, entry, lines, before="sources")
    if len(path) == 2 and parent is None:
        indent = " " * entry.start_mark.column
        return _added(text, entry, f"{path[0]}:\n{indent}  {path[1]}: {value}")
    raise BadInput(f"the draft has no place for {path[-1]}", "Put it in by the editor: e")


def _added(text: str, node: yaml.MappingNode, line: str, before: str = "") -> str:
    """One more key in a mapping: before that one where it is there, else at its end."""
    if node.flow_style:
        at = node.end_mark.index - 1
        return f"{text[:at]}, {line}{text[at:]}"
    indent = " " * node.start_mark.column
    for key, _ in node.value:
        if key.value == before:
            at = key.start_mark.index
            return f"{text[:at]}{line}\n{indent}{text[at:]}"
    last = node.value[-1][1].end_mark.index
    at = len(text[:last].rstrip())
    return f"{text[:at]}\n{indent}{line}{text[at:] or chr(10)}"
