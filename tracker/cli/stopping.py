"""How the long-lived commands end when they are told to.

Owns their signals. Small on purpose: it is in force before anything slow is
imported, so that a stop in the first moment is a stop like any other.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from types import FrameType

__all__ = ["leave_when_told"]


def leave_when_told() -> None:
    """From now on SIGINT and SIGTERM end the process with status 0, wherever it is. Idempotent.

    At once, without unwinding: threads may be waiting for a slow server
    somewhere, and unwinding would wait for them. Nothing needs them to finish.
    """

    def leave(_number: int, _frame: FrameType | None) -> None:
        # Past the buffers: the signal may have come in the middle of a write to them.
        with suppress(OSError):
            os.write(sys.stdout.fileno(), b"Stopped.\n")
        os._exit(0)

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, leave)
