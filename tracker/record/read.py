"""Reading the curated record: all its files, or everything that is wrong with them.

Owns the order of the steps: text, data, shapes, rules, events. It must not
know the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path as FilePath
from types import MappingProxyType
from typing import Any, TypeVar

from tracker.core.events import Event, order_of
from tracker.core.measures import Measure
from tracker.errors import RecordInvalid
from tracker.record.build import event_of, measure_of
from tracker.record.convert import convert_entry
from tracker.record.document import Document
from tracker.record.files import MEASURES, load_file, record_files
from tracker.record.findings import SHAPE, Finding, Path, quoted
from tracker.record.known import Known, known_of
from tracker.record.rules import broken_rules
from tracker.record.shapes import EventShape, MeasureShape

__all__ = ["Examined", "Record", "examine", "read_record"]

T = TypeVar("T", EventShape, MeasureShape)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The curated record.

    `measures` stand in the order of their file, `events` in the order in which
    they were announced; `places` gives file and line of each event id and measure key.
    """

    measures: tuple[Measure, ...]
    events: tuple[Event, ...]
    places: Mapping[str, tuple[str, int]]


@dataclass(frozen=True, slots=True)
class _Entry:
    """One item of a file before its shape is known."""

    file: FilePath
    document: Document
    path: Path
    data: dict[str, Any]

    @property
    def name(self) -> str:
        """The id or key, or nothing where it has none that can be used."""
        found = self.data.get("id" if self.path[0] == "events" else "key")
        return found if isinstance(found, str) else ""

    def line(self, path: Path = ()) -> int:
        return self.document.line_of((*self.path, *path))

    def finding(self, path: Path, message: str, rule: str) -> Finding:
        whole = (*self.path, *path)
        line = self.document.line_of(whole)
        return Finding(str(self.file), line, whole, message, entry=self.name, rule=rule)


@dataclass(slots=True)
class _Reading:
    """What has been read so far and what was wrong with it."""

    findings: list[Finding] = field(default_factory=list)
    entries: dict[str, list[_Entry]] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A record folder as far as it reads, and everything that is wrong with it.

    `record` holds every entry that has its shape, also one that breaks a rule;
    `events` the shapes of its events by id. `findings` stand in order of file and line.
    """

    files: int
    record: Record
    events: Mapping[str, EventShape]
    findings: tuple[Finding, ...]
    entries: Mapping[str, _Entry]

    def finding(self, name: str, path: Path, message: str, *, rule: str) -> Finding:
        """A finding at `path` within the entry of that id or key."""
        return self.entries[name].finding(path, message, rule)


def read_record(folder: FilePath) -> Record:
    """Read every file of a record folder: `measures.yaml` and a `YYYY-MM.yaml` for each month.

    An event's `sequence` is its place among those of its day in the file.

    Raises: RecordInvalid with a line for every place that is wrong, in order of
    file and line; BadInput if the folder itself cannot be read.
    """
    seen = examine(folder)
    if seen.findings:
        raise RecordInvalid(tuple(str(one) for one in seen.findings))
    return seen.record


def examine(folder: FilePath) -> Examined:
    """Read a record folder without stopping at what is wrong. Raises: BadInput as `read_record`."""
    reading = _Reading()
    files, reading.findings = record_files(folder)
    reading.entries = {"events": [], "measures": []}
    for file in files:
        _read_file(reading, file)
    known = _known(reading)
    places: dict[str, tuple[str, int]] = {}
    measures = _checked(reading, "measures", MeasureShape, known, places)
    events = _checked(reading, "events", EventShape, known, places)
    record = Record(
        measures=tuple(measure_of(shape) for shape in measures),
        events=tuple(sorted(_in_sequence(events), key=order_of)),
        places=MappingProxyType(places),
    )
    entries: dict[str, _Entry] = {}
    for entry in (*reading.entries["measures"], *reading.entries["events"]):
        entries.setdefault(entry.name, entry)
    return Examined(
        files=len(files),
        record=record,
        events=MappingProxyType({shape.id: shape for shape in reversed(events)}),
        findings=tuple(sorted(set(reading.findings), key=_order)),
        entries=MappingProxyType(entries),
    )


def _order(finding: Finding) -> tuple[str, int, str]:
    return finding.file, finding.line, str(finding)


def _read_file(reading: _Reading, file: FilePath) -> None:
    """Add the entries of one file; what is wrong with its frame is a finding."""
    section = "measures" if file.name == MEASURES else "events"
    document, findings = load_file(file)
    reading.findings.extend(findings)
    if document is None:
        reading.unread.add(section)
        return
    where = str(file)
    if not isinstance(document.data, dict) or section not in document.data:
        message = f"does not start with `{section}:`; put the entries in a list below it"
        reading.findings.append(Finding(where, 1, (), message))
        reading.unread.add(section)
        return
    for name in document.data.keys() - {section}:
        message = f"is not a field here; the file holds `{section}:` and nothing beside it"
        reading.findings.append(Finding(where, document.line_of((name,)), (name,), message))
    items = document.data[section]
    if not isinstance(items, list):
        reading.findings.append(
            Finding(where, document.line_of((section,)), (section,), "must be a list of entries")
        )
        reading.unread.add(section)
        return
    for index, item in enumerate(items):
        path = (section, index)
        if isinstance(item, dict):
            reading.entries[section].append(_Entry(file, document, path, item))
        else:
            message = f"{quoted(item)} is no entry; write its fields as name: value"
            reading.findings.append(Finding(where, document.line_of(path), path, message))


def _known(reading: _Reading) -> Known:
    """What can be referred to, also where an entry is not right otherwise."""
    named = {
        section: [(entry.name, entry.data) for entry in entries]
        for section, entries in reading.entries.items()
    }
    return known_of(
        named["events"],
        None if "measures" in reading.unread else named["measures"],
        complete="events" not in reading.unread,
    )


def _checked(
    reading: _Reading,
    section: str,
    shape: type[T],
    known: Known,
    places: dict[str, tuple[str, int]],
) -> list[T]:
    """The entries of a section that are right; the rest become findings."""
    found: list[T] = []
    for entry in reading.entries[section]:
        converted, misfits = convert_entry(entry.data, shape)
        reading.findings.extend(entry.finding(path, text, SHAPE) for path, text in misfits)
        first = places.setdefault(entry.name, (str(entry.file), entry.line()))
        here = (str(entry.file), entry.line())
        if converted is None:
            continue
        context = replace(
            known,
            month=entry.file.stem,
            first_at="" if first == here else f"{FilePath(first[0]).name}:{first[1]}",
        )
        reading.findings.extend(
            entry.finding(path, text, rule) for path, text, rule in broken_rules(converted, context)
        )
        found.append(converted)
    return found


def _in_sequence(shapes: Iterable[EventShape]) -> Iterable[Event]:
    counts: dict[date, int] = {}
    for shape in shapes:
        sequence = counts.get(shape.announced, 0)
        counts[shape.announced] = sequence + 1
        yield event_of(shape, sequence=sequence)
