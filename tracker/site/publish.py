"""Files into a folder, each one whole or not at all, writing only what differs.

Owns the folder it publishes into: a manifest there names every file it wrote
and its SHA-256, and a journal names those written since. Files nobody listed
there are foreign and are never touched. It knows nothing of pages.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TextIO

from tracker.errors import OperationFailed
from tracker.site.folder import claimed

__all__ = ["MANIFEST", "Published", "publish"]

MANIFEST = ".tracker-manifest.json"
_JOURNAL = ".tracker-journal"
_TEMPORARY = ".tracker-tmp-"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Published:
    """How many files were written, were there already, and were removed."""

    written: int
    unchanged: int
    removed: int


def publish(
    files: Iterable[tuple[str, bytes]],
    out: Path,
    progress: Callable[[int], None] | None = None,
) -> Published:
    """Make the folder hold exactly `files` besides what is foreign; idempotent.

    Paths are relative, with `/`. A file whose bytes are on disk already is left
    alone, its time included; every other is written beside its place and moved
    there, so a reader never sees half of one. A run that was killed is completed
    by the next. Files of an earlier run that are not among `files` are removed.
    `progress` is told how many files have been looked at so far, after each.

    Raises: OperationFailed if the folder cannot be used, is somebody else's, is
    being written by another build, or holds a foreign file in a page's place.
    """
    with claimed(out, MANIFEST, _JOURNAL):
        try:
            return _publish(files, out, progress or (lambda _: None))
        except OSError as error:
            place = error.filename2 or error.filename or out
            raise OperationFailed(
                f"{place} could not be written: {error.strerror}",
                "Check the folder's permissions and the free space, then build again",
            ) from error


def _publish(
    files: Iterable[tuple[str, bytes]], out: Path, progress: Callable[[int], None]
) -> Published:
    _sweep(out)
    manifest = _read_manifest(out)
    ours = {*manifest, *_read_journal(out)}
    digests: dict[str, str] = {}
    written = unchanged = 0
    with (out / _JOURNAL).open("a", encoding="utf-8") as journal:
        for path, body in files:
            target = out / _checked(path)
            if path in digests:
                raise AssertionError(f"the page {path} is planned twice")
            digests[path] = hashlib.sha256(body).hexdigest()
            if _holds(target, body, digests[path]):
                unchanged += 1
            else:
                if path not in ours:
                    _announce(journal, path, target)
                _write(target, body)
                written += 1
            progress(len(digests))
    removed = _remove(out, sorted(ours - set(digests)))
    if digests != manifest:
        _write(out / MANIFEST, _manifest(digests))
    (out / _JOURNAL).unlink()
    return Published(written, unchanged, removed)


def _announce(journal: TextIO, path: str, target: Path) -> None:
    """Name a new file before it is there, so that a killed run leaves nothing unknown."""
    if target.exists():
        raise OperationFailed(
            f"{target} is in the way: it was not written by this program",
            "Move it elsewhere or choose another folder with --out",
        )
    journal.write(json.dumps(path) + "\n")
    journal.flush()


def _checked(path: str) -> PurePosixPath:
    """The path if it stays inside the folder and is not one of this module's own files."""
    parts = path.split("/")
    if any(part in {"", ".", ".."} or "\\" in part or "\0" in part for part in parts):
        raise OperationFailed(
            f"{path!r} is not a path inside the site", "This is a mistake in the plan of pages"
        )
    if any(part.startswith(".tracker-") for part in parts):
        raise OperationFailed(f"{path!r} is a name the site keeps for itself")
    return PurePosixPath(path)


def _holds(target: Path, body: bytes, digest: str) -> bool:
    """Whether the file is there with these bytes: by size first, then by hash."""
    if target.is_symlink() or not target.is_file() or target.stat().st_size != len(body):
        return False
    return hashlib.sha256(target.read_bytes()).hexdigest() == digest


def _write(target: Path, body: bytes) -> None:
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


def _sweep(out: Path) -> None:
    """Take away what a killed run left half-written. Only our own kind of name is touched."""
    for folder, _, names in os.walk(out):
        for name in names:
            if name.startswith(_TEMPORARY):
                (Path(folder) / name).unlink(missing_ok=True)


def _remove(out: Path, paths: Iterable[str]) -> int:
    """Remove orphans and the folders they leave empty; answers how many were there."""
    removed = 0
    for path in paths:
        target = out / _checked(path)
        if not target.is_file() and not target.is_symlink():
            continue
        target.unlink()
        removed += 1
        for folder in target.relative_to(out).parents:
            if folder == Path() or any((out / folder).iterdir()):
                break
            (out / folder).rmdir()
    return removed


def _manifest(digests: dict[str, str]) -> bytes:
    document = {"format": _FORMAT, "files": dict(sorted(digests.items()))}
    return (json.dumps(document, indent=0) + "\n").encode()


def _read_manifest(out: Path) -> dict[str, str]:
    try:
        document = json.loads((out / MANIFEST).read_bytes())
    except FileNotFoundError:
        return {}
    except (ValueError, RecursionError) as error:
        raise _unreadable(out / MANIFEST) from error
    files = document.get("files") if isinstance(document, dict) else None
    if not isinstance(files, dict) or document.get("format") != _FORMAT:
        raise _unreadable(out / MANIFEST)
    return {str(path): str(digest) for path, digest in files.items()}


def _unreadable(file: Path) -> OperationFailed:
    return OperationFailed(
        f"{file} does not read as a list of published files",
        "Build into an empty folder with --out, or remove this one first",
    )


def _read_journal(out: Path) -> set[str]:
    """The files a killed run had begun; its last line may be torn and then named nothing yet."""
    found: set[str] = set()
    try:
        lines = (out / _JOURNAL).read_bytes().split(b"\n")[:-1]
    except FileNotFoundError:
        return found
    for line in lines:
        try:
            path = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise _unreadable(out / _JOURNAL) from error
        if not isinstance(path, str):
            raise _unreadable(out / _JOURNAL)
        _checked(path)
        found.add(path)
    return found
