"""The process that reads feeds for a poll, one after the other, until nobody asks any more.

Owns the limits it puts on itself and its end: it stops when the other end of
its input is closed, so it does not outlive whoever started it by more than the
feed in hand. It fetches nothing, keeps nothing and writes to nobody else.
"""

from __future__ import annotations

import gc
import os
import resource
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import msgspec

from tracker.errors import SourceFailed
from tracker.ingest.answers import stumbled
from tracker.ingest.reading import read
from tracker.ingest.wire import HEAD, Asked, Told, frame, size_of

__all__ = ["main"]


def main(cpu_s: int, memory_bytes: int) -> None:
    """Answer frames of standard input on standard output until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who asks
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_AS, memory_bytes)
    asking = os.fdopen(os.dup(0), "rb")
    telling = os.fdopen(os.dup(1), "wb")
    gc.freeze()  # modules stay for good: the collector need not look through them for each feed
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(nothing, standard)  # a library that prints must not write into an answer
    while (packed := _message(asking)) is not None:
        _limit(resource.RLIMIT_CPU, int(_cpu_so_far()) + 1 + cpu_s)
        telling.write(_answer(packed))
        telling.flush()


def _limit(what: int, most: int) -> None:
    """Lower one limit, as far as this system knows it."""
    _, hard = resource.getrlimit(what)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    # macOS knows no limit of the address space.
    with suppress(OSError, ValueError):
        resource.setrlimit(what, (most, hard))


def _cpu_so_far() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _message(asking: BinaryIO) -> bytes | None:
    """The next message, None where there will be none."""
    head = asking.read(HEAD)
    if len(head) < HEAD:
        return None
    size = size_of(head)
    packed = asking.read(size)
    return packed if len(packed) == size else None


def _answer(packed: bytes) -> bytearray:
    """What a message is answered with, ready to be sent."""
    asked = msgspec.msgpack.decode(packed, type=Asked)
    try:
        parsed = read(
            asked.body,
            media_type=asked.media_type,
            charset=asked.charset,
            source=asked.source,
            evidence=asked.evidence,
            held=asked.held,
        )
        return frame(Told(parsed, None, _grown_kib()))
    except MemoryError:
        failed = SourceFailed(
            "too_large",
            "sent a feed that takes more memory to read than is given to one",
            "Nothing of it was kept; look for a narrower feed of the same publisher",
        )
    except SourceFailed as error:
        failed = error
    except Exception as error:  # noqa: BLE001 - one feed must not stop the others
        failed = stumbled(error)
    return frame(Told(None, (failed.kind, failed.message, failed.advice), _grown_kib()))


def _grown_kib() -> int:
    """The memory this process holds, in KiB; where the system does not say, the most it held."""
    with suppress(OSError, ValueError, IndexError):
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * resource.getpagesize() // 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // 1024 if sys.platform == "darwin" else peak
