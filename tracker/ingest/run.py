"""A poll from end to end: fetch, read, keep, append, remember, in this order.

Owns the order. The state of a source is saved last, so a poll that is killed
anywhere is made again and, since deciding knows what is held, adds nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime

from tracker.core.codec import sha256
from tracker.core.entries import Draft, ReportSeen
from tracker.errors import AppendConflict, SourceFailed
from tracker.ingest.answers import Fetched
from tracker.ingest.decide import decide, stream_of
from tracker.ingest.fetch import fetch
from tracker.ingest.hosts import PAUSES, HostQueue, Pauses, host_of
from tracker.ingest.items import Parsed
from tracker.ingest.outcome import Polled, after_failure, after_success, is_due
from tracker.ingest.ports import Evidence, ReportLedger, SourceState, State, States
from tracker.ingest.reading import Read, read
from tracker.ingest.sources import Source
from tracker.ingest.text import plain_text
from tracker.ingest.web import Web

__all__ = ["Polled", "poll", "poll_due"]

_TRIES = 3
_XML = "application/xml"
_Answer = Fetched | SourceFailed


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where a poll writes to."""

    ledger: ReportLedger
    evidence: Evidence
    states: States
    now: datetime
    reader: Read


def poll(
    source: Source,
    *,
    ledger: ReportLedger,
    evidence: Evidence,
    states: States,
    client: Web,
    now: datetime,
    allow_private: bool = False,
    reader: Read = read,
) -> Polled:
    """Poll one source now, due or not, enabled or not.

    `now` is the present instant, UTC and aware. On return the reports, their
    evidence and the state are durable. A failure of the source is answered
    (outcome "failed") and remembered, not raised; a 304 or a feed with nothing
    new appends nothing. Repeating it is harmless.
    Raises: OperationFailed if the store cannot be written; ValueError for a
    naive `now`.
    """
    desk = _Desk(ledger, evidence, states, _aware(now), reader)
    before = states.get(source.id)
    return _absorb(source, before, _fetched(source, before, client, allow_private), desk)


def poll_due(
    sources: Sequence[Source],
    *,
    ledger: ReportLedger,
    evidence: Evidence,
    states: States,
    client: Web,
    now: Callable[[], datetime],
    allow_private: bool = False,
    all: bool = False,  # noqa: A002 - the word of the command line
    on_result: Callable[[Polled], object] | None = None,
    workers: int = 4,
    reader: Read = read,
    pauses: Pauses = PAUSES,
) -> tuple[Polled, ...]:
    """Poll the enabled sources that are due, or `all` enabled ones.

    `now` tells the present instant (UTC, aware) each time it is asked: once
    for what is due, once for every answer. `workers` threads fetch, never two
    of them from the same host, and a host rests between two requests as
    `pauses` say; reading and writing stay on the calling thread, where
    `on_result` is called with each outcome as it comes; the answer is in the
    order of `sources`. One source's failure does not touch another.
    Raises: as `poll`; what was polled until then is kept.
    """
    started = _aware(now())
    enabled = [(source, states.get(source.id)) for source in sources if source.enabled]
    due = [(source, before) for source, before in enabled if all or is_due(before, started)]
    done: dict[str, Polled] = {}
    running: dict[Future[_Answer], tuple[str, Source, State | None]] = {}
    queue = HostQueue(((host_of(one[0].url), one) for one in due), pauses.spacing)
    with ThreadPoolExecutor(max_workers=workers, thread_name_prefix="fetch") as pool:
        while True:
            # No more bodies wait in memory than there are workers to fetch them.
            for host, (source, before) in queue.take(workers - len(running), pauses.tick()):
                future = pool.submit(_fetched, source, before, client, allow_private)
                running[future] = (host, source, before)
            free = queue.next_at()
            if not running and free is None:
                break
            for future in _ended(running, free, len(running) < workers, pauses):
                host, source, before = running.pop(future)
                queue.ended(host, pauses.tick())
                desk = _Desk(ledger, evidence, states, _aware(now()), reader)
                done[source.id] = _absorb(source, before, future.result(), desk)
                if on_result is not None:
                    on_result(done[source.id])
    return tuple(done[source.id] for source, _ in due)


