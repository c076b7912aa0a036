"""The queue as schedulers see it: share out what is due, take back what a dead worker held.

Owns the locks. A feed waits in the queue once at most (its queueing lock), and
of one host one job runs at a time on all machines together (its lock), so that
no publisher is asked twice at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Job, Status

from tracker.jobs.place import SCHEMA, arguments_within, make_place, require_place
from tracker.jobs.trouble import Explain, translated

__all__ = ["TASK", "JobQueue", "Shared", "Task"]

_T = TypeVar("_T")
TASK = "poll"
_QUEUE = "feeds"
_OPEN_S = 15.0
_COUNT = (
    f"SELECT status::text AS status, count(*) AS number FROM {SCHEMA}.procrastinate_jobs GROUP BY 1"  # noqa: S608
)
_RUNNING = f"SELECT queueing_lock FROM {SCHEMA}.procrastinate_jobs WHERE status = 'doing'"  # noqa: S608


def _finished(work: Coroutine[Any, Any, _T]) -> _T:
    """What the work comes to, in a loop of its own: the caller may live in one already."""
    with ThreadPoolExecutor(1, "queue") as aside:
        return aside.submit(asyncio.run, work).result()


@dataclass(frozen=True, slots=True)
class Task:
    """A feed that is due, and the host that it asks."""

    source: str
    host: str


@dataclass(frozen=True, slots=True)
class Shared:
    """What a tick came to: jobs put into the queue, those that waited or ran there already.

    `taken_back` counts the jobs of workers that had died.
    """

    shared: int = 0
    waiting: int = 0
    taken_back: int = 0


class JobQueue:
    """The queue in one database. Opens nothing before it is used."""

    def __init__(self, arguments: Mapping[str, Any], explain: Explain) -> None:
        """`arguments` are those of a psycopg connection; `explain` tells what its errors mean."""
        self.arguments = dict(arguments)
        self.explain = explain

    def make(self) -> bool:
        """Make the queue or bring it up to date; True if it did. Raises: OperationFailed."""
        return make_place(self.arguments, self.explain)

    def require(self) -> None:
        """Make sure that it is there. Raises: NotInitialised, OperationFailed."""
        require_place(self.arguments, self.explain)

    def open_app(self, *, connections: int) -> App:
        """Procrastinate's app on this queue, not opened yet."""
        connector = PsycopgConnector(
            kwargs=arguments_within(self.arguments),
            min_size=1,
            max_size=connections,
            timeout=_OPEN_S,
        )
        return App(connector=connector)

    def share(self, tasks: Sequence[Task], *, stalled_after_s: float) -> Shared:
        """Put what is due into the queue, once each, and take back what dead workers held.

        A worker is dead that has not said for `stalled_after_s` seconds that it
        lives. Its jobs are dropped: what they should have done is due still, and
        among `tasks` now or at the next tick. Safe to do on many machines at once.
        Raises: OperationFailed if the database does not answer; what was put in
        until then stays.
        """
        with translated(self.explain):
            return _finished(self._share(tasks, stalled_after_s))

    async def _share(self, tasks: Sequence[Task], stalled_after_s: float) -> Shared:
        app = self.open_app(connections=1)
        async with app.open_async():
            taken_back = await self._take_back(app, stalled_after_s)
            rows = await app.connector.execute_query_all_async(_RUNNING)
            running, shared = {row["queueing_lock"] for row in rows}, 0
            for task in tasks:
                if task.source in running:
                    continue
                deferrer = app.configure_task(
                    TASK, queue=_QUEUE, queueing_lock=task.source, lock=task.host
                )
                try:
                    await deferrer.defer_async(source=task.source)
                except AlreadyEnqueued:
                    continue
                shared += 1
        return Shared(shared, len(tasks) - shared, taken_back)

    async def _take_back(self, app: App, stalled_after_s: float) -> int:
        manager, taken = app.job_manager, 0
        jobs: Sequence[Job] = [
            *await manager.get_stalled_jobs(seconds_since_heartbeat=stalled_after_s)
        ]
        for job in jobs:
            if job.id is None:
                continue
            try:
                await manager.finish_job_by_id_async(job.id, Status.FAILED, delete_job=True)
            except ConnectorException:
                # Another scheduler was faster, or the worker lives and has just finished.
                continue
            taken += 1
        return taken

    def counts(self) -> dict[str, int]:
        """How many jobs are in the queue, by their state ("todo", "doing").

        Raises: NotInitialised, OperationFailed.
        """
        with translated(self.explain):
            return _finished(self._counts())

    async def _counts(self) -> dict[str, int]:
        app = self.open_app(connections=1)
        async with app.open_async():
            rows = await app.connector.execute_query_all_async(_COUNT)
        return {str(row["status"]): int(row["number"]) for row in rows}
