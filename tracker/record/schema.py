"""JSON Schema of the record's files, so that an editor helps while they are written.

Owns the difference between what a file says and what YAML makes of it: numbers
and years stand there bare, absent fields are left out and never null.
"""

from __future__ import annotations

from typing import Any

import msgspec

from tracker.core.words import Status
from tracker.record.hints import HINTS, OR_MAPPING
from tracker.record.shapes import MeasuresFile, MonthFile, Shape, WhenShape

__all__ = ["json_schema"]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, dict[str, Any]]:
    """The schemas by kind of file: `month` for `YYYY-MM.yaml`, `measures` for `measures.yaml`."""
    return {
        "month": _schema(MonthFile, "Events of one month (YYYY-MM.yaml)"),
        "measures": _schema(MeasuresFile, "Measures and provisions (measures.yaml)"),
    }


def _schema(kind: type[Shape], title: str) -> dict[str, Any]:
    schema = msgspec.json.schema(kind)
    for definition in schema["$defs"].values():
        if "enum" in definition:
            # That something lapsed is only ever derived.
            definition["enum"] = [word for word in definition["enum"] if word != Status.LAPSED]
        fields = definition.get("properties", {})
        for name, field in fields.items():
            fields[name] = {"description": _hint(name, field), **_as_written(name, field)}
    return {"$schema": _DIALECT, "title": title, **schema}


def _hint(name: str, field: dict[str, Any]) -> str:
    choices = [choice.get("$ref", "") for choice in field.get("anyOf", ())]
    return HINTS[name] + (OR_MAPPING if f"#/$defs/{WhenShape.__name__}" in choices else "")


def _as_written(name: str, field: dict[str, Any]) -> dict[str, Any]:
    """A field's schema as a YAML editor sees its value: never null, numbers bare."""
    choices = [
        _bare(name, choice) for choice in field.get("anyOf", [field]) if choice != {"type": "null"}
    ]
    return choices[0] if len(choices) == 1 else {"anyOf": choices}


def _bare(name: str, choice: dict[str, Any]) -> dict[str, Any]:
    if choice.get("format") == "decimal":
        return {"type": "number", "minimum": 0, "maximum": 300}
    if name == "published":
        return {"type": ["string", "integer"]}
    return {key: value for key, value in choice.items() if key != "default"}
