"""The benchmarks measure right answers: worlds make sense, and every benchmark runs on a small one.

No times are asserted here: `make bench` holds the limits.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.bench import (
    cold,
    diffs,
    everything,
    ingest,
    ledger,
    ledger_postgres,
    ledger_verify,
    memory,
    point,
    replay_peer,
    shapes,
    site,
    sql,
)
from tests.bench.asked import days, places_of
from tests.bench.prose import seeded
from tests.bench.subject import index_of, world_of_file
from tests.bench.timing import Result
from tests.bench.worlds import (
    FIRST,
    LAST,
    Synthetic,
    ledger_of,
    shape_of,
    synthetic,
)
from tracker.core.diff import diff
from tracker.core.events import order_of
from tracker.core.index import Index
from tracker.core.policy import Viewpoint, state
from tracker.core.words import Status
from tracker.core.world import World, world_of

SIZE = 1_000


@pytest.fixture(scope="module")
def made() -> Synthetic:
    return synthetic(SIZE)


@pytest.fixture(scope="module")
def world(made: Synthetic) -> World:
    return world_of(made.events, made.measures)


@pytest.fixture(scope="module")
def index(made: Synthetic) -> Index:
    return index_of(made)


@pytest.fixture(scope="module")
def file(made: Synthetic, tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("bench") / "ledger.db"
    ledger_of(made, found)
    return found


def drawn(seed: str) -> list[date]:
    return days(seeded(seed), 6)


def measured(results: list[Result]) -> list[str]:
    assert all(result.what for result in results)
    return [result.what for result in results]


def test_a_world_is_the_same_every_time_and_makes_sense(made: Synthetic) -> None:
    assert synthetic(SIZE) == made
    assert len(made.events) == SIZE
    keys = [order_of(event) for event in made.events]
    assert keys == sorted(set(keys))
    places = {(m.key, p.key) for m in made.measures for p in m.provisions}
    earlier: set[str] = set()
    for event in made.events:
        assert FIRST <= event.announced < LAST
        assert event.id.startswith(event.announced.isoformat())
        named = {*event.confirms, *event.follows, *(w.event for w in event.withdraws)}
        assert named <= earlier
        assert {(x.measure, x.provision) for x in event.effects} <= places
        for x in event.effects:
            ordered = x.effective_from is None or x.effective_until is None
            assert ordered or x.effective_from < x.effective_until  # type: ignore[operator]
        earlier.add(event.id)


def test_a_world_has_the_shape_of_the_real_record(made: Synthetic) -> None:
    shape = shape_of(made)
    assert 0.9 < shape.effects_per_event < 1.3
    assert 0.3 < shape.silent_share < 0.5
    assert 1_200 < shape.payload_median < 1_600
    assert 3 <= shape.layers_median <= 15


def test_the_index_that_is_measured_answers_as_the_rule_does(world: World, index: Index) -> None:
    for on, known in zip(drawn("on"), [*drawn("known")[1:], None], strict=True):
        seen = Viewpoint(on=on, announced_by=known)
        ruled = {row.place: row for row in state(world, seen)}
        for place in index.places():
            assert index.row(place, on=on, announced_by=known) == ruled.get(place)


def test_what_is_measured_as_in_force_is_in_force(world: World, index: Index) -> None:
    for on in drawn("force"):
        ruled = {
            row.place for row in state(world, Viewpoint(on=on)) if row.status is Status.IN_FORCE
        }
        assert {standing.place for standing in index.in_force(on)} == ruled


def test_the_changes_that_are_measured_are_all_there_are(world: World, index: Index) -> None:
    for start in drawn("week"):
        end = start + timedelta(days=7)
        ruled = diff(state(world, Viewpoint(on=start)), state(world, Viewpoint(on=end)))
        by_place = {change.subject.place: change for change in ruled}
        for ask in (diffs.net, diffs.told):
            found = {change.subject.place: change for change in ask(index, start, end)}
            assert found.keys() == by_place.keys()
            for place, change in found.items():
                assert (change.kind, change.before, change.after) == (
                    by_place[place].kind,
                    by_place[place].before,
                    by_place[place].after,
                )


def test_the_world_of_the_cold_start_is_the_one_written(
    world: World, file: Path, made: Synthetic
) -> None:
    read = world_of_file(file)
    assert read.events == world.events
    assert read.measures == world.measures
    assert min(cold.start(file), cold.folded(file), cold.bare(file)) > 0
    assert len(places_of(made)) > 50


@pytest.mark.parametrize("way", replay_peer.WAYS)
def test_the_peer_replays_all_it_was_given(made: Synthetic, tmp_path: Path, way: str) -> None:
    file = tmp_path / "peer.db"
    if not replay_peer.present():  # as with `make test`: the peers have their own environment
        told = measured(cold.results_of(SIZE, SIZE, {"start": 1.0, "fold": 1.0, "bare": 1.0}))
        assert "not installed" in told[-1]
        return
    written = replay_peer.write(made, file, way)
    assert replay_peer.read(file, way) == written > SIZE


def test_every_benchmark_runs() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--quick"],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert ran.returncode == 0, ran.stderr
    titles = [line.removeprefix("### ") for line in ran.stdout.splitlines() if "###" in line]
    every = (
        shapes,
        point,
        everything,
        diffs,
        sql,
        cold,
        ledger,
        ledger_postgres,
        ledger_verify,
        ingest,
        site,
        memory,
    )
    assert titles == [one.TITLE for one in every]
