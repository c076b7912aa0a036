"""Polls from end to end: which sources are asked, on how many threads, in what order.

Owns the order: ask and read on threads, write on the one that called. What is
asked and read belongs to `asking`, what is written to `taking`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime

from tracker.ingest.asking import Answer, Asker
from tracker.ingest.hosts import PAUSES, HostQueue, Pauses, host_of
from tracker.ingest.outcome import Polled, is_due
from tracker.ingest.ports import Evidence, ReportLedger, States
from tracker.ingest.reading import Read, read
from tracker.ingest.sources import Source
from tracker.ingest.taking import Desk
from tracker.ingest.web import Web

__all__ = ["Polled", "poll", "poll_due"]

# Answers that wait to be written while so many times the workers are asking: written together.
_AHEAD = 2


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
    instant = _aware(now)
    asker = Asker(client, reader, states, allow_private)
    answer = asker.ask(source, states.get(source.id))
    (polled,) = Desk(ledger, evidence, states).take([answer], now=instant)
    return polled


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
    for what is due, once for the answers that came together. `workers` threads
    ask and read, never two of them the same host, and a host rests between two
    requests as `pauses` say; writing stays on the calling thread, where
    `on_result` is called with each outcome as it comes; the answer is in the
    order of `sources`. One source's failure does not touch another.
    Raises: as `poll`; what was polled until then is kept.
    """
    started = _aware(now())
    known = {state.source: state for state in states.all()}
    enabled = [(source, known.get(source.id)) for source in sources if source.enabled]
    due = [(source, before) for source, before in enabled if all or is_due(before, started)]
    asker, desk = Asker(client, reader, states, allow_private), Desk(ledger, evidence, states)
    done: dict[str, Polled] = {}
    running: dict[Future[Answer], str] = {}
    answers: list[Answer] = []
    queue = HostQueue(((host_of(one[0].url), one) for one in due), pauses.spacing)
    most = _AHEAD * workers
    with ThreadPoolExecutor(max_workers=workers, thread_name_prefix="fetch") as pool:
        while True:
            # Few bodies wait in memory, however slowly they are written.
            for host, (source, before) in queue.take(most - len(running), pauses.tick()):
                running[pool.submit(asker.ask, source, before)] = host
            # Written while the next are asked.
            for polled in desk.take(answers, now=_aware(now())) if answers else ():
                done[polled.source.id] = polled
                if on_result is not None:
                    on_result(polled)
            free = queue.next_at()
            if not running and free is None:
                break
            ended = _ended(running, free, len(running) < most, pauses)
            for future in ended:
                queue.ended(running.pop(future), pauses.tick())
            answers = [future.result() for future in ended]
    return tuple(done[source.id] for source, _ in due)


def _ended(
    running: Collection[Future[Answer]], free: float | None, idle: bool, pauses: Pauses
) -> set[Future[Answer]]:
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
