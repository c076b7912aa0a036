"""The workspace of one user: settings, a clock, and the database between them.

Owns how the ledger's database is made, opened and let go. Knows no room but the
store: what is done with a ledger stands in the modules beside this one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from sqlalchemy import Engine

from tracker.clock import Clock, SystemClock, next_policy_midnight, policy_day
from tracker.config import Settings, shipped
from tracker.core.codec import check_upcasters
from tracker.store.database import create_database, open_engine, place_named, require_current
from tracker.store.sources import DueTimes

__all__ = ["Workspace"]

_MIDNIGHT = "policy-midnight"


@dataclass(frozen=True)
class Workspace:
    """A place where a ledger is kept, and the time of day there."""

    settings: Settings
    clock: Clock = field(default_factory=SystemClock)

    @property
    def _migrations(self) -> Path:
        return shipped("db/migrations")

    @cached_property
    def engine(self) -> Engine:
        """The workspace's database, checked to be there and of this version.

        Raises: NotInitialised, DatabaseTooNew, OperationFailed, BadInput; LedgerBroken
        if this program has no way up from a payload of an earlier version.
        """
        check_upcasters()
        engine = open_engine(self.settings.database_url)
        try:
            require_current(engine, self._migrations)
        except BaseException:
            engine.dispose()
            raise
        return engine

    def require_ledger(self) -> None:
        """Make sure that there is a ledger of this version. Raises: as `engine`."""
        _ = self.engine

    @property
    def place(self) -> str:
        """What the workspace's database is called, without a password. Raises: BadInput."""
        return place_named(self.settings.database_url)

    @property
    def today(self) -> date:
        """The present policy day, in New York."""
        return policy_day(self.clock.now())

    def init(self) -> bool:
        """Make the workspace and its ledger, or bring an older one up to date; True if it did.

        Raises: OperationFailed, DatabaseTooNew, BadInput.
        """
        return create_database(self.settings.database_url, migrations=self._migrations)

    def close(self) -> None:
        """Let go of the database. Idempotent."""
        engine = self.__dict__.pop("engine", None)
        if isinstance(engine, Engine):
            engine.dispose()

    def midnight_passed(self) -> bool:
        """Whether a policy midnight has gone by since this was last asked; notes the next one.

        The due time is kept in the database: a midnight that passes while
        nothing runs is noticed at the next start.
        """
        now, due = self.clock.now(), DueTimes(self.engine)
        noted = due.due(_MIDNIGHT)
        if noted is not None and now < noted:
            return False
        due.set_due(_MIDNIGHT, next_policy_midnight(now))
        return noted is not None
