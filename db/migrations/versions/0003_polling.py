"""What a schedule that adapts needs to remember of each feed, and which feeds rest by wish.

Operational, like `source_state`: losing any of it costs a poll, not a fact.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Compared byte by byte on both databases.
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    for name, kind in (
        ("why", TEXT),
        ("asks", TEXT),
        ("quiet", sa.Integer),
        ("polls", sa.Integer),
        ("last_bytes", sa.BigInteger),
        ("total_bytes", sa.BigInteger),
        ("body_digest", TEXT),
    ):
        op.add_column("source_state", sa.Column(name, kind))
    op.create_table(
        "source_items",
        sa.Column("source", TEXT, primary_key=True),
        sa.Column("items", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "source_pauses",
        sa.Column("source", TEXT, primary_key=True),
        sa.Column("paused_at", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
    )


def downgrade() -> None:
    raise NotImplementedError("a ledger is never taken back: restore a backup instead")
