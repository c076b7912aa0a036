"""Corrections: every entry of the ledger that put an earlier one right, beside what stood before.

Pure. The ledger keeps what was wrong; this says what it was, so that a public
log can show both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tracker.core.codec import decode
from tracker.core.entries import (
    EventCorrected,
    EventRecorded,
    EventRetracted,
    MeasureCorrected,
    MeasureDefined,
    MeasureRetracted,
)
from tracker.core.events import Event
from tracker.core.measures import Measure
from tracker.core.world import Line

__all__ = ["Amendment", "amendments"]

_AMENDING = frozenset(
    kind.TYPE for kind in (EventCorrected, EventRetracted, MeasureCorrected, MeasureRetracted)
)
_TOLD = _AMENDING | {EventRecorded.TYPE, MeasureDefined.TYPE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """One correction or retraction, in order of the ledger.

    `subject` is an event id or a measure key. `before` is what the ledger said
    until then, None where it said nothing; `after` what it says since, None for
    a retraction. `recorded_at` is UTC. `fields` names what of it reads otherwise,
    in the order of definition; empty for a retraction.
    """

    position: int
    recorded_at: datetime
    subject: str
    reason: str
    before: Event | Measure | None
    after: Event | Measure | None
    fields: tuple[str, ...] = ()

    @property
    def retracted(self) -> bool:
        """Whether the thing left the record altogether."""
        return self.after is None


def amendments(lines: Iterable[Line]) -> tuple[Amendment, ...]:
    """Every amendment among the lines of a ledger, oldest first.

    A ledger without any is not read beyond the kinds of its lines.
    Raises: LedgerBroken if a payload does not read.
    """
    kept = [line for line in lines if line.type in _TOLD]
    if not any(line.type in _AMENDING for line in kept):
        return ()
    held: dict[tuple[str, str], Event | Measure | None] = {}
    found: list[Amendment] = []
    for line in kept:
        payload = decode(line.type, line.schema, line.payload)
        match payload:
            case EventRecorded(event=event):
                held["event", event.id] = event
            case MeasureDefined(measure=measure):
                held["measure", measure.key] = measure
            case EventCorrected(event=event, reason=reason):
                found.append(_amended(line, held, ("event", event.id), event, reason))
            case MeasureCorrected(measure=measure, reason=reason):
                found.append(_amended(line, held, ("measure", measure.key), measure, reason))
            case EventRetracted(id=name, reason=reason):
                found.append(_amended(line, held, ("event", name), None, reason))
            case MeasureRetracted(key=name, reason=reason):
                found.append(_amended(line, held, ("measure", name), None, reason))
            case _:
                pass
    return tuple(found)


def _amended(
    line: Line,
    held: dict[tuple[str, str], Event | Measure | None],
    place: tuple[str, str],
    after: Event | Measure | None,
    reason: str,
) -> Amendment:
    before, held[place] = held.get(place), after
    return Amendment(
        position=line.position,
        recorded_at=datetime.fromisoformat(line.recorded_at),
        subject=place[1],
        reason=reason,
        before=before,
        after=after,
        fields=_differing(before, after),
    )


def _differing(before: Event | Measure | None, after: Event | Measure | None) -> tuple[str, ...]:
    if before is None or after is None:
        return ()
    return tuple(
        name
        for name in after.__struct_fields__
        if getattr(before, name, None) != getattr(after, name)
    )
