"""The record into the ledger, and the ledger kept: proved, verified, copied, brought back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tracker import __version__
from tracker.app.asking import Asking
from tracker.collector import many_at_once
from tracker.config import shipped
from tracker.store.sql import SqlLedger

if TYPE_CHECKING:
    from tracker.proof.desk import Desk
    from tracker.store.copying import Copied
    from tracker.store.verify import Verdict

__all__ = ["Keeping", "Loaded"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading the record did: how much it holds and how many entries were new."""

    events: int
    measures: int
    provisions: int
    appended: int


class Keeping(Asking):
    """A workspace whose ledger is filled, proved and kept."""

    def load(self, folder: Path | None = None) -> Loaded:
        """Bring the curated record of `folder` (default: the shipped one) into the ledger.

        Idempotent: an unchanged record appends nothing. One atomic batch, and then
        the spans in the database follow.
        Raises: RecordInvalid, BadInput, NotInitialised, OperationFailed.
        """
        from tracker.record.plan import plan_load
        from tracker.record.read import read_record

        record = read_record(folder or shipped("db/record"))
        ledger = SqlLedger(self.engine)
        drafts = plan_load(record, ledger.read())
        appended = ledger.append(drafts, at=self.clock.now())
        self.refresh_spans()
        return Loaded(
            events=len(record.events),
            measures=len(record.measures),
            provisions=sum(len(measure.provisions) for measure in record.measures),
            appended=sum(place.new for place in appended),
        )

    @property
    def proving(self) -> Desk:
        """Where checkpoints are signed and proofs made; a key of our own is made when needed."""
        from tracker.proof.desk import Desk

        ours, ledger = self.settings, SqlLedger(self.engine)
        make = ours.signing_key_file is None
        return Desk(ledger, origin=ours.origin, key_file=ours.signing_key, make_key=make)

    def verify(
        self, *, spans: bool = True, progress: Callable[[int], None] | None = None
    ) -> Verdict:
        """Walk everything the ledger holds; with `spans` compare those with a replay.

        Raises: NotInitialised, OperationFailed.
        """
        from tracker.store.verify import verify

        version = __version__ if spans else None
        with many_at_once():
            return verify(self.engine, version=version, progress=progress)

    def backup(self, file: Path, *, progress: Callable[[int], None] | None = None) -> Copied:
        """Write everything the ledger holds into a new file; it may be in use meanwhile.

        Raises: BadInput if the file is there; NotInitialised, OperationFailed, LedgerBroken.
        """
        from tracker.store.backups import back_up

        return back_up(self.engine, file, migrations=self._migrations, progress=progress)

    def restore(self, file: Path, *, progress: Callable[[int], None] | None = None) -> Copied:
        """Bring a backup into the workspace's ledger, which is made if it is not there.

        All or nothing; then the spans follow.
        Raises: BadInput if it is no backup; OperationFailed if the ledger is not
        empty or cannot be written; LedgerBroken if the backup does not hold.
        """
        from tracker.store.backups import restore

        ours = self.settings
        copied = restore(
            file,
            ours.database_url,
            home=ours.home,
            migrations=self._migrations,
            progress=progress,
        )
        self.refresh_spans()
        return copied

    def copy(
        self,
        url: str,
        *,
        cited_only: bool = False,
        progress: Callable[[int], None] | None = None,
    ) -> tuple[str, Copied]:
        """Bring the database of `url` to what the ledger holds, spans included, and say its name.

        All or nothing; an earlier copy gets what is new. With `cited_only` evidence
        that no entry names stays behind.
        Raises: BadInput for the URL; NotInitialised, OperationFailed, LedgerBroken.
        """
        from tracker.store.copying import copy_ledger

        engine = self.engine
        other = replace(self, settings=replace(self.settings, database_url=url))
        other.init()
        try:
            copied = copy_ledger(engine, other.engine, cited_only=cited_only, progress=progress)
            other.refresh_spans()
        finally:
            other.close()
        return other.place, copied
