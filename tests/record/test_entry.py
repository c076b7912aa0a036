"""An event written back is the entry an editor wrote: same event, same layout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec
import pytest

from tracker.config import shipped
from tracker.core.events import Event
from tracker.record.draft import read_draft, rest_of
from tracker.record.entry import entry_text
from tracker.record.read import Record, read_record

FOLDER = shipped("db/record")


@cache
def record() -> Record:
    return read_record(FOLDER)


def again(event: Event, text: str) -> Event | None:
    """The event that a text is, held to a record that does not have it yet."""
    rest = rest_of([one for one in record().events if one.id != event.id], record().measures)
    read = read_draft(text, rest)
    assert read.faults == ()
    # As the last of its day; in the record it may stand before others.
    return read.event and msgspec.structs.replace(read.event, sequence=event.sequence)


def test_every_event_of_the_record_reads_the_same_when_written_back() -> None:
    for event in record().events:
        assert again(event, entry_text(event)) == event
        assert again(event, f"events:\n{entry_text(event)}") == event


@pytest.mark.parametrize("file", sorted(FOLDER.glob("20*.yaml")), ids=lambda file: file.stem)
def test_written_back_it_is_laid_out_as_in_its_file(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    plain = "\n".join(lines)
    for event in record().events:
        if event.announced.isoformat().startswith(file.stem):
            assert entry_text(event).rstrip("\n") in plain


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "events: []",
        "- 1",
        "a: b",
        "events:\n  - id: &x y",
        "\x00",
        "[" * 50,
        "? :",
        "x" * 300_000,
    ],
)
def test_what_is_no_draft_is_told_and_never_raised(text: str) -> None:
    read = read_draft(text, rest_of(record().events, record().measures))
    assert read.event is None
    assert read.faults
    assert all(len(fault.splitlines()) == 1 for fault in read.faults)
