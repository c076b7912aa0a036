"""One provision by itself: found by name, and reading as it does in the whole world."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.core.strategies import viewpoints, worlds
from tests.core.worlds import CA, MEASURES, MX, border, measure
from tracker.core.index import Index
from tracker.core.places import alone, resolve
from tracker.core.policy import Viewpoint, state
from tracker.core.world import World, world_of
from tracker.errors import UnknownName


@given(worlds(), viewpoints())
def test_a_provision_reads_the_same_in_the_world_cut_out_for_it(
    world: World, seen: Viewpoint
) -> None:
    found = {}
    for place in Index(world).places():
        found.update({row.place: row for row in state(alone(world, place), seen)})
    assert found == {row.place: row for row in state(world, seen)}


def test_a_dotted_name_is_a_measure_or_one_of_its_provisions() -> None:
    world = border()
    assert resolve(world, f"{CA}.energy") == ((CA, "energy"),)
    assert resolve(world, CA) == tuple((CA, p.key) for p in MEASURES[0].provisions)


def test_a_measure_wins_over_a_provision_of_a_shorter_key() -> None:
    world = world_of((), (measure("us.x", "ban"), measure("us.x.ban", "cars")))
    assert resolve(world, "us.x.ban") == (("us.x.ban", "cars"),)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        (f"{CA}.enrgy", f"{CA} has general, energy, potash, usmca"),
        ("us.ieepa.border.cz", f"Did you mean {CA}?"),
        ("us.ieepa", f"It is the front of several: {CA}, {MX}"),
        ("something else", "`tracker state --all` lists the keys"),
    ],
)
def test_an_unknown_name_is_told_with_what_to_write_instead(name: str, says: str) -> None:
    with pytest.raises(UnknownName) as caught:
        resolve(border(), name)
    assert says in str(caught.value)


def test_in_an_empty_ledger_the_advice_is_to_load_the_record() -> None:
    with pytest.raises(UnknownName) as caught:
        resolve(world_of((), ()), CA)
    assert "run `tracker load` first" in str(caught.value)
