from __future__ import annotations

import threading
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from tests.ingest.material import NOON, MemoryStates, feed, source
from tests.ingest.server import Answer, FeedServer, Handler
from tracker.ingest.hosts import SPACING_S, HostQueue, Pauses, host_of, spacing_of
from tracker.ingest.run import Polled, poll_due
from tracker.ingest.sources import Source
from tracker.ingest.web import Web
from tracker.store.memory import MemoryLedger

RSS = feed("rss20.xml")


def test_it_is_the_host_that_is_spared_and_not_the_port_or_the_spelling() -> None:
    assert host_of("https://Example.org:8443/a") == host_of("http://example.ORG/b") == "example.org"
    assert spacing_of("example.org") == spacing_of("10.0.0.1") == SPACING_S
    assert spacing_of("127.0.0.1") == spacing_of("::1") == 0


@given(
    hosts=st.lists(st.sampled_from("abc"), max_size=12),
    workers=st.integers(1, 4),
    lasts=st.lists(st.integers(0, 9), min_size=12, max_size=12),
    spacing=st.integers(0, 7),
)
def test_all_are_asked_once_and_no_host_too_soon(
    hosts: list[str], workers: int, lasts: list[int], spacing: int
) -> None:
    queue = HostQueue(((host, n) for n, host in enumerate(hosts)), lambda _: float(spacing))
    at = 0.0
    running: dict[int, tuple[str, float]] = {}
    asked: list[tuple[str, int]] = []
    ended: dict[str, float] = {}
    while True:
        for host, n in queue.take(workers - len(running), at):
            assert host not in {one for one, _ in running.values()}
            assert host not in ended or at >= ended[host] + spacing
            running[n] = (host, at + lasts[n])
            asked.append((host, n))
        assert len(running) <= workers
        free = queue.next_at()
        steps = [end for _, end in running.values()]
        if free is not None and len(running) < workers:
            assert free > at, "a host that is free and a worker without work"
            steps.append(free)
        if not steps:
            break
        at = min(steps)
        for n in [n for n, (_, end) in running.items() if end <= at]:
            host, _ = running.pop(n)
            queue.ended(host, at)
            ended[host] = at
    assert sorted(n for _, n in asked) == list(range(len(hosts)))
    for host in "abc":
        of_host = [n for one, n in asked if one == host]
        assert of_host == sorted(of_host), "a host's feeds are asked in the order of the list"


def polled(
    sources: list[Source], client: Web, pauses: Pauses, seen: Callable[[Polled], object]
) -> tuple[Polled, ...]:
    ledger = MemoryLedger()
    return poll_due(
        sources,
        ledger=ledger,
        evidence=ledger,
        states=MemoryStates(),
        client=client,
        now=lambda: NOON,
        allow_private=True,
        on_result=seen,
        pauses=pauses,
    )


def test_a_host_rests_between_two_requests(client: Web, server: FeedServer) -> None:
    sources = [source(server.serve(RSS, f"/{n}"), name=f"one-{n}") for n in range(4)]
    clock = [0.0]
    told: list[str | float] = []

    def rest(seconds: float) -> None:
        told.append(seconds)
        clock[0] += seconds

    pauses = Pauses(lambda _: 5.0, lambda: clock[0], rest)
    polled(sources, client, pauses, lambda one: told.append(one.source.id))
    assert told == ["one-0", 5.0, "one-1", 5.0, "one-2", 5.0, "one-3"]


def test_another_host_does_not_wait_for_a_slow_one(client: Web, server: FeedServer) -> None:
    quick = threading.Event()

    def slow(handler: Handler) -> None:
        assert quick.wait(10)
        handler.answer(Answer(RSS))

    other = server.serve(RSS, "/quick").replace("127.0.0.1", "localhost")
    sources = [
        source(server.serve(slow, "/slow"), name="slow"),
        source(server.serve(RSS, "/next"), name="next"),
        source(other, name="quick"),
    ]
    order: list[str] = []

    def seen(one: Polled) -> None:
        assert one.outcome == "new"
        order.append(one.source.id)
        if one.source.id == "quick":
            quick.set()

    polled(sources, client, Pauses(), seen)
    assert order == ["quick", "slow", "next"]
