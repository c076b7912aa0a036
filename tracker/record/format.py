"""One layout for all files of the record: `tracker record fmt`.

Owns the promise: the data stays the same, every comment stays, and a file that
is laid out already stays as it is, byte for byte. A file for which it cannot
be kept is refused.
"""

from __future__ import annotations

from pathlib import Path as FilePath

import yaml

from tracker.record.comments import comments_of
from tracker.record.document import Document, read_document
from tracker.record.files import MEASURES, load_file, read_text
from tracker.record.findings import Finding
from tracker.record.layout import entry_lines

__all__ = ["formatted"]


def formatted(file: FilePath) -> tuple[str | None, list[Finding]]:
    """The text of a record file in its layout, or None and why it cannot be laid out."""
    section = "measures" if file.name == MEASURES else "events"
    document, findings = load_file(file)
    if document is None or findings:
        return None, findings
    if not _is_list(document, section):
        message = f"is not a list of entries under `{section}:`; `tracker record check` says more"
        return None, [Finding(str(file), 1, (), message)]
    text = read_text(file).replace("\r\n", "\n").replace("\r", "\n")
    try:
        comments = comments_of(text, document, section)
    except yaml.YAMLError:
        # The two readers of the library do not agree on a few odd characters.
        message = "cannot be searched for comments; write its odd characters in another way"
        return None, [Finding(str(file), 1, (), message)]
    if comments.lost:
        message = "a comment would be lost here; move it above the entry, or take it away"
        return None, [Finding(str(file), line, (), message) for line in comments.lost]
    lines = [*comments.top, f"{section}:"]
    for index, entry in enumerate(document.data[section]):
        if index:
            lines.append("")
        lines.extend(f"  {words}" for words in comments.above.get(index, ()))
        lines.extend(entry_lines(section, entry))
    if comments.end:
        lines.extend(("", *comments.end))
    written = "\n".join(lines) + "\n"
    if not _same(document, written):
        message = "cannot be laid out without changing what it says; leave it as it is"
        return None, [Finding(str(file), 1, (), message)]
    return written, []


def _is_list(document: Document, section: str) -> bool:
    data = document.data
    return (
        isinstance(data, dict)
        and [*data] == [section]
        and bool(data[section])
        and isinstance(data[section], list)
    )


def _same(document: Document, written: str) -> bool:
    """Whether the new text keeps the promise: it says what the old one said."""
    again, troubles = read_document(written)
    return again is not None and not troubles and again.data == document.data
