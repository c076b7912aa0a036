"""Policy state over both clocks as tables, for those who ask the database itself.

Projections: they may be emptied and made anew at any time, so they have no guards.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "spans",
        sa.Column("measure", sa.Text, primary_key=True),
        sa.Column("provision", sa.Text, primary_key=True),
        sa.Column("known_from", sa.Text, primary_key=True),
        sa.Column("on_from", sa.Text, primary_key=True),
        sa.Column("known_until", sa.Text),
        sa.Column("on_until", sa.Text),
        sa.Column("imposer", sa.Text, nullable=False),
        sa.Column("authority", sa.Text, nullable=False),
        sa.Column("targets", sa.Text, nullable=False),
        sa.Column("products", sa.Text, nullable=False),
        sa.Column("hts", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("rate_pct", sa.Text),
        sa.Column("rate", sa.Float),
        sa.Column("basis", sa.Text, nullable=False),
        sa.Column("rate_text", sa.Text),
        sa.Column("effective_from", sa.Text),
        sa.Column("effective_until", sa.Text),
        sa.Column("starts", sa.Text),
        sa.Column("ends", sa.Text),
        sa.Column("alternatives", sa.Text, nullable=False),
        sa.Column("pending", sa.Text, nullable=False),
        sa.Column("events", sa.Text, nullable=False),
        sa.Column("doubts", sa.Text, nullable=False),
        sa.Column("wording", sa.Text, nullable=False),
        sa.Column("ended", sa.Integer, nullable=False),
        sa.Column("unsure", sa.Integer, nullable=False),
        sa.Column("reads", sa.Text, nullable=False),
        sa.CheckConstraint("known_until IS NULL OR known_from < known_until", name="spans_known"),
        sa.CheckConstraint("on_until IS NULL OR on_from < on_until", name="spans_on"),
    )
    op.create_index("spans_of_place", "spans", ["measure", "provision", "known_until", "on_from"])
    op.create_index("spans_still_known", "spans", ["known_until", "on_from", "on_until"])
    op.create_index("spans_on_day", "spans", ["on_from", "on_until", "known_from", "known_until"])
    op.create_table(
        "span_places",
        sa.Column("measure", sa.Text, primary_key=True),
        sa.Column("provision", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
    )
    op.create_table(
        "span_countries",
        sa.Column("country", sa.Text, primary_key=True),
        sa.Column("measure", sa.Text, primary_key=True),
        sa.Column("provision", sa.Text, primary_key=True),
    )
    op.create_table(
        "projections",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("as_of", sa.Text),
        sa.Column("version", sa.Text, nullable=False),
    )


def downgrade() -> None:
    raise NotImplementedError("a ledger is never taken back: restore a backup instead")
