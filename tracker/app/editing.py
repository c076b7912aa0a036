"""The review of a workspace: its desk, and accepted events on their way into the files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tracker.app.keeping import Keeping
from tracker.app.polling import Polling
from tracker.config import shipped
from tracker.store.sql import SqlLedger

if TYPE_CHECKING:
    from tracker.app.reviewing import Reviewing
    from tracker.review.desk import Exported

__all__ = ["Editing"]


class Editing(Keeping, Polling):
    """A workspace with an editor in it."""

    def reviewing(self, editor: str | None = None) -> Reviewing:
        """The desk, for that editor; None for somebody who only looks.

        Raises: BadInput if the list of feeds does not read.
        """
        from tracker.app.reviewing import Reviewing

        return Reviewing(self, self.world, self.sources(), editor=editor, after=self.refresh_spans)

    def export_review(self, editor: str, folder: Path | None = None) -> tuple[Exported, ...]:
        """Write accepted events into the record of `folder` (default: the shipped one).

        Raises: as `filing.export_accepted`; NotInitialised.
        """
        from tracker.app.filing import export_accepted

        return export_accepted(
            SqlLedger(self.engine),
            self.world(),
            folder or shipped("db/record"),
            editor=editor,
            at=self.clock.now(),
        )
