"""What the database itself refuses, and what `verify` finds once its guards are gone."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.contracts.backends import NOON, draft, empty_ledger, engine_on, report
from tests.store.faults.ledgers import checked, raw, sound, unguarded
from tracker.core.codec import entry_hash, sha256
from tracker.core.entries import GENESIS
from tracker.errors import LedgerBroken, NotInitialised
from tracker.store.evidence import SqlEvidence
from tracker.store.rows import COLUMNS, entry_of, row_of
from tracker.store.sql import SqlLedger
from tracker.store.verify import verify

BODY = b"<rss>evidence</rss>" * 100


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A ledger of six entries, one with evidence."""
    made = empty_ledger(tmp_path / "tracker.db")
    with engine_on(made) as engine:
        digest = SqlEvidence(engine).keep(BODY, media_type="application/rss+xml", at=NOON)
        SqlLedger(engine).append(
            [
                *(draft("event/a", title=str(n)) for n in range(3)),
                *(draft(f"event/{n}") for n in range(2)),
                report("feed", "item", "hash", evidence=digest),
            ],
            at=NOON,
        )
    return made


def findings(file: Path) -> tuple[str, ...]:
    return checked(file, version=None).findings


_INSERT = f"INTO entries ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"


def test_a_sound_ledger_has_no_findings(file: Path) -> None:
    told: list[int] = []
    with engine_on(file) as engine:
        verdict = verify(engine, progress=told.append)
        head = SqlLedger(engine).head()
    assert (verdict.entries, verdict.streams, verdict.evidence_blobs) == (6, 4, 1)
    assert verdict.findings == ()
    assert verdict.head == head
    assert told[-1] == 6


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET payload = payload",
        "UPDATE entries SET recorded_at = 'x' WHERE position = 2",
        "UPDATE OR REPLACE entries SET position = 1 WHERE position = 2",
        "UPDATE OR IGNORE entries SET key = 'x'",
        "DELETE FROM entries",
        "DELETE FROM entries WHERE position = 6",
        "INSERT OR REPLACE INTO entries SELECT * FROM entries WHERE position = 3",
        "REPLACE INTO entries SELECT * FROM entries WHERE position = 6",
        "INSERT OR IGNORE INTO entries SELECT * FROM entries WHERE position = 3",
        "INSERT INTO entries SELECT * FROM entries WHERE position = 3 ON CONFLICT DO NOTHING",
        "UPDATE evidence SET media_type = 'x'",
        "DELETE FROM evidence",
        "INSERT OR REPLACE INTO evidence SELECT * FROM evidence",
        "INSERT OR IGNORE INTO evidence SELECT * FROM evidence",
    ],
)
def test_rows_can_neither_be_changed_nor_removed(file: Path, statement: str) -> None:
    before = sound(file)
    with closing(sqlite3.connect(file)) as connection:
        with pytest.raises(sqlite3.IntegrityError, match=r"append-only|next entry|held already"):
            connection.execute(statement)
        connection.commit()
    assert sound(file) == before


def test_evidence_has_no_hidden_row_number_to_replace_by(file: Path) -> None:
    with raw(file) as connection, pytest.raises(sqlite3.OperationalError, match="rowid"):
        connection.execute("SELECT rowid FROM evidence")


@pytest.mark.parametrize(
    "changed",
    [
        {"position": 8},
        {"position": 6},
        {"position": 0},
        {"position": None},
        {"version": 1},
        {"version": 3},
        {"version": 5},
        {"previous": GENESIS},
        {"recorded_at": "2020-01-01T00:00:00.000000Z"},
        {"key": "taken"},
    ],
    ids=str,
)
@pytest.mark.parametrize("how", ["INSERT", "INSERT OR REPLACE", "INSERT OR IGNORE"])
def test_only_the_next_entry_of_the_chain_can_be_inserted(
    file: Path, changed: dict[str, Any], how: str
) -> None:
    with raw(file) as connection:
        last = entry_of(connection.execute("SELECT * FROM entries WHERE position = 6").fetchone())
        taken = connection.execute("SELECT key FROM entries WHERE position = 2").fetchone()[0]
    fresh = msgspec.structs.replace(
        last, position=7, stream="event/a", version=4, key="new", previous=last.hash
    )
    fresh = msgspec.structs.replace(fresh, hash=entry_hash(fresh))
    values = dict(zip(COLUMNS, row_of(fresh), strict=True)) | changed
    if changed.get("key"):
        values["key"] = taken
    before = sound(file)
    with raw(file) as connection, pytest.raises(sqlite3.IntegrityError, match="next entry"):
        connection.execute(f"{how} {_INSERT}", tuple(values.values()))
    assert sound(file) == before
    with raw(file) as connection:  # unchanged it is welcome
        connection.execute(f"{how} {_INSERT}", row_of(fresh))
    assert sound(file).entries == 7


