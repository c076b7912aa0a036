"""What is measured: the tracker as the application puts it together.

Owns the way in. Reading and indexing go through the composition root, so that
its settings (the collector paused meanwhile, checks on the file) are measured
with them.
"""

from __future__ import annotations

from pathlib import Path

from tests.bench.worlds import Synthetic, read_back
from tracker.app import App
from tracker.config import Settings
from tracker.core.index import Index
from tracker.core.world import World

__all__ = ["application", "index_of", "warm", "world_of_file"]


def application(file: Path) -> App:
    """The application on the ledger at `file`."""
    return App(Settings(home=file.parent, database_url=f"sqlite:///{file}"))


def world_of_file(file: Path) -> World:
    """Read the ledger as every command does."""
    app = application(file)
    try:
        return app.world()
    finally:
        app.close()


def index_of(world: World | Synthetic) -> Index:
    """Index a world as every command does; a synthetic one is folded first, without a file."""
    read = world if isinstance(world, World) else read_back(world)
    return application(Path("unused/ledger.db")).index(read)


def warm(index: Index) -> None:
    """Make an index warm as the application does."""
    application(Path("unused/ledger.db")).warm(index)
