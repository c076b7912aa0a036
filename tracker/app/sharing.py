"""Polling shared among machines: schedulers say what is due, workers poll it.

Owns how the ledger's state of the feeds and the job queue meet. What a poll is
and who may be polled is the same as on one machine: `polling`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING

from tracker.app.polling import Polling, Tools
from tracker.errors import BadInput, OperationFailed, UnknownName
from tracker.store.dialects import dialect_of, server_arguments

if TYPE_CHECKING:
    from tracker.ingest.run import Polled
    from tracker.ingest.sources import Source
    from tracker.jobs.queue import JobQueue, Shared

__all__ = ["Sharing"]


class Sharing(Polling):
    """A workspace whose polling can be shared with other machines."""

    def init(self) -> bool:
        """As `Workspace.init`; on a server it makes the job queue too.

        Raises: as there.
        """
        made = super().init()
        if server_arguments(self.engine) is None or find_spec("procrastinate") is None:
            return made
        return self.queue.make() or made

    @property
    def queue(self) -> JobQueue:
        """The job queue beside the ledger; `require` says whether it has been made.

        Raises: BadInput if the ledger is a file of one machine; OperationFailed if
        procrastinate is not installed; as `engine`.
        """
        arguments = server_arguments(self.engine)
        if arguments is None:
            raise BadInput(
                f"{self.place} is a file of one machine, and work is shared through PostgreSQL",
                "On one machine `tracker run` does everything; `tracker copy --to URL` moves the "
                "ledger, then name it in TRACKER_DATABASE_URL",
            )
        if find_spec("procrastinate") is None:
            raise OperationFailed(
                "sharing work needs procrastinate, which is not installed",
                "Install it with `pip install 'tracker[postgres]'`",
            )
        from tracker.jobs.queue import JobQueue

        return JobQueue(arguments, partial(dialect_of(self.engine).explain, engine=self.engine))

    def share(self, sources: Sequence[Source], *, stalled_after_s: float) -> Shared:
        """Put the feeds that are due into the queue, and take back what dead workers held.

        A worker is dead that has said nothing for `stalled_after_s` seconds.
        Raises: BadInput, NotInitialised, OperationFailed.
        """
        from tracker.ingest.hosts import host_of
        from tracker.ingest.outcome import is_due
        from tracker.jobs.queue import Task

        states, resting = self.source_states()
        now = self.clock.now()
        due = [
            Task(source.id, host_of(source.url))
            for source in sources
            if source.enabled and source.id not in resting and is_due(states.get(source.id), now)
        ]
        return self.queue.share(due, stalled_after_s=stalled_after_s)

    def poll_shared(
        self,
        source: str,
        sources: Sequence[Source],
        *,
        told: Callable[[Polled], None],
        tools: Tools,
    ) -> float:
        """Poll a feed that the queue names, if it is due still, and tell what it came to.

        Answers for how many seconds its host wants to be left alone then. A poll
        that was made already, here or elsewhere, is not made again.
        Raises: UnknownName if it is not among `sources`; as `ingest`.
        """
        from tracker.ingest.hosts import host_of, spacing_of

        found = [one for one in sources if one.id == source]
        if not found:
            raise UnknownName(
                f"the queue names a feed {source!r} that is not on the list here",
                "Give every machine the same list of feeds",
            )
        polled = self.ingest(found, on_result=told, tools=tools)
        return spacing_of(host_of(found[0].url)) if polled else 0.0

    def work(
        self,
        *,
        poll: Callable[[str], float],
        failed: Callable[[str, Exception], None],
        lost: Callable[[OperationFailed], None],
        alive: Callable[[], None],
        concurrency: int,
        heartbeat_s: float,
    ) -> None:
        """Take jobs until SIGINT or SIGTERM, as `jobs.worker.work` says.

        Raises: BadInput, OperationFailed before the first.
        """
        from tracker.jobs.worker import Working, work

        working = Working(poll=poll, failed=failed, lost=lost, alive=alive)
        work(self.queue, working, concurrency=concurrency, heartbeat_s=heartbeat_s)
