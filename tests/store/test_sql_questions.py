"""The questions of docs/sql.md: each runs as it stands and answers as the core does."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url

from tests.contracts.backends import NOON, ROOT, new_url, report
from tests.store.schemas import KINDS
from tracker.core.diff import diff
from tracker.core.index import Index
from tracker.core.measures import targets_of
from tracker.core.policy import ProvisionState, Viewpoint, state
from tracker.core.words import Status
from tracker.core.world import World, fold
from tracker.record.plan import plan_load
from tracker.record.read import read_record
from tracker.store.database import open_engine
from tracker.store.spans import SqlSpans
from tracker.store.sql import SqlLedger

TODAY = date(2026, 11, 25)
_BLOCK = re.compile(r"^```sql (\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
QUESTIONS: dict[str, str] = dict(
    _BLOCK.findall((ROOT / "docs" / "sql.md").read_text(encoding="utf-8"))
)

Ask = Callable[[str], list[Any]]


@pytest.fixture(scope="module", params=KINDS)
def shipped(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, World]]:
    """The URL of a database with the shipped record and its spans, and the world in it."""
    with new_url(request.param, tmp_path_factory.mktemp("questions")) as url:
        engine = open_engine(url)
        ledger = SqlLedger(engine)
        ledger.append(plan_load(read_record(ROOT / "db" / "record"), ()), at=NOON)
        world = fold(ledger.read(), known_until=TODAY)
        SqlSpans(engine).refresh(Index(world), version="1")
        # What the feeds bring after the spans were made does not make them stale.
        ledger.append([report("feed", "item", "0")], at=NOON)
        engine.dispose()
        yield url, world


@pytest.fixture
def world(shipped: tuple[str, World]) -> World:
    return shipped[1]


@contextmanager
def past_the_program(url: str) -> Iterator[Any]:
    """A connection of the driver's own, as somebody with a shell has it."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(parsed.database or "")) as file:
            yield file
    else:
        plain = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain) as connection:
            yield connection


@pytest.fixture
def ask(shipped: tuple[str, World]) -> Iterator[Ask]:
    with past_the_program(shipped[0]) as connection:
        yield lambda name: connection.execute(QUESTIONS[name]).fetchall()


def rows(world: World, on: str, known: str | None = None) -> tuple[ProvisionState, ...]:
    announced = date.fromisoformat(known) if known else None
    return state(world, Viewpoint(on=date.fromisoformat(on), announced_by=announced))


def spelled(rate: Decimal | None) -> str | None:
    return None if rate is None else f"{rate.normalize():f}"


def side(row: ProvisionState | None) -> tuple[str | None, str | None]:
    return (None, None) if row is None else (str(row.status), spelled(row.rate_pct))


def of_canada(world: World, found: tuple[ProvisionState, ...]) -> list[tuple[Any, ...]]:
    told = []
    for row in found:
        provision = world.measures[row.measure].provision(row.provision)
        assert provision is not None
        if targets_of(provision, "CA") and not row.over:
            told.append((*row.place, *side(row)))
    return told


def test_what_applied_to_canadian_goods(ask: Ask, world: World) -> None:
    found = ask("applied")
    assert found == of_canada(world, rows(world, "2025-03-04"))
    assert ("us.ieepa.border.ca", "general", "in_force", "25") in found
    assert ("us.ieepa.border.ca", "energy", "in_force", "10") in found


def test_the_same_as_it_was_known_a_month_before(ask: Ask, world: World) -> None:
    found = ask("expected")
    assert found == of_canada(world, rows(world, "2025-03-04", "2025-02-02"))
    assert ("us.ieepa.border.ca", "general", "in_force", "25") in found
    assert len(found) < len(ask("applied"))


def test_what_was_in_force_at_a_quarter_or_more(ask: Ask, world: World) -> None:
    expected = sorted(
        (
            (*row.place, row.rate_pct, str(row.basis))
            for row in rows(world, "2025-08-01")
            if row.status is Status.IN_FORCE and row.rate_pct is not None and row.rate_pct >= 25
        ),
        key=lambda told: (-told[2], told[:2]),
    )
    assert [(m, p, Decimal(rate), basis) for m, p, rate, basis in ask("high")] == expected
    assert expected


