"""What a poll came to, and when the source is due next. Pure.

Owns the back-off and the line a person reads. It is handed the instant.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from tracker.errors import SourceFailed
from tracker.ingest.answers import Fetched, Throttled
from tracker.ingest.ports import SourceState, State
from tracker.ingest.sources import Source

__all__ = ["FIRST_WAIT", "MAX_WAIT", "Polled", "after_failure", "after_success", "is_due"]

FIRST_WAIT = timedelta(minutes=5)
"""A source that has just failed is asked again after this."""

MAX_WAIT = timedelta(hours=24)
"""A failing source is asked again after this at the latest: it is never given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What one poll of one source came to.

    `new` and `changed` count reports appended; `bytes` is the size of the body
    unpacked; `error` is there for "failed" only. `next_due_at` is UTC.
    """

    source: Source
    outcome: Literal["new", "unchanged", "failed"]
    new: int = 0
    changed: int = 0
    problems: tuple[str, ...] = ()
    error: SourceFailed | None = None
    bytes: int = 0
    next_due_at: datetime
    moved_to: str | None = None

    def line(self) -> str:
        """The outcome on one line, instants in UTC."""
        if self.error is not None:
            again = f"{self.next_due_at:%H:%M} UTC"
            return f"{self.source.id}: {self.error.message}; it will be tried again at {again}"
        if self.outcome == "unchanged":
            said = "nothing new"
        else:
            counts = ((self.new, "new"), (self.changed, "changed"))
            said = ", ".join(f"{number} {what}" for number, what in counts if number)
        moved = f"; it has moved to {self.moved_to}" if self.moved_to else ""
        return f"{self.source.id}: {said}{moved}"


def is_due(state: State | None, now: datetime) -> bool:
    """Whether a source is to be polled at `now` (UTC, aware)."""
    return state is None or state.next_due_at is None or state.next_due_at <= now


def after_success(
    source: Source,
    before: State | None,
    fetched: Fetched,
    *,
    now: datetime,
    whole: bool,
    brought_news: bool,
) -> SourceState:
    """The state after a poll that was read; due again after the source's interval.

    The ETag and Last-Modified are kept of a `whole` feed only: one that broke
    off has to be sent again in full.
    """
    etag, last_modified = fetched.etag, fetched.last_modified
    if fetched.status == "unchanged" and before is not None:
        etag, last_modified = etag or before.etag, last_modified or before.last_modified
    return SourceState(
        source=source.id,
        etag=etag if whole else None,
        last_modified=last_modified if whole else None,
        next_due_at=now + timedelta(seconds=source.interval_s),
        last_polled_at=now,
        last_success_at=now,
        last_new_at=now if brought_news else (before.last_new_at if before else None),
        moved_to=fetched.moved_permanently_to,
    )


def after_failure(
    source: Source, before: State | None, error: SourceFailed, *, now: datetime
) -> SourceState:
    """The state after a poll that failed: the wait doubles with each failure in a row.

    It begins with five minutes, because most failures are short and a machine
    that starts without a network should not be silent for half a day; it grows
    to 24 hours and no further, and is never shorter than what the source asked
    for (up to 24 hours).
    """
    failures = (before.failures if before else 0) + 1
    wait = min(FIRST_WAIT * 2 ** min(failures - 1, 12), MAX_WAIT)
    if isinstance(error, Throttled):
        wait = max(wait, min(timedelta(seconds=error.retry_after_s), MAX_WAIT))
    return SourceState(
        source=source.id,
        etag=before.etag if before else None,
        last_modified=before.last_modified if before else None,
        next_due_at=now + wait,
        last_polled_at=now,
        last_success_at=before.last_success_at if before else None,
        last_new_at=before.last_new_at if before else None,
        failures=failures,
        last_error_kind=error.kind,
        last_error=error.message,
        moved_to=before.moved_to if before else None,
    )
