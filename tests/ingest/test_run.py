from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.ingest.material import NOON, ROOT, MemoryStates, feed, reports_in, source
from tests.ingest.server import Answer, FeedServer, Handler, endless, gzip_bomb
from tracker.core.codec import sha256
from tracker.core.entries import Draft
from tracker.errors import AppendConflict, OperationFailed, SourceFailed
from tracker.ingest.answers import Throttled
from tracker.ingest.outcome import MAX_WAIT, after_failure
from tracker.ingest.ports import SourceState
from tracker.ingest.reading import Read, read
from tracker.ingest.run import Polled, poll, poll_due
from tracker.ingest.shapes import Parsed
from tracker.ingest.sources import Source
from tracker.ingest.web import Web
from tracker.store.memory import MemoryLedger
from tracker.store.protocol import Appended

RSS = feed("rss20.xml")


class Room:
    """A ledger, states and a client, and polls at an instant given."""

    def __init__(self, client: Web) -> None:
        self.client = client
        self.ledger = MemoryLedger()
        self.states = MemoryStates()
        self.now = NOON
        self.reader: Read = read

    def poll(self, one: Source) -> Polled:
        return poll(
            one,
            ledger=self.ledger,
            evidence=self.ledger,
            states=self.states,
            client=self.client,
            now=self.now,
            allow_private=True,
            reader=self.reader,
        )

    def poll_due(
        self,
        sources: Sequence[Source],
        *,
        every: bool = False,
        on_result: Callable[[Polled], object] | None = None,
    ) -> tuple[Polled, ...]:
        return poll_due(
            sources,
            ledger=self.ledger,
            evidence=self.ledger,
            states=self.states,
            client=self.client,
            now=lambda: self.now,
            allow_private=True,
            reader=self.reader,
            all=every,
            on_result=on_result,
        )


@pytest.fixture
def room(client: Web) -> Room:
    return Room(client)


def test_new_then_unchanged_then_changed(room: Room, server: FeedServer) -> None:
    one = source(server.serve(Answer(RSS, etag='"1"')))
    first = room.poll(one)
    assert (first.outcome, first.new, first.changed, first.bytes) == ("new", 3, 0, len(RSS))
    assert first.line() == "example: 3 new"
    # News halve the interval; up to a tenth is added.
    assert timedelta(seconds=450) <= first.next_due_at - NOON <= timedelta(seconds=495)
    reports = reports_in(tuple(room.ledger.read()))
    assert {report.evidence for report in reports} == {sha256(RSS)}
    assert room.ledger.fetch(sha256(RSS)) == RSS
    assert room.states.held["example"] == SourceState(
        source="example",
        etag='"1"',
        next_due_at=first.next_due_at,
        last_polled_at=NOON,
        last_success_at=NOON,
        last_new_at=NOON,
        why="sooner, as it has just brought news",
        asks="{}",
        quiet=0,
        polls=1,
        last_bytes=len(RSS),
        total_bytes=len(RSS),
        body_digest=sha256(RSS),
    )

    room.now = NOON + timedelta(hours=1)
    second = room.poll(one)
    assert server.seen[-1][1]["If-None-Match"] == '"1"'
    assert (second.outcome, second.bytes) == ("unchanged", 0)
    assert second.line() == "example: nothing new"
    state = room.states.held["example"]
    assert (state.etag, state.last_new_at, state.last_success_at) == ('"1"', NOON, room.now)

    changed = RSS.replace(b"widgets", b"gizmos")
    server.serve(Answer(changed, etag='"2"'))
    third = room.poll(one)
    assert (third.new, third.changed) == (0, 1)
    assert third.line() == "example: 1 changed"
    assert room.states.held["example"].etag == '"2"'
    assert room.ledger.head().position == 4
    assert room.ledger.fetch(sha256(changed)) == changed


def test_a_feed_with_nothing_new_leaves_no_evidence(room: Room, server: FeedServer) -> None:
    one = source(server.serve(RSS))
    room.poll(one)
    noisy = RSS.replace(b"utm_source=rss", b"utm_source=x")
    server.serve(noisy)
    again = room.poll(one)
    assert again.outcome == "unchanged"
    assert room.ledger.fetch(sha256(noisy)) is None
    assert room.ledger.head().position == 3


def not_found(handler: Handler) -> None:
    handler.answer(Answer(status=404))


