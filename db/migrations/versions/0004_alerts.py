"""Which alert went to which target: operational, but losing it would send some of them again."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# Compared byte by byte on both databases.
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "alerts",
        sa.Column("key", TEXT, primary_key=True),
        sa.Column("target", TEXT, primary_key=True),
        sa.Column("about", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("sentence", TEXT, nullable=False),
        sa.Column("link", TEXT),
        sa.Column("noted_at", TEXT, nullable=False),
        sa.Column("ended_at", TEXT),
    )
    op.create_table(
        "alert_targets",
        sa.Column("target", TEXT, primary_key=True),
        sa.Column("since", TEXT, nullable=False),
    )


def downgrade() -> None:
    raise NotImplementedError("a ledger is never taken back: restore a backup instead")
