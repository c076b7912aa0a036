"""What a poll came to, and when the source is due next. Pure.

Owns the state a poll leaves and the line a person reads. It is handed the
instant; the pace belongs to `pace`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from tracker.errors import SourceFailed
from tracker.ingest.answers import Fetched, Throttled
from tracker.ingest.hints import Hints, read_hints
from tracker.ingest.pace import FIRST_WAIT, MAX_WAIT, Next, gone, next_poll, retry
from tracker.ingest.ports import SourceState, State
from tracker.ingest.sources import Source

__all__ = ["FIRST_WAIT", "MAX_WAIT", "Polled", "after_failure", "after_success", "is_due"]


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
    hints: Hints | None = None,
    body_digest: str | None = None,
) -> SourceState:
    """The state after a poll that was read, due again as `pace.next_poll` says.

    The ETag, Last-Modified and digest are kept of a `whole` feed only: one that
    broke off has to be sent again in full. `hints` are what the feed asks for,
    None where it was not read this time: then the last ones hold.
    """
    etag, last_modified = fetched.etag, fetched.last_modified
    if fetched.status == "unchanged" and before is not None:
        etag, last_modified = etag or before.etag, last_modified or before.last_modified
        body_digest = before.body_digest
    asked = hints if hints is not None else read_hints(before.asks if before else None)
    quiet = 0 if brought_news else ((before.quiet or 0) if before else 0) + 1
    due = next_poll(
        source.id,
        timedelta(seconds=source.interval_s),
        now=now,
        hints=msgspec.structs.replace(asked, wait_s=max(asked.wait_s, fetched.fresh_s)),
        quiet=quiet,
    )
    return SourceState(
        source=source.id,
        etag=etag if whole else None,
        last_modified=last_modified if whole else None,
        next_due_at=due.at,
        last_polled_at=now,
        last_success_at=now,
        last_new_at=now if brought_news else (before.last_new_at if before else None),
        moved_to=fetched.moved_permanently_to,
        why=due.why,
        asks=msgspec.json.encode(asked).decode(),
        quiet=quiet,
        polls=((before.polls or 0) if before else 0) + 1,
        last_bytes=len(fetched.body),
        total_bytes=((before.total_bytes or 0) if before else 0) + len(fetched.body),
        body_digest=body_digest if whole else None,
    )


def after_failure(
    source: Source, before: State | None, error: SourceFailed, *, now: datetime
) -> SourceState:
    """The state after a poll that failed, due again as `pace.retry` says: never given up."""
    failures = (before.failures if before else 0) + 1
    due = _after(source, error, failures, now)
    return SourceState(
        source=source.id,
        etag=before.etag if before else None,
        last_modified=before.last_modified if before else None,
        next_due_at=due.at,
        last_polled_at=now,
        last_success_at=before.last_success_at if before else None,
        last_new_at=before.last_new_at if before else None,
        failures=failures,
        last_error_kind=error.kind,
        last_error=error.message,
        moved_to=before.moved_to if before else None,
        why=due.why,
        asks=before.asks if before else None,
        quiet=before.quiet if before else None,
        polls=((before.polls or 0) if before else 0) + 1,
        total_bytes=before.total_bytes if before else None,
        body_digest=before.body_digest if before else None,
    )


def _after(source: Source, error: SourceFailed, failures: int, now: datetime) -> Next:
    if error.kind == "gone":
        return gone(source.id, now=now)
    asked = None
    if isinstance(error, Throttled):
        asked = timedelta(seconds=error.retry_after_s)
        if error.retry_at is not None:
            asked = max(asked, error.retry_at - now)
    return retry(source.id, now=now, failures=failures, asked=asked)
