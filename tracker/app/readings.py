"""What items say, each read once: reading them is most of what a look at the queue costs.

Owns what is kept of earlier readings: in memory, and in a file that is only a shortcut.
One that is missing, damaged or made by other rules is passed over and written anew;
dropping it changes nothing but the time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

import msgspec

import tracker.extract
from tracker.app.gathering import Reader
from tracker.config import shipped
from tracker.core.codec import sha256
from tracker.errors import OperationFailed
from tracker.extract import Extraction, Item, extract
from tracker.extract.linear import MODEL_FILE
from tracker.record.files import write_whole
from tracker.review.desk import Progress

__all__ = ["Readings"]

_AT_ONCE = 200


class _Kept(msgspec.Struct, frozen=True):
    """The file: by which rules it was made, and what each item said; None for no news."""

    rules: str
    said: dict[str, Extraction | None]


class Readings:
    """What items say. `file` keeps it from one process to the next; None keeps it in memory."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._known: dict[str, Extraction | None] | None = None

    def reader(self, progress: Progress | None = None) -> Reader:
        """Reads items, telling `progress` how far it is."""

        def read(keys: Sequence[str], item: Callable[[int], Item]) -> Sequence[Extraction | None]:
            known, used, new = self._held(), dict[str, Extraction | None](), 0
            for at, key in enumerate(keys):
                if key in known:
                    used[key] = known[key]
                elif key not in used:
                    said = extract(item(at))
                    used[key] = said if said.relevant else None
                    new += 1
                if progress is not None and ((at + 1) % _AT_ONCE == 0 or at + 1 == len(keys)):
                    progress(at + 1, len(keys))
            # What is no longer asked for is let go, so that the file does not grow for ever.
            self._known = used
            if new or len(used) != len(known):
                self._keep(used)
            return [used[key] for key in keys]

        return read

    def _held(self) -> dict[str, Extraction | None]:
        if self._known is None:
            self._known = {}
            if self._file is not None:
                with suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
                    kept = msgspec.json.decode(self._file.read_bytes(), type=_Kept)
                    if kept.rules == _rules():
                        self._known = kept.said
        return self._known

    def _keep(self, said: dict[str, Extraction | None]) -> None:
        if self._file is not None:
            with suppress(OperationFailed):
                write_whole(self._file, msgspec.json.encode(_Kept(_rules(), said)))


@cache
def _rules() -> str:
    """What the answers depend on besides the items: the code that reads, and its model."""
    places = [*Path(tracker.extract.__file__).parent.glob("*.py"), shipped(MODEL_FILE)]
    texts = (place.read_bytes() for place in sorted(places) if place.is_file())
    return sha256("\n".join(sha256(text) for text in texts).encode())
