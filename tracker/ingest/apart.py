"""Reading in a process apart, which is ended when a feed takes too long or too much.

Owns the processes that read and what becomes of them: at most a few, started
when there is something to read, killed and replaced when a feed goes beyond its
limits, gone when this is closed. What they do is `child`; what is said is `wire`.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import threading
import time
from types import TracebackType
from typing import Self

import msgspec

from tracker.errors import SourceFailed
from tracker.ingest.shapes import Parsed
from tracker.ingest.sources import Source
from tracker.ingest.wire import HEAD, LIMITS, Asked, Limits, Told, frame, size_of

__all__ = ["Readers"]

_PIECE = 1 << 16
# So long a caller waits for a process at work before another is started: for one
# that is only just starting, and for one that has answered before.
_PATIENCE_S, _BRIEFLY_S = 0.5, 0.02
_READY = select.POLLIN | select.POLLHUP | select.POLLERR
# The very modules this process has, whatever folder it stands in and whatever the environment says.
_START = (
    "import sys; sys.path[:] = sys.argv[3:]; from tracker.ingest.child import main;"
    " main(int(sys.argv[1]), int(sys.argv[2]))"
)
_MEND = "It is asked again when it is due; the publisher has to mend it"


class Readers:
    """A `Read` in processes apart: at most `most` of them; safe to share between threads.

    One does for most: another is started only for a caller who has waited. More
    callers than processes wait for one another. A feed that goes beyond `limits`,
    or ends the process that reads it, is a failure of its source (`too_slow`,
    `too_large` or `broken_feed`) like any other. Close it, or use it as a context.
    """

    def __init__(self, most: int = 2, limits: Limits = LIMITS) -> None:
        self._limits = limits
        self._most = most
        self._changed = threading.Condition()
        self._idle: list[_Child] = []
        self._working = 0
        self._answered = False
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __call__(
        self,
        body: bytes,
        *,
        media_type: str,
        charset: str | None,
        source: Source,
        evidence: str,
        held: bytes | None = None,
    ) -> Parsed:
        """As `reading.read`, which does it. Raises: SourceFailed."""
        asked = frame(Asked(body, media_type, charset, source, evidence, held))
        child = self._take()
        told: Told | None = None
        try:
            told = child.ask(asked)
        finally:
            good = told is not None and told.grown_kib < self._limits.retire_kib
            if not good:
                child.end()
            self._give_back(child if good else None)
        return told.outcome()

    def close(self) -> None:
        """End the processes that wait; those at work end with their feed. Idempotent."""
        with self._changed:
            idle, self._idle, self._closed = self._idle, [], True
        for child in idle:
            child.end()

    def _take(self) -> _Child:
        """A process that waits, or a new one. Raises: SourceFailed if none can be started."""
        with self._changed:
            if self._working:
                patience = _BRIEFLY_S if self._answered else _PATIENCE_S
                self._changed.wait_for(lambda: self._idle, patience)
            self._changed.wait_for(lambda: self._idle or self._working < self._most)
            child = self._idle.pop() if self._idle else None
            self._working += 1
        if child is not None and child.alive:
            return child
        try:
            if child is not None:
                child.end()
            return _Child(self._limits)
        except BaseException:
            self._give_back(None)
            raise

    def _give_back(self, child: _Child | None) -> None:
        """Let the next caller have a process that has answered, or start one in its place."""
        with self._changed:
            self._working -= 1
            self._answered = self._answered or child is not None
            closed = self._closed
            if child is not None and not closed:
                self._idle.append(child)
            self._changed.notify_all()
        if child is not None and closed:
            child.end()


class _Child:
    """One process, asked by one thread at a time."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        numbers = (str(limits.cpu_s), str(limits.memory_bytes))
        try:
            self._process = subprocess.Popen(  # noqa: S603 - this very interpreter
                [sys.executable, "-I", "-S", "-c", _START, *numbers, *sys.path],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
            )
        except OSError as error:
            raise SourceFailed(
                "internal",
                f"was not read, as no process could be started for it ({error.strerror})",
                "See how many processes and how much memory this machine allows",
            ) from error
        if self._process.stdin is None or self._process.stdout is None:
            raise AssertionError("pipes were asked for")
        self._in, self._out = self._process.stdin.fileno(), self._process.stdout.fileno()
        os.set_blocking(self._in, False)

    @property
    def alive(self) -> bool:
        """Whether it has not ended, for whatever reason."""
        return self._process.poll() is None

    def ask(self, asked: bytearray) -> Told:
        """The answer to a framed question. Raises: SourceFailed if there is none."""
        try:
            packed = self._exchange(asked, time.monotonic() + self._limits.wall_s)
            return msgspec.msgpack.decode(packed, type=Told)
        except TimeoutError:
            raise self._too_slow(f"{self._limits.wall_s:g} seconds") from None
        except (EOFError, OSError, ValueError):
            self.end()
            raise self._ended(self._process.returncode) from None

    def end(self) -> None:
        """Kill it and take leave of it, so that no zombie stays. Idempotent."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait()

    def _exchange(self, asked: bytearray, until: float) -> bytes:
        """Send all of it and receive a whole message.

        Neither side of the pipe may block the other: a process that stands still
        does not even read. Raises: TimeoutError, EOFError, OSError, ValueError.
        """
        left = memoryview(asked)
        got = bytearray()
        ready = select.poll()
        ready.register(self._out, select.POLLIN)
        ready.register(self._in, select.POLLOUT)
        while len(got) < HEAD or len(got) < HEAD + size_of(got):
            seconds = until - time.monotonic()
            if seconds <= 0:
                raise TimeoutError
            for fd, event in ready.poll(1000 * seconds):
                if fd == self._out and event & _READY:
                    piece = os.read(self._out, _PIECE)
                    if not piece:
                        raise EOFError
                    got += piece
                elif fd == self._in:
                    left = left[os.write(self._in, left[:_PIECE]) :]
                    if not left:
                        ready.unregister(self._in)
        return bytes(got[HEAD:])

    def _too_slow(self, within: str) -> SourceFailed:
        return SourceFailed("too_slow", f"sent a feed that is not read within {within}", _MEND)

    def _ended(self, status: int) -> SourceFailed:
        """What is said of a feed that ended the process reading it."""
        if status == -signal.SIGXCPU:
            return self._too_slow(f"{self._limits.cpu_s} seconds of computing")
        how = f"signal {-status}" if status < 0 else f"status {status}"
        return SourceFailed(
            "broken_feed", f"sent a feed that ended the process reading it ({how})", _MEND
        )
