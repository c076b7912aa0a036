"""Where files wait until all of them are sound, and how they come from there into their place.

Owns what of a folder was missing when the files were laid aside: what is missing as a
whole is built as a whole and moved at once. It knows nothing of which files there ought to be.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path

from tracker.site.placing import STAGE, checked

__all__ = ["Stage"]


class Stage:
    """A place inside a folder where nobody looks. Several processes may lay files there at once."""

    def __init__(self, out: Path) -> None:
        """Nothing is made before something is laid aside."""
        self._out = out
        self._here = f"{out}/{STAGE}{secrets.token_hex(8)}"
        self._made: set[str] = set()
        self._missing: dict[str, str | None] = {"": None}

    def aside(self, name: str) -> Path:
        """A place for what is no file of the site, gone when the build ends. Raises: OSError."""
        self._make(self._here)
        return Path(self._here, name)

    def missing(self, path: str) -> str | None:
        """The topmost folder above a file that is not there; None where its own folder is."""
        folder = path.rpartition("/")[0]
        if folder in self._missing:
            return self._missing[folder]
        found = self.missing(folder)
        if found is None and not os.path.lexists(f"{self._out}/{folder}"):
            found = folder
        self._missing[folder] = found
        return found

    def place(self, path: str) -> str:
        """Where a file is laid until it is moved: in a tree of its likes if its folder is missing.

        Raises: OperationFailed if it is no path of a site; OSError.
        """
        folder, _, name = checked(path).rpartition("/")
        if self.missing(path) is None:
            # One folder for all of these, so that none has to be made for one file alone.
            folder, name = f"{self._here}/single", hashlib.sha256(path.encode()).hexdigest()
        else:
            folder = f"{self._here}/tree/{folder}"
        self._make(folder)
        return f"{folder}/{name}"

    def lay(self, path: str, body: bytes) -> None:
        """Write a file to where it waits. Raises: as `place`."""
        with open(self.place(path), "wb", buffering=0) as file:  # noqa: PTH123 - thrice as quick
            left = memoryview(body)
            while left:
                left = left[file.write(left) :]

    def move(self, paths: Iterable[str]) -> None:
        """Move files that wait into their places, in the order given. Raises: OSError."""
        moved: set[str] = set()
        for path in paths:
            whole = self.missing(path)
            if whole is None:
                os.replace(self.place(path), f"{self._out}/{path}")  # noqa: PTH105 - as above
            elif whole not in moved:
                os.replace(f"{self._here}/tree/{whole}", f"{self._out}/{whole}")  # noqa: PTH105
                moved.add(whole)
        self._made.clear()
        self._missing = {"": None}

    def clear(self) -> None:
        """Let go of what was laid aside. Idempotent."""
        shutil.rmtree(self._here, ignore_errors=True)

    def _make(self, folder: str) -> None:
        """Make a folder that may be there already; there are as many as there are pages."""
        if folder in self._made:
            return
        try:
            os.mkdir(folder)  # noqa: PTH102 - as above
        except FileNotFoundError:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - as above
        except FileExistsError:
            if not os.path.isdir(folder):  # noqa: PTH112 - as above
                raise
        self._made.add(folder)
