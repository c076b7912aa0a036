"""The review of a workspace: its desk, and accepted events on their way into the files."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.app.keeping import Keeping
from tracker.app.polling import Polling
from tracker.config import shipped
from tracker.store.sql import SqlLedger

if TYPE_CHECKING:
    from tracker.app.readings import Readings
    from tracker.app.reviewing import Reviewing
    from tracker.core.world import World
    from tracker.review.desk import Exported
    from tracker.site.unconfirmed import DraftOffer

__all__ = ["Editing"]


class Editing(Keeping, Polling):
    """A workspace with an editor in it."""

    @cached_property
    def readings(self) -> Readings:
        """What items of feeds were found to say, kept beside the ledger: a shortcut only."""
        from tracker.app.readings import Readings

        return Readings(self.settings.home / "readings.json")

    def reviewing(self, editor: str | None = None) -> Reviewing:
        """The desk, for that editor; None for somebody who only looks.

        Raises: BadInput if the list of feeds does not read.
        """
        from tracker.app.reviewing import Reviewing

        return Reviewing(
            self,
            self.world,
            self.sources(),
            editor=editor,
            readings=self.readings,
            after=self.refresh_spans,
        )

    def unconfirmed(self, world: World) -> tuple[DraftOffer, ...]:
        """The drafts that wait for an editor, as the site shows them.

        Raises: BadInput as `reviewing`; OperationFailed, LedgerBroken.
        """
        if not world.reports:
            return ()
        from tracker.app.reviewing import Reviewing
        from tracker.app.unconfirmed import unconfirmed

        desk = Reviewing(self, lambda: world, self.sources(), readings=self.readings)
        return unconfirmed(desk, self.today)

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
