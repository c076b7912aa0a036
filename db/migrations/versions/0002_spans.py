"""Policy state over both clocks as tables, for those who ask the database itself.

Projections: they may be emptied and made anew at any time, so they have no guards.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Compared byte by byte on both databases.
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "spans",
        sa.Column("measure", TEXT, primary_key=True),
        sa.Column("provision", TEXT, primary_key=True),
        sa.Column("known_from", TEXT, primary_key=True),
        sa.Column("on_from", TEXT, primary_key=True),
        sa.Column("known_until", TEXT),
        sa.Column("on_until", TEXT),
        sa.Column("imposer", TEXT, nullable=False),
        sa.Column("authority", TEXT, nullable=False),
        sa.Column("targets", TEXT, nullable=False),
        sa.Column("products", TEXT, nullable=False),
        sa.Column("hts", TEXT, nullable=False),
        sa.Column("origin", TEXT, nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("rate_pct", TEXT),
        sa.Column("rate", sa.Float),
        sa.Column("basis", TEXT, nullable=False),
        sa.Column("rate_text", TEXT),
        sa.Column("effective_from", TEXT),
        sa.Column("effective_until", TEXT),
        sa.Column("starts", TEXT),
        sa.Column("ends", TEXT),
        sa.Column("alternatives", TEXT, nullable=False),
        sa.Column("pending", TEXT, nullable=False),
        sa.Column("events", TEXT, nullable=False),
        sa.Column("doubts", TEXT, nullable=False),
        sa.Column("wording", TEXT, nullable=False),
        sa.Column("ended", sa.Integer, nullable=False),
        sa.Column("unsure", sa.Integer, nullable=False),
        sa.Column("reads", TEXT, nullable=False),
        sa.CheckConstraint("known_until IS NULL OR known_from < known_until", name="spans_known"),
        sa.CheckConstraint("on_until IS NULL OR on_from < on_until", name="spans_on"),
    )
    op.create_index("spans_of_place", "spans", ["measure", "provision", "known_until", "on_from"])
    op.create_index("spans_still_known", "spans", ["known_until", "on_from", "on_until"])
    op.create_index("spans_on_day", "spans", ["on_from", "on_until", "known_from", "known_until"])
    op.create_table(
        "span_places",
        sa.Column("measure", TEXT, primary_key=True),
        sa.Column("provision", TEXT, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("digest", TEXT, nullable=False),
    )
    op.create_table(
        "span_countries",
        sa.Column("country", TEXT, primary_key=True),
        sa.Column("measure", TEXT, primary_key=True),
        sa.Column("provision", TEXT, primary_key=True),
    )
    op.create_table(
        "projections",
        sa.Column("name", TEXT, primary_key=True),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hash", TEXT, nullable=False),
        sa.Column("as_of", TEXT),
        sa.Column("version", TEXT, nullable=False),
    )


def downgrade() -> None:
    raise NotImplementedError("a ledger is never taken back: restore a backup instead")
