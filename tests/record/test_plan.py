"""Loading: whatever was edited, the plan brings the ledger to what the record says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.contracts.backends import NOON, ROOT, report
from tests.record.files import write
from tracker.core.codec import canonical, decode
from tracker.core.entries import (
    Draft,
    EventCorrected,
    EventRecorded,
    EventRetracted,
    MeasureCorrected,
    MeasureDefined,
    MeasureRetracted,
)
from tracker.core.events import Effect, Event, Source, Text, order_of
from tracker.core.measures import Measure, Provision
from tracker.core.words import Kind, Status
from tracker.core.world import World, fold
from tracker.errors import AppendConflict
from tracker.record.plan import plan_load
from tracker.record.read import Record, read_record
from tracker.store.memory import MemoryLedger

SOURCES = (Source(url="https://example.org/1", publisher="Example", title="One"),)


def record_of(events: Sequence[Event], measures: Sequence[Measure] = ()) -> Record:
    return Record(
        measures=tuple(measures),
        events=tuple(sorted(events, key=order_of)),
        places=MappingProxyType({}),
    )


def event(day: int, name: str = "a", **changed: object) -> Event:
    announced = date(2025, 1, 1) + timedelta(days=day)
    made = Event(
        id=f"{announced}-{name}",
        kind=Kind.STATEMENT,
        announced=announced,
        title=Text(en="A title"),
        summary=Text(en="A summary"),
        sources=SOURCES,
    )
    return msgspec.structs.replace(made, **changed)


def measure(key: str = "us.a", title: str = "A measure") -> Measure:
    provision = Provision(key="general", products=Text(en="All goods"), targets=("CA",))
    return Measure(
        key=key, imposer="US", authority="IEEPA", title=Text(en=title), provisions=(provision,)
    )


def load(ledger: MemoryLedger, record: Record) -> tuple[Draft, ...]:
    plan = plan_load(record, ledger.read())
    ledger.append(plan, at=NOON)
    return plan


def world(ledger: MemoryLedger) -> World:
    return fold(ledger.read())


def assert_says(ledger: MemoryLedger, record: Record) -> None:
    """The ledger says what the record says, byte for byte, and a second plan is empty."""
    found = world(ledger)
    assert [canonical(one) for one in found.events] == [canonical(one) for one in record.events]
    assert {key: canonical(one) for key, one in found.measures.items()} == {
        one.key: canonical(one) for one in record.measures
    }
    assert plan_load(record, ledger.read()) == ()


def test_a_first_load_records_everything_measures_first() -> None:
    record = record_of([event(2), event(1)], [measure("us.b"), measure("us.a")])
    ledger = MemoryLedger()
    plan = load(ledger, record)
    assert [(draft.stream, draft.payload.TYPE) for draft in plan] == [
        ("measure/us.b", "measure.defined"),
        ("measure/us.a", "measure.defined"),
        ("event/2025-01-02-a", "event.recorded"),
        ("event/2025-01-03-a", "event.recorded"),
    ]
    assert all(draft.expected_version == 0 for draft in plan)
    assert_says(ledger, record)


def test_a_change_is_a_correction_that_names_the_fields() -> None:
    ledger = MemoryLedger()
    load(ledger, record_of([event(1), event(2)], [measure()]))
    effect = Effect(measure="us.a", provision="general", status=Status.THREATENED)
    changed = event(2, title=Text(en="Better"), effects=(effect,))
    record = record_of([event(1), changed], [measure(title="Better")])
    plan = load(ledger, record)
    assert [draft.payload for draft in plan] == [
        MeasureCorrected(measure=measure(title="Better"), reason="corrected: title"),
        EventCorrected(event=changed, reason="corrected: title, effects"),
    ]
    assert [draft.expected_version for draft in plan] == [1, 1]
    assert_says(ledger, record)


def test_what_is_gone_is_retracted_and_recorded_anew_when_it_is_back() -> None:
    ledger = MemoryLedger()
    full = record_of([event(1), event(2)], [measure("us.a"), measure("us.b")])
    less = record_of([event(1)], [measure("us.a")])
    load(ledger, full)
    assert [draft.payload for draft in load(ledger, less)] == [
        MeasureRetracted(key="us.b", reason="no longer in the record"),
        EventRetracted(id="2025-01-03-a", reason="no longer in the record"),
    ]
    assert_says(ledger, less)
    assert [draft.payload for draft in load(ledger, full)] == [
        MeasureDefined(measure=measure("us.b")),
        EventRecorded(event=event(2)),
    ]
    assert_says(ledger, full)
    assert [draft.expected_version for draft in load(ledger, less)] == [3, 3]
    assert_says(ledger, less)


def test_the_same_number_spelled_otherwise_is_no_change() -> None:
    ledger = MemoryLedger()

    def with_rate(rate: str) -> Record:
        effect = Effect(
            measure="us.a",
            provision="general",
            status=Status.IN_FORCE,
            rate_pct=Decimal(rate),
            effective_from=date(2025, 1, 1),
        )
        return record_of([event(1, effects=(effect,))], [measure()])

    load(ledger, with_rate("25"))
    assert plan_load(with_rate("25.00"), ledger.read()) == ()
    assert len(plan_load(with_rate("25.01"), ledger.read())) == 1


def test_a_load_that_was_overtaken_changes_nothing() -> None:
    ledger = MemoryLedger()
    load(ledger, record_of([event(1)]))
    slow = plan_load(record_of([event(1, note="slow"), event(2)]), ledger.read())
    load(ledger, record_of([event(1, note="fast")]))
    before = ledger.head()
    with pytest.raises(AppendConflict):
        ledger.append(slow, at=NOON)
    assert ledger.head() == before


def test_a_load_said_twice_adds_nothing() -> None:
    """As after a crash between the append and the word that it had succeeded."""
    ledger = MemoryLedger()
    plan = load(ledger, record_of([event(1), event(2)], [measure()]))
    assert [place.new for place in ledger.append(plan, at=NOON)] == [False] * 3


def test_other_streams_are_left_alone() -> None:
    ledger = MemoryLedger()
    ledger.append([report("feed", "one", "h1"), report("feed", "one", "h2", version=2)], at=NOON)
    record = record_of([event(1)])
    load(ledger, record)
    load(ledger, record_of([]))
    assert [x.report.content_hash for x in world(ledger).reports] == ["h2"]


def test_the_shipped_record_is_loaded_once() -> None:
    ledger = MemoryLedger()
    record = read_record(ROOT / "db" / "record")
    assert len(load(ledger, record)) == len(record.measures) + len(record.events)
    assert_says(ledger, record)


def test_an_edited_file_becomes_a_correction(tmp_path: Path) -> None:
    ledger = MemoryLedger()
    folder = write(tmp_path / "record")
    load(ledger, read_record(folder))
    month = folder / "2025-02.yaml"
    month.write_text(
        month.read_text(encoding="utf-8").replace("note: Kept.", "note: Kept for good."),
        encoding="utf-8",
    )
    (draft,) = load(ledger, read_record(folder))
    assert draft.stream == "event/2025-02-03-pause"
    assert isinstance(draft.payload, EventCorrected)
    assert draft.payload.reason == "corrected: note"


_events = st.builds(
    event,
    st.integers(0, 3),
    st.sampled_from("ab"),
    title=st.sampled_from(["A title", "Another"]).map(lambda en: Text(en=en)),
    note=st.none() | st.sampled_from(["x", "y"]),
    sequence=st.integers(0, 2),
    effects=st.lists(
        st.builds(
            Effect,
            measure=st.just("us.a"),
            provision=st.just("general"),
            status=st.sampled_from([Status.IN_FORCE, Status.REVOKED]),
            rate_pct=st.sampled_from([None, Decimal("25"), Decimal("25.0"), Decimal("35.5")]),
            effective_from=st.just(date(2025, 1, 1)),
        ),
        max_size=2,
    ).map(tuple),
)
_records = st.builds(
    record_of,
    st.lists(_events, max_size=5, unique_by=lambda one: one.id),
    st.lists(
        st.builds(measure, st.sampled_from(["us.a", "us.b"]), st.sampled_from(["A", "B"])),
        max_size=2,
        unique_by=lambda one: one.key,
    ),
)


@given(st.lists(_records, min_size=1, max_size=5))
@settings(deadline=None, max_examples=60)
def test_whatever_is_edited_the_ledger_follows(records: list[Record]) -> None:
    ledger = MemoryLedger()
    for record in records:
        before = world(ledger)
        held = {one.id: one for one in before.events}
        plan = load(ledger, record)
        assert_says(ledger, record)
        touched = {draft.stream for draft in plan if draft.stream.startswith("event/")}
        wanted = {one.id: one for one in record.events}
        differing = {key for key in held.keys() | wanted if held.get(key) != wanted.get(key)}
        assert touched == {f"event/{key}" for key in differing}
    for entry in ledger.read():
        decode(entry.type, entry.schema, entry.payload)
