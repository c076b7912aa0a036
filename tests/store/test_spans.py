"""Spans in SQL say what the rule says; they are made whole, once, and no more than is needed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import Engine, create_engine, event, func, select, text
from sqlalchemy.pool import StaticPool

from tests.contracts.backends import NOON, draft, empty_ledger, engine_on
from tests.core.strategies import FIRST, SPAN_DAYS, worlds
from tests.core.worlds import BORDER, CA, MEASURES, MX, border, day, effect, measure
from tests.core.worlds import event as happening
from tracker.core.entries import Head
from tracker.core.events import Text
from tracker.core.index import Index, Place
from tracker.core.policy import ProvisionState, Viewpoint, reads_same, state
from tracker.core.world import World, fold, world_of
from tracker.errors import OperationFailed
from tracker.store.spans import MadeFrom, Refreshed, SqlSpans
from tracker.store.sql import SqlLedger
from tracker.store.tables import metadata, projections, span_countries, spans
from tracker.store.verify import verify

every_day = st.integers(-3, 2 * SPAN_DAYS).map(lambda n: FIRST + timedelta(days=n))


@contextmanager
def in_memory() -> Iterator[Engine]:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    metadata.create_all(engine)
    try:
        yield engine
    finally:
        engine.dispose()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return empty_ledger(tmp_path_factory.mktemp("spans") / "tracker.db")


@pytest.fixture
def engine(template: Path, tmp_path: Path) -> Iterator[Engine]:
    file = tmp_path / "tracker.db"
    shutil.copyfile(template, file)
    with engine_on(file) as made:
        yield made


def at(world: World, position: int) -> World:
    """The world as if it were read from a ledger up to `position`."""
    head = Head(position=position, hash=f"{position:064d}")
    return World(world.events, world.measures, (), head, world.known_until)


def made(engine: Engine, world: World, *, rebuild: bool = False) -> Refreshed:
    return SqlSpans(engine).refresh(Index(world), version="1", rebuild=rebuild)


def all_rows(engine: Engine) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [
            tuple(row)
            for table in metadata.sorted_tables
            if table.name.startswith("span")
            for row in connection.execute(select(table).order_by(*table.primary_key))
        ]


@settings(max_examples=100)
@given(worlds(), st.lists(st.tuples(every_day, st.none() | every_day), min_size=1, max_size=8))
def test_sql_answers_as_the_rule_does(world: World, seen: list[tuple[date, date | None]]) -> None:
    with in_memory() as engine:
        made(engine, world)
        held = SqlSpans(engine)
        for on, known in seen:
            expected = state(world, Viewpoint(on=on, announced_by=known))
            assert held.state(on=on, announced_by=known) == expected
            by_place = {row.place: row for row in expected}
            for place in Index(world).places():
                found = held.row(place, on=on, announced_by=known)
                assert found == by_place.get(place)


@settings(max_examples=30)
@given(worlds())
def test_two_answers_read_the_same_where_the_column_says_so(world: World) -> None:
    with in_memory() as engine:
        made(engine, world)
        held = SqlSpans(engine)
        with engine.connect() as connection:
            keys = connection.execute(
                select(spans.c.measure, spans.c.provision, spans.c.on_from, spans.c.known_from)
                .add_columns(spans.c.reads)
                .limit(25)
            ).all()
        told = [
            (held.row((m, p), on=day(on), announced_by=day(known)), reads)
            for m, p, on, known, reads in keys
        ]
        for one, reads in told:
            for other, others in told:
                assert one is not None
                assert other is not None
                assert reads_same(one, other) == (reads == others)


def test_translations_and_exact_rates_come_back(engine: Engine) -> None:
    words = Text(en="55.03 ¢/kg", es="55,03 ¢/kg", fr="55,03 ¢/kg")
    goods = Text(en="Sugar", es="Azúcar")
    more = happening(
        "2026-03-01-more",
        effect(f"{CA}/potash", "in_force", "0.10", "2026-03-01", rate_text=words, products=goods),
    )
    world = border(more)
    made(engine, world)
    found = SqlSpans(engine).row((CA, "potash"), on=day("2026-03-02"))
    assert found is not None
    assert (found.rate_text, found.scope.products) == (words, goods)
    assert found.rate_pct == Decimal("0.1")
    query = select(spans.c.rate_pct, spans.c.rate, spans.c.rate_text, spans.c.products)
    with engine.connect() as connection:
        now = connection.execute(
            query.where(spans.c.known_until.is_(None), spans.c.provision == "potash").order_by(
                spans.c.on_from.desc()
            )
        ).first()
    assert now == ("0.1", 0.1, "55.03 ¢/kg", "Sugar")


def test_a_second_time_nothing_is_written(engine: Engine) -> None:
    first = made(engine, at(border(), 7))
    assert first.rewritten == 4
    assert first.written > 10
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
    second = made(engine, at(border(), 7))
    assert (second.rewritten, second.removed, second.written) == (0, 0, 0)
    assert second.made_from == first.made_from == SqlSpans(engine).made_from()
    assert not [x for x in statements if x.startswith(("INSERT", "UPDATE", "DELETE"))]


def test_entries_that_say_nothing_of_policy_only_move_the_note(engine: Engine) -> None:
    made(engine, at(border(), 7))
    before = all_rows(engine)
    after = made(engine, at(border(), 9))
    assert (after.rewritten, after.written) == (0, 0)
    assert all_rows(engine) == before
    assert SqlSpans(engine).made_from() == MadeFrom(9, f"{9:064d}", None, "1")


def test_only_what_can_have_changed_is_written_anew(engine: Engine) -> None:
    made(engine, at(border(), 7))
    more = happening("2026-03-01-more", effect(f"{MX}/general", "in_force", "5", "2026-03-01"))
    undone = happening("2026-03-02-undone", withdraws=("2025-07-31-rise",))
    assert made(engine, at(border(more), 8)).rewritten == 1
    assert made(engine, at(border(more, undone), 9)).rewritten == 1
    grown = all_rows(engine)
    made(engine, at(border(more, undone), 9), rebuild=True)
    assert all_rows(engine) == grown


def test_a_day_that_passes_rewrites_what_lapsed_on_it(engine: Engine) -> None:
    plan = happening("2026-03-01-plan", effect(f"{MX}/general", "threatened", "30", "2026-04-01"))
    for today, rewritten in (("2026-03-31", 5), ("2026-04-01", 1), ("2026-04-02", 1)):
        world = world_of((*BORDER, plan), MEASURES, known_until=day(today))
        assert made(engine, at(world, 7)).rewritten == rewritten, today
        found = SqlSpans(engine).state(on=day("2026-05-01"))
        assert found == state(world, Viewpoint(on=day("2026-05-01")))


def test_what_is_retracted_goes(engine: Engine) -> None:
    made(engine, at(border(), 7))
    fewer = world_of(BORDER[:-1], (measure(CA, "general", "energy"),))
    done = made(engine, at(fewer, 8))
    assert (done.rewritten, done.removed) == (2, 2)
    on = day("2026-03-01")
    assert SqlSpans(engine).state(on=on) == state(fewer, Viewpoint(on=on))


def test_the_order_of_definition_is_kept_when_only_it_changes(engine: Engine) -> None:
    more = happening("2025-01-15-more", effect(f"{MX}/general", "in_force", "5", "2025-01-15"))
    on = day("2025-03-10")
    for number, measures in enumerate((MEASURES, MEASURES[::-1])):
        world = world_of((*BORDER, more), measures)
        made(engine, at(world, 7 + number))
        assert SqlSpans(engine).state(on=on) == state(world, Viewpoint(on=on))


def test_countries_are_written_out_with_exceptions(engine: Engine) -> None:
    plain = measure("us.global", "all", target="*")
    (all_goods,) = plain.provisions
    excepted = replace(all_goods, excludes=("MX", "KR"))
    everyone = replace(plain, provisions=(excepted,))
    order = happening("2025-04-02-order", effect("us.global/all", "in_force", "10", "2025-04-05"))
    made(engine, at(world_of((*BORDER, order), (*MEASURES, everyone)), 7))
    query = select(span_countries.c.country).where(span_countries.c.measure == "us.global")
    with engine.connect() as connection:
        found = set(connection.execute(query).scalars())
        mine = connection.execute(
            select(func.count()).where(
                span_countries.c.country == "CA", span_countries.c.measure == CA
            )
        ).scalar_one()
    assert found == {"US", "CA", "*"}
    assert mine == 4


class Crash(Exception):
    """Something that breaks in the middle."""


class Interrupted(Index):
    """An index in which something else happens once, before its `count`th row."""

    def __init__(self, world: World, count: int, what: Callable[[], object]) -> None:
        super().__init__(world)
        self._left, self._what = count, what

    def row(
        self, place: Place, *, on: date, announced_by: date | None = None
    ) -> ProvisionState | None:
        self._left -= 1
        if self._left == 0:
            self._what()
        return super().row(place, on=on, announced_by=announced_by)


def crash() -> None:
    raise Crash


def crash_at(engine: Engine, start: str) -> Callable[[], None]:
    """Break at the next statement that begins so; gives back what takes the trap away."""

    def trap(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith(start):
            raise Crash

    event.listen(engine, "before_cursor_execute", trap)
    return lambda: event.remove(engine, "before_cursor_execute", trap)


def test_working_out_that_breaks_leaves_what_was_there(engine: Engine) -> None:
    made(engine, at(world_of(BORDER[:-1], MEASURES), 6))
    before = all_rows(engine)
    with pytest.raises(Crash):
        SqlSpans(engine).refresh(Interrupted(at(border(), 7), 100, crash), version="1")
    assert all_rows(engine) == before
    assert made(engine, at(border(), 7)).rewritten == 4


@pytest.mark.parametrize(
    "where",
    [
        "DELETE FROM spans",
        "INSERT INTO spans",
        "DELETE FROM span_places",
        "INSERT INTO span_countries",
        "UPDATE projections",
    ],
)
def test_writing_that_breaks_leaves_what_was_there(engine: Engine, where: str) -> None:
    old, new = at(world_of(BORDER[:-1], MEASURES), 6), at(border(), 7)
    made(engine, old)
    before, noted = all_rows(engine), SqlSpans(engine).made_from()
    disarm = crash_at(engine, where)
    with pytest.raises(Crash):
        made(engine, new, rebuild=True)
    disarm()
    assert all_rows(engine) == before
    assert SqlSpans(engine).made_from() == noted
    made(engine, new)
    on = day("2026-03-01")
    assert SqlSpans(engine).state(on=on) == state(new, Viewpoint(on=on))


def test_a_reader_in_the_middle_sees_the_old_ones(engine: Engine) -> None:
    old = at(world_of(BORDER[:-1], MEASURES), 6)
    made(engine, old)
    on = day("2026-03-01")
    seen = []

    def look(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith(("INSERT INTO span_countries", "UPDATE projections")):
            seen.append(SqlSpans(engine).state(on=on))

    event.listen(engine, "before_cursor_execute", look)
    made(engine, at(border(), 7), rebuild=True)
    event.remove(engine, "before_cursor_execute", look)
    assert seen
    assert all(rows == state(old, Viewpoint(on=on)) for rows in seen)
    assert SqlSpans(engine).state(on=on) == state(border(), Viewpoint(on=on))


def test_two_at_once_write_once(engine: Engine) -> None:
    world, others = at(border(), 7), []
    index = Interrupted(world, 10, lambda: others.append(made(engine, world)))
    mine = SqlSpans(engine).refresh(index, version="1")
    assert others[0].rewritten == 4
    assert (mine.rewritten, mine.written) == (0, 0)


def test_later_spans_of_the_same_ledger_are_left(engine: Engine) -> None:
    ledger = SqlLedger(engine)
    ledger.append([draft("event/a")], at=NOON)
    early = fold(ledger.read())
    ledger.append([draft("event/b")], at=NOON)
    late = made(engine, fold(ledger.read()))
    assert made(engine, early).made_from == late.made_from
    assert SqlSpans(engine).made_from() == late.made_from


def test_spans_of_a_ledger_that_is_gone_are_replaced(engine: Engine) -> None:
    made(engine, at(border(), 70))
    made(engine, at(border(), 7))
    held = SqlSpans(engine).made_from()
    assert held is not None
    assert held.position == 7


def test_a_row_that_somebody_else_wrote_is_told_and_made_anew(engine: Engine) -> None:
    world, on = at(border(), 7), day("2026-03-01")
    made(engine, world)
    with engine.begin() as connection:
        connection.execute(text("UPDATE spans SET pending = '[1]'"))
    with pytest.raises(OperationFailed, match="does not read") as caught:
        SqlSpans(engine).state(on=on)
    assert "--rebuild" in caught.value.advice
    made(engine, world, rebuild=True)
    assert SqlSpans(engine).state(on=on) == state(world, Viewpoint(on=on))


def test_emptying_the_tables_loses_nothing_and_the_ledger_stays_whole(engine: Engine) -> None:
    made(engine, at(border(), 7))
    before = all_rows(engine)
    with engine.begin() as connection:
        for table in (spans, span_countries, projections):
            connection.execute(table.delete())
        connection.execute(text("DELETE FROM span_places"))
    assert SqlSpans(engine).state(on=day("2025-03-10")) == ()
    assert SqlSpans(engine).made_from() is None
    made(engine, at(border(), 7))
    assert all_rows(engine) == before
    assert verify(engine).findings == ()


def test_an_empty_world_makes_none(engine: Engine) -> None:
    assert made(engine, world_of((), ())).written == 0
    assert SqlSpans(engine).made_from() is not None
    assert SqlSpans(engine).state(on=day("2025-03-10")) == ()


def test_columns_of_json_are_json(engine: Engine) -> None:
    made(engine, at(border(), 7))
    with engine.connect() as connection:
        for row in connection.execute(select(spans)).mappings():
            assert json.loads(row["events"])
            assert json.loads(row["targets"]) in (["CA"], ["MX"])
            for turn in json.loads(row["pending"]):
                assert turn["event"].startswith("202")
