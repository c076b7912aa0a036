"""What a schedule that adapts needs to remember of each feed, and which feeds rest by wish.

Operational, like `source_state`: losing any of it costs a poll, not a fact.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, kind in (
        ("why", sa.Text),
        ("asks", sa.Text),
        ("quiet", sa.Integer),
        ("polls", sa.Integer),
        ("last_bytes", sa.BigInteger),
        ("total_bytes", sa.BigInteger),
        ("body_digest", sa.Text),
    ):
        op.add_column("source_state", sa.Column(name, kind))
    op.create_table(
        "source_items",
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("items", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "source_pauses",
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("paused_at", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )


def downgrade() -> None:
    raise NotImplementedError("a ledger is never taken back: restore a backup instead")
