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


def upgrade() -> None:
    position = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "entries",
        sa.Column("position", position, primary_key=True, autoincrement=False),
        sa.Column("stream", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("schema", sa.Integer, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("recorded_at", sa.Text, nullable=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
        sa.Column("previous", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.UniqueConstraint("key", name="entries_key"),
        sa.UniqueConstraint("stream", "version", name="entries_stream_version"),
    )
    op.create_table(
        "evidence",
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("encoding", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("stored_at", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "source_state",
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("next_due_at", sa.Text),
        sa.Column("last_polled_at", sa.Text),
        sa.Column("last_success_at", sa.Text),
        sa.Column("last_new_at", sa.Text),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last_error_kind", sa.Text),
        sa.Column("last_error", sa.Text),
        sa.Column("moved_to", sa.Text),
    )
    op.create_table(
        "due",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("due_at", sa.Text, nullable=False),
    )
    for table in ("entries", "evidence"):
        for what in ("update", "delete"):
            op.execute(_NO_CHANGE.format(table=table, what=what, action=what.upper()))
    op.execute(_ENTRIES_GUARD)
    op.execute(_EVIDENCE_GUARD)


def downgrade() -> None:
    raise NotImplementedError("a ledger is never taken back: restore a backup instead")