@pytest.mark.parametrize(
    ("route", "kind", "said"),
    [
        (Answer(feed("page.html")), "not_a_feed", "sent a web page instead of a feed"),
        (Answer(b""), "empty", "sent an empty answer"),
        (endless, "too_large", "is larger than 10 MB"),
        (gzip_bomb(), "too_large", "is larger than 10 MB"),
        (
            Answer(status=302, headers={"Location": "/feed"}),
            "redirect_loop",
            "redirects in a circle",
        ),
        (not_found, "http_error", "answered 404 Not Found"),
    ],
    ids=["page", "empty", "50 MB", "gzip bomb", "redirect loop", "404"],
)
def test_bad_input_is_one_clear_line_and_nothing_is_lost(
    room: Room,
    server: FeedServer,
    route: Answer | Callable[[Handler], None],
    kind: str,
    said: str,
) -> None:
    one = source(server.serve(Answer(RSS, etag='"1"')))
    room.poll(one)
    held = tuple(room.ledger.read())
    server.serve(route)
    failed = room.poll(one)
    assert failed.outcome == "failed"
    assert failed.error is not None
    assert failed.error.kind == kind
    assert failed.error.advice
    assert failed.line() == f"example: {said}; it will be tried again at 12:05 UTC"
    assert tuple(room.ledger.read()) == held
    state = room.states.held["example"]
    assert (state.failures, state.last_error_kind, state.last_error) == (1, kind, said)
    assert (state.etag, state.last_success_at, state.last_new_at) == ('"1"', NOON, NOON)

    server.serve(RSS)
    assert room.poll(one).outcome == "unchanged"
    state = room.states.held["example"]
    assert (state.failures, state.last_error_kind, state.last_error) == (0, None, None)


def test_a_feed_that_breaks_off_is_asked_for_in_full_again(room: Room, server: FeedServer) -> None:
    one = source(server.serve(Answer(feed("truncated.xml"), etag='"cut"')))
    found = room.poll(one)
    assert found.new == 2
    assert any("breaks off" in line for line in found.problems)
    assert room.states.held["example"].etag is None
    server.serve(
        Answer(feed("truncated.xml") + b"tle</title></item></channel></rss>", etag='"cut"')
    )
    assert room.poll(one).new == 1


def test_a_move_for_good_is_remembered_and_told(room: Room, server: FeedServer) -> None:
    server.serve(RSS, "/new")
    moved = room.poll(source(server.redirect("/feed", "/new", 301)))
    assert moved.line() == f"example: 3 new; it has moved to {server.url('/new')}"
    assert room.states.held["example"].moved_to == server.url("/new")


def test_the_wait_doubles_and_a_source_is_never_given_up() -> None:
    one = source()
    error = SourceFailed("timeout", "did not answer", "later")
    state: SourceState | None = None
    waits = []
    for _ in range(40):
        state = after_failure(one, state, error, now=NOON)
        assert state.next_due_at is not None
        waits.append((state.next_due_at - NOON) / timedelta(minutes=5))
    doubled = [1, 2, 4, 8, 16, 32, 64, 128, 256, 288]
    assert all(
        least <= found <= min(288, 1.1 * least)
        for least, found in zip(doubled, waits, strict=False)
    )
    assert set(waits[9:]) == {288}


@pytest.mark.parametrize(("asked", "granted"), [(60, 300), (7200, 7200), (9_999_999, 86_400)])
def test_the_patience_a_source_asks_for_is_given(asked: int, granted: int) -> None:
    state = after_failure(source(), None, Throttled("busy", "wait", asked), now=NOON)
    assert state.next_due_at is not None
    waits = (state.next_due_at - NOON).total_seconds()
    assert granted <= waits <= (granted if asked > 300 else 1.1 * granted)
    assert timedelta(seconds=granted) <= MAX_WAIT


