"""Whether a folder may be published into, and that one build at a time does.

Owns the claim on the folder, not what is written there.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tracker.errors import OperationFailed

if sys.platform != "win32":
    import fcntl

__all__ = ["claimed"]


@contextmanager
def claimed(out: Path, *marks: str) -> Iterator[int | None]:
    """Hold the folder for one build, making it where it is missing.

    A folder is ours if it is empty or holds one of the files `marks`. The hold
    ends with the process, however that ends, and with every part that split off
    from it: such a part closes what is answered here, the hold's descriptor.

    Raises: OperationFailed if it is a file, cannot be used, is somebody else's,
    or is being built by another process.
    """
    try:
        if out.exists() and not out.is_dir():
            raise OperationFailed(f"{out} is a file, not a folder", "Choose a folder with --out")
        out.mkdir(parents=True, exist_ok=True)
        if not any((out / mark).is_file() for mark in marks) and any(out.iterdir()):
            raise OperationFailed(
                f"{out} is not empty and was not made by this program",
                "Choose an empty or new folder with --out",
            )
        if not os.access(out, os.W_OK | os.X_OK):
            raise OperationFailed(f"{out} cannot be written to", "Check its permissions")
        handle = os.open(out, os.O_RDONLY) if sys.platform != "win32" else None
    except OSError as error:
        raise OperationFailed(
            f"{out} cannot be used: {error.strerror}", "Check the path and its permissions"
        ) from error
    try:
        if handle is not None:
            _lock(handle, out)
        yield handle
    finally:
        if handle is not None:
            os.close(handle)


def _lock(handle: int, out: Path) -> None:
    """Lock the open folder itself, so that no lock file is left lying in the site."""
    if sys.platform == "win32":
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise OperationFailed(
            f"another build is writing to {out}", "Wait until it has ended, then build again"
        ) from error
