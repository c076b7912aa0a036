"""Every column of every table that matters, changed behind the back of the guards, is found."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Executable, Select, column, delete, insert, select, update
from sqlalchemy import table as sql_table
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect

from tests.contracts.backends import NOON, draft, engine_on
from tests.store.faults.ledgers import VERSION, checked, make, remade, sound, unguarded
from tracker.core.entries import Head
from tracker.store.sql import SqlLedger
from tracker.store.tables import entries, span_countries, span_places, spans

HELD = [
    *(("evidence", name) for name in ("digest", "encoding", "body", "size")),
    *((one.name, c.name) for one in (entries, spans, span_places, span_countries) for c in one.c),
]
"""Everything that follows from something else. What does not: see the next test."""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("tampering") / "tracker.db")


@pytest.fixture
def file(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(template, tmp_path / "tracker.db"))


def other(value: Any) -> Any:
    """A value of the same type that is another one."""
    if isinstance(value, bytes):
        return value[:-1] + bytes([value[-1] ^ 1])
    if isinstance(value, int | float):
        return value + 1_000
    if value is None:
        return "2030-01-01"
    return f"{value[:-1]}{'x' if not value.endswith('x') else 'y'}"


def bare(table: str, *names: str) -> Select[*tuple[Any, ...]]:
    """A query of columns as the driver gives them, without types of ours."""
    return select(*(column(name) for name in names)).select_from(sql_table(table))


def names_of(table: str, *, key: bool = False) -> list[str]:
    found = entries.metadata.tables[table]
    return [one.name for one in (found.primary_key if key else found.c)]


def rows_of(file: Path, table: str) -> list[tuple[Any, ...]]:
    with engine_on(file) as engine, engine.connect() as connection:
        return [tuple(row) for row in connection.execute(bare(table, *names_of(table)))]


def run(connection: sqlite3.Connection, statement: Executable) -> sqlite3.Cursor:
    """Execute on the bare driver what is written in the terms of the schema."""
    compiled = statement.compile(dialect=sqlite_dialect())  # type: ignore[attr-defined]
    return connection.execute(str(compiled), [compiled.params[x] for x in compiled.positiontup])


def change(file: Path, table: str, name: str, number: int, value: Any = other) -> None:
    """Put another value into one column of row `number`."""
    keys = names_of(table, key=True)
    with unguarded(file) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        old, *place = run(connection, bare(table, name, *keys)).fetchall()[number]
        new = value(old) if callable(value) else value
        this = [column(key) == one for key, one in zip(keys, place, strict=True)]
        changed = sql_table(table, column(name), *(column(key) for key in keys if key != name))
        run(connection, update(changed).where(*this).values({name: new}))


def test_untouched_it_is_whole(file: Path) -> None:
    verdict = sound(file, version=VERSION)
    assert verdict.notes == ()
    assert verdict.root is not None
    assert len(rows_of(file, "spans")) > 10


@pytest.mark.parametrize(("table", "name"), HELD)
@pytest.mark.parametrize("number", [0, -1])
def test_another_value_in_any_column_is_found(
    file: Path, table: str, name: str, number: int
) -> None:
    change(file, table, name, number)
    verdict = checked(file)
    assert verdict.findings
    assert verdict.root is None
    assert all("\n" not in line for line in verdict.findings)


VALUES = (
    st.none()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | st.binary(max_size=20)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
)


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.sampled_from(HELD), number=st.sampled_from([0, -1]), value=VALUES)
def test_any_value_at_all_is_found(
    template: Path, tmp_path: Path, place: tuple[str, str], number: int, value: Any
) -> None:
    table, name = place
    file = Path(shutil.copyfile(template, tmp_path / "tracker.db"))
    before = rows_of(file, table)
    try:
        change(file, table, name, number, value)
    except sqlite3.Error:
        return  # the table itself would not have it
    if rows_of(file, table) != before:
        assert checked(file).findings


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(names_of("projections")), value=VALUES)
def test_any_note_at_all_on_what_the_spans_were_made_from_is_said_and_mended(
    template: Path, tmp_path: Path, name: str, value: Any
) -> None:
    file = Path(shutil.copyfile(template, tmp_path / "tracker.db"))
    before = rows_of(file, "projections")
    try:
        change(file, "projections", name, 0, value)
    except sqlite3.Error:
        return
    verdict = checked(file)
    if name != "as_of" and rows_of(file, "projections") != before:
        assert verdict.findings or verdict.notes  # another day may give the same spans
    remade(file)
    assert sound(file, version=VERSION).notes == ()


@pytest.mark.parametrize("table", ["spans", "span_places", "span_countries"])
@pytest.mark.parametrize("how", ["less", "more"])
def test_a_row_less_or_more_in_the_projection_is_found(file: Path, table: str, how: str) -> None:
    row = rows_of(file, table)[0]
    with unguarded(file) as connection:
        names = names_of(table)
        bare_table = sql_table(table, *(column(name) for name in names))
        if how == "less":
            run(connection, delete(bare_table).where(column(names[0]) == row[0]))
        else:
            run(connection, insert(bare_table).values(("zz", *row[1:])))
    found = checked(file).findings
    assert found
    assert all("`tracker spans --rebuild`" in x or "does not define" in x for x in found)


def test_spans_of_an_earlier_entry_are_held_to_the_ledger_as_it_was(file: Path) -> None:
    with engine_on(file) as engine:
        SqlLedger(engine).append([draft("event/later")], at=NOON)
    assert sound(file, version=VERSION).notes == ()
    change(file, "spans", "status", 0)
    assert "status" in checked(file).findings[0]


def test_spans_that_cannot_be_compared_are_said_not_wrong(file: Path) -> None:
    change(file, "spans", "status", 0)
    verdict = sound(file, version="2")
    assert verdict.notes[0].startswith("the spans were made by version 1")
    with unguarded(file) as connection:
        connection.execute("DELETE FROM projections")
    assert sound(file, version="2").notes == (
        "there are no spans to compare: `tracker spans` makes them",
    )


def test_spans_made_from_another_ledger_are_found(file: Path) -> None:
    change(file, "projections", "hash", 0)
    (line,) = checked(file).findings
    assert line.startswith("the spans were made from an entry not found at position")


def test_what_verify_cannot_find_is_what_a_noted_head_or_checkpoint_shows(file: Path) -> None:
    """A tail cut off cleanly, and two notes beside the evidence that nothing else follows from."""
    noted: Head = sound(file).head
    with unguarded(file) as connection:
        connection.execute("DELETE FROM entries WHERE position = ?", (noted.position,))
        connection.execute("UPDATE evidence SET media_type = 'text/plain'")
        connection.execute("UPDATE evidence SET stored_at = '2020-01-01T00:00:00.000000Z'")
    assert sound(file).head.position == noted.position - 1
