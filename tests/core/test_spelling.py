"""What msgspec spells by itself and what is taken apart first give the same bytes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.strategies import payloads
from tests.core.worlds import BORDER
from tracker.core import spelling
from tracker.core.codec import decode, encode
from tracker.core.entries import EventRecorded, EventRetracted, Payload, Report, ReportSeen
from tracker.core.events import Event


def taken_apart(value: Any) -> bytes:
    data = msgspec.to_builtins(value, builtin_types=(Decimal, datetime))
    return msgspec.json.encode(spelling._spelled(data), order="sorted")


@given(payloads)
def test_both_ways_to_spell_a_payload_give_the_same_bytes(payload: Payload) -> None:
    assert spelling.canonical(payload) == taken_apart(payload)


def with_rate(rate: Decimal) -> EventRecorded:
    event = next(event for event in BORDER if event.effects)
    effects = tuple(msgspec.structs.replace(x, rate_pct=rate) for x in event.effects)
    return EventRecorded(event=msgspec.structs.replace(event, effects=effects))


@pytest.mark.parametrize(
    ("rate", "text"),
    [
        ("25", b'"25"'),
        ("25.0", b'"25"'),
        ("2.5E+1", b'"25"'),
        ("-0", b'"0"'),
        ("0.00", b'"0"'),
        ("0E+3", b'"0"'),
        ("12.50", b'"12.5"'),
        ("1E-7", b'"0.0000001"'),
        ("100", b'"100"'),
        ("1E+2", b'"100"'),
        ("-7.5", b'"-7.5"'),
    ],
)
def test_every_spelling_of_a_rate_becomes_its_one_spelling(rate: str, text: bytes) -> None:
    payload = with_rate(Decimal(rate))
    data = spelling.canonical(payload)
    assert b'"rate_pct":' + text in data
    assert data == taken_apart(payload)


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_any_rate_is_spelled_the_same_both_ways(rate: Decimal) -> None:
    if abs(rate.adjusted()) < 100:  # the default context has 28 digits, a rate needs six
        payload = with_rate(rate)
        assert spelling.canonical(payload) == taken_apart(payload)


@pytest.mark.parametrize("rate", ["NaN", "Infinity", "sNaN"])
def test_a_rate_that_is_no_number_is_refused(rate: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        encode(with_rate(Decimal(rate)))


def test_only_what_may_hold_a_rate_or_an_instant_is_looked_at() -> None:
    """The quick way is sound only if nothing that needs spelling is passed over."""
    assert spelling._alike(Event) is not spelling._yes
    assert spelling._alike(EventRetracted) is spelling._yes
    seen = Report(source="s", identity="i", title="t", content_hash="c")
    assert spelling._alike(Report)(seen)
    dated = msgspec.structs.replace(seen, published=datetime(2026, 1, 2, tzinfo=UTC))
    assert not spelling._alike(Report)(dated)
    assert spelling._alike(EventRecorded)(with_rate(Decimal("25")))
    assert not spelling._alike(EventRecorded)(with_rate(Decimal("25.0")))
    assert not spelling._alike(dict)({"n": Decimal("25.0")})


def test_an_instant_has_microseconds_and_utc_whatever_it_came_as() -> None:
    zone = timezone(timedelta(hours=-5))
    for instant in (
        datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        datetime(2026, 1, 1, 22, 4, 5, tzinfo=zone),
    ):
        seen = ReportSeen(
            report=Report(source="s", identity="i", title="t", content_hash="c", published=instant)
        )
        assert b'"published":"2026-01-02T03:04:05.000000Z"' in encode(seen)
        assert decode("report.seen", 1, encode(seen)) == seen


def test_an_hour_that_comes_twice_is_two_hours() -> None:
    zone = ZoneInfo("America/New_York")
    first = datetime(2025, 11, 2, 1, 30, tzinfo=zone)
    assert spelling.instant_text(first) == "2025-11-02T05:30:00.000000Z"
    assert spelling.instant_text(first.replace(fold=1)) == "2025-11-02T06:30:00.000000Z"
