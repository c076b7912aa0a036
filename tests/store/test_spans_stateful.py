"""Whatever happens to the ledger, the spans say what the rule says of what they were made from.

A state machine on a real ledger: entries come, are corrected and retracted, days
pass, spans are made, made again and broken off, and are asked from anywhere.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import cache
from operator import itemgetter
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec.structs import replace
from sqlalchemy import Engine, select, text
from sqlalchemy import event as listening
from sqlalchemy.engine.interfaces import DBAPIConnection

from tests.contracts.backends import (
    empty_ledger,
    engine_on,
    report,
    sqlite_copy,
)
from tests.contracts.postgres import database
from tests.core.strategies import FIRST, days, effects
from tests.core.worlds import MEASURES, SOURCE
from tracker.core.codec import content_key
from tracker.core.entries import (
    Draft,
    EventCorrected,
    EventRecorded,
    EventRetracted,
    MeasureCorrected,
    MeasureDefined,
    MeasureRetracted,
    Payload,
)
from tracker.core.events import Event, Text, Withdrawal
from tracker.core.index import Index
from tracker.core.measures import Measure
from tracker.core.policy import Viewpoint, state
from tracker.core.rectangles import rectangles
from tracker.core.words import Doubt, Kind
from tracker.core.world import World, fold
from tracker.store.database import open_engine
from tracker.store.span_rows import values_of
from tracker.store.spans import Refreshed, SqlSpans
from tracker.store.sql import SqlLedger
from tracker.store.tables import spans

_OVERLAPS = text("""
SELECT COUNT(*) FROM spans a JOIN spans b
  ON a.measure = b.measure AND a.provision = b.provision
WHERE (a.known_from < b.known_from OR (a.known_from = b.known_from AND a.on_from < b.on_from))
  AND (a.known_until IS NULL OR b.known_from < a.known_until)
  AND (b.known_until IS NULL OR a.known_from < b.known_until)
  AND (a.on_until IS NULL OR b.on_from < a.on_until)
  AND (b.on_until IS NULL OR a.on_from < b.on_until)
