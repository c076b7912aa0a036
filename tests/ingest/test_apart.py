"""Feeds read in a process apart: the same answer, and an end to whatever goes on too long."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.ingest.material import FEEDS, MemoryStates, feed, source
from tests.ingest.server import FeedServer
from tests.ingest.test_run import Room
from tracker.core.codec import sha256
from tracker.errors import SourceFailed
from tracker.ingest.apart import Readers
from tracker.ingest.reading import Read, read
from tracker.ingest.shapes import Parsed
from tracker.ingest.web import Web
from tracker.ingest.wire import Limits

ROOT = Path(__file__).resolve().parents[2]
HEAD = b"<rss version='2.0'><channel><title>t</title>"
# Some ten seconds of computing and a few hundred megabytes for feedparser, in one megabyte.
SLOW = HEAD + b"<item><category>x</category>" * 90_000 + b"</channel></rss>"


@pytest.fixture
def readers() -> Iterator[Readers]:
    with Readers() as made:
        yield made


def ask(reader: Read, body: bytes, held: bytes | None = None) -> Parsed | tuple[str, str, str]:
    try:
        return reader(
            body,
            media_type="application/xml",
            charset=None,
            source=source(),
            evidence=sha256(body),
            held=held,
        )
    except SourceFailed as error:
        return error.kind, error.message, error.advice


def children() -> set[int]:
    """The processes this one has started and not taken leave of, zombies among them."""
    found = set()
    for task in Path("/proc/self/task").iterdir():
        with suppress(OSError):  # a thread that has just ended
            found |= {int(pid) for pid in (task / "children").read_text().split()}
    return found


def test_every_feed_reads_the_same_as_here(readers: Readers) -> None:
    for file in sorted(FEEDS.iterdir()):
        body = file.read_bytes()
        here = ask(read, body)
        assert ask(readers, body) == here, file.name
        if isinstance(here, Parsed):
            assert ask(readers, body, here.held) == ask(read, body, here.held), file.name
    assert ask(readers, b"") == ask(read, b"")


def test_a_feed_that_takes_too_long_is_left_and_the_next_is_read() -> None:
    before = children()
    with Readers(1, Limits(cpu_s=1)) as computing, Readers(1, Limits(wall_s=0.5)) as waiting:
        for readers, within in ((computing, "1 seconds of computing"), (waiting, "0.5 seconds")):
            kind, said, advice = failed(ask(readers, SLOW))
            assert (kind, said) == ("too_slow", f"sent a feed that is not read within {within}")
            assert advice
        assert ask(computing, feed("rss20.xml")) == ask(read, feed("rss20.xml"))
    assert children() == before


def failed(found: Parsed | tuple[str, str, str]) -> tuple[str, str, str]:
    assert isinstance(found, tuple)
    return found


def test_a_feed_that_takes_too_much_memory_is_left_and_the_next_is_read() -> None:
    deep = HEAD + b"<item>" * 149_000 + b"</channel></rss>"
    with Readers(1, Limits(memory_bytes=130_000_000)) as readers:
        kind, said, _ = failed(ask(readers, deep))
        assert (kind, said) == (
            "too_large",
            "sent a feed that takes more memory to read than is given to one",
        )
        assert ask(readers, feed("rss20.xml")) == ask(read, feed("rss20.xml"))


def test_a_process_that_has_grown_is_replaced() -> None:
    with Readers(1, Limits(retire_kib=1)) as readers:
        before = children()
        assert isinstance(ask(readers, feed("rss20.xml")), Parsed)
        assert children() == before
        assert isinstance(ask(readers, feed("rss20.xml")), Parsed)


def test_a_reader_killed_by_somebody_is_replaced(readers: Readers) -> None:
    before = children()
    assert isinstance(ask(readers, feed("rss20.xml")), Parsed)
    (child,) = children() - before
    os.kill(child, signal.SIGKILL)
    while _state(child) != "Z":
        pass
    assert isinstance(ask(readers, feed("rss20.xml")), Parsed)

    found: list[tuple[str, str, str]] = []
    asking = threading.Thread(target=lambda: found.append(failed(ask(readers, SLOW))))
    (child,) = children() - before
    idle = _ticks(child)
    asking.start()
    while not found and _ticks(child) < idle + 20:  # until it computes
        pass
    os.kill(child, signal.SIGKILL)
    asking.join()
    assert found[0][:2] == (
        "broken_feed",
        "sent a feed that ended the process reading it (signal 9)",
    )
    readers.close()
    assert children() == before


def _state(pid: int) -> str:
    """What the system says a process does; empty when there is none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def _ticks(pid: int) -> int:
    """Hundredths of a second that a process has computed."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11])


def test_where_no_process_can_be_started_the_source_is_said_to_have_failed(
    monkeypatch: pytest.MonkeyPatch, readers: Readers
) -> None:
    monkeypatch.setattr(sys, "executable", str(FEEDS / "nothing"))
    kind, said, _ = failed(ask(readers, feed("rss20.xml")))
    assert kind == "internal"
    assert "no process could be started for it (No such file or directory)" in said


_PARENT = """
import sys, threading
from tests.ingest.test_apart import SLOW, ask, children
from tracker.ingest.apart import Readers
from tracker.ingest.wire import Limits
readers = Readers(2, Limits(cpu_s=2))
for _ in range(2):
    threading.Thread(target=ask, args=(readers, SLOW)).start()
while len(children()) < 2: pass
print(*children(), flush=True)
"""


def test_no_reader_outlives_the_one_who_asked_by_more_than_the_feed_in_hand() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", _PARENT], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    started = [int(pid) for pid in parent.stdout.readline().split()]
    parent.kill()
    parent.communicate()
    assert len(started) == 2
    for pid in started:
        while _state(pid) not in {"", "Z"}:  # its new parent may take its time
            pass


def test_one_hostile_feed_does_not_keep_the_others_from_the_ledger(
    client: Web, server: FeedServer
) -> None:
    room = Room(client)
    room.states = MemoryStates()
    server.serve(SLOW, "/slow")
    server.serve(feed("rss20.xml"), "/good")
    with Readers(2, Limits(cpu_s=1)) as readers:
        room.reader = readers
        slow, good = room.poll_due(
            [source(server.url(f"/{name}"), name=name) for name in ("slow", "good")]
        )
    assert (good.outcome, good.new) == ("new", 3)
    assert slow.error is not None
    assert slow.error.kind == "too_slow"
    assert room.states.held["slow"].last_error_kind == "too_slow"
    assert room.ledger.head().position == 3
