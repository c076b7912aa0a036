"""A running tracker seen from outside: what its database says for the metrics and the health."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from tracker import __version__
from tracker.app.sharing import Sharing
from tracker.errors import NotInitialised, TrackerError
from tracker.store.dialects import server_arguments
from tracker.store.sql import SqlLedger

if TYPE_CHECKING:
    from tracker.ingest.sources import Source
    from tracker.observe.health import Beat, Health
    from tracker.observe.metrics import Snapshot

__all__ = ["Watching"]


class Watching(Sharing):
    """A workspace that can be watched."""

    def moment(self) -> tuple[int, date]:
        """What a site is made of: the last entry's position, and the present policy day.

        Raises: NotInitialised, OperationFailed.
        """
        return SqlLedger(self.engine).head().position, self.today

    def snapshot(self, sources: Sequence[Source], beats: Mapping[str, Beat]) -> Snapshot:
        """What the database says now of the ledger, these feeds and the queue. Raises nothing.

        A database that does not answer is told as such: nothing else is known then.
        """
        from tracker.observe.metrics import Snapshot, SourceReading

        try:
            entries = SqlLedger(self.engine).head().position
            states, resting = self.source_states()
            readings = []
            for source in sources:
                state = states.get(source.id)
                reading = SourceReading(
                    source=source.id,
                    failures=0 if state is None else state.failures,
                    paused=source.id in resting or not source.enabled,
                    next_due=None if state is None else _seconds(state.next_due_at),
                    last_success=None if state is None else _seconds(state.last_success_at),
                    last_new=None if state is None else _seconds(state.last_new_at),
                )
                readings.append(reading)
            jobs = {} if server_arguments(self.engine) is None else self._jobs()
        except TrackerError:
            return Snapshot(version=__version__, beats=beats)
        return Snapshot(
            version=__version__, entries=entries, sources=tuple(readings), jobs=jobs, beats=beats
        )

    def _jobs(self) -> dict[str, int]:
        """The jobs by their state; none where there is no queue."""
        try:
            return self.queue.counts()
        except TrackerError:
            return {}

    def health(self, sources: Sequence[Source], beats: Mapping[str, Beat]) -> Health:
        """Whether ticks come and the ledger answers, and how many feeds fail. Raises nothing."""
        from tracker.observe.health import Feeds, Ledger, examine

        ledger, feeds = None, None
        try:
            ledger = Ledger(entries=SqlLedger(self.engine).head().position)
            states, resting = self.source_states()
            polled = [states[source.id] for source in sources if source.id in states]
            feeds = Feeds(
                listed=len(sources),
                failing=sum(state.failures > 0 for state in polled),
                never_polled=len(sources) - len(polled),
                resting=sum(one.id in resting or not one.enabled for one in sources),
            )
        except NotInitialised:
            pass  # a folder is served without a ledger, too
        except TrackerError as error:
            ledger, feeds = Ledger(trouble=error.message), None
        return examine(beats, now=self.clock.now(), version=__version__, ledger=ledger, feeds=feeds)


def _seconds(instant: datetime | None) -> float | None:
    return None if instant is None else instant.timestamp()
