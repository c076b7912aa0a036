"""The dumb timer: a few jobs in memory that tick. When something is due stands in the database.

The only importer of apscheduler. A tick never raises: what went wrong is handed
to `on_error` and the next tick comes all the same.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

__all__ = ["Job", "Ticker"]


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do every `every_s` seconds. It must be quick to find that nothing is due."""

    name: str
    every_s: float
    run: Callable[[], None]


class Ticker:
    """Runs jobs in background threads, each at most once at a time.

    A tick that comes late is run late, several late ones once (`coalesce`, no
    misfire grace): a laptop that slept catches up instead of losing its turn.
    """

    def __init__(self, jobs: Sequence[Job], *, on_error: Callable[[str, Exception], None]) -> None:
        self._on_error = on_error
        # That a tick is left out while the last one still works is as it should be.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(max(1, len(jobs)))},
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        for job in jobs:
            self._scheduler.add_job(
                self._guarded(job), "interval", seconds=job.every_s, id=job.name, name=job.name
            )

    def _guarded(self, job: Job) -> Callable[[], None]:
        def tick() -> None:
            try:
                job.run()
            except Exception as error:  # noqa: BLE001 - a tick must never end the schedule
                self._on_error(job.name, error)

        return tick

    def start(self) -> None:
        """Begin ticking; the first tick comes one interval from now."""
        self._scheduler.start()

    def stop(self) -> None:
        """Let no further tick begin. Does not wait for one that is running. Idempotent."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
