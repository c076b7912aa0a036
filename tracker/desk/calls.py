"""The desk's calls to the ledger, one after the other, away from the screen.

Owns the one thread they run in, so that two never meet, and how far a reading is. It knows
nothing of what is called.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

__all__ = ["Calls"]

_T = TypeVar("_T")


class _LeftError(Exception):
    """The desk has been left while reports were being read."""


class Calls:
    """Runs what it is given in one thread. `read` and `total` say how far a reading is."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="tracker-desk")
        self._left = False
        self.read = 0
        self.total = 0

    async def run(self, call: Callable[[], _T]) -> _T:
        """What the call answers, after those before it. Raises: what it raises."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, call)

    def progress(self, read: int, total: int) -> None:
        """How far a reading is; called by it, and where it stops once the desk is left."""
        if self._left:
            raise _LeftError
        self.read, self.total = read, total

    def leave(self) -> None:
        """Let a reading that is under way stop where it is."""
        self._left = True

    def close(self) -> None:
        """Begin nothing more, and wait for what has begun: a decision is never cut in two."""
        self.leave()
        self._thread.shutdown(wait=True, cancel_futures=True)
