"""Many feeds on servers of their own, with faults in a share of the answers.

It knows nothing of the tracker; all times are seconds of the soak's own clock.
"""

from __future__ import annotations

import random
import socket
import threading
from collections import Counter

from tests.soak.faults import FAULTS, WEIGHTS, Server
from tests.soak.feeds import Feed

__all__ = ["Publisher"]

_HOSTS = 8


class Publisher:
    """Many feeds on a server of their own, with faults in a share of the answers."""

    def __init__(self, feeds: int, *, faults: float, seed: int) -> None:
        self.feeds = [Feed(number) for number in range(feeds)]
        self.share = faults
        self.faults: Counter[str] = Counter()
        self.asked = 0
        self.rng = random.Random(seed)  # noqa: S311 - not for secrets
        self._lock = threading.Lock()
        self._servers = [Server(self, host) for host in _hosts()]
        self._threads = [
            threading.Thread(target=server.serve_forever, args=(0.05,)) for server in self._servers
        ]

    def start(self) -> None:
        """Serve, three items in each feed to begin with."""
        for feed in self.feeds:
            for _ in range(3):
                feed.publish(self.rng)
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Serve no longer."""
        for server in self._servers:
            server.stopping.set()
            server.shutdown()
            server.server_close()
        for thread in self._threads:
            thread.join()

    def url(self, feed: Feed) -> str:
        """The address of a feed; feeds are spread over the hosts."""
        host, port = self._servers[feed.number % len(self._servers)].server_address[:2]
        return f"http://{host!s}:{port}/{feed.number}"

    def fault(self) -> str:
        """How the next answer is spoilt; empty for not at all."""
        with self._lock:
            self.asked += 1
            if self.rng.random() >= self.share:
                return ""
            (found,) = self.rng.choices(list(FAULTS), WEIGHTS)
            self.faults[found] += 1
        return found


def _hosts() -> list[str]:
    """Loopback addresses, several as publishers are, where this machine has more than one."""
    hosts = [f"127.0.0.{number}" for number in range(1, _HOSTS + 1)]
    try:
        with socket.socket() as trial:
            trial.bind((hosts[-1], 0))
    except OSError:
        return hosts[:1]
    return hosts
