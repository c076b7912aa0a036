"""The files of a record: which there are and what text is in them.

Owns names, sizes and encodings. A file is hostile until it has been read here.
"""

from __future__ import annotations

import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path as FilePath

from tracker.errors import BadInput, OperationFailed
from tracker.record.document import Document, read_document
from tracker.record.findings import Finding

__all__ = ["MEASURES", "load_file", "read_text", "record_files", "write_whole"]

MEASURES = "measures.yaml"
_MONTH = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])\.yaml", re.ASCII)
_LARGEST = 5_000_000


def record_files(folder: FilePath) -> tuple[list[FilePath], list[Finding]]:
    """measures.yaml and then the months in order, and what stands there that should not.

    Files that do not look like YAML are nobody's business and left alone.

    Raises: BadInput if the folder cannot be read.
    """
    try:
        found = sorted(folder.iterdir())
    except OSError as error:
        raise BadInput(
            f"the record folder {folder} cannot be read ({error.strerror or error})",
            "Name the folder that holds measures.yaml and the months, like db/record",
        ) from error
    yaml = [path for path in found if path.suffix.lower() in {".yaml", ".yml"}]
    months = [path for path in yaml if _MONTH.fullmatch(path.name)]
    strange = [
        Finding(
            str(path), 1, (), "is no file of the record; name it measures.yaml or like 2025-02.yaml"
        )
        for path in yaml
        if path not in months and path.name != MEASURES
    ]
    if folder / MEASURES not in yaml:
        strange.append(
            Finding(str(folder / MEASURES), 1, (), "is missing; add it with `measures:`")
        )
        return months, strange
    return [folder / MEASURES, *months], strange


def load_file(path: FilePath) -> tuple[Document | None, list[Finding]]:
    """The data of one file and what is wrong with its text."""
    name = str(path)
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        reason = f"cannot be read ({error.strerror or error}); check its permissions"
        return None, [Finding(name, 1, (), reason)]
    if len(data) > _LARGEST:
        return None, [Finding(name, 1, (), "is larger than 5 MB; this is no month of events")]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return None, [Finding(name, line, (), "is not UTF-8 from here on; save it as UTF-8")]
    document, troubles = read_document(text)
    return document, [Finding(name, one.line, one.path, one.message) for one in troubles]


def read_text(path: FilePath) -> str:
    """The text of a file that `load_file` has read, line ends as they are."""
    return path.read_bytes().decode("utf-8-sig")


def write_whole(path: FilePath, data: bytes) -> None:
    """Put a file in place whole, under the mode it had: a reader sees the old or the new one.

    Raises: OperationFailed if it cannot be written; then nothing has changed.
    """
    aside: str | None = None
    try:
        number, aside = tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name}.")
        with os.fdopen(number, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        mode = path.stat().st_mode if path.exists() else 0o666 & ~_mask()
        FilePath(aside).chmod(mode & 0o777)
        FilePath(aside).replace(path)
    except OSError as error:
        if aside is not None:
            with suppress(OSError):
                FilePath(aside).unlink(missing_ok=True)
        raise OperationFailed(
            f"{path} cannot be written ({error.strerror or error})",
            "Make room there, or name another place",
        ) from error


def _mask() -> int:
    """The file mode mask, which can only be read by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
