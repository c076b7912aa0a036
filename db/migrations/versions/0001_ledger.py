"""The ledger, its evidence and the operational tables beside them.

Written out in full and never edited again: it is what databases out there were
made with. Later changes are later files, named by the next four digits.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Compared byte by byte on both databases.
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

_NO_CHANGE = """\
CREATE TRIGGER {table}_no_{what} BEFORE {action} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""

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

_POSTGRES_REFUSE = """\
CREATE FUNCTION tracker_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
    MESSAGE = TG_TABLE_NAME || ' is append-only';
END
$$"""

_POSTGRES_NEXT = """\
CREATE FUNCTION tracker_next() RETURNS trigger LANGUAGE plpgsql
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
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
$$"""

_POSTGRES_NO_CHANGE = """\
CREATE TRIGGER {table}_no_{what} BEFORE {action} ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION tracker_refuse()"""

_POSTGRES_GUARD = """\
CREATE TRIGGER entries_guard AFTER INSERT ON entries REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION tracker_next()"""


def upgrade() -> None:
    position = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "entries",
        sa.Column("position", position, primary_key=True, autoincrement=False),
        sa.Column("stream", TEXT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("type", TEXT, nullable=False),
        sa.Column("schema", sa.Integer, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
        sa.Column("previous", TEXT, nullable=False),
        sa.Column("hash", TEXT, nullable=False),
        sa.UniqueConstraint("key", name="entries_key"),
        sa.UniqueConstraint("stream", "version", name="entries_stream_version"),
    )
    op.create_table(
        "evidence",
        sa.Column("digest", TEXT, primary_key=True),
        sa.Column("media_type", TEXT, nullable=False),
        sa.Column("encoding", TEXT, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("stored_at", TEXT, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "source_state",
        sa.Column("source", TEXT, primary_key=True),
        sa.Column("etag", TEXT),
        sa.Column("last_modified", TEXT),
        sa.Column("next_due_at", TEXT),
        sa.Column("last_polled_at", TEXT),
        sa.Column("last_success_at", TEXT),
        sa.Column("last_new_at", TEXT),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last_error_kind", TEXT),
        sa.Column("last_error", TEXT),
        sa.Column("moved_to", TEXT),
    )
    op.create_table(
        "due",
        sa.Column("name", TEXT, primary_key=True),
        sa.Column("due_at", TEXT, nullable=False),
    )
    if op.get_bind().dialect.name == "postgresql":
        _guard_on_postgres()
        return
    for table in ("entries", "evidence"):
        for what in ("update", "delete"):
            op.execute(_NO_CHANGE.format(table=table, what=what, action=what.upper()))
    op.execute(_ENTRIES_GUARD)
    op.execute(_EVIDENCE_GUARD)


def _guard_on_postgres() -> None:
    op.execute(_POSTGRES_REFUSE)
    op.execute(_POSTGRES_NEXT)
    for table in ("entries", "evidence"):
        for what in ("update", "delete", "truncate"):
            change = _POSTGRES_NO_CHANGE
            op.execute(change.format(table=table, what=what, action=what.upper()))
    op.execute(_POSTGRES_GUARD)


def downgrade() -> None:
    raise NotImplementedError("a ledger is never taken back: restore a backup instead")
