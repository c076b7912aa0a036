"""Accepted events into the record's files, which have the last word on them from then on.

Owns the order that makes it safe: the file first, then the note in the ledger. Killed in
between, the file holds the event and the ledger still counts it as waiting; the next export
or load finds it there and notes it, and it stays one event.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from tracker.core.decisions import REVIEW_STREAM, ReviewAccepted
from tracker.core.events import Event, order_of
from tracker.core.world import World
from tracker.errors import AppendConflict, BadInput, OperationFailed
from tracker.record.draft import read_draft, rest_of
from tracker.record.entry import entry_text
from tracker.record.files import write_whole
from tracker.record.insert import month_file, with_event
from tracker.record.read import Record, read_record
from tracker.review import deciding
from tracker.review.cases import Case, cases_of
from tracker.review.desk import Exported
from tracker.store.protocol import Ledger

__all__ = ["export_accepted"]


def export_accepted(
    ledger: Ledger, world: World, folder: Path, *, editor: str, at: datetime
) -> tuple[Exported, ...]:
    """Write every accepted event that waits into its month's file, in order of announcement.

    Each is durable in its file before the ledger says so. Idempotent.
    Raises: RecordInvalid if the folder does not read; BadInput if an event breaks a rule
    among the files' own events (those before it are written then); OperationFailed if a
    file or the ledger cannot be written; AppendConflict if somebody decided otherwise
    meanwhile (that event is not in its file then).
    """
    name = deciding.check_editor(editor)
    done: list[Exported] = []
    with _alone(folder):
        for case, event in _waiting(ledger, world):
            record = read_record(folder)
            file = month_file(folder, event.announced)
            before = file.read_bytes() if file.exists() else None
            new = event.id not in record.places
            if new:
                _write(file, event, record)
            try:
                draft = deciding.export(case, editor=name, event=event.id)
                ledger.append([draft], at=at)
            except AppendConflict:
                if new:
                    _put_back(file, before)
                raise
            done.append(Exported(event.id, file.name, new))
    return tuple(done)


def _waiting(ledger: Ledger, world: World) -> list[tuple[Case, Event]]:
    """The accepted events that no file has held yet, each with its case, oldest first."""
    found = []
    for case in cases_of(ledger.under(REVIEW_STREAM)).values():
        closing = case.closing
        if closing is None or case.exported or not isinstance(closing.what, ReviewAccepted):
            continue
        event = world.event(closing.what.event)
        if event is not None:
            found.append((case, event))
    return sorted(found, key=lambda one: order_of(one[1]))


def _write(file: Path, event: Event, record: Record) -> None:
    text = entry_text(event)
    read = read_draft(text, rest_of(record.events, record.measures))
    if read.event is None:
        raise BadInput(
            f"{event.id} breaks a rule among the events of the files: {read.faults[0]}",
            "Bring the files up to date, or undo and amend it",
        )
    write_whole(file, with_event(file, text, event.announced).encode())


def _put_back(file: Path, before: bytes | None) -> None:
    if before is None:
        with suppress(OSError):
            file.unlink(missing_ok=True)
    else:
        write_whole(file, before)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One export at a time for a folder, whichever process: two would lose each other's lines.

    The lock goes with the process, however it ends.
    """
    try:
        number = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise BadInput(
            f"the record folder {folder} cannot be read ({error.strerror or error})",
            "Name the folder that holds measures.yaml and the months, like db/record",
        ) from error
    try:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise OperationFailed(
                f"another export is writing into {folder}", "Wait for it, then call again"
            ) from error
        yield
    finally:
        os.close(number)
