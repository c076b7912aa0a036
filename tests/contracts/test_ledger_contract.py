"""Every promise of `tracker.store.protocol`, held against every backend."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from threading import Barrier
from typing import cast

import msgspec
import pytest

from tests.contracts.backends import BACKENDS, NOON, Backend, batch, draft, report
from tracker.core.codec import content_key, decode, encode, entry_hash, sha256
from tracker.core.entries import GENESIS, Draft, Entry, Head
from tracker.core.world import fold, fold_lines, line_of_entry
from tracker.errors import AppendConflict
from tracker.store.protocol import Appended
from tracker.store.walking import Walk


@pytest.fixture(params=sorted(BACKENDS))
def backend(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Backend]:
    make = BACKENDS[request.param]
    with cast("AbstractContextManager[Backend]", make(tmp_path)) as opened:
        yield opened


def everything(backend: Backend) -> list[Entry]:
    return list(backend.ledger.read())


def assert_sound(backend: Backend) -> list[Entry]:
    entries = everything(backend)
    walk = Walk()
    assert [line for entry in entries for line in walk.check(entry)] == []
    assert backend.ledger.head() == walk.head
    return entries


def test_an_empty_ledger_has_nothing(backend: Backend) -> None:
    assert backend.ledger.head() == Head(position=0, hash=GENESIS)
    assert everything(backend) == []
    assert backend.ledger.stream("event/a") == ()
    assert backend.ledger.latest_reports("feed") == {}


def test_what_was_appended_is_read_back(backend: Backend) -> None:
    drafts = [draft("event/a"), draft("event/b"), draft("event/a", title="Later")]
    places = backend.ledger.append(drafts, at=NOON)
    assert places == (Appended(1, 1, True), Appended(2, 1, True), Appended(3, 2, True))
    entries = assert_sound(backend)
    assert [decode(x.type, x.schema, x.payload) for x in entries] == [d.payload for d in drafts]
    assert [x.stream for x in entries] == [d.stream for d in drafts]
    assert [x.key for x in entries] == [d.key for d in drafts]
    assert {x.recorded_at for x in entries} == {NOON}
    assert all(x.recorded_at.tzinfo is UTC for x in entries)


def test_streams_are_found_by_what_their_names_begin_with(backend: Backend) -> None:
    names = ("review/b", "reviews/a", "review-/a", "review/a", "event/a", "review0", "review/")
    backend.ledger.append([draft(name, title=name) for name in names], at=NOON)
    found = backend.ledger.under("review/")
    assert [entry.stream for entry in found] == ["review/b", "review/a", "review/"]
    assert found == tuple(x for x in everything(backend) if x.stream.startswith("review/"))
    assert backend.ledger.under("report/") == ()


def test_the_chain_starts_at_genesis_and_links_each_entry(backend: Backend) -> None:
    backend.ledger.append(batch("event/a", ["1", "2", "3"]), at=NOON)
    entries = everything(backend)
    assert [x.previous for x in entries] == [GENESIS, entries[0].hash, entries[1].hash]
    assert all(x.hash == entry_hash(x) for x in entries)


def test_an_empty_batch_does_nothing(backend: Backend) -> None:
    assert backend.ledger.append([], at=NOON) == ()
    assert backend.ledger.head().position == 0


def test_a_naive_instant_is_refused(backend: Backend) -> None:
    for drafts in ([], [draft("event/a")]):
        with pytest.raises(ValueError, match="time zone"):
            backend.ledger.append(drafts, at=datetime(2026, 1, 1))  # noqa: DTZ001  the point of it
    assert backend.ledger.head().position == 0


def test_a_duplicate_answers_with_its_place_and_adds_nothing(backend: Backend) -> None:
    first = draft("event/a", expected_version=0)
    backend.ledger.append([draft("event/z"), first], at=NOON)
    again = backend.ledger.append([first, draft("event/b")], at=NOON + timedelta(hours=1))
    assert again == (Appended(2, 1, False), Appended(3, 1, True))
    assert len(assert_sound(backend)) == 3


def test_a_duplicate_within_a_batch_counts_once(backend: Backend) -> None:
    one = draft("event/a")
    places = backend.ledger.append([one, draft("event/b"), one], at=NOON)
    assert places == (Appended(1, 1, True), Appended(2, 1, True), Appended(1, 1, False))
    assert len(assert_sound(backend)) == 2


@pytest.mark.parametrize(
    "other",
    [
        draft("event/a", title="Other words", key="k"),
        draft("event/elsewhere", key="k"),
        msgspec.structs.replace(report("feed", "item", "c"), stream="event/a", key="k"),
    ],
    ids=["payload", "stream", "type"],
)
@pytest.mark.parametrize("together", [False, True])
def test_a_key_held_with_something_else_is_refused(
    backend: Backend, other: Draft, together: bool
) -> None:
    first = draft("event/a", key="k")
    before = [draft("event/x")]
    backend.ledger.append(before if together else [*before, first], at=NOON)
    held = everything(backend)
    with pytest.raises(AppendConflict, match="key k is held"):
        backend.ledger.append([draft("event/new"), *([first] if together else []), other], at=NOON)
    assert everything(backend) == held


def test_an_expected_version_must_hold(backend: Backend) -> None:
    backend.ledger.append(batch("event/a", ["1", "2"]), at=NOON)
    for wrong in (0, 1, 3):
        with pytest.raises(AppendConflict, match=f"holds 2 entries where {wrong}"):
            backend.ledger.append(
                [draft("event/b"), draft("event/a", title="3", expected_version=wrong)], at=NOON
            )
    assert backend.ledger.stream("event/b") == ()
    right = draft("event/a", title="3", expected_version=2)
    assert backend.ledger.append([right], at=NOON) == (Appended(3, 3, True),)


def test_an_expected_version_counts_the_batch_itself(backend: Backend) -> None:
    drafts = [draft("event/a", title=str(n), expected_version=n) for n in range(4)]
    assert [p.version for p in backend.ledger.append(drafts, at=NOON)] == [1, 2, 3, 4]
    with pytest.raises(AppendConflict):
        backend.ledger.append(
            [
                draft("event/c", title="1", expected_version=0),
                draft("event/c", title="2", expected_version=0),
            ],
            at=NOON,
        )
    assert backend.ledger.stream("event/c") == ()


def test_recorded_at_never_goes_back(backend: Backend) -> None:
    for hours in (0, -5, 2, 1):
        at = NOON + timedelta(hours=hours)
        backend.ledger.append([draft("event/a", title=str(hours))], at=at)
    hours_held = [(x.recorded_at - NOON) // timedelta(hours=1) for x in assert_sound(backend)]
    assert hours_held == [0, 0, 2, 2]


def test_an_instant_of_another_zone_is_kept_in_utc(backend: Backend) -> None:
    local = datetime(2026, 3, 1, 9, 30, 0, 123456, tzinfo=timezone(timedelta(hours=-5)))
    backend.ledger.append([draft("event/a")], at=local)
    (entry,) = assert_sound(backend)
    assert entry.recorded_at == datetime(2026, 3, 1, 14, 30, 0, 123456, tzinfo=UTC)
    assert entry.recorded_at.tzinfo is UTC


def test_a_reader_takes_up_where_it_stopped(backend: Backend) -> None:
    backend.ledger.append(batch("event/a", [str(n) for n in range(10)]), at=NOON)
    ledger = backend.ledger
    assert [x.position for x in ledger.read(after=7)] == [8, 9, 10]
    assert [x.position for x in ledger.read(after=2, until=5)] == [3, 4, 5]
    assert [x.position for x in ledger.read(until=2)] == [1, 2]
    assert list(ledger.read(after=10)) == []
    assert list(ledger.read(after=5, until=5)) == []
    assert list(ledger.read(until=0)) == []
    assert [x.position for x in ledger.read(after=8, until=2**70)] == [9, 10]
    assert list(ledger.read(after=2**70)) == []


def test_lines_say_what_entries_say_as_far_as_a_world_needs_it(backend: Backend) -> None:
    for number in range(5):
        backend.ledger.append(
            batch("event/a", [f"{number}-{n}" for n in range(300)]),
            at=NOON + timedelta(hours=number),
        )
    ledger = backend.ledger
    entries = list(ledger.read())
    assert list(ledger.lines()) == [line_of_entry(entry) for entry in entries]
    assert [line.position for line in ledger.lines(until=7)] == [1, 2, 3, 4, 5, 6, 7]
    assert list(ledger.lines(until=0)) == []
    assert len(list(ledger.lines(until=2**70))) == 1500
    assert len(list(ledger.lines(recorded_until=NOON + timedelta(hours=1)))) == 600
    elsewhere = (NOON + timedelta(hours=1)).astimezone(timezone(timedelta(hours=-5)))
    assert len(list(ledger.lines(recorded_until=elsewhere))) == 600
    assert list(ledger.lines(recorded_until=NOON - timedelta(microseconds=1))) == []
    assert len(list(ledger.lines(until=450, recorded_until=NOON))) == 300
    early = fold(entries, recorded_until=NOON, until_position=200)
    assert fold_lines(ledger.lines(until=200, recorded_until=NOON)) == early


def test_a_read_is_one_view_whatever_is_appended_meanwhile(backend: Backend) -> None:
    backend.ledger.append(batch("event/a", [str(n) for n in range(600)]), at=NOON)
    reader = backend.ledger.read()
    seen = [next(reader).position]
    backend.ledger.append(batch("event/b", ["late", "later"]), at=NOON)
    seen.extend(entry.position for entry in reader)
    assert seen == list(range(1, 601))
    assert [x.stream for x in backend.ledger.read(after=600)] == ["event/b", "event/b"]


def test_an_abandoned_reader_blocks_nobody(backend: Backend) -> None:
    backend.ledger.append(batch("event/a", [str(n) for n in range(600)]), at=NOON)
    readers = [backend.ledger.read() for _ in range(30)]
    for reader in readers:
        next(reader)
    backend.ledger.append([draft("event/b")], at=NOON)
    del reader, readers
    assert backend.ledger.head().position == 601


def test_a_stream_holds_its_own_entries_only(backend: Backend) -> None:
    names = ["event/a", "event/a/b", "event/A", "event/", "event/%", "event/a "]
    backend.ledger.append([draft(name, title=t) for t in "12" for name in names], at=NOON)
    for name in names:
        found = backend.ledger.stream(name)
        assert [x.version for x in found] == [1, 2]
        assert {x.stream for x in found} == {name}


def test_a_large_batch_is_one_batch(backend: Backend) -> None:
    drafts = [draft(f"event/{n % 700}", title=str(n)) for n in range(2100)]
    places = backend.ledger.append(drafts, at=NOON)
    assert [p.position for p in places] == list(range(1, 2101))
    assert {p.version for p in places[1400:]} == {3}
    again = backend.ledger.append(drafts, at=NOON)
    assert [(p.position, p.new) for p in again] == [(n, False) for n in range(1, 2101)]
    assert len(assert_sound(backend)) == 2100


def test_latest_reports_are_those_of_the_source_as_they_are_now(backend: Backend) -> None:
    backend.ledger.append(
        [
            report("feed", "one", "h1"),
            report("feed", "two", "h2"),
            report("feed/two", "one", "other"),
            report("feed2", "one", "other"),
            report("fee", "one", "other"),
            draft("report/feed/not-a-report"),
            report("feed", "one", "h1b", version=2),
        ],
        at=NOON,
    )
    assert backend.ledger.latest_reports("feed") == {"one": ("h1b", 2), "two": ("h2", 1)}
    assert backend.ledger.latest_reports("feed/two") == {"one": ("other", 1)}
    assert backend.ledger.latest_reports("") == {}


@pytest.mark.parametrize("body", [b"", b"x", b"<rss/>" * 5000, bytes(range(256))])
def test_evidence_is_given_back_byte_for_byte(backend: Backend, body: bytes) -> None:
    digest = backend.evidence.keep(body, media_type="application/rss+xml", at=NOON)
    assert digest == sha256(body)
    assert backend.evidence.fetch(digest) == body
    later = backend.evidence.keep(body, media_type="text/plain", at=NOON + timedelta(1))
    assert later == digest
    assert backend.evidence.fetch(digest) == body


def test_evidence_not_held_is_none(backend: Backend) -> None:
    assert backend.evidence.fetch("0" * 64) is None
    assert backend.evidence.fetch("") is None


def test_evidence_needs_an_aware_instant(backend: Backend) -> None:
    with pytest.raises(ValueError, match="time zone"):
        backend.evidence.keep(b"x", media_type="a/b", at=datetime(2026, 1, 1))  # noqa: DTZ001  the point
    assert backend.evidence.fetch(sha256(b"x")) is None


def test_racing_writers_lose_nothing_and_leave_no_gap(backend: Backend) -> None:
    """Each thread reads a shared stream and appends to it as number n+1 until it succeeds."""
    threads, rounds = 4, 15
    barrier = Barrier(threads)

    def work(who: int) -> int:
        barrier.wait()
        conflicts = 0
        for number in range(rounds):
            while True:
                held = len(backend.ledger.stream("event/shared"))
                payload = draft("x", title=f"{who}/{number}").payload
                wanted = Draft(
                    stream="event/shared",
                    key=content_key("event/shared", held + 1, payload),
                    payload=payload,
                    expected_version=held,
                )
                own = draft(f"event/own-{who}", title=str(number), expected_version=number)
                try:
                    backend.ledger.append([own, wanted], at=NOON)
                except AppendConflict:
                    conflicts += 1
                else:
                    break
        return conflicts

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, range(threads)))
    entries = assert_sound(backend)
    assert [x.position for x in entries] == list(range(1, 2 * threads * rounds + 1))
    shared = backend.ledger.stream("event/shared")
    assert [x.version for x in shared] == list(range(1, threads * rounds + 1))
    said = {x.payload for x in shared}
    assert said == {
        encode(draft("x", title=f"{w}/{n}").payload) for w in range(threads) for n in range(rounds)
    }


def test_the_same_drafts_from_racing_writers_are_held_once(backend: Backend) -> None:
    drafts = [draft(f"event/{n}") for n in range(40)]
    barrier = Barrier(4)

    def work(shift: int) -> list[Appended]:
        barrier.wait()
        mine = drafts[shift:] + drafts[:shift]
        return [backend.ledger.append([one], at=NOON)[0] for one in mine]

    with ThreadPoolExecutor(4) as pool:
        answers = [place for found in pool.map(work, (0, 10, 20, 30)) for place in found]
    assert len(assert_sound(backend)) == 40
    assert sum(place.new for place in answers) == 40


def test_the_same_evidence_from_racing_writers_is_held_once(backend: Backend) -> None:
    bodies = [str(n).encode() * 50 for n in range(12)]
    barrier = Barrier(4)

    def work(_: int) -> list[str]:
        barrier.wait()
        return [backend.evidence.keep(b, media_type="a/b", at=NOON) for b in bodies]

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(work, range(4)))
    assert answers == [[sha256(b) for b in bodies]] * 4
    assert [backend.evidence.fetch(sha256(b)) for b in bodies] == bodies