def _ended(
    running: Collection[Future[_Answer]], free: float | None, idle: bool, pauses: Pauses
) -> set[Future[_Answer]]:
    """Wait until a fetch has ended, or a host is `free` for a worker who is `idle`."""
    left = None if free is None else max(0.0, free - pauses.tick())
    if not running:
        pauses.rest(left or 0.0)
        return set()
    return wait(running, left if idle else None, return_when=FIRST_COMPLETED).done


def _aware(instant: datetime) -> datetime:
    """The instant itself. Raises: ValueError if it is naive."""
    if instant.tzinfo is None:
        raise ValueError("the instant of a poll must say its time zone")
    return instant


def _fetched(
    source: Source, before: State | None, client: Web, allow_private: bool
) -> Fetched | SourceFailed:
    """What the source answers, or why it does not."""
    try:
        return fetch(
            source.url,
            client=client,
            etag=before.etag if before else None,
            last_modified=before.last_modified if before else None,
            allow_private=allow_private,
        )
    except SourceFailed as error:
        return error


def _absorb(
    source: Source, before: State | None, answer: Fetched | SourceFailed, desk: _Desk
) -> Polled:
    """Take in an answer: parse, keep, append and, last of all, save the state."""
    size = 0 if isinstance(answer, SourceFailed) else len(answer.body)
    try:
        if isinstance(answer, SourceFailed):
            raise answer
        digest = sha256(answer.body) if answer.status == "new" else None
        same = digest is None or (before is not None and before.body_digest == digest)
        parsed = None if same else _parsed(source, answer, desk)
    except SourceFailed as error:
        state = after_failure(source, before, error, now=desk.now)
        desk.states.save(state)
        return Polled(
            source=source,
            outcome="failed",
            error=error,
            bytes=size,
            next_due_at=_due(state),
        )
    drafts = () if parsed is None else _append(source, answer, parsed, desk)
    new = sum(isinstance(draft.payload, ReportSeen) for draft in drafts)
    state = after_success(
        source,
        before,
        answer,
        now=desk.now,
        whole=parsed is None or parsed.whole,
        brought_news=bool(drafts),
        hints=None if parsed is None else parsed.hints,
        body_digest=digest,
    )
    desk.states.save_all([state], {} if parsed is None else {source.id: parsed.held})
    return Polled(
        source=source,
        outcome="new" if drafts else "unchanged",
        new=new,
        changed=len(drafts) - new,
        problems=() if parsed is None else parsed.problems,
        bytes=size,
        next_due_at=_due(state),
        moved_to=state.moved_to,
    )


def _due(state: SourceState) -> datetime:
    """When a state just made is due: it always says."""
    if state.next_due_at is None:
        raise AssertionError("a poll always sets when the next one is due")
    return state.next_due_at


def _parsed(source: Source, answer: Fetched, desk: _Desk) -> Parsed:
    """The feed in an answer.

    Raises: SourceFailed; of kind internal for any error while hostile bytes
    are read, so that one feed cannot stop the others.
    """
    try:
        return desk.reader(
            answer.body,
            media_type=answer.media_type,
            charset=answer.charset,
            source=source,
            evidence=sha256(answer.body),
            held=desk.states.items(source.id),
        )
    except (SourceFailed, MemoryError):
        raise
    except Exception as error:
        said = plain_text(str(error), 120)
        raise SourceFailed(
            "internal",
            f"sent a feed this program stumbles over ({type(error).__name__}: {said})",
            "Please report it with the address of the feed",
        ) from error


def _append(source: Source, answer: Fetched, parsed: Parsed, desk: _Desk) -> tuple[Draft, ...]:
    """Append what is new, evidence first; decide again if somebody else was faster.

    Raises: AppendConflict if that happens three times in a row; OperationFailed.
    """
    for attempt in range(1, _TRIES + 1):
        # Only what the source did not hold last time is looked for in the ledger.
        streams = [stream_of(source.id, report.identity) for report in parsed.reports]
        drafts = decide(parsed, desk.ledger.latest_reports(source.id, streams))
        if not drafts:
            break
        desk.evidence.keep(answer.body, media_type=answer.media_type or _XML, at=desk.now)
        try:
            desk.ledger.append(drafts, at=desk.now)
        except AppendConflict:
            if attempt == _TRIES:
                raise
        else:
            return drafts
    return ()
