"""The JSON Schema an editor uses accepts what the loader accepts and helps with the rest."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from jsonschema import Draft202012Validator

from tests.contracts.backends import ROOT
from tests.record.files import FEBRUARY, JANUARY, MARCH, MEASURES
from tracker.record import shapes
from tracker.record.hints import HINTS
from tracker.record.schema import json_schema
from tracker.record.shapes import Shape


class _EditorLoader(yaml.SafeLoader):
    """YAML 1.2 as editors read it: numbers and truth values, but days stay text."""


_EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if tag != "tag:yaml.org,2002:timestamp"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def faults(kind: str, text: str) -> list[str]:
    validator = Draft202012Validator(json_schema()[kind])
    data = yaml.load(text, Loader=_EditorLoader)  # noqa: S506  a SafeLoader of our own
    return [error.json_path for error in validator.iter_errors(data)]


def test_the_schemas_are_schemas() -> None:
    for schema in json_schema().values():
        Draft202012Validator.check_schema(schema)


def test_a_sound_record_has_no_faults() -> None:
    assert faults("measures", MEASURES) == []
    assert faults("month", JANUARY) == []
    assert faults("month", FEBRUARY) == []
    assert faults("month", MARCH) == []


def test_the_shipped_record_has_no_faults() -> None:
    files: list[Path] = sorted((ROOT / "db" / "record").glob("*.yaml"))
    assert files
    for file in files:
        kind = "measures" if file.stem == "measures" else "month"
        assert faults(kind, file.read_text(encoding="utf-8")) == [], file.name


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("rate: 25.50", "rate: lots", "$.events[0].effects[0].rate"),
        ("rate: 25.50", "rate: 2550", "$.events[0].effects[0].rate"),
        ("rate: 25.50", "rate: null", "$.events[0].effects[0].rate"),
        ("rate: 25.50", "rat: 25", "$.events[0].effects[0]"),
        ("status: paused", "status: lapsed", "$.events[2].effects[0].status"),
        ("kind: pause", "kind: paus", "$.events[2].kind"),
        ("    title: The answer\n", "", "$.events[1]"),
        ("parties: [US, CA]", "parties: US", "$.events[0].parties"),
    ],
)
def test_an_editor_marks_the_place(old: str, new: str, where: str) -> None:
    assert FEBRUARY.count(old) == 1
    assert faults("month", FEBRUARY.replace(old, new)) == [where]


def _shapes() -> list[type[Shape]]:
    return [
        value
        for value in vars(shapes).values()
        if isinstance(value, type) and issubclass(value, Shape) and value is not Shape
    ]


def test_every_field_has_a_hint_and_every_hint_a_field() -> None:
    names = {field.encode_name for shape in _shapes() for field in msgspec.structs.fields(shape)}
    assert names == HINTS.keys()


def test_every_field_is_described() -> None:
    def described(schema: dict[str, Any]) -> bool:
        return all(
            field["description"]
            for definition in schema["$defs"].values()
            for field in definition.get("properties", {}).values()
        )

    assert all(described(schema) for schema in json_schema().values())


@pytest.mark.parametrize("kind", sorted(json_schema()))
def test_the_exported_schema_is_the_present_one(kind: str) -> None:
    file = ROOT / "db" / "schema" / f"{kind}.schema.json"
    assert json.loads(file.read_text(encoding="utf-8")) == json_schema()[kind], "run `make schema`"
