"""The whole site as one file, for who wants to take it away and read it without a network.

Owns the archive and its hash beside it. The same files give the same bytes: they
stand in order, their times say nothing, and it holds neither itself nor its hash.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Mapping
from pathlib import Path

from tracker.site.paths import ARCHIVE, ARCHIVE_SUM
from tracker.site.placing import Waiting
from tracker.site.publish import Folder

__all__ = ["packed"]

_INSIDE = "tracker-site/"
_TIME = (1980, 1, 1, 0, 0, 0)  # the first that the format knows
_MODE = 0o100644 << 16


def packed(folder: Folder, digests: Mapping[str, str]) -> dict[str, Waiting]:
    """The archive of the files that stand in a folder, and its hash, laid aside or standing.

    `digests` are the SHA-256 of the files by path. Its comment is the hash of them all:
    where that has not changed, nothing is packed. Raises: OSError.
    """
    listed = "".join(f"{digests[path]}  {path}\n" for path in sorted(digests))
    comment = hashlib.sha256(listed.encode()).hexdigest().encode()
    standing, told = folder.place(ARCHIVE), folder.place(ARCHIVE_SUM)
    digest, waits = "", False
    if _holds(standing, comment) and told.is_file():
        digest = _digest(standing)
    if not digest or told.read_bytes() != _sum(digest):
        aside, waits = Path(folder.stage.place(ARCHIVE)), True
        _pack(folder.out, sorted(digests), aside, comment)
        digest = _digest(aside)
    return {
        ARCHIVE: Waiting(digest, waits),
        ARCHIVE_SUM: folder.wait(ARCHIVE_SUM, _sum(digest)),
    }


def _pack(out: Path, paths: list[str], target: Path, comment: bytes) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        archive.comment = comment
        for path in paths:
            one = zipfile.ZipInfo(_INSIDE + path, _TIME)
            one.create_system, one.external_attr = 3, _MODE  # as on Unix, wherever it is made
            body = (out / path).read_bytes()
            archive.writestr(one, body, zipfile.ZIP_DEFLATED, 6)


def _holds(standing: Path, comment: bytes) -> bool:
    """Whether an archive is there that ends in this comment."""
    if standing.is_symlink() or not standing.is_file():
        return False
    with standing.open("rb") as file:
        file.seek(-min(len(comment), standing.stat().st_size), 2)
        return file.read() == comment


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _sum(digest: str) -> bytes:
    """As `sha256sum -c` reads it."""
    return f"{digest}  {ARCHIVE}\n".encode()
