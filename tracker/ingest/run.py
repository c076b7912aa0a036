"""Polls from end to end: which sources are asked, on how many threads, in what order.

Owns the order: ask and read on threads, write on the one that called. What is
asked and read belongs to `asking`, what is written to `taking`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from datetime import datetime

from tracker.ingest.asking import Answer, Asker
from tracker.ingest.hosts import PAUSES, HostQueue, Pauses, host_of
from tracker.ingest.outcome import Polled, is_due
from tracker.ingest.ports import Evidence, ReportLedger, State, States
from tracker.ingest.reading import Read, read
from tracker.ingest.sources import Source
from tracker.ingest.taking import Desk
from tracker.ingest.web import Web

__all__ = ["Polled", "poll", "poll_due"]

# Asked ahead, so that no worker waits for the one that writes: so many times the workers.
_AHEAD = 2
# Answers are written together, since each writing waits for the disk: so many, of so many bytes,
# or those of so many seconds.
_TOGETHER = 16
_TOGETHER_BYTES = 4_000_000
_LINGER_S = 0.2
_FEW = 10

_Due = tuple[Source, State | None]


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
    for what is due, once for the answers that are written together. `workers` threads
    ask and read, never two of them the same host, and a host rests between two
    requests as `pauses` say; writing stays on the calling thread, where
    `on_result` is called with each outcome as it comes; the answer is in the
    order of `sources`. One source's failure does not touch another.
    Raises: as `poll`; what was polled until then is kept.
    """
    started = _aware(now())
    known = _states_of([source for source in sources if source.enabled], states)
    due = [(source, before) for source, before in known if all or is_due(before, started)]
    asker, desk = Asker(client, reader, states, allow_private), Desk(ledger, evidence, states)
    done: dict[str, Polled] = {}
    queue = HostQueue(((host_of(one[0].url), one) for one in due), pauses.spacing)
    with ThreadPoolExecutor(max_workers=workers, thread_name_prefix="fetch") as pool:
        for answers in _together(queue, pool, asker, _AHEAD * workers, pauses):
            for polled in desk.take(answers, now=_aware(now())):
                done[polled.source.id] = polled
                if on_result is not None:
                    on_result(polled)
    return tuple(done[source.id] for source, _ in due)


def _states_of(sources: Sequence[Source], states: States) -> list[_Due]:
    """Each source with its state: asked for one by one where they are few."""
    if len(sources) <= _FEW:
        return [(source, states.get(source.id)) for source in sources]
    known = {state.source: state for state in states.all()}
    return [(source, known.get(source.id)) for source in sources]


def _together(
    queue: HostQueue[_Due], pool: Executor, asker: Asker, most: int, pauses: Pauses
) -> Iterator[list[Answer]]:
    """Ask as the hosts allow, `most` at once, and hand over what came within a short while.

    The next are asked before answers are handed over, so that nobody waits for the writing.
    """
    running: dict[Future[Answer], str] = {}
    answers: list[Answer] = []
    since = 0.0
    while True:
        for host, (source, before) in queue.take(most - len(running), pauses.tick()):
            running[pool.submit(asker.ask, source, before)] = host
        lingered = pauses.tick() - since
        if answers and (not running or lingered >= _LINGER_S or _enough(answers)):
            yield answers
            answers = []
            continue
        free = queue.next_at()
        if not running and free is None:
            return
        waits = [_LINGER_S - lingered] if answers else []
        if free is not None and len(running) < most:
            waits.append(max(0.0, free - pauses.tick()))
        if not running:
            pauses.rest(min(waits, default=0.0))
            continue
        for future in wait(running, min(waits, default=None), return_when=FIRST_COMPLETED).done:
            if not answers:
                since = pauses.tick()
            queue.ended(running.pop(future), pauses.tick())
            answers.append(future.result())


def _enough(answers: Sequence[Answer]) -> bool:
    """Whether so much has come that it had better be written than wait in memory."""
    return len(answers) >= _TOGETHER or sum(one.size for one in answers) >= _TOGETHER_BYTES


def _aware(instant: datetime) -> datetime:
    """The instant itself. Raises: ValueError if it is naive."""
    if instant.tzinfo is None:
        raise ValueError("the instant of a poll must say its time zone")
    return instant
