"""Bytes that stay the same for ever: canonical JSON, hashes, schema versions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.strategies import instants, payloads
from tests.core.worlds import BORDER, MEASURES
from tracker.core import codec
from tracker.core.entries import (
    GENESIS,
    PAYLOADS,
    Draft,
    Entry,
    EventRecorded,
    EventRetracted,
    Head,
    MeasureDefined,
    Payload,
)
from tracker.core.world import fold, world_of
from tracker.errors import LedgerBroken

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@given(payloads)
def test_payloads_round_trip_and_are_byte_stable(payload: Payload) -> None:
    data = codec.encode(payload)
    again = codec.decode(payload.TYPE, payload.SCHEMA, data)
    assert again == payload
    assert codec.encode(again) == data


@given(payloads)
def test_canonical_json_has_sorted_keys_and_no_white_space_between(payload: Payload) -> None:
    data = codec.encode(payload)
    parsed = msgspec.json.decode(data)
    assert msgspec.json.encode(parsed, order="sorted") == data


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**6), max_value=10**6))
def test_one_number_has_one_spelling(number: Decimal) -> None:
    padded = number.quantize(Decimal(1).scaleb(-30)) if number == 0 else number
    assert codec.canonical({"n": number}) == codec.canonical({"n": padded})
    assert codec.canonical({"n": Decimal("25.0")}) == codec.canonical({"n": Decimal("2.5E+1")})


@given(instants, st.integers(-12, 12))
def test_one_instant_has_one_spelling(instant: datetime, hours: int) -> None:
    if not 2 < instant.year < 9998:
        return
    moved = instant.astimezone(timezone(timedelta(hours=hours)))
    assert codec.instant_text(instant) == codec.instant_text(moved)


def test_naive_instants_and_strange_numbers_are_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        codec.instant_text(datetime(2025, 1, 1))  # noqa: DTZ001 - the point of the test
    with pytest.raises(ValueError, match="not a number"):
        codec.canonical({"n": Decimal("NaN")})


# What was once written must read for ever: one golden payload of every type and version.
GOLDEN: dict[tuple[str, int], bytes] = {
    ("event.recorded", 1): b'{"event":{"announced":"2025-02-01","effects":[{"effective_from":'
    b'"2025-02-04","measure":"us.ieepa.border.ca","provision":"general","rate_pct":"25","status":'
    b'"in_force"}],"id":"2025-02-01-x","kind":"announcement","sources":[{"publisher":"P","title":'
    b'"T","url":"https://example.org/"}],"summary":{"en":"S"},"title":{"en":"T","fr":"F"}}}',
    ("event.corrected", 1): b'{"event":{"announced":"2025-02-01","id":"2025-02-01-x","kind":"pause"'
    b',"sources":[],"summary":{"en":"S"},"title":{"en":"T"}},"reason":"kind"}',
    ("event.recorded", 2): b'{"event":{"announced":"2025-02-01","deadlines":[{"day":"2025-03-25",'
    b'"key":"x.comments","kind":"comment_close","title":{"en":"C"}}],"effects":[{"ends":'
    b'{"condition":"until the talks end"},"measure":"us.ieepa.border.ca","provision":"general",'
    b'"rate_text":{"en":"a","es":"b"},"starts":{"earliest":"2025-02-04","latest":"2025-02-10"},"status":"in_force"}],'
    b'"follows":["2025-01-31-y"],"id":"2025-02-01-x","instrument":{"citation":"EO","steps":[{"day":'
    b'"2025-02-01","stage":"signed"}]},"kind":"announcement","sources":[],"summary":{"en":"S"},'
    b'"title":{"en":"T"}}}',
    ("event.corrected", 2): b'{"event":{"announced":"2025-02-01","follows":["2025-01-31-y"],"id":'
    b'"2025-02-01-x","kind":"pause","sources":[],"summary":{"en":"S"},"title":{"en":"T"}},'
    b'"reason":"follows"}',
    ("event.retracted", 1): b'{"id":"2025-02-01-x","reason":"never happened"}',
    (
        "measure.defined",
        1,
    ): b'{"measure":{"authority":"IEEPA","imposer":"US","key":"k",'
    b'"provisions":[{"key":"general","origin":"not_usmca","products":{"en":"All"},"targets":["CA"]}],"title":'
    b'{"en":"T"}}}',
    ("measure.corrected", 1): b'{"measure":{"authority":"IEEPA","imposer":"US","key":"k",'
    b'"provisions":[],"title":{"en":"T"}},"reason":"title"}',
    ("measure.defined", 2): b'{"measure":{"authority":"IEEPA","imposer":"US","key":"k","note":'
    b'{"en":"N","es":"O"},"provisions":[{"key":"general","note":"P","origin":"not_usmca",'
    b'"products":{"en":"All"},"targets":["CA"]}],"title":{"en":"T"}}}',
    ("measure.corrected", 2): b'{"measure":{"authority":"IEEPA","imposer":"US","key":"k",'
    b'"note":"N","provisions":[],"title":{"en":"T"}},"reason":"note"}',
    ("measure.retracted", 1): b'{"key":"k","reason":"a double"}',
    ("report.seen", 1): b'{"report":{"content_hash":"c","identity":"i","link":'
    b'"https://example.org/","published":"2026-01-02T03:04:05.000000Z","source":"s","title":"t"}}',
    (
        "report.changed",
        1,
    ): b'{"report":{"content_hash":"d","identity":"i","source":"s","title":"u"}}',
    ("review.accepted", 1): b'{"candidate":"0a1b2c3d4e","editor":"Ana","event":"2025-02-01-x",'
    b'"reports":["report/s/1f"]}',
    ("review.amended", 1): b'{"candidate":"0a1b2c3d4e","editor":"Ana","event":{"announced":'
    b'"2025-02-01","effects":[{"effective_from":"2025-02-04","measure":"us.ieepa.border.ca",'
    b'"provision":"general","rate_pct":"25","status":"announced"}],"id":"2025-02-01-x","kind":'
    b'"pause","sources":[],"summary":{"en":"S"},"title":{"en":"T"}},"reports":["report/s/1f"]}',
    ("review.merged", 1): b'{"candidate":"0a1b2c3d4e","editor":"Ana","event":"2025-02-01-x",'
    b'"reports":["report/s/1f","report/t/2e"]}',
    ("review.split", 1): b'{"candidate":"0a1b2c3d4e","editor":"Ana","into":"5f6a7b8c9d",'
    b'"left":["report/s/1f"],"reports":["report/t/2e"]}',
    ("review.rejected", 1): b'{"candidate":"0a1b2c3d4e","editor":"Ana","reason":"opinion",'
    b'"reports":["report/s/1f"]}',
    ("review.postponed", 1): b'{"candidate":"0a1b2c3d4e","editor":"Ana","reports":["report/s/1f"],'
    b'"until":"2025-03-01"}',
    ("review.undone", 1): b'{"candidate":"0a1b2c3d4e","editor":"Ana","undoes":3}',
    ("review.exported", 1): b'{"candidate":"0a1b2c3d4e","editor":"Ana","event":"2025-02-01-x"}',
}


def test_there_is_a_golden_payload_of_every_version_ever_written() -> None:
    versions = {(name, v) for name, cls in PAYLOADS.items() for v in range(1, cls.SCHEMA + 1)}
    assert set(GOLDEN) == versions
    codec.check_upcasters()


@pytest.mark.parametrize(("name", "schema"), sorted(GOLDEN))
def test_golden_payloads_still_read(name: str, schema: int) -> None:
    payload = codec.decode(name, schema, GOLDEN[name, schema])
    if schema == PAYLOADS[name].SCHEMA:
        assert codec.encode(payload) == GOLDEN[name, schema]


def test_a_payload_is_sealed_as_it_is_spelled_whatever_got_a_key_before() -> None:
    """What a key was made of is kept for the seal, for that very payload and no longer."""
    one = codec.decode("event.retracted", 1, GOLDEN["event.retracted", 1])
    for number in range(3_000):
        other = EventRetracted(id=f"2025-02-01-{number}", reason="x")
        key = codec.content_key("s", 1, other)
        for payload in (other, one, other):
            draft = Draft(stream="s", key=key, payload=payload)
            entry = codec.seal(draft, after=Head(), version=1, recorded_at=NOW)
            assert entry.payload == codec.encode(payload)
    assert len(codec._SAID) <= codec._SAID_AT_MOST


def test_the_hash_of_an_entry_is_fixed_for_ever() -> None:
    payload = codec.decode("event.retracted", 1, GOLDEN["event.retracted", 1])
    draft = Draft(stream="event/2025-02-01-x", key="k", payload=payload)
    entry = codec.seal(draft, after=Head(), version=1, recorded_at=NOW)
    assert entry.previous == GENESIS
    assert entry.hash == "00b43bdaa33c1dc7f1b49176b2d536c62e5b827282f3ae1d4d8bcebd24660004"


@pytest.mark.parametrize(
    ("name", "schema", "data"),
    [
        ("event.dreamt", 1, b"{}"),
        ("event.recorded", 2, b"{}"),
        ("event.recorded", 1, b"{}"),
        ("event.recorded", 1, b"not json"),
        ("event.retracted", 1, b'{"id":"x","reason":"y","more":1}'),
    ],
)
def test_what_does_not_read_is_told(name: str, schema: int, data: bytes) -> None:
    with pytest.raises(LedgerBroken) as caught:
        codec.decode(name, schema, data)
    assert caught.value.advice


def chain(payloads_: list[Payload]) -> list[Entry]:
    head, found = Head(), list[Entry]()
    for number, payload in enumerate(payloads_):
        draft = Draft(stream=f"s{number}", key=f"k{number}", payload=payload)
        at = NOW + timedelta(seconds=number)
        found.append(codec.seal(draft, after=head, version=1, recorded_at=at))
        head = Head(position=found[-1].position, hash=found[-1].hash)
    return found


@given(st.lists(payloads, min_size=1, max_size=4), st.data())
def test_any_tampering_changes_the_hash(made: list[Payload], data: st.DataObject) -> None:
    entries = chain(made)
    entry = data.draw(st.sampled_from(entries))
    assert codec.entry_hash(entry) == entry.hash
    for field, value in (
        ("position", entry.position + 1),
        ("stream", entry.stream + "x"),
        ("version", entry.version + 1),
        ("key", entry.key + "x"),
        ("recorded_at", entry.recorded_at + timedelta(microseconds=1)),
        ("payload", entry.payload + b" "),
        ("previous", "f" * 64),
        ("schema", entry.schema + 1),
        ("type", entry.type + "x"),
    ):
        changed = msgspec.structs.replace(entry, **{field: value})
        assert codec.entry_hash(changed) != entry.hash


def test_a_fold_gives_the_world_and_recorded_until_the_world_before() -> None:
    made: list[Payload] = [MeasureDefined(measure=m) for m in MEASURES]
    made += [EventRecorded(event=event) for event in BORDER]
    entries = chain(made)
    world = fold(entries)
    assert world.events == world_of(BORDER, MEASURES).events
    assert dict(world.measures) == {m.key: m for m in MEASURES}
    assert world.head.hash == entries[-1].hash
    early = fold(entries, recorded_until=NOW + timedelta(seconds=3))
    assert early.head.position == 4
    assert {e.id for e in early.events} == {BORDER[0].id, BORDER[1].id}