""")


often = st.integers(0, 3)


class Crash(Exception):
    """The machine goes off in the middle."""


@cache
def _template() -> Path:
    folder = tempfile.mkdtemp(prefix="tracker-spans-")
    atexit.register(shutil.rmtree, folder)
    return empty_ledger(Path(folder) / "empty.db")


def _at_ease(connection: DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous = OFF")
    cursor.close()


@st.composite
def told(draw: st.DrawFn, event_id: str, others: list[str]) -> Event:
    """An event under that id that may confirm and withdraw others."""
    some = st.lists(st.sampled_from(others or ["no-such-event"]), max_size=1)
    places = st.sampled_from([None, "general", "energy"])
    return Event(
        id=event_id,
        kind=Kind.ANNOUNCEMENT,
        announced=draw(days),
        sequence=draw(st.integers(0, 2)),
        title=Text(en=event_id),
        summary=Text(en=""),
        sources=(SOURCE,),
        effects=tuple(draw(st.lists(effects(), max_size=3))),
        withdraws=tuple(Withdrawal(event=e, provision=draw(places)) for e in draw(some)),
        confirms=tuple(draw(some)),
        measures=tuple(draw(st.lists(st.sampled_from([m.key for m in MEASURES]), max_size=1))),
        doubts=tuple(draw(st.lists(st.sampled_from(list(Doubt)), max_size=1))),
    )


class SpansMachine(RuleBasedStateMachine):
    """A ledger, its spans, and the world that the spans were last made from."""

    @contextmanager
    def new_engine(self) -> Iterator[Engine]:
        """An empty ledger to begin with: here a copy of an empty file."""
        with tempfile.TemporaryDirectory(prefix="tracker-spans-") as folder:
            file = Path(folder) / "tracker.db"
            with sqlite_copy(_template(), file):
                pass
            with engine_on(file) as engine:
                # Nobody pulls the plug here: hundreds of small transactions need no disk.
                listening.listen(engine, "connect", _at_ease)
                yield engine

    @initialize(today=days, data=st.data())
    def start(self, today: date, data: st.DataObject) -> None:
        self.opened = self.new_engine()
        self.engine = self.opened.__enter__()
        self.ledger = SqlLedger(self.engine)
        self.today = today
        self.ids: list[str] = []
        self.versions: dict[str, int] = {}
        self.made: World | None = None
        for measure in MEASURES:
            self.say(f"measure/{measure.key}", MeasureDefined(measure=measure))
        for _ in range(4):
            self.an_event_comes(data)

    def teardown(self) -> None:
        if hasattr(self, "opened"):
            self.opened.__exit__(None, None, None)

    def say(self, stream: str, payload: Payload) -> None:
        version = self.versions.get(stream, 0) + 1
        self.versions[stream] = version
        draft = Draft(stream=stream, key=content_key(stream, version, payload), payload=payload)
        self.ledger.append([draft], at=datetime(2026, 3, 1, tzinfo=UTC))

    def world(self) -> World:
        return fold(self.ledger.read(), known_until=self.today)

    def then(self, count: int) -> None:
        """Mostly make the spans right after a change, so that one change at a time is seen."""
        if count:
            self.spans_are_made()

    def refresh(self, *, rebuild: bool = False) -> Refreshed:
        world = self.world()
        done = SqlSpans(self.engine).refresh(Index(world), version="1", rebuild=rebuild)
        self.made = world
        return done

    def held(self) -> list[dict[str, object]]:
        query = select(spans).order_by(*spans.primary_key)
        with self.engine.connect() as connection:
            return [{**row} for row in connection.execute(query).mappings()]

    def from_nothing(self) -> list[dict[str, object]]:
        """What the spans would hold had they never been made before."""
        index = Index(self.world())
        tiles = (tile for place in index.places() for tile in rectangles(index, place))
        key = itemgetter(*(column.name for column in spans.primary_key))
        return sorted(map(values_of, tiles), key=key)

    @rule(data=st.data(), then=often)
    def an_event_comes(self, data: st.DataObject, then: int = 0) -> None:
        name = f"event-{len(self.ids)}"
        self.say(f"event/{name}", EventRecorded(event=data.draw(told(name, self.ids))))
        self.ids.append(name)
        self.then(then)

    @rule(data=st.data(), then=often)
    def an_event_only_links(self, data: st.DataObject, then: int) -> None:
        """It says nothing of its own; what it takes back or confirms reads otherwise."""
        name = f"event-{len(self.ids)}"
        event = replace(data.draw(told(name, self.ids)), effects=())
        self.say(f"event/{name}", EventRecorded(event=event))
        self.ids.append(name)
        self.then(then)

    @rule(data=st.data(), then=often)
    def an_event_is_corrected(self, data: st.DataObject, then: int) -> None:
        name = data.draw(st.sampled_from(self.ids))
        others = [other for other in self.ids if other != name]
        event = data.draw(told(name, others))
        self.say(f"event/{name}", EventCorrected(event=event, reason="It was otherwise."))
        self.then(then)

    @rule(data=st.data(), then=often)
    def an_event_is_retracted(self, data: st.DataObject, then: int) -> None:
        name = data.draw(st.sampled_from(self.ids))
        self.say(f"event/{name}", EventRetracted(id=name, reason="It never happened."))
        self.then(then)

    @rule(
        measure=st.sampled_from(MEASURES),
        country=st.sampled_from(["CA", "MX", "KR", "*"]),
        authority=st.sampled_from(["IEEPA", "Section 232"]),
        then=often,
    )
    def a_measure_is_corrected(
        self, measure: Measure, country: str, authority: str, then: int
    ) -> None:
        provisions = tuple(replace(p, targets=(country,)) for p in measure.provisions)
        new = replace(measure, authority=authority, provisions=provisions)
        self.say(f"measure/{new.key}", MeasureCorrected(measure=new, reason="It was otherwise."))
        self.then(then)

    @rule()
    def a_measure_is_retracted(self) -> None:
        measure = MEASURES[-1]
        self.say(f"measure/{measure.key}", MeasureRetracted(key=measure.key, reason="No such."))

    @rule(number=st.integers(0, 10**6))
    def a_report_is_seen(self, number: int) -> None:
        draft = report("feed", f"item-{number}", "0")
        self.ledger.append([draft], at=datetime(2026, 3, 1, tzinfo=UTC))

    @rule(count=st.integers(1, 12), then=often)
    def days_pass(self, count: int, then: int) -> None:
        self.today += timedelta(days=count)
        self.then(then)

    @rule()
    def spans_are_made_anew(self) -> None:
        self.refresh(rebuild=True)

    @rule()
    def spans_are_made(self) -> None:
        self.refresh()
        again = self.refresh()
        assert (again.rewritten, again.removed, again.written) == (0, 0, 0)
        assert self.held() == self.from_nothing()

    @rule(where=st.sampled_from(["INSERT INTO spans", "DELETE FROM span_places", "UPDATE proj"]))
    def making_them_breaks_off(self, where: str) -> None:
        def trap(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
            if statement.startswith(where):
                raise Crash

        before = self.made
        listening.listen(self.engine, "before_cursor_execute", trap)
        try:
            self.refresh()
        except Crash:
            self.made = before
        finally:
            listening.remove(self.engine, "before_cursor_execute", trap)

    @precondition(lambda self: self.made is not None)
    @rule(on=days, known=st.none() | days, further=st.integers(-60, 60))
    def they_are_asked(self, on: date, known: date | None, further: int) -> None:
        assert self.made is not None
        for day in (on, on + timedelta(days=further), FIRST, self.today):
            expected = state(self.made, Viewpoint(on=day, announced_by=known))
            assert SqlSpans(self.engine).state(on=day, announced_by=known) == expected

    @invariant()
    def they_do_not_overlap(self) -> None:
        if not hasattr(self, "engine"):
            return
        with self.engine.connect() as connection:
            assert connection.execute(_OVERLAPS).scalar_one() == 0

    @precondition(lambda self: getattr(self, "made", None) is not None)
    @invariant()
    def they_say_what_the_rule_said_when_they_were_made(self) -> None:
        assert self.made is not None
        made_from = SqlSpans(self.engine).made_from()
        assert made_from is not None
        assert (made_from.position, made_from.as_of) == (
            self.made.head.position,
            self.made.known_until,
        )
        expected = state(self.made, Viewpoint(on=self.today))
        assert SqlSpans(self.engine).state(on=self.today) == expected


TestSpans = SpansMachine.TestCase
TestSpans.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)


class PostgresSpansMachine(SpansMachine):
    """The same on a PostgreSQL database for each run."""

    @contextmanager
    def new_engine(self) -> Iterator[Engine]:
        with database() as url:
            engine = open_engine(url)
            yield engine
            engine.dispose()


TestSpansOnPostgres = PostgresSpansMachine.TestCase
TestSpansOnPostgres.settings = settings(max_examples=12, stateful_step_count=20, deadline=None)