def compared(
    world: World, before: tuple[ProvisionState, ...], after: tuple[ProvisionState, ...]
) -> list[tuple[Any, ...]]:
    order = {place: number for number, place in enumerate(Index(world).places())}
    changes = sorted(diff(before, after), key=lambda change: order[change.subject.place])
    return [(*c.subject.place, *side(c.before), *side(c.after)) for c in changes]


def test_what_changed_between_two_days(ask: Ask, world: World) -> None:
    found = ask("changed")
    assert found == compared(world, rows(world, "2025-02-01"), rows(world, "2025-03-08"))
    assert found


def test_what_was_not_known_thirty_days_before(ask: Ask, world: World) -> None:
    found = ask("surprise")
    before, after = (rows(world, "2025-03-04", known) for known in ("2025-02-02", "2025-03-04"))
    assert found == compared(world, before, after)
    assert found


def test_the_history_of_a_provision(ask: Ask, world: World) -> None:
    found = ask("history")
    for on_from, _, status, rate, _ in found:
        place = ("us.ieepa.border.ca", "general")
        row = next(row for row in rows(world, on_from) if row.place == place)
        assert (status, rate) == side(row)
    assert [until for _, until, *_ in found[:-1]] == [start for start, *_ in found[1:]]
    assert found[-1][1] is None


def test_what_waits_for_a_day_that_is_not_known(ask: Ask, world: World) -> None:
    expected = [
        row.place
        for row in rows(world, "2026-11-25")
        if row.starts
        or row.ends
        or row.alternatives
        or any(turn.effective_from is None for turn in row.pending)
    ]
    assert [(m, p) for m, p, *_ in ask("unsure")] == expected
    assert expected


def test_the_spans_say_that_they_are_up_to_date(ask: Ask) -> None:
    assert ask("stale") == [("2026-11-25", "1", 0)]


def test_every_question_is_asked_here() -> None:
    asked = set(re.findall(r'ask\("(\w+)"\)', Path(__file__).read_text(encoding="utf-8")))
    assert asked == QUESTIONS.keys()


@pytest.mark.parametrize(
    ("question", "indexes"),
    [
        ("applied", {"spans_still_known", "sqlite_autoindex_span_countries_1"}),
        ("expected", {"sqlite_autoindex_spans_1", "sqlite_autoindex_span_countries_1"}),
        ("high", {"spans_still_known"}),
        ("changed", {"spans_of_place"}),
        ("surprise", {"sqlite_autoindex_spans_1"}),
        ("history", {"spans_of_place"}),
        ("unsure", {"spans_still_known"}),
    ],
)
def test_a_question_is_answered_from_an_index(
    shipped: tuple[str, World], question: str, indexes: set[str]
) -> None:
    with past_the_program(shipped[0]) as connection:
        if make_url(shipped[0]).get_backend_name() == "sqlite":
            _check_sqlite(connection, question, indexes)
        else:
            _check_postgres(connection, question)


def _check_sqlite(connection: Any, question: str, indexes: set[str]) -> None:
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {QUESTIONS[question]}")]
    used = {name for line in plan for name in re.findall(r"INDEX (\S+)", line)}
    assert indexes <= used, plan
    assert not [line for line in plan if re.match(r"SCAN (s|spans|a|b)\b", line)], plan


def _check_postgres(connection: Any, question: str) -> None:
    """Each look at the spans is narrowed by an index, whichever one the server prefers.

    It weighs what a table holds and reads one as small as this from end to end,
    so that way is closed: what is left shows whether an index fits the question.
    """
    connection.execute("ANALYZE")
    connection.execute("SET enable_seqscan = off")
    ((plan,),) = connection.execute(f"EXPLAIN (FORMAT JSON) {QUESTIONS[question]}").fetchall()
    looks = [node for node in _nodes(plan[0]["Plan"]) if node.get("Relation Name") == "spans"]
    assert looks, plan
    for look in looks:
        found = [node for node in _nodes(look) if "Index Name" in node]
        assert found, look
        assert all("Index Cond" in node for node in found), look


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in node.get("Plans", ()):
        yield from _nodes(child)
