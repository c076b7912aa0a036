"""Running the migrations. The only module that imports Alembic.

Apart from `database` because the import is slow and only `tracker init` needs it.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

__all__ = ["to_head"]


def to_head(connection: Connection, migrations: Path) -> None:
    """Run every migration the database lacks inside the transaction of `connection`."""
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
