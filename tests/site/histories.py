"""Ledgers that grow at random, and what a site is made from, to be held to the way there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
from hypothesis import strategies as st

from tests.site.worlds import EVENTS, MEASURES, TODAY
from tracker.core.corrections import amendments
from tracker.core.entries import (
    Draft,
    EventCorrected,
    EventRecorded,
    EventRetracted,
    MeasureCorrected,
    MeasureDefined,
    Payload,
    Report,
    ReportChanged,
    ReportSeen,
)
from tracker.core.events import Claim, Deadline, Effect, Event, Text, Withdrawal
from tracker.core.weighing import bearing_of
from tracker.core.words import DeadlineKind, Kind, Standing
from tracker.core.world import World, fold_lines
from tracker.site.model import SiteInputs
from tracker.store.memory import MemoryLedger

__all__ = ["History", "Step", "steps"]

Step = tuple[str, int, int]
"""What happens, to which of several, and in which of several ways."""

_HAPPENINGS = (
    "record",
    "record",
    "record",
    "correct",
    "correct",
    "retract",
    "report",
    "day",
    "measure",
)


def steps(most: int) -> st.SearchStrategy[list[Step]]:
    """Some steps in a row, the ones that bring an event more often than others."""
    one = st.tuples(st.sampled_from(_HAPPENINGS), st.integers(0, 30), st.integers(0, 9))
    return st.lists(one, min_size=1, max_size=most)


def _moved(effect: Effect, days: int) -> Effect:
    start = effect.effective_from
    return msgspec.structs.replace(
        effect,
        effective_from=start and start + timedelta(days=days),
        effective_until=effect.effective_until and effect.effective_until + timedelta(days=days),
    )


def _otherwise(event: Event, way: int) -> Event:
    """The event as it might have been recorded, too."""
    other = EVENTS[way % len(EVENTS)].id
    changed: dict[int, dict[str, Any]] = {
        0: {"title": Text(en=f"{event.title.en}, put right", es="Otro título")},
        1: {"effects": tuple(_moved(one, 5) for one in event.effects)},
        2: {"effects": event.effects[1:], "doubts": ()},
        3: {"parties": ("MX",), "measures": ("us.border.mx",)},
        4: {
            "kind": Kind.COURT_RULING,
            "withdraws": (Withdrawal(event=other, measure="us.border.ca"),) * (other != event.id),
        },
        5: {"confirms": (other,) * (other != event.id)},
        6: {"announced": event.announced - timedelta(days=2)},
        7: {
            "deadlines": (
                Deadline(
                    key="comments",
                    kind=DeadlineKind.COMMENT_CLOSE,
                    title=Text(en="Comments close"),
                    day=date(2025, 10, 1 + way),
                ),
            )
        },
        8: {"follows": (other,) * (other != event.id)},
        9: {
            "claims": (
                Claim(
                    measure="us.border.ca",
                    provision="general",
                    stated=Text(en="It is 50%"),
                    finding=Text(en="It is not"),
                    standing=Standing.REFUTED,
                    claimed_from=date(2025, 3, 10),
                    claimed_until=date(2025, 3, 20),
                    sources=event.sources,
                ),
            )
        },
    }
    return msgspec.structs.replace(event, **changed[way])


@dataclass
class History:
    """A ledger, the policy day, and the world folded on from the one before."""

    ledger: MemoryLedger = field(default_factory=MemoryLedger)
    today: date = TODAY
    held: dict[str, Event] = field(default_factory=dict)
    reports: dict[int, int] = field(default_factory=dict)
    _world: World | None = None
    _at: datetime = datetime(2025, 9, 1, 12, tzinfo=UTC)

    def begin(self, events: int) -> None:
        """The measures, and the first events."""
        for measure in MEASURES:
            self._append(f"measure/{measure.key}", MeasureDefined(measure=measure))
        for number in range(events):
            self.step(("record", number, 0))

    def step(self, step: Step) -> None:
        """One thing happens; what cannot is passed over."""
        what, which, way = step
        event = EVENTS[which % len(EVENTS)]
        stream = f"event/{event.id}"
        if what == "day":
            self.today += timedelta(days=1 + which)
        elif what == "report":
            self._report(which % 3)
        elif what == "measure":
            measure = MEASURES[which % len(MEASURES)]
            told = msgspec.structs.replace(measure, title=Text(en=f"{measure.title.en} {way}"))
            self._append(f"measure/{measure.key}", MeasureCorrected(measure=told, reason="A name"))
        elif event.id not in self.held:
            self.held[event.id] = event if way < 5 else _otherwise(event, way)
            self._append(stream, EventRecorded(event=self.held[event.id]))
        elif what == "correct":
            self.held[event.id] = _otherwise(event, way)
            self._append(stream, EventCorrected(event=self.held[event.id], reason="A mistake"))
        elif what == "retract":
            del self.held[event.id]
            self._append(stream, EventRetracted(id=event.id, reason="Never happened"))

    def _report(self, number: int) -> None:
        seen = self.reports[number] = self.reports.get(number, -1) + 1
        report = Report(
            source="wire",
            identity=f"item {number}",
            title=f"A report, version {seen}",
            content_hash=f"{seen:064d}",
            published=datetime(2025, 9, 1, tzinfo=UTC),
        )
        payload = ReportChanged(report=report) if seen else ReportSeen(report=report)
        self._append(f"report/wire/{number}", payload)

    def _append(self, stream: str, payload: Payload) -> None:
        self._at += timedelta(minutes=7)
        number = self.ledger.head().position
        self.ledger.append([Draft(stream=stream, key=f"{number}", payload=payload)], at=self._at)

    def inputs(self) -> SiteInputs:
        """What a site is made from now, the world folded on from the last time."""
        lines = tuple(self.ledger.lines())
        before = self._world
        if before is not None and before.known_until == self.today:
            after = lines[before.head.position :]
            self._world = fold_lines(after, known_until=self.today, onto=before)
        else:
            self._world = fold_lines(lines, known_until=self.today)
        return SiteInputs(
            world=self._world,
            today=self.today,
            version="1.2.3",
            feeds=(("wire", "The Wire"),),
            amendments=amendments(lines),
            bearing=bearing_of(lines),
        )
