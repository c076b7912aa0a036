"""A draft of one event, as text: read as the record's files are, held to the record's rules.

Owns how an entry that stands in no file yet is checked against the events and measures
that are known. It must not know where a draft comes from or what becomes of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tracker.core.events import Event, order_of
from tracker.core.measures import Measure
from tracker.record.build import event_of
from tracker.record.convert import convert_entry
from tracker.record.document import read_document
from tracker.record.findings import SHAPE, Path, printable, spelled
from tracker.record.known import Known
from tracker.record.rules import broken_rules
from tracker.record.shapes import EventShape

__all__ = ["DraftRead", "Rest", "read_draft", "rest_of"]

_LARGEST = 200_000
_READS = "reads_as_yaml"


@dataclass(frozen=True, slots=True)
class DraftRead:
    """What a draft says: its event, or what is wrong, a line each with the rule in brackets."""

    event: Event | None
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rest:
    """The rest of the record as a draft is held to it, and how many events each day has."""

    known: Known
    taken: Mapping[date, int]


def rest_of(events: Iterable[Event], measures: Iterable[Measure]) -> Rest:
    """What a draft may refer to: the events and measures that are known."""
    ordered = sorted(events, key=order_of)
    taken: dict[date, int] = {}
    deadlines: dict[str, tuple[str, ...]] = {}
    for event in ordered:
        taken[event.announced] = max(taken.get(event.announced, 0), event.sequence + 1)
        for one in event.deadlines:
            if not one.cancelled:
                deadlines[one.key] = (*deadlines.get(one.key, ()), event.id)
    known = Known(
        measures={m.key: frozenset(p.key for p in m.provisions) for m in measures},
        events={event.id: (event.announced, number) for number, event in enumerate(ordered)},
        touched={
            event.id: frozenset((one.measure, one.provision) for one in event.effects)
            for event in ordered
        },
        withdraws={event.id: tuple(one.event for one in event.withdraws) for event in ordered},
        deadlines=deadlines,
    )
    return Rest(known, taken)


def read_draft(text: str, rest: Rest) -> DraftRead:
    """The event of one entry of a month's file, with or without `events:` above it.

    Its place among the events of its day is after those that are known. The text is
    hostile: whatever it holds, the answer says so and nothing is raised.
    """
    if len(text) > _LARGEST:
        return DraftRead(None, (f"the draft is longer than {_LARGEST} characters [{_READS}]",))
    lines = text.lstrip("\ufeff").splitlines()
    said = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    whole = text if said and said[0].startswith("events:") else f"events:\n{text}"
    document, troubles = read_document(whole)
    if troubles:
        return DraftRead(None, tuple(_line(one.path, one.message, _READS) for one in troubles))
    data = document.data.get("events") if document and isinstance(document.data, dict) else None
    if not isinstance(data, list) or len(data) != 1 or not isinstance(data[0], dict):
        return DraftRead(
            None, (f"a draft is one event, an item that begins with - id: [{_READS}]",)
        )
    shape, misfits = convert_entry(data[0], EventShape)
    if shape is None:
        return DraftRead(None, tuple(_line(path, told, SHAPE) for path, told in misfits))
    faults = tuple(_line(*one) for one in broken_rules(shape, _known(shape, rest)))
    if faults:
        return DraftRead(None, faults)
    return DraftRead(event_of(shape, sequence=rest.taken.get(shape.announced, 0)), ())


def _known(shape: EventShape, rest: Rest) -> Known:
    """The rest of the record with the draft in it, after all that is known."""
    known = rest.known
    place = (shape.announced, len(known.events))
    keys = (one.key for one in shape.deadlines if one.day is not None)
    mine = {key: (*known.deadlines.get(key, ()), shape.id) for key in keys}
    touched = frozenset((one.measure, name) for one in shape.effects for name in one.provisions)
    return Known(
        measures=known.measures,
        events={**known.events, shape.id: place},
        touched={**known.touched, shape.id: touched},
        withdraws={**known.withdraws, shape.id: tuple(one.event for one in shape.withdraws)},
        deadlines={**known.deadlines, **mine},
        month=shape.announced.isoformat()[:7],
        first_at="an event of the record" if shape.id in known.events else "",
    )


def _line(path: Path, message: str, rule: str) -> str:
    inside = path[2:] if path[:2] == ("events", 0) else path
    where = spelled(inside)
    return printable(f"{where}: {message} [{rule}]" if where else f"{message} [{rule}]")
