"""Every entry that put another right is told with what stood before, and no other."""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec.structs import replace

from tests.site.worlds import EVENTS, MEASURES
from tracker.core.codec import encode
from tracker.core.corrections import amendments
from tracker.core.entries import (
    EventCorrected,
    EventRecorded,
    EventRetracted,
    MeasureCorrected,
    MeasureDefined,
    Payload,
)
from tracker.core.world import Line


def lines(*payloads: Payload) -> list[Line]:
    return [
        Line(number, one.TYPE, one.SCHEMA, f"2026-01-{number:02}T00:00:00.000000Z", encode(one), "")
        for number, one in enumerate(payloads, start=1)
    ]


FIRST, SECOND = EVENTS[0], EVENTS[1]
MENDED = replace(FIRST, note="mended", title=SECOND.title)


def test_a_ledger_without_corrections_has_none() -> None:
    assert amendments(lines(EventRecorded(event=FIRST))) == ()


def test_each_correction_holds_what_stood_before_it() -> None:
    again = replace(MENDED, note="mended twice")
    found = amendments(
        lines(
            MeasureDefined(measure=MEASURES[0]),
            EventRecorded(event=FIRST),
            EventRecorded(event=SECOND),
            EventCorrected(event=MENDED, reason="a slip"),
            EventCorrected(event=again, reason="another"),
            EventRetracted(id=SECOND.id, reason="never happened"),
            MeasureCorrected(
                measure=replace(MEASURES[0], authority="Section 0"), reason="wrong act"
            ),
        )
    )
    assert [(one.position, one.subject, one.reason) for one in found] == [
        (4, FIRST.id, "a slip"),
        (5, FIRST.id, "another"),
        (6, SECOND.id, "never happened"),
        (7, MEASURES[0].key, "wrong act"),
    ]
    assert (found[0].before, found[0].after) == (FIRST, MENDED)
    assert set(found[0].fields) == {"title", "note"}
    assert (found[1].before, found[1].fields) == (MENDED, ("note",))
    assert found[2].retracted
    assert found[2].before == SECOND
    assert found[3].fields == ("authority",)
    assert found[0].recorded_at == datetime(2026, 1, 4, tzinfo=UTC)
