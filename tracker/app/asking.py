"""What the ledger says of the world, made ready to be asked.

Owns the way from the ledger's lines to a world and its index, and to the spans
that are the same in tables.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tracker import __version__
from tracker.app.workspace import Workspace
from tracker.collector import many_at_once
from tracker.core.index import Index
from tracker.core.world import World, fold_lines
from tracker.store.sql import SqlLedger

if TYPE_CHECKING:
    from tracker.core.edits import Edit
    from tracker.store.spans import Refreshed

__all__ = ["Asking"]


class Asking(Workspace):
    """A workspace whose ledger can be asked."""

    def world(
        self, *, recorded_by: datetime | None = None, until_position: int | None = None
    ) -> World:
        """What the ledger says of the world, as it held it by `recorded_by` (UTC) if given.

        `until_position` takes it as it stood after that entry, 0 being before the first.
        Raises: NotInitialised, OperationFailed, LedgerBroken.
        """
        lines = SqlLedger(self.engine).lines(until=until_position, recorded_until=recorded_by)
        with many_at_once():
            return fold_lines(lines, known_until=self.today)

    def edits(self) -> tuple[Edit, ...]:
        """Every edit of a feed's item that the ledger holds, oldest first.

        Raises: NotInitialised, OperationFailed, LedgerBroken.
        """
        from tracker.core.edits import edits

        return edits(SqlLedger(self.engine).lines())

    def index(self, world: World) -> Index:
        """The world made ready to be asked again and again."""
        with many_at_once():
            return Index(world)

    def warm(self, index: Index) -> None:
        """Work out beforehand what every answer of `index` needs."""
        with many_at_once():
            index.warm()

    def refresh_spans(self, *, rebuild: bool = False) -> Refreshed:
        """Bring the spans in the database to the ledger and the present policy day.

        Idempotent: nothing is read of the ledger where they are there already.
        `rebuild` makes all of them anew, whatever they say they were made from.
        Raises: NotInitialised, OperationFailed, LedgerBroken.
        """
        from tracker.store.spans import MadeFrom, Refreshed, SqlSpans

        spans, head = SqlSpans(self.engine), SqlLedger(self.engine).head()
        wanted = MadeFrom(head.position, head.hash, self.today, __version__)
        if not rebuild and spans.made_from() == wanted:
            return Refreshed(wanted)
        return spans.refresh(Index(self.world()), version=__version__, rebuild=rebuild)
