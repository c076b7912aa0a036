"""Whatever part comes first to a run does it, and no run is done twice or by nobody."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from tracker.site.shares import Shares, turns


@given(st.integers(0, 40), st.integers(1, 5))
def test_every_part_comes_to_every_run_its_own_stretch_first(runs: int, parts: int) -> None:
    orders = [list(turns(runs, parts, part)) for part in range(parts)]
    assert all(sorted(order) == list(range(runs)) for order in orders)
    own = [
        order[: runs * (part + 1) // parts - runs * part // parts]
        for part, order in enumerate(orders)
    ]
    assert list(chain(*own)) == list(range(runs))


@given(st.integers(0, 200), st.integers(2, 4), st.data())
def test_all_is_done_once_in_whatever_order_the_parts_ask(
    count: int, parts: int, data: st.DataObject
) -> None:
    done: list[int] = []
    with TemporaryDirectory() as folder:
        shares = Shares(range(count), parts, Path(folder))
        asking = {part: shares.of(part) for part in range(parts)}
        while asking:
            part = data.draw(st.sampled_from(sorted(asking)))
            run = next(asking[part], None)
            if run is None:
                del asking[part]
            else:
                done += run
    assert sorted(done) == list(range(count))


def test_one_part_goes_through_all_in_order() -> None:
    assert list(chain(*Shares(range(100), 1).of(0))) == list(range(100))
