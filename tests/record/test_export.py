"""The export says what the world says, alike in every format, and what each column means."""

from __future__ import annotations

import csv
import io
import json
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.backends import ROOT
from tests.record.files import MARCH, write
from tracker.core.policy import Viewpoint, state
from tracker.core.world import World, world_of
from tracker.errors import OperationFailed
from tracker.record.columns import columns_of
from tracker.record.dictionary import data_dictionary
from tracker.record.read import read_record
from tracker.record.table_files import table_bytes
from tracker.record.table_rows import rows_of
from tracker.record.tables import TABLES, SourceRow

DAY = date(2025, 3, 10)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    record = read_record(write(tmp_path_factory.mktemp("record"), m2025_03=MARCH))
    return world_of(record.events, record.measures)


@pytest.fixture(scope="module")
def shipped() -> World:
    record = read_record(ROOT / "db" / "record")
    return world_of(record.events, record.measures)


def data(world: World, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        table_bytes(TABLES[table], rows_of(world, table, on=DAY), "json"), parse_float=Decimal
    )
    return found


def cells(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(value)
    if isinstance(value, bool):
        return str(value).lower()
    text = "" if value is None else f"{value}"
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


@pytest.mark.parametrize("table", TABLES)
def test_every_format_says_the_same(shipped: World, table: str) -> None:
    rows = rows_of(shipped, table, on=DAY)
    assert rows
    as_json = data(shipped, table)
    as_yaml = yaml.safe_load(table_bytes(TABLES[table], rows, "yaml"))
    days = {column.name for column in columns_of(TABLES[table]) if column.sort == "day"}
    for row in as_yaml:
        for name in days:
            assert row[name] is None or type(row[name]) is date
            row[name] = row[name] and row[name].isoformat()
    assert [{k: str(v) for k, v in row.items()} for row in as_yaml] == [
        {k: str(v) for k, v in row.items()} for row in as_json
    ]
    as_csv = csv.DictReader(io.StringIO(table_bytes(TABLES[table], rows, "csv").decode()))
    assert [*as_csv] == [{k: cells(v) for k, v in row.items()} for row in as_json]


@pytest.mark.parametrize("form", ["csv", "json", "yaml"])
def test_the_same_world_gives_the_same_bytes(world: World, form: str) -> None:
    for name, table in TABLES.items():
        once = table_bytes(table, rows_of(world, name, on=DAY), form)
        assert once == table_bytes(table, rows_of(world, name, on=DAY), form)
        assert once.endswith(b"\n")


def test_the_states_are_those_of_the_rules(shipped: World) -> None:
    rows = state(shipped, Viewpoint(on=DAY))
    told = data(shipped, "states")
    assert [(row["measure"], row["provision"], row["status"]) for row in told] == [
        (row.measure, row.provision, row.status) for row in rows
    ]
    assert [row["rate_pct"] for row in told] == [row.rate_pct for row in rows]
    assert {row["day"] for row in told} == {DAY.isoformat()}


def test_a_day_that_is_not_known_is_never_shown_as_one(world: World) -> None:
    plan, unknown = (row for row in data(world, "effects") if row["event"] == "2025-03-01-plan")
    assert (plan["effective_from"], plan["start"]) == (None, "range")
    assert (plan["start_earliest"], plan["start_latest"]) == ("2025-03-10", "2025-03-31")
    assert plan["start_condition"] == "if no deal is reached"
    assert (plan["effective_until"], plan["end"], plan["end_latest"]) == (
        None, "range", "2025-06-30",
    )  # fmt: skip
    assert (unknown["effective_from"], unknown["start"]) == (None, "unknown")
    assert (unknown["end"], unknown["end_condition"]) == ("condition", "until a deal")
    assert unknown["rate_pct"] is None
    assert unknown["rate_text_es"] == "dos pasos"
    threat = next(row for row in data(world, "effects") if row["status"] == "threatened")
    assert (threat["start"], threat["end"]) == ("none", "open")
    off = [row for row in data(world, "deadlines") if row["cancelled"]]
    assert [(row["day"], row["day_kind"]) for row in off] == [(None, "none")]


def test_a_rate_is_the_number_that_was_written(world: World) -> None:
    order = data(world, "effects")[1]
    assert order["rate_pct"] == Decimal("25.5")
    assert b'"rate_pct": 25.5,' in table_bytes(
        TABLES["effects"], rows_of(world, "effects", on=DAY), "json"
    )


def test_what_is_taken_back_and_cited_is_there(world: World) -> None:
    pause = next(row for row in data(world, "events") if row["event"] == "2025-02-03-pause")
    assert pause["withdraws"] == ["2025-01-20-threat us.border.general"]
    assert pause["confirms"] == ["2025-02-01-order"]
    sources = data(world, "sources")
    assert [row["name"] for row in sources if row["of"] == "claim"] == ["2025-02-03-pause"]
    assert [row["name"] for row in sources if row["of"] == "measure"] == ["ca.counter"]


@given(st.text())
def test_no_cell_is_a_formula_and_each_stays_one_cell(text: str) -> None:
    row = SourceRow(of="event", name="a", claim=None, number=1, publisher="b", title=text,
                    url="c", published=None, primary=False)  # fmt: skip
    written = table_bytes(TABLES["sources"], [row], "csv").decode()
    _, found = csv.reader(io.StringIO(written, newline=""))
    title = found[TABLES["sources"].columns.index("title")]
    assert len(found) == len(TABLES["sources"].columns)
    assert not title.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_without_pyarrow_parquet_says_what_to_do(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(OperationFailed, match="needs the package pyarrow"):
        table_bytes(TABLES["events"], rows_of(world, "events", on=DAY), "parquet")


def test_the_data_dictionary_is_the_present_one() -> None:
    page = Path(ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    assert page == data_dictionary(), "run `make schema`"


def test_every_column_says_what_it_means() -> None:
    for table in TABLES.values():
        for column in columns_of(table):
            assert column.meaning.endswith("."), f"{table.name}.{column.name}"
            assert f"| `{column.name}` |" in data_dictionary()