def test_what_the_database_refuses_is_told_as_a_broken_ledger(file: Path) -> None:
    """A guard that refuses our own entry means that the database is not what we took it for."""
    with raw(file) as connection:
        connection.execute(
            "CREATE TRIGGER stranger BEFORE INSERT ON entries "
            "BEGIN SELECT RAISE(ABORT, 'not today'); END"
        )
    with engine_on(file) as engine, pytest.raises(LedgerBroken, match="not today"):
        SqlLedger(engine).append([draft("event/new")], at=NOON)
    assert findings(file) == ("there is a trigger stranger that does not belong here",)


def _rehash(connection: sqlite3.Connection, position: int, **changed: Any) -> None:
    """Change an entry and give it a hash that matches, as a careful forger would."""
    row = connection.execute("SELECT * FROM entries WHERE position = ?", (position,)).fetchone()
    entry = msgspec.structs.replace(entry_of(row), **changed)
    entry = msgspec.structs.replace(entry, hash=entry_hash(entry))
    connection.execute("DELETE FROM entries WHERE position = ?", (position,))
    connection.execute(f"INSERT {_INSERT}", row_of(entry))


def _forged_title(connection: sqlite3.Connection) -> None:
    connection.execute(
        'UPDATE entries SET payload = CAST(replace(CAST(payload AS TEXT), \'"en":"1"\', '
        '\'"en":"9"\') AS BLOB) WHERE position = 2'
    )


def _loose_spelling(connection: sqlite3.Connection) -> None:
    payload = connection.execute("SELECT payload FROM entries WHERE position = 6").fetchone()[0]
    _rehash(connection, 6, payload=json.dumps(json.loads(payload)).encode())


def _sql(statement: str) -> Callable[[sqlite3.Connection], object]:
    def run(connection: sqlite3.Connection) -> object:
        return connection.execute(statement)

    run.__name__ = statement
    return run


def _forger(position: int, **changed: Any) -> Callable[[sqlite3.Connection], None]:
    def run(connection: sqlite3.Connection) -> None:
        _rehash(connection, position, **changed)

    run.__name__ = f"forged {position} {sorted(changed)}"
    return run


