"""The composition root: settings and a clock on one side, the rooms on the other.

Owns how the rooms meet and nothing of what they do. Every command of the
command line and every job of the schedule is one method here. A room is
entered where it is used, so that a question to the ledger does not have to
load what reads the web or writes pages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from tracker import __version__
from tracker.clock import Clock, SystemClock, next_policy_midnight, policy_day
from tracker.collector import many_at_once
from tracker.config import Settings, shipped
from tracker.core.codec import check_upcasters
from tracker.core.index import Index
from tracker.core.world import World, fold_lines
from tracker.errors import UnknownName
from tracker.store.database import create_database, open_engine, place_named, require_current
from tracker.store.evidence import SqlEvidence
from tracker.store.sources import DueTimes, Pause, SourceState, SourceStates
from tracker.store.sql import SqlLedger

if TYPE_CHECKING:
    from tracker.ingest.run import Polled
    from tracker.ingest.sources import Source
    from tracker.ingest.trial import Trial
    from tracker.proof.desk import Desk
    from tracker.site.publish import Published
    from tracker.store.copying import Copied
    from tracker.store.spans import Refreshed
    from tracker.store.verify import Verdict

__all__ = ["App", "Loaded"]

MIDNIGHT = "policy-midnight"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading the record did: how much it holds and how many entries were new."""

    events: int
    measures: int
    provisions: int
    appended: int


@dataclass(frozen=True)
class App:
    """Everything a user can ask for, on one workspace."""

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
        require_current(engine, self._migrations)
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

    def refresh_spans(self, *, rebuild: bool = False) -> Refreshed:
        """Bring the spans in the database to the ledger and the present policy day.

        Idempotent: nothing is read of the ledger where they are there already.
        `rebuild` makes all of them anew, whatever they say they were made from.
        Raises: NotInitialised, OperationFailed, LedgerBroken.
        """
        from tracker.core.index import Index
        from tracker.store.spans import MadeFrom, Refreshed, SqlSpans

        spans, head = SqlSpans(self.engine), SqlLedger(self.engine).head()
        wanted = MadeFrom(head.position, head.hash, self.today, __version__)
        if not rebuild and spans.made_from() == wanted:
            return Refreshed(wanted)
        return spans.refresh(Index(self.world()), version=__version__, rebuild=rebuild)

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

    def index(self, world: World) -> Index:
        """The world made ready to be asked again and again."""
        with many_at_once():
            return Index(world)

    def warm(self, index: Index) -> None:
        """Work out beforehand what every answer of `index` needs."""
        with many_at_once():
            index.warm()

    def sources(self, file: Path | None = None) -> tuple[Source, ...]:
        """The configured feeds. Raises: BadInput if the file does not read."""
        from tracker.ingest.sources import read_sources

        return read_sources(file or shipped("db/sources.toml"))

    def ingest(
        self,
        sources: Sequence[Source],
        *,
        only: str | None = None,
        everything: bool = False,
        on_result: Callable[[Polled], None] | None = None,
    ) -> tuple[Polled, ...]:
        """Poll the feeds that are due (all with `everything`, one with `only`).

        A feed that fails is told in its result and touches no other.
        Raises: UnknownName for an unknown feed; NotInitialised; OperationFailed
        if the ledger cannot be written.
        """
        from tracker.ingest.fetch import make_client
        from tracker.ingest.run import poll_due

        if only is not None:
            # Asked for by name, a feed that is switched off is polled all the same.
            sources = [replace(source, enabled=True) for source in sources if source.id == only]
            if not sources:
                raise UnknownName(
                    f"there is no source {only!r}", "`tracker ingest --help` says where they stand"
                )
        else:
            resting = SourceStates(self.engine).pauses()
            sources = [source for source in sources if source.id not in resting]
        with make_client(self.settings.contact) as client:
            return poll_due(
                sources,
                ledger=SqlLedger(self.engine),
                evidence=SqlEvidence(self.engine),
                states=SourceStates(self.engine),
                client=client,
                now=self.clock.now,
                allow_private=self.settings.allow_private,
                all=everything or only is not None,
                on_result=on_result,
            )

    def source_states(self) -> tuple[dict[str, SourceState], dict[str, Pause]]:
        """How each feed that was ever polled is doing, and which rest; both by the feed's id.

        Raises: NotInitialised, OperationFailed.
        """
        states = SourceStates(self.engine)
        return {state.source: state for state in states.all()}, states.pauses()

    def try_source(self, url: str, kind: str) -> Trial:
        """What an address serves, without keeping any of it; needs no ledger.

        Raises: SourceFailed; BadInput for an address that cannot be a source's.
        """
        from tracker.ingest.fetch import make_client
        from tracker.ingest.sources import source_on_trial
        from tracker.ingest.trial import try_source

        source = source_on_trial(url, kind)
        with make_client(self.settings.contact) as client:
            return try_source(source, client=client, allow_private=self.settings.allow_private)

    def pause_source(self, source: str, reason: str) -> None:
        """Let a feed rest until it is woken. Raises: NotInitialised, OperationFailed."""
        SourceStates(self.engine).pause(source, at=self.clock.now(), reason=reason)

    def resume_source(self, source: str) -> bool:
        """Wake a feed; False if it did not rest. Raises: NotInitialised, OperationFailed."""
        return SourceStates(self.engine).resume(source)

    def build(
        self, out: Path | None = None, *, progress: Callable[[int, int], None] | None = None
    ) -> Published:
        """Write the site for the present policy day; what has not changed is left as it is.

        The signed checkpoint of what it was made from is published with it.
        Raises: NotInitialised, LedgerBroken, OperationFailed; BadInput for an unusable key.
        """
        from tracker.core.corrections import amendments
        from tracker.site.build import build
        from tracker.site.pages import SiteInputs

        titles = tuple((source.id, source.publisher) for source in self.sources())
        inputs = SiteInputs(
            world=self.world(),
            today=self.today,
            version=__version__,
            base_url=None,
            feeds=titles,
            amendments=amendments(SqlLedger(self.engine).lines()),
            documents=_documents("accuracy", "verification"),
        )
        return build(
            inputs,
            templates=shipped("templates"),
            out=out or self.settings.site,
            extra=self.proving.published(inputs.world.head.position),
            progress=progress,
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
        self, url: str, *, progress: Callable[[int], None] | None = None
    ) -> tuple[str, Copied]:
        """Bring the database of `url` to what the ledger holds, spans included, and say its name.

        All or nothing; an earlier copy gets what is new.
        Raises: BadInput for the URL; NotInitialised, OperationFailed, LedgerBroken.
        """
        from tracker.store.copying import copy_ledger

        engine = self.engine
        other = App(replace(self.settings, database_url=url), self.clock)
        other.init()
        try:
            copied = copy_ledger(engine, other.engine, progress=progress)
            other.refresh_spans()
        finally:
            other.close()
        return other.place, copied

    def midnight_passed(self) -> bool:
        """Whether a policy midnight has gone by since this was last asked; notes the next one.

        The due time is kept in the database: a midnight that passes while
        nothing runs is noticed at the next start.
        """
        now, due = self.clock.now(), DueTimes(self.engine)
        noted = due.due(MIDNIGHT)
        if noted is not None and now < noted:
            return False
        due.set_due(MIDNIGHT, next_policy_midnight(now))
        return noted is not None


def _documents(*names: str) -> dict[str, str]:
    """Pages of the documentation by name, those that came with the package."""
    places = ((name, shipped(f"docs/{name}.md")) for name in names)
    return {name: place.read_text(encoding="utf-8") for name, place in places if place.is_file()}
