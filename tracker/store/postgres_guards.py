"""The triggers that make a table append-only on PostgreSQL.

Owns their texts, as `0001_ledger` makes them and as the database gives them
back. It runs no statement.
"""

from __future__ import annotations

__all__ = ["CREATE", "FUNCTIONS", "PRESENT", "TRIGGERS"]

_REFUSE = """
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
    MESSAGE = TG_TABLE_NAME || ' is append-only';
END
"""

# A batch is looked at as a whole once it is in: row by row would cost COPY most of its speed.
_NEXT = """
BEGIN
  IF (SELECT max(position) FROM entries) <> (SELECT max(position) FROM added) OR EXISTS (
    SELECT FROM added a
    LEFT JOIN entries before ON before.position = a.position - 1
    LEFT JOIN entries older ON older.stream = a.stream AND older.version = a.version - 1
    WHERE (before.position IS NULL AND a.position <> 1)
      OR (before.position IS NOT NULL AND a.previous <> before.hash)
      OR a.recorded_at < before.recorded_at
      OR (older.position IS NULL AND a.version <> 1)
      OR older.position >= a.position)
  THEN
    RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
      MESSAGE = 'entries takes only the next entry of the chain';
  END IF;
  RETURN NULL;
END
"""

# Planned once a session, maybe on a ledger still empty: never by reading all of it.
_PLAN = "SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off"

FUNCTIONS = {
    "tracker_refuse": f"CREATE FUNCTION tracker_refuse() RETURNS trigger LANGUAGE plpgsql "
    f"AS $${_REFUSE}$$",
    "tracker_next": f"CREATE FUNCTION tracker_next() RETURNS trigger LANGUAGE plpgsql {_PLAN} "
    f"AS $${_NEXT}$$",
}
"""The functions that the triggers call, each made once a database."""

_SOURCES = {"tracker_refuse": _REFUSE, "tracker_next": _NEXT}


def _made(name: str, when: str, table: str, function: str) -> tuple[str, str, str]:
    how = " REFERENCING NEW TABLE AS added" if function == "tracker_next" else ""
    text = (
        f"CREATE TRIGGER {name} {when} ON {table}{how} FOR EACH STATEMENT "
        f"EXECUTE FUNCTION {function}()"
    )
    return table, text, f"{text}\n{_SOURCES[function]}"


_ALL = {
    f"{table}_no_{what}": _made(
        f"{table}_no_{what}", f"BEFORE {what.upper()}", table, "tracker_refuse"
    )
    for table in ("entries", "evidence")
    for what in ("update", "delete", "truncate")
} | {"entries_guard": _made("entries_guard", "AFTER INSERT", "entries", "tracker_next")}

TRIGGERS: dict[str, tuple[str, str]] = {
    name: (table, whole) for name, (table, _, whole) in _ALL.items()
}
"""Trigger name to its table and to what `PRESENT` answers for it. That a digest
is held once is kept by the key of `evidence`: here no insert replaces a row."""

CREATE: dict[str, tuple[str, str]] = {
    name: (table, text) for name, (table, text, _) in _ALL.items()
}
"""Trigger name to its table and the statement that makes it."""

PRESENT = """
SELECT t.tgname, pg_get_triggerdef(t.oid, true) || chr(10) || p.prosrc
  || CASE WHEN t.tgenabled = 'O' THEN '' ELSE '(switched off)' END
FROM pg_trigger t
JOIN pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal
  AND t.tgrelid IN (to_regclass('entries'), to_regclass('evidence'))
"""
"""Every trigger on the two tables, with what it does and whether it still does it."""
