"""An end to every fetch, however slowly the other side talks.

Owns the watchdog that shuts a connection down at its deadline. A time-out for
each read does not do that: a server that sends one byte now and then never
meets it. Monotonic readings only: it knows no time of day.
"""

from __future__ import annotations

import heapq
import itertools
import socket
import threading
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self

__all__ = ["Deadline"]


class _Watchdog:
    """One thread that shuts what is overdue; a thread for each fetch costs much of a fetch."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: list[tuple[float, int, Deadline]] = []
        self._numbers = itertools.count()
        self._thread: threading.Thread | None = None

    def add(self, seconds: float, deadline: Deadline) -> None:
        with self._changed:
            due = (time.monotonic() + seconds, next(self._numbers), deadline)
            heapq.heappush(self._waiting, due)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._watch, name="deadline", daemon=True)
                self._thread.start()
            elif self._waiting[0] is due:
                self._changed.notify()

    def _watch(self) -> None:
        while True:
            with self._changed:
                while self._waiting and self._waiting[0][2].over:
                    heapq.heappop(self._waiting)
                left = self._waiting[0][0] - time.monotonic() if self._waiting else None
                if left is None or left > 0:
                    self._changed.wait(left)
                    continue
                _, _, overdue = heapq.heappop(self._waiting)
            overdue.shut()


_WATCHDOG = _Watchdog()


class Deadline:
    """A context that lasts at most `seconds`; then the sockets it was shown are shut down.

    `watch` is the trace hook of the HTTP library and shows it every connection.
    Afterwards `passed` says whether what was read may have been cut off by it;
    `expired` is set once the sockets were shut.
    """

    def __init__(self, seconds: float, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._seconds = seconds
        self._end = monotonic() + seconds
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self.over = False
        self.expired = threading.Event()

    def __enter__(self) -> Self:
        _WATCHDOG.add(self._seconds, self)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._lock:
            self.over = True
            self._socket = None

    @property
    def passed(self) -> bool:
        """Whether the deadline has come."""
        return self.expired.is_set() or self._monotonic() >= self._end

    def left_s(self, at_most: float) -> float:
        """Seconds left, no more than `at_most` and never 0, as a time-out for one step."""
        return max(0.001, min(at_most, self._end - self._monotonic()))

    def watch(self, event: str, info: Mapping[str, Any]) -> None:
        """Take note of a connection just made, from an event of the HTTP library."""
        if not event.endswith(("connect_tcp.complete", "start_tls.complete")):
            return
        stream = info.get("return_value")
        with self._lock:
            self._socket = stream.get_extra_info("socket") if stream is not None else None
            late = self.expired.is_set()
        if late:
            self.shut()

    def shut(self) -> None:
        """Make the reader on the other thread find the end of its connection. Idempotent."""
        with self._lock:
            if self.over:
                return
            self.expired.set()
            if self._socket is not None:
                try:
                    self._socket.shutdown(socket.SHUT_RDWR)
                except OSError:
                    self._socket = None  # it had ended by itself