@pytest.mark.parametrize(
    ("tamper", "expected"),
    [
        (_forged_title, ["position 2: its hash does not match what it holds"]),
        (_loose_spelling, ["position 6: its payload is not in canonical form"]),
        (
            _forger(2, payload=b'{"event":1}'),
            [
                "position 2: a payload of type event.recorded, schema 2, does not read",
                "position 3: its link to position 2 does not match",
            ],
        ),
        (_forger(3, key="other"), ["position 4: its link to position 3 does not match"]),
        (_forger(6, type="event.invented"), ["position 6: the ledger holds an entry of unknown"]),
        (_forger(6, schema=9), ["position 6: the ledger holds report.seen of schema 9"]),
        (_forger(6, schema=0), ["position 6: a payload of type report.seen, schema 0"]),
        (
            _forger(6, stream="event/a", version=5),
            ["position 6: version 5 of event/a stands where"],
        ),
        (_forger(6, version=2), ["position 6: version 2 of report/feed/"]),
        (
            _forger(6, recorded_at=NOON.replace(year=2020)),
            ["position 6: it was recorded before the entry"],
        ),
        (
            _sql("DELETE FROM entries WHERE position = 4"),
            [
                "position 5: it comes where position 4 belongs",
                "position 5: its link to position 3 does not match",
            ],
        ),
        (
            _sql("DELETE FROM entries WHERE position = 1"),
            [
                "position 2: it comes where position 1 belongs",
                "position 2: its link to the start does not match",
                "position 2: version 2 of event/a stands where version 1 belongs",
                "position 3: version 3 of event/a stands where version 2 belongs",
            ],
        ),
        (
            _sql("UPDATE entries SET position = -5 WHERE position = 1"),
            [
                "position -5: it comes where position 1 belongs",
                "position -5: its hash does not match",
                "position 2: it comes where position -4 belongs",
            ],
        ),
        (
            _sql("UPDATE entries SET recorded_at = 'yesterday' WHERE position = 2"),
            ["position 2: recorded_at 'yesterday' is not an instant"],
        ),
        (
            _sql("UPDATE entries SET recorded_at = '2026-03-01T12:00:00+00:00' WHERE position = 2"),
            ["position 2: recorded_at '2026-03-01T12:00:00+00:00' is not an instant"],
        ),
        (
            _sql("UPDATE entries SET payload = 'text' WHERE position = 2"),
            ["position 2: payload holds str, not bytes"],
        ),
        (
            _sql("UPDATE entries SET key = char(10) || 'x' WHERE position = 2"),
            ["position 2: its hash does not match what it holds"],
        ),
        (
            _sql("UPDATE entries SET stream = CAST(x'ff' AS TEXT) WHERE position = 2"),
            ["holds text that is not UTF-8"],
        ),
        (_sql("UPDATE evidence SET body = x'00'"), [f"the evidence {sha256(BODY)} is damaged"]),
        (_sql("UPDATE evidence SET size = 5"), [f"the evidence {sha256(BODY)} is damaged"]),
        (_sql("UPDATE evidence SET encoding = 'x'"), [f"the evidence {sha256(BODY)} is damaged"]),
        (_sql("UPDATE evidence SET stored_at = 'x'"), ["has no readable instant"]),
        (_sql("DELETE FROM evidence"), [f"position 6: its evidence {sha256(BODY)} is not held"]),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_tampering_is_found(
    file: Path, tamper: Callable[[sqlite3.Connection], object], expected: list[str]
) -> None:
    with unguarded(file) as connection:
        tamper(connection)
    found = findings(file)
    for line in expected:
        assert any(line in one for one in found), found
    assert all("\n" not in one for one in found)
    assert len(found) == len(expected) or "UTF-8" in found[0], found


def test_keys_held_twice_are_found(file: Path) -> None:
    with unguarded(file) as connection:
        rows = connection.execute("SELECT * FROM entries").fetchall()
        connection.execute("DROP TABLE entries")
        connection.execute(f"CREATE TABLE entries ({', '.join(COLUMNS)})")
        connection.executemany(f"INSERT {_INSERT}", rows)
        connection.execute("UPDATE entries SET key = 'same' WHERE position IN (2, 3)")
    assert "position 2: its key same is held 2 times" in findings(file)


def test_one_fault_hides_no_other(file: Path) -> None:
    with unguarded(file) as connection:
        _forged_title(connection)
        connection.execute("UPDATE entries SET recorded_at = 'x' WHERE position = 4")
        connection.execute("DELETE FROM evidence")
    assert [line.split(":")[0] for line in findings(file)] == [
        "position 2",
        "position 4",
        "position 6",
    ]


def test_missing_and_changed_triggers_are_found(file: Path) -> None:
    with raw(file) as connection:
        connection.execute("DROP TRIGGER entries_no_delete")
        connection.execute("DROP TRIGGER evidence_guard")
        connection.execute(
            "CREATE TRIGGER evidence_guard BEFORE INSERT ON evidence BEGIN SELECT 1; END"
        )
    assert findings(file) == (
        "the trigger entries_no_delete that guards entries is gone",
        "the trigger evidence_guard that guards evidence has been changed",
    )


def test_a_missing_table_is_found(file: Path) -> None:
    with raw(file) as connection:
        connection.execute("DROP TABLE evidence")
    assert "the table evidence is gone" in findings(file)
    with engine_on(file) as engine, pytest.raises(NotInitialised):
        SqlEvidence(engine).fetch("0" * 64)


def test_a_damaged_page_is_told_and_the_rest_still_walked(file: Path) -> None:
    with engine_on(file) as engine:
        SqlLedger(engine).append([draft("event/long", title="x" * 30_000)], at=NOON)
    whole = bytearray(file.read_bytes())
    place = whole.index(b"x" * 4000)
    # The first four bytes of an overflow page point to the next one.
    page = place - place % 4096
    whole[page : page + 4] = b"\x00\x00\xff\xff"
    file.write_bytes(whole)
    found = findings(file)
    assert any(line.startswith("the database file:") for line in found)
    assert any("damaged" in line or line.startswith("position 7") for line in found)


def test_reading_a_bad_row_is_refused_not_guessed(file: Path) -> None:
    with unguarded(file) as connection:
        connection.execute("UPDATE entries SET version = 'one' WHERE position = 6")
    with engine_on(file) as engine:
        ledger = SqlLedger(engine)
        with pytest.raises(LedgerBroken, match="position 6: version holds str"):
            list(ledger.read())
        with pytest.raises(LedgerBroken, match="position 6"):
            ledger.append([draft("event/new")], at=NOON)


def test_damaged_evidence_is_never_handed_out(file: Path) -> None:
    other = zlib.compress(b"y" * len(BODY))
    for body in (other, b"not zlib", other[:5], zlib.compress(BODY * 2)):
        with unguarded(file) as connection:
            connection.execute("UPDATE evidence SET body = ?", (body,))
        with engine_on(file) as engine, pytest.raises(LedgerBroken, match="is damaged"):
            SqlEvidence(engine).fetch(sha256(BODY))


def test_an_abandoned_reader_gives_its_snapshot_back(file: Path) -> None:
    """Nobody left behind holds on to the log: it can be folded in completely."""
    with engine_on(file) as engine:
        ledger = SqlLedger(engine)
        ledger.append([draft(f"event/x{n}") for n in range(600)], at=NOON)
        reader = ledger.read()
        next(reader)
        reader.close()  # type: ignore[attr-defined]
        ledger.append([draft("event/last")], at=NOON)
        with engine.connect() as connection:
            busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    assert busy is not None
    assert busy[0] == 0


def test_a_payload_of_an_earlier_schema_counts_as_the_same(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A retry after an upgrade of the program finds its old entry again."""
    one = draft("event/a", title="0")
    with engine_on(file) as engine:
        ledger = SqlLedger(engine)
        monkeypatch.setattr(type(one.payload), "SCHEMA", 2)
        monkeypatch.setattr(
            "tracker.core.codec.UPCASTERS", {("event.recorded", 1): lambda data: data}
        )
        (place,) = ledger.append([one], at=NOON)
        assert (place.position, place.new) == (1, False)
        assert verify(engine).findings == ()
