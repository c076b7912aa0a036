"""Whatever happens to the ledger, the spans say what the rule says of what they were made from.

A state machine on a real ledger: entries come, are corrected and retracted, days
pass, spans are made, made again and broken off, and are asked from anywhere.
"""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec.structs import replace
from sqlalchemy import event as listening
from sqlalchemy import text

from tests.contracts.backends import MIGRATIONS, engine_on, report, sqlite_copy, url_of
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
from tracker.core.words import Doubt, Kind
from tracker.core.world import World, fold
from tracker.store.database import create_database
from tracker.store.spans import Refreshed, SqlSpans
from tracker.store.sql import SqlLedger

_OVERLAPS = text("""
SELECT COUNT(*) FROM spans a JOIN spans b
  ON a.measure = b.measure AND a.provision = b.provision
WHERE (a.known_from < b.known_from OR (a.known_from = b.known_from AND a.on_from < b.on_from))
  AND (a.known_until IS NULL OR b.known_from < a.known_until)
  AND (b.known_until IS NULL OR a.known_from < b.known_until)
  AND (a.on_until IS NULL OR b.on_from < a.on_until)
  AND (b.on_until IS NULL OR a.on_from < b.on_until)
""")


class Crash(Exception):
    """The machine goes off in the middle."""


@cache
def _template() -> Path:
    file = Path(tempfile.mkdtemp(prefix="tracker-spans-")) / "empty.db"
    create_database(url_of(file), migrations=MIGRATIONS)
    return file


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

    @initialize(today=days)
    def start(self, today: date) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="tracker-spans-")
        file = Path(self.folder.name) / "tracker.db"
        with sqlite_copy(_template(), file):
            pass
        self.opened = engine_on(file)
        self.engine = self.opened.__enter__()
        self.ledger = SqlLedger(self.engine)
        self.today = today
        self.ids: list[str] = []
        self.versions: dict[str, int] = {}
        self.made: World | None = None
        for measure in MEASURES:
            self.say(f"measure/{measure.key}", MeasureDefined(measure=measure))

    def teardown(self) -> None:
        if hasattr(self, "opened"):
            self.opened.__exit__(None, None, None)
            self.folder.cleanup()

    def say(self, stream: str, payload: Payload) -> None:
        version = self.versions.get(stream, 0) + 1
        self.versions[stream] = version
        draft = Draft(stream=stream, key=content_key(stream, version, payload), payload=payload)
        self.ledger.append([draft], at=datetime(2026, 3, 1, tzinfo=UTC))

    def world(self) -> World:
        return fold(self.ledger.read(), known_until=self.today)

    def refresh(self, *, rebuild: bool = False) -> Refreshed:
        world = self.world()
        done = SqlSpans(self.engine).refresh(Index(world), version="1", rebuild=rebuild)
        self.made = world
        return done

    @rule(data=st.data())
    def an_event_comes(self, data: st.DataObject) -> None:
        name = f"event-{len(self.ids)}"
        self.say(f"event/{name}", EventRecorded(event=data.draw(told(name, self.ids))))
        self.ids.append(name)

    @precondition(lambda self: self.ids)
    @rule(data=st.data())
    def an_event_is_corrected(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(self.ids))
        others = [other for other in self.ids if other != name]
        event = data.draw(told(name, others))
        self.say(f"event/{name}", EventCorrected(event=event, reason="It was otherwise."))

    @precondition(lambda self: self.ids)
    @rule(data=st.data())
    def an_event_is_retracted(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(self.ids))
        self.say(f"event/{name}", EventRetracted(id=name, reason="It never happened."))

    @rule(
        measure=st.sampled_from(MEASURES),
        country=st.sampled_from(["CA", "MX", "KR", "*"]),
        authority=st.sampled_from(["IEEPA", "Section 232"]),
    )
    def a_measure_is_corrected(self, measure: Measure, country: str, authority: str) -> None:
        provisions = tuple(replace(p, targets=(country,)) for p in measure.provisions)
        new = replace(measure, authority=authority, provisions=provisions)
        self.say(f"measure/{new.key}", MeasureCorrected(measure=new, reason="It was otherwise."))

    @rule(measure=st.sampled_from(MEASURES))
    def a_measure_is_retracted(self, measure: Measure) -> None:
        self.say(f"measure/{measure.key}", MeasureRetracted(key=measure.key, reason="No such."))

    @rule(number=st.integers(0, 10**6))
    def a_report_is_seen(self, number: int) -> None:
        draft = report("feed", f"item-{number}", "0")
        self.ledger.append([draft], at=datetime(2026, 3, 1, tzinfo=UTC))

    @rule(count=st.integers(1, 12))
    def days_pass(self, count: int) -> None:
        self.today += timedelta(days=count)

    @rule(rebuild=st.booleans())
    def spans_are_made(self, rebuild: bool) -> None:
        self.refresh(rebuild=rebuild)
        again = self.refresh()
        assert (again.rewritten, again.removed, again.written) == (0, 0, 0)

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
TestSpans.settings = settings(max_examples=30, stateful_step_count=25, deadline=None)
