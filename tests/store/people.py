"""Acting as somebody without special rights, whoever runs the tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NOBODY = 65534


@contextmanager
def ordinary_user(*folders: Path) -> Iterator[None]:
    """Within it file permissions count: root steps down to a user without rights.

    `folders` and those above them are made enterable for that user, files in
    `folders` readable; who may write there is the caller's business.
    """
    if os.geteuid() != 0:
        yield
        return
    for folder in folders:
        for above in folder.parents:
            mode = above.stat().st_mode & 0o777
            if not mode & 0o001:
                above.chmod(mode | 0o011)
    os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
