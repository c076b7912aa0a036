"""The triggers that make a table append-only on SQLite.

Owns their texts, as `0001_ledger` makes them. It runs no statement.
"""

from __future__ import annotations

__all__ = ["TRIGGERS"]


def _refuse(table: str, what: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_{what} BEFORE {what.upper()} ON {table}\n"
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


_ENTRIES_GUARD = """\
CREATE TRIGGER entries_guard BEFORE INSERT ON entries
WHEN NEW.position IS NOT (SELECT COALESCE(MAX(position), 0) + 1 FROM entries)
  OR NEW.version IS NOT (
    SELECT COALESCE(MAX(version), 0) + 1 FROM entries WHERE stream = NEW.stream)
  OR EXISTS (SELECT 1 FROM entries WHERE key = NEW.key)
  OR EXISTS (
    SELECT 1 FROM entries WHERE position = (SELECT MAX(position) FROM entries)
    AND (NEW.previous IS NOT hash OR NEW.recorded_at < recorded_at))
BEGIN SELECT RAISE(ABORT, 'entries takes only the next entry of the chain'); END"""

_EVIDENCE_GUARD = """\
CREATE TRIGGER evidence_guard BEFORE INSERT ON evidence
WHEN EXISTS (SELECT 1 FROM evidence WHERE digest = NEW.digest)
BEGIN SELECT RAISE(ABORT, 'evidence of that digest is held already'); END"""

TRIGGERS: dict[str, tuple[str, str]] = {
    "entries_no_update": ("entries", _refuse("entries", "update")),
    "entries_no_delete": ("entries", _refuse("entries", "delete")),
    "entries_guard": ("entries", _ENTRIES_GUARD),
    "evidence_no_update": ("evidence", _refuse("evidence", "update")),
    "evidence_no_delete": ("evidence", _refuse("evidence", "delete")),
    "evidence_guard": ("evidence", _EVIDENCE_GUARD),
}
"""Trigger name to its table and text. INSERT OR REPLACE slips past a delete
trigger, so the guards refuse any insert that could replace a row."""
