"""The feeds: which there are, how they do, and asking them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.app.workspace import Workspace
from tracker.config import shipped
from tracker.errors import UnknownName
from tracker.store.evidence import SqlEvidence
from tracker.store.sources import Pause, SourceState, SourceStates
from tracker.store.sql import SqlLedger

if TYPE_CHECKING:
    from tracker.ingest.run import Polled
    from tracker.ingest.sources import Source
    from tracker.ingest.trial import Trial

__all__ = ["Polling"]


class Polling(Workspace):
    """A workspace that asks its feeds."""

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