class Racing(MemoryLedger):
    """A ledger into which somebody else writes the same reports first, so many times."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times = times

    def append(self, drafts: Sequence[Draft], *, at: datetime) -> tuple[Appended, ...]:
        if self.times > 0:
            self.times -= 1
            super().append(drafts[:1], at=at)
            raise AppendConflict("somebody else was first")
        return super().append(drafts, at=at)


def test_a_race_with_another_poll_is_decided_again(
    room: Room, server: FeedServer, client: Web
) -> None:
    room.ledger = Racing(1)
    polled = room.poll(source(server.serve(RSS)))
    assert polled.new == 2
    assert room.ledger.head().position == 3
    room.ledger, room.states = Racing(99), MemoryStates()
    with pytest.raises(AppendConflict):
        room.poll(source(server.url()))


def test_only_what_is_due_and_enabled_is_polled(room: Room, server: FeedServer) -> None:
    server.serve(RSS)
    url = server.url()
    off = replace(source(url, name="off"), enabled=False)
    sources = [source(url, name="a"), off, source(url, name="b"), source(url, name="later")]
    room.states.save(SourceState(source="later", next_due_at=NOON + timedelta(seconds=1)))
    room.states.save(SourceState(source="b", next_due_at=NOON))
    assert [polled.source.id for polled in room.poll_due(sources)] == ["a", "b"]
    assert room.poll_due(sources) == ()
    assert [polled.source.id for polled in room.poll_due(sources, every=True)] == [
        "a",
        "b",
        "later",
    ]
    room.now = NOON + timedelta(seconds=990)
    assert len(room.poll_due(sources)) == 3


def test_many_sources_at_once_and_one_does_not_touch_another(
    room: Room, server: FeedServer
) -> None:
    sources = []
    for number in range(12):
        path = f"/{number}"
        if number % 3 == 1:
            server.serve(Answer(status=500), path)
        elif number % 3 == 2:
            server.serve(feed("page.html"), path)
        else:
            server.serve(RSS, path)
        sources.append(source(server.url(path), name=f"s{number}"))
    told: list[str] = []
    found = room.poll_due(sources, on_result=lambda polled: told.append(polled.source.id))
    assert [polled.source.id for polled in found] == [f"s{number}" for number in range(12)]
    assert sorted(told) == sorted(polled.source.id for polled in found)
    assert [polled.outcome for polled in found] == ["new", "failed", "failed"] * 4
    assert room.ledger.head().position == 12
    assert room.states.saves == 12


def test_what_is_written_later_has_a_later_instant(room: Room, server: FeedServer) -> None:
    server.serve(RSS)
    saved: list[list[datetime | None]] = []

    class Watched(MemoryStates):
        def save_all(
            self, states: Sequence[SourceState], items: Mapping[str, bytes | None], /
        ) -> None:
            saved.append([state.last_polled_at for state in states])
            room.now += timedelta(minutes=1)
            super().save_all(states, items)

    room.states = Watched()
    sources = [source(server.url(), name=f"s{number}") for number in range(40)]
    found = room.poll_due(sources)
    assert all(polled.next_due_at - NOON >= timedelta(seconds=450) for polled in found)
    assert sum(map(len, saved)) == 40
    assert len(saved) > 1  # few bodies wait in memory
    for number, instants in enumerate(saved):
        assert set(instants) == {NOON + timedelta(minutes=number)}


def test_a_bug_met_by_hostile_bytes_stops_one_source_only(room: Room, server: FeedServer) -> None:
    server.serve(RSS, "/good")
    server.serve(b"<rss>bad</rss>", "/bad")

    def stumbling(body: bytes, **rest: Any) -> Parsed:
        if b"bad" in body:
            raise ZeroDivisionError("<b>oh</b>\nno")
        return read(body, **rest)

    room.reader = stumbling
    bad, good = room.poll_due(
        [source(server.url("/bad"), name="bad"), source(server.url("/good"), name="good")]
    )
    assert good.new == 3
    assert bad.error is not None
    assert bad.error.kind == "internal"
    assert bad.error.message.endswith("(ZeroDivisionError: oh no)")
    assert room.states.held["bad"].failures == 1


def test_a_bug_of_ours_elsewhere_shows_itself(room: Room, server: FeedServer) -> None:
    class Broken(MemoryLedger):
        def latest_of(self, streams: Sequence[str]) -> dict[str, tuple[str, int]]:
            raise ZeroDivisionError(streams)

    room.ledger = Broken()
    with pytest.raises(ZeroDivisionError):
        room.poll_due([source(server.serve(RSS))])
    assert room.states.held == {}


def test_a_store_that_cannot_be_written_stops_the_poll_and_keeps_it_due(
    room: Room, server: FeedServer
) -> None:
    class Full(MemoryLedger):
        def keep(self, body: bytes, *, media_type: str, at: datetime) -> str:
            raise OperationFailed(
                f"the disk is full at {at}: {len(body)} {media_type}", "make room"
            )

    room.ledger = Full()
    with pytest.raises(OperationFailed, match="disk is full"):
        room.poll(source(server.serve(RSS)))
    assert room.states.held == {}
    assert room.ledger.head().position == 0


def test_the_order_is_evidence_then_entries_then_state(room: Room, server: FeedServer) -> None:
    done: list[str] = []

    class Watched(MemoryLedger):
        def keep(self, body: bytes, *, media_type: str, at: datetime) -> str:
            done.append("keep")
            return super().keep(body, media_type=media_type, at=at)

        def append(self, drafts: Sequence[Draft], *, at: datetime) -> tuple[Appended, ...]:
            done.append("append")
            return super().append(drafts, at=at)

    class WatchedStates(MemoryStates):
        def save(self, state: SourceState, /) -> None:
            done.append("save")
            super().save(state)

    room.ledger, room.states = Watched(), WatchedStates()
    room.poll(source(server.serve(RSS)))
    assert done == ["keep", "append", "save"]


def test_a_naive_instant_is_refused(room: Room) -> None:
    room.now = NOON.replace(tzinfo=None)
    with pytest.raises(ValueError, match="time zone"):
        room.poll(source())
    with pytest.raises(ValueError, match="time zone"):
        room.poll_due([source()])


def _imports(text: str) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def test_feedparser_is_imported_in_one_place_and_the_store_in_none() -> None:
    modules: Mapping[str, set[str]] = {
        file.relative_to(ROOT).as_posix(): _imports(file.read_text(encoding="utf-8"))
        for file in (ROOT / "tracker").rglob("*.py")
    }
    users = {name for name, names in modules.items() if "feedparser" in names}
    assert users == {"tracker/ingest/parse.py"}
    ingest = {name: names for name, names in modules.items() if "/ingest/" in name}
    rooms = ("tracker.store", "tracker.record", "tracker.site", "tracker.app", "tracker.clock")
    assert not {name for name, names in ingest.items() for one in names if one.startswith(rooms)}
    with_http = {name for name, names in ingest.items() if "httpx" in names}
    assert with_http == {
        f"tracker/ingest/{name}.py" for name in ("failures", "fetch", "redirects", "web")
    }
