"""The shipped record's rates through time equal the tables that were read line by line."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.contracts.backends import ROOT
from tests.record.rates_through_time import FOLDER, tables
from tracker.core.index import Index
from tracker.core.policy import Viewpoint, state
from tracker.core.words import Status
from tracker.core.world import World, world_of
from tracker.record.read import read_record

FIRST, LAST = date(2024, 11, 25), date(2026, 12, 31)
NOW = tables()


@pytest.fixture(scope="module")
def world() -> World:
    record = read_record(ROOT / "db" / "record")
    return world_of(record.events, record.measures)


def test_every_measure_has_its_table_and_no_other() -> None:
    assert sorted(file.stem for file in FOLDER.glob("*.txt")) == sorted(NOW)


@pytest.mark.parametrize("key", sorted(NOW))
def test_the_table_is_the_one_that_was_read(key: str) -> None:
    read = (FOLDER / f"{key}.txt").read_text(encoding="utf-8")
    assert NOW[key] == read, (
        "The rates through time changed. Read the change against its sources, then write it "
        "with: python -m tests.record.rates_through_time"
    )


def test_no_provision_has_two_states_on_any_day_and_none_is_in_force_without_its_terms(
    world: World,
) -> None:
    index = Index(world)
    day = FIRST
    while day <= LAST:
        rows = index.state(Viewpoint(on=day))
        places = [(row.measure, row.provision) for row in rows]
        assert len(places) == len(set(places)), day
        for row in rows:
            if row.status is Status.IN_FORCE:
                where = f"{day} {row.measure}.{row.provision}"
                assert row.rate_pct is not None or row.rate_text, where
                assert row.effective_from is not None or row.starts is not None, where
                assert row.effective_from is None or row.effective_from <= day, where
                assert row.effective_until is None or row.effective_until > day, where
                assert row.events, where
        day += timedelta(days=1)


@pytest.mark.parametrize("months", range(26))
def test_the_rule_itself_says_the_same_as_what_answers_quickly(world: World, months: int) -> None:
    day = FIRST + timedelta(days=30 * months)
    assert state(world, Viewpoint(on=day)) == Index(world).state(Viewpoint(on=day))
