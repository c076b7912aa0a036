"""The lists of feeds: the one that is shipped and the user's own beside it.

Owns how the two are read as one, and the adding to and taking from the user's
own file, whose comments and layout stay. It opens no connection.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, fields
from pathlib import Path
from urllib.parse import unquote

import msgspec

from tracker.core.codec import sha256
from tracker.errors import BadInput, OperationFailed, UnknownName
from tracker.ingest.links import canonical_link, safe_link
from tracker.ingest.sources import Source, checked, read_sources, sources_in

if sys.platform != "win32":
    import fcntl

__all__ = ["OwnList", "fitted_url", "id_for", "merged", "same_address"]

_HEAD = """\
# Feeds of your own, polled beside those that come with the program. `tracker sources add`
# and `remove` write here, and so may you. A feed with the id or the address of a shipped one
# replaces it.
"""
_STARTS = re.compile(r"^[ \t]*\[\[[ \t]*source[ \t]*\]\][^\n]*(?:\n|\Z)", re.MULTILINE)
_OPTIONAL = {field.name: field.default for field in fields(Source)}
_MAX_ID = 60


def same_address(url: str) -> str:
    """The form of a feed's address by which two of them are the same feed.

    Without scheme, trailing slash, fragment and what only tracks; for comparing only.
    """
    _, _, rest = canonical_link(url).partition("://")
    return rest.rstrip("/")


def fitted_url(raw: str) -> str:
    """An address as a list can hold it: what has no place in one, percent-encoded.

    What cannot be mended is left as it is, for `checked` to refuse.
    """
    safe = safe_link(raw)
    if safe is None:
        return raw.strip()
    start = safe.index("/", safe.index("://") + 3) if "/" in safe.partition("://")[2] else len(safe)
    return safe[:start] + safe[start:].replace("[", "%5B").replace("]", "%5D")


def id_for(url: str, taken: Iterable[str]) -> str:
    """An id made from host, path and query of an address, other than those `taken`.

    The same address gives the same id whenever it is free, so that a feed taken
    off the list and put back goes on where it was.
    """
    words = re.sub(r"[^a-z0-9]+", "-", unquote(same_address(url)).lower().removeprefix("www."))
    name = words.strip("-")[:_MAX_ID].strip("-") or "feed"
    used = set(taken)
    if name not in used:
        return name
    # Whichever of two addresses comes first, the other one's id does not depend on how many came.
    digest = sha256(url.encode())
    return next(
        longer for end in range(6, len(digest)) if (longer := f"{name}-{digest[:end]}") not in used
    )


def merged(shipped: Sequence[Source], own: Sequence[Source]) -> tuple[Source, ...]:
    """Both lists as one: an own feed replaces the shipped one of its id or address in its place."""
    ids = {source.id: source for source in own}
    addresses = {same_address(source.url) for source in own}
    found: dict[str, Source] = {}
    for source in shipped:
        if source.id in ids:
            found[source.id] = ids[source.id]
        elif same_address(source.url) not in addresses:
            found[source.id] = source
    return (*found.values(), *(source for source in own if source.id not in found))


class OwnList:
    """The user's own file of feeds. It need not be there."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def read(self) -> tuple[Source, ...]:
        """Its feeds in its order; none where there is no file. Raises: BadInput."""
        return sources_in(self._text().encode(), self.file) if self.file.exists() else ()

    def beside(self, shipped: Path) -> tuple[Source, ...]:
        """The feeds of the shipped list and its own. Raises: BadInput if either does not read."""
        return merged(read_sources(shipped), self.read())

    def add(self, sources: Sequence[Source]) -> None:
        """Put feeds at its end, all or none, durable on return.

        Raises: BadInput for one that cannot stand there (its id or address is taken, a
        field cannot be used) or a file that does not read; OperationFailed if it
        cannot be written.
        """
        if not sources:
            return
        with self._held():
            text = self._text() or _HEAD
            blocks = [f"\n{_block(source)}" for source in sources]
            self._replace(
                text + ("" if text.endswith("\n") else "\n") + "".join(blocks),
                [*self.read(), *sources],
            )

    def remove(self, name: str) -> Source:
        """Take a feed off and answer it; comments around it stay.

        Raises: UnknownName if it is not on this list; BadInput and OperationFailed as `add`.
        """
        with self._held():
            before = self.read()
            gone = next((source for source in before if source.id == name), None)
            if gone is None:
                raise UnknownName(f"there is no source {name!r} on {self.file}", "")
            text = self._text()
            starts = [found.start() for found in _STARTS.finditer(text)]
            if len(starts) != len(before):
                raise self._strange()
            at = before.index(gone)
            end = starts[at + 1] if at + 1 < len(starts) else len(text)
            kept = _comments_after(text[starts[at] : end])
            left = text[: starts[at]] + kept + text[end:]
            self._replace(left, [source for source in before if source.id != name])
            return gone

    def _text(self) -> str:
        try:
            return self.file.read_bytes().decode("utf-8")
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise BadInput(
                f"{self.file} cannot be read ({error.strerror})", "Make it a file you may read"
            ) from error
        except UnicodeDecodeError as error:
            raise BadInput(
                f"{self.file} is not UTF-8 (byte {error.start})", "Save it as UTF-8"
            ) from error

    def _strange(self) -> BadInput:
        return BadInput(
            f"{self.file} is laid out in a way that cannot be edited safely",
            "Edit it by hand, or give each source a [[source]] line of its own",
        )

    def _replace(self, text: str, expected: Sequence[Source]) -> None:
        """Put the text in place whole, once it reads as what it should."""
        data = text.encode("utf-8")
        if list(sources_in(data, self.file)) != list(expected):
            raise self._strange()
        target = self.file.resolve()  # a link to a file kept elsewhere stays one
        try:
            handle, name = tempfile.mkstemp(dir=target.parent, prefix=".sources-")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                Path(name).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o644)
                Path(name).replace(target)
            except BaseException:
                with suppress(FileNotFoundError):
                    Path(name).unlink()
                raise
        except OSError as error:
            raise OperationFailed(
                f"{self.file} cannot be written ({error.strerror})", "Make room or give the right"
            ) from error

    @contextmanager
    def _held(self) -> Iterator[None]:
        """One writer at a time, of all processes; the hold ends with the process."""
        folder = self.file.parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(folder, os.O_RDONLY) if sys.platform != "win32" else None
        except OSError as error:
            raise OperationFailed(
                f"{folder} cannot be used ({error.strerror})", "Name another TRACKER_HOME"
            ) from error
        try:
            if handle is not None:
                fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            if handle is not None:
                os.close(handle)


def _comments_after(block: str) -> str:
    """The lines at the end of a table that are blank or comments: they speak of what follows."""
    lines = block.splitlines(keepends=True)
    last = max(
        number for number, line in enumerate(lines) if line.strip() and line.lstrip()[0] != "#"
    )
    return "".join(lines[last + 1 :]).lstrip("\n")


def _block(source: Source) -> str:
    """A source as a TOML table, fields that say the usual left out."""
    checked(f"the source {source.id}", asdict(source))
    lines = ["[[source]]"]
    for name, value in asdict(source).items():
        if value != _OPTIONAL[name]:
            lines.append(f"{name} = {_toml(value)}")
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    """A text, truth or whole number as TOML. Its texts are those of JSON, DEL aside.

    Raises: BadInput for a text that no file can hold.
    """
    try:
        return msgspec.json.encode(value).decode().replace("\x7f", "\\u007f")
    except UnicodeEncodeError as error:
        raise BadInput(f"{value!r} cannot be written down", "Write it in UTF-8") from error
