"""The feeds: which there are, how they do, and asking them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.app.listing import Listing
from tracker.errors import UnknownName
from tracker.store.evidence import SqlEvidence
from tracker.store.sources import Pause, SourceState, SourceStates
from tracker.store.sql import SqlLedger

if TYPE_CHECKING:
    from tracker.ingest.apart import Readers
    from tracker.ingest.run import Polled
    from tracker.ingest.sources import Source
    from tracker.ingest.web import Web

__all__ = ["Polling", "Tools"]


@dataclass(frozen=True, slots=True)
class Tools:
    """What a poll uses and the next one can use again, of any thread."""

    client: Web
    reader: Readers


class Polling(Listing):
    """A workspace that asks its feeds."""

    @contextmanager
    def tools(self) -> Iterator[Tools]:
        """What `ingest` would otherwise make for each call: for whoever polls feed by feed."""
        from tracker.ingest.apart import Readers
        from tracker.ingest.fetch import make_client

        with make_client(self.settings.contact) as client, Readers() as reader:
            yield Tools(client, reader)

    def ingest(
        self,
        sources: Sequence[Source],
        *,
        only: str | None = None,
        everything: bool = False,
        on_result: Callable[[Polled], None] | None = None,
        tools: Tools | None = None,
    ) -> tuple[Polled, ...]:
        """Poll the feeds that are due (all with `everything`, one with `only`).

        A feed that fails is told in its result and touches no other. `tools` that
        the caller holds are used and left open.
        Raises: UnknownName for an unknown feed; NotInitialised; OperationFailed
        if the ledger cannot be written.
        """
        from tracker.ingest.run import poll_due

        if only is not None:
            # Asked for by name, a feed that is switched off is polled all the same.
            sources = [replace(source, enabled=True) for source in sources if source.id == only]
            if not sources:
                raise UnknownName(f"there is no source {only!r}", "`tracker sources` lists them")
        else:
            resting = SourceStates(self.engine).pauses()
            sources = [source for source in sources if source.id not in resting]
        with self.tools() if tools is None else nullcontext(tools) as used:
            return poll_due(
                sources,
                ledger=SqlLedger(self.engine),
                evidence=SqlEvidence(self.engine),
                states=SourceStates(self.engine),
                client=used.client,
                now=self.clock.now,
                allow_private=self.settings.allow_private,
                all=everything or only is not None,
                on_result=on_result,
                reader=used.reader,
            )

    def source_states(self) -> tuple[dict[str, SourceState], dict[str, Pause]]:
        """How each feed that was ever polled is doing, and which rest; both by the feed's id.

        Raises: NotInitialised, OperationFailed.
        """
        states = SourceStates(self.engine)
        return {state.source: state for state in states.all()}, states.pauses()

    def pause_source(self, source: str, reason: str) -> None:
        """Let a feed rest until it is woken. Raises: NotInitialised, OperationFailed."""
        SourceStates(self.engine).pause(source, at=self.clock.now(), reason=reason)

    def resume_source(self, source: str) -> bool:
        """Wake a feed; False if it did not rest. Raises: NotInitialised, OperationFailed."""
        return SourceStates(self.engine).resume(source)
