"""An end to every fetch, however slowly the other side talks.

Owns the watchdog that shuts a connection down at its deadline. A time-out for
each read does not do that: a server that sends one byte now and then never
meets it. Monotonic readings only: it knows no time of day.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self

__all__ = ["Deadline"]


class Deadline:
    """A context that lasts at most `seconds`; then the sockets it was shown are shut down.

    `watch` is the trace hook of the HTTP library and shows it every connection.
    Afterwards `passed` says whether what was read may have been cut off by it;
    `expired` is set once the sockets were shut.
    """

    def __init__(self, seconds: float, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._end = monotonic() + seconds
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._shut)
        self._timer.daemon = True
        self.expired = threading.Event()

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()

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
            self._shut()

    def _shut(self) -> None:
        """Make the reader on the other thread find the end of its connection."""
        with self._lock:
            self.expired.set()
            if self._socket is not None:
                try:
                    self._socket.shutdown(socket.SHUT_RDWR)
                except OSError:
                    self._socket = None  # it had ended by itself
