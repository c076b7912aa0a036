"""A worker: takes one job after another until it is told to stop.

Owns how it starts again when the database was away, and how it ends: it takes
nothing more and lets what runs come to its end, for a while.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

import psycopg
from procrastinate.exceptions import ConnectorException

from tracker.errors import OperationFailed
from tracker.jobs.queue import TASK, JobQueue
from tracker.jobs.trouble import meaning

__all__ = ["GRACE_S", "Working", "work"]

GRACE_S = 10.0
"""So many seconds a worker that is told to stop waits for what it is doing."""

_AGAIN_S = 2.0
_LOOK_S = 1.0
_BEAT_S = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """What a worker does and tells.

    `poll` polls the feed of that id, in a thread, and answers for how many
    seconds its host is to be left alone; `failed` is told of a poll that broke,
    `lost` of a database that went away; `alive` is called every few seconds.
    """

    poll: Callable[[str], float]
    failed: Callable[[str, Exception], None]
    lost: Callable[[OperationFailed], None]
    alive: Callable[[], None]


def work(queue: JobQueue, working: Working, *, concurrency: int, heartbeat_s: float) -> None:
    """Take jobs until SIGINT or SIGTERM; at most `concurrency` at once. Main thread only.

    It says every `heartbeat_s` seconds that it lives. On return nothing more is
    taken; a poll that outlasted the grace may still run in its thread, so the
    process should end at once: its feed is due still.
    """
    asyncio.run(_Worker(queue, working, concurrency, heartbeat_s).until_told())


class _Worker:
    def __init__(
        self, queue: JobQueue, working: Working, concurrency: int, heartbeat_s: float
    ) -> None:
        self._queue, self._working = queue, working
        self._concurrency, self._heartbeat_s = concurrency, heartbeat_s
        # Not asyncio's own: that is waited for at the end, however long a fetch takes.
        self._threads = ThreadPoolExecutor(concurrency, thread_name_prefix="poll")

    async def until_told(self) -> None:
        loop, told = asyncio.get_running_loop(), asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, told.set)
        beating = asyncio.create_task(self._beat())
        stopping = asyncio.create_task(told.wait())
        while not told.is_set():
            life = asyncio.create_task(self._live())
            await asyncio.wait({life, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if told.is_set():
                life.cancel()  # procrastinate takes nothing more then, and waits for its jobs
            with suppress(asyncio.CancelledError):
                await life
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(stopping), _AGAIN_S)
        beating.cancel()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _beat(self) -> None:
        while True:
            self._working.alive()
            await asyncio.sleep(_BEAT_S)

    async def _live(self) -> None:
        """One life of procrastinate's worker: it ends when the database goes away."""
        app = self._queue.open_app(connections=self._concurrency + 2)
        app.task(name=TASK)(self._poll)
        try:
            async with app.open_async():
                await app.run_worker_async(
                    concurrency=self._concurrency,
                    install_signal_handlers=False,
                    shutdown_graceful_timeout=GRACE_S,
                    update_heartbeat_interval=self._heartbeat_s,
                    stalled_worker_timeout=max(30.0, 3 * self._heartbeat_s),
                    fetch_job_polling_interval=_LOOK_S,
                    # What a job came to stands with its feed: the queue holds what is to be done.
                    delete_jobs="always",
                )
        except (ConnectorException, psycopg.Error) as error:
            self._working.lost(meaning(error, self._queue.explain))

    async def _poll(self, source: str) -> None:
        loop = asyncio.get_running_loop()
        try:
            rest_s = await loop.run_in_executor(self._threads, self._working.poll, source)
        except Exception as error:  # noqa: BLE001 - one feed must not end the worker
            self._working.failed(source, error)
            return
        # The job holds its host's lock: nobody asks that host while it rests.
        await asyncio.sleep(rest_s)
