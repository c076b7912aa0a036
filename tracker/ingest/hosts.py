"""In what order feeds of many publishers are asked. Its queue is pure.

Owns how a publisher is spared: one request at a time to a host, and a pause
before the next. Other hosts do not wait for it. It opens no connection.
"""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlsplit

__all__ = ["PAUSES", "SPACING_S", "HostQueue", "Pauses", "host_of", "spacing_of"]

SPACING_S = 1.0
"""So many seconds lie between the end of a request and the next one to the same host."""

_T = TypeVar("_T")


def host_of(url: str) -> str:
    """The host of an address in lower case, without its port: that is who is spared."""
    return urlsplit(url).hostname or ""


def spacing_of(host: str) -> float:
    """The pause of a host in seconds: none for an address of this very machine."""
    try:
        return 0.0 if ipaddress.ip_address(host).is_loopback else SPACING_S
    except ValueError:
        return SPACING_S


@dataclass(frozen=True, slots=True)
class Pauses:
    """How hosts are spared: seconds between two requests, a clock that never goes back, a rest."""

    spacing: Callable[[str], float] = spacing_of
    tick: Callable[[], float] = time.monotonic
    rest: Callable[[float], object] = time.sleep


PAUSES = Pauses()
"""How they are spared unless a test says otherwise."""


class HostQueue(Generic[_T]):
    """Things to be asked of hosts, in the order given as far as the hosts allow.

    Instants are seconds of any clock that does not go back, the same one in
    every call.
    """

    def __init__(
        self,
        waiting: Iterable[tuple[str, _T]],
        spacing: Callable[[str], float] = spacing_of,
    ) -> None:
        self._waiting = list(waiting)
        self._spacing = spacing
        self._busy: set[str] = set()
        self._free_at: dict[str, float] = {}

    def take(self, most: int, at: float) -> list[tuple[str, _T]]:
        """At most `most` things whose hosts may be asked at `at`; their hosts are busy then."""
        taken: list[tuple[str, _T]] = []
        left: list[tuple[str, _T]] = []
        for host, thing in self._waiting:
            free = host not in self._busy and self._free_at.get(host, at) <= at
            if free and len(taken) < most:
                self._busy.add(host)
                taken.append((host, thing))
            else:
                left.append((host, thing))
        self._waiting = left
        return taken

    def ended(self, host: str, at: float) -> None:
        """Note that the request to a host has ended: it rests from now on."""
        self._busy.discard(host)
        self._free_at[host] = at + self._spacing(host)

    def next_at(self) -> float | None:
        """When the first of the resting hosts that something waits for is free.

        None if nothing waits, or only for hosts that are busy or have not been asked.
        """
        return min(
            (
                self._free_at[host]
                for host, _ in self._waiting
                if host not in self._busy and host in self._free_at
            ),
            default=None,
        )
