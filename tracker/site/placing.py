"""Files put into a folder, each one whole or not at all.

Owns how bytes come to stand in their place, and where they wait until all of
them are sound. It knows nothing of which files there ought to be.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tracker.errors import OperationFailed

__all__ = [
    "PLAIN",
    "STAGE",
    "Stamp",
    "Waiting",
    "checked",
    "holds",
    "put",
    "remove",
    "stamp_of",
    "sweep",
]

STAGE = ".tracker-stage-"
_TEMPORARY = ".tracker-tmp-"
PLAIN = re.compile(r"\w[\w.-]*(?:/\w[\w.-]*)*", re.ASCII)
"""Most paths are of names that begin with a letter or a figure: nothing else need be asked.

Nor has such a path anything that JSON writes otherwise.
"""


class Stamp(NamedTuple):
    """How a file was when we last looked inside it: who looks the same was not touched since."""

    size: int
    changed_ns: int
    number: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file as it is to be: its SHA-256, and whether it waits to be moved or stands there."""

    digest: str
    aside: bool


def stamp_of(place: Path | str) -> Stamp | None:
    """The stamp of a plain file, None where there is none."""
    try:
        found = os.lstat(place)
    except OSError:
        return None
    if found.st_mode & 0o170000 != 0o100000:
        return None
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ino)


def checked(path: str) -> str:
    """The path if it stays inside the folder and is none that the site keeps for itself.

    Raises: OperationFailed.
    """
    if PLAIN.fullmatch(path):
        return path
    parts = path.split("/")
    if any(part in {"", ".", ".."} or "\\" in part or "\0" in part for part in parts):
        raise OperationFailed(
            f"{path!r} is not a path inside the site", "This is a mistake in the plan of pages"
        )
    if any(part.startswith(".tracker-") for part in parts):
        raise OperationFailed(f"{path!r} is a name the site keeps for itself")
    return path


def holds(target: str, body: bytes, digest: str) -> bool:
    """Whether the file is there with these bytes: by size first, then by hash."""
    stamp = stamp_of(target)
    if stamp is None or stamp.size != len(body):
        return False
    return hashlib.sha256(Path(target).read_bytes()).hexdigest() == digest


def put(target: Path, body: bytes) -> None:
    """Write beside the target and move into its place."""
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.parent / f"{_TEMPORARY}{secrets.token_hex(8)}"
    try:
        with temporary.open("xb") as file:
            file.write(body)
        temporary.replace(target)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def sweep(out: Path) -> None:
    """Take away what a killed run left half-written. Only our own kinds of names are touched."""
    for folder, below, names in os.walk(out):
        for name in names:
            if name.startswith(_TEMPORARY):
                (Path(folder) / name).unlink(missing_ok=True)
        for name in [one for one in below if one.startswith(STAGE)]:
            below.remove(name)
            shutil.rmtree(Path(folder) / name, ignore_errors=True)


def remove(out: Path, paths: Iterable[str]) -> int:
    """Remove files and the folders they leave empty; answers how many were there."""
    removed = 0
    for path in paths:
        target = out / checked(path)
        if not target.is_file() and not target.is_symlink():
            continue
        target.unlink()
        removed += 1
        for folder in target.relative_to(out).parents:
            if folder == Path() or any((out / folder).iterdir()):
                break
            (out / folder).rmdir()
    return removed
