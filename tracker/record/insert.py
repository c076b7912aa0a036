"""Putting a new event into its month's file, without touching what stands there."""

from __future__ import annotations

from datetime import date
from pathlib import Path as FilePath
from typing import Any

from tracker.errors import BadInput
from tracker.record.document import Document, read_document
from tracker.record.files import load_file, read_text

__all__ = ["month_file", "with_event"]


def month_file(folder: FilePath, announced: date) -> FilePath:
    """The file that an event announced on that day belongs in."""
    return folder / f"{announced:%Y-%m}.yaml"


def with_event(file: FilePath, entry: str, announced: date) -> str:
    """The text of a month's file with one more event, after those announced by then.

    `entry` is indented as in the file and ends in a line feed. A month that
    has no file yet begins one. Raises: BadInput if the file does not read, or
    is laid out so that the event would not stand in it as one more entry.
    """
    if not file.exists():
        return f"events:\n{entry}"
    document, findings = load_file(file)
    if findings or document is None or not _is_month(document):
        raise BadInput(
            f"{file} does not read, so nothing can be put into it",
            "`tracker record check` says what is wrong",
        )
    events = document.data["events"]
    index = _index(events, announced.isoformat())
    lines = read_text(file).splitlines(keepends=True)
    at = _line(document, lines, index)
    before, after = "".join(lines[:at]).rstrip("\n") + "\n", "".join(lines[at:])
    text = f"{before}{entry}" if index == 0 else f"{before}\n{entry}"
    if after.strip():
        text = f"{text}\n{after}" if index == 0 else f"{text}{after}"
    _require_one_more(file, text, events, index)
    return text


def _is_month(document: Document) -> bool:
    data = document.data
    return isinstance(data, dict) and isinstance(data.get("events"), list)


def _index(events: list[Any], day: str) -> int:
    """The place of the new event: after the last one announced by that day."""
    places = (
        number
        for number, event in enumerate(events, start=1)
        if isinstance(event, dict) and str(event.get("announced", "")) <= day
    )
    return max(places, default=0)


def _line(document: Document, lines: list[str], index: int) -> int:
    """Before which line, from 0, the event of that index begins."""
    entries = len(document.data["events"])
    if index == 0:
        return document.line_of(("events",))
    if index == entries:
        return len(lines)
    at = document.line_of(("events", index)) - 1
    # A comment above the next event, or a blank line, stays with it.
    while at > 0 and (not lines[at - 1].strip() or lines[at - 1].startswith(("#", "  #"))):
        at -= 1
    return at


def _require_one_more(file: FilePath, text: str, events: list[Any], index: int) -> None:
    """Make sure that the other entries stand there as before and one more among them."""
    document, _ = read_document(text)
    found = document.data["events"] if document and _is_month(document) else []
    if [*found[:index], *found[index + 1 :]] != events or len(found) == len(events):
        raise BadInput(
            f"{file} is laid out in another way than the record's files",
            "Run `tracker record fmt` first, or put the event in by hand",
        )
