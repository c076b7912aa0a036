"""Files into a folder, each one whole or not at all, writing only what differs.

Owns the folder it publishes into: a manifest there names every file it wrote
and its SHA-256, and a journal names those written since. Files nobody listed
there are foreign and are never touched. It knows nothing of pages.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tracker.errors import OperationFailed
from tracker.site.folder import claimed
from tracker.site.placing import PLAIN, Waiting, checked, holds, put, remove, stamp_of, sweep
from tracker.site.staging import Stage

__all__ = ["MANIFEST", "Folder", "Published", "opened", "publish"]

MANIFEST = ".tracker-manifest.json"
_JOURNAL = ".tracker-journal"
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
    digests: dict[str, str] = {}
    written = 0
    with opened(out) as folder:
        for path, body in files:
            if path in digests:
                raise AssertionError(f"the page {path} is planned twice")
            digests[path] = hashlib.sha256(body).hexdigest()
            if not holds(str(folder.place(path)), body, digests[path]):
                folder.announce([path])
                put(folder.place(path), body)
                written += 1
            if progress is not None:
                progress(len(digests))
        removed = folder.close(digests)
    return Published(written, len(digests) - written, removed)


@contextmanager
def opened(out: Path) -> Iterator[Folder]:
    """The folder, claimed for one build and cleared of what a killed one left half-written.

    Raises: OperationFailed as `publish` says, for whatever is done with it, too.
    """
    made = not out.exists()
    with claimed(out, MANIFEST, _JOURNAL) as hold:
        folder = None
        try:
            folder = Folder(out, hold)
            yield folder
        except OSError as error:
            place = error.filename2 or error.filename or out
            raise OperationFailed(
                f"{place} could not be written: {error.strerror}",
                "Check the folder's permissions and the free space, then build again",
            ) from error
        finally:
            if folder is not None:
                folder.leave()
            if made:
                with suppress(OSError):
                    out.rmdir()  # nothing came of it


class Folder:
    """A claimed folder: what stands there, what waits, and the lists of what is ours."""

    def __init__(self, out: Path, hold: int | None = None) -> None:
        if stamp_of(out / _JOURNAL) is not None:
            sweep(out)  # only a run that was killed leaves its journal, and what it had begun
        self.out = out
        self._hold = hold
        self._manifest = _read_manifest(out)
        self._ours = {*self._manifest, *_read_journal(out)}
        # It marks the folder as ours from now on.
        self._journal = (out / _JOURNAL).open("a", encoding="utf-8")
        self.stage = Stage(out)

    def place(self, path: str) -> Path:
        """Where a file of the site stands. Raises: OperationFailed if it is none."""
        return self.out / checked(path)

    def let_go(self) -> None:
        """Hold the folder no longer, in a part that split off: who split off still does."""
        if self._hold is not None:
            os.close(self._hold)

    def wait(self, path: str, body: bytes) -> Waiting:
        """Lay the file aside unless it stands in its place already.

        Several processes may do so at once. Raises: OSError.
        """
        digest = hashlib.sha256(body).hexdigest()
        stands = self.stage.missing(path) is None
        if stands and holds(f"{self.out}/{checked(path)}", body, digest):
            return Waiting(digest, aside=False)
        self.stage.lay(path, body)
        return Waiting(digest, aside=True)

    def settle(self, waiting: Mapping[str, Waiting]) -> int:
        """Move every file that waits into its place, in the order given; answers how many.

        A folder that is not there yet is moved as a whole: what is in it is there at once.
        Raises: OSError; OperationFailed if a foreign file stands there.
        """
        moving = [path for path, one in waiting.items() if one.aside]
        self.announce(moving)
        self.stage.move(moving)
        return len(moving)

    def announce(self, paths: Iterable[str]) -> None:
        """Name new files before they are there, so that a killed run leaves nothing unknown."""
        for path in paths:
            if path in self._ours:
                continue
            if self.stage.missing(path) is None:
                self._in_the_way(self.place(path))
            self._journal.write(json.dumps(path) + "\n")
        self._journal.flush()

    def _in_the_way(self, target: Path) -> None:
        if stamp_of(target) is not None or target.exists():
            raise OperationFailed(
                f"{target} is in the way: it was not written by this program",
                "Move it elsewhere or choose another folder with --out",
            )

    def close(self, digests: Mapping[str, str]) -> int:
        """Remove our files that are not among these and write the list; answers how many went."""
        removed = remove(self.out, sorted(self._ours - set(digests)))
        if digests != self._manifest:
            put(self.out / MANIFEST, _manifest(digests))
        (self.out / _JOURNAL).unlink()
        return removed

    def leave(self) -> None:
        """Let go of what was laid aside. Idempotent."""
        self._journal.close()
        journal = stamp_of(self.out / _JOURNAL)
        if journal is not None and not journal.size:
            (self.out / _JOURNAL).unlink()
        self.stage.clear()


def _manifest(digests: Mapping[str, str]) -> bytes:
    # One a line, and not by the encoder's own way to that: it is slow.
    named = (
        (f'"{one}"' if PLAIN.fullmatch(one) else json.dumps(one), one) for one in sorted(digests)
    )
    files = ",\n".join([f'{name}: "{digests[one]}"' for name, one in named])
    return f'{{\n"format": {_FORMAT},\n"files": {{\n{files}\n}}\n}}\n'.encode()


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
        checked(path)
        found.add(path)
    return found
