"""The schema of a database as text, for a test to compare and a person to read.

python -m tests.store.schemas      writes tests/store/golden anew after a migration
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from sqlalchemy import Engine, text

from tests.contracts.backends import new_url
from tracker.store.database import open_engine

__all__ = ["GOLDEN", "KINDS", "schema_of"]

GOLDEN = Path(__file__).parent / "golden"
KINDS = ("sqlite", "postgres")

_SQLITE = """
SELECT sql FROM sqlite_master
WHERE tbl_name <> 'alembic_version' AND sql IS NOT NULL ORDER BY tbl_name, type DESC, name
"""
# Not pg_dump: what it writes differs from version to version, and this must not.
_POSTGRES = """
SELECT line FROM (
SELECT c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
  || COALESCE(' COLLATE ' || quote_ident(NULLIF(l.collname, 'default')), '')
  || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
  || COALESCE(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '')
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_collation l ON l.oid = a.attcollation
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> :own
UNION ALL
SELECT conrelid::regclass || ' CONSTRAINT ' || conname || ' ' || pg_get_constraintdef(oid)
FROM pg_constraint
WHERE connamespace = 'public'::regnamespace AND contype <> 'n' AND conrelid <> 0
  AND conrelid::regclass::text <> :own
UNION ALL
SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> :own
UNION ALL
SELECT pg_get_triggerdef(oid, true) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL
SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
) AS all_of(line) ORDER BY line COLLATE "C"
"""


def schema_of(engine: Engine) -> str:
    """Every table, index, constraint and trigger, but for the migrations' own."""
    query, given = (
        (_SQLITE, {})
        if engine.dialect.name == "sqlite"
        else (_POSTGRES, {"own": "alembic_version"})
    )
    with engine.connect() as connection:
        found = [str(row[0]).strip() for row in connection.execute(text(query), given)]
    return ";\n".join(_tidy(one) for one in found) + ";\n"


def _tidy(statement: str) -> str:
    return "\n".join(line.rstrip() for line in statement.splitlines() if line.strip())


def main() -> None:
    GOLDEN.mkdir(exist_ok=True)
    for kind in KINDS:
        with tempfile.TemporaryDirectory() as folder, new_url(kind, Path(folder)) as url:
            engine = open_engine(url)
            (GOLDEN / f"{kind}.sql").write_text(schema_of(engine), encoding="utf-8")
            engine.dispose()


if __name__ == "__main__":
    main()
