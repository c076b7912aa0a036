"""Rounds of sending as they may come: whatever happens in one, nothing goes out twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.contracts.backends import NOON, new_url
from tracker.notify.alerts import About, Alert
from tracker.notify.run import send_all
from tracker.notify.sending import Outcome, Target
from tracker.store.database import open_engine
from tracker.store.outbox import Noted, Outbox

NUMBERS = count()
KILLED = "killed"


class Killed(Exception):
    """The process ended in the middle of a message."""


def alert(name: str) -> Alert:
    return Alert(name, About.EVENT, "Tracker", f"{name}.", None)


def note(one: Alert, target: Target, at: object) -> Noted:
    return Noted(
        key=one.key,
        target=target.id,
        about="event",
        state="sending",
        title=one.title,
        sentence=one.sentence,
        link=None,
        noted_at=NOON,
    )


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outbox]:
    with new_url("sqlite", tmp_path_factory.mktemp("box")) as url:
        engine = open_engine(url)
        yield Outbox(engine)
        engine.dispose()


class Post:
    """A target that does as it is told; it keeps what may have arrived."""

    def __init__(self, fates: Iterator[str], most: int) -> None:
        self.fates, self.most = fates, most
        # One outbox for all examples: each has a target of its own.
        self.target = Target("1 (json)", f"t{next(NUMBERS)}", "json://127.0.0.1/")
        self.arrived: Counter[str] = Counter()
        self.rest: list[int] = []

    def deliver(self, one: Alert, _: Target) -> Outcome:
        fate = next(self.fates, "sent")
        if fate != "waiting":
            self.arrived[one.key] += 1
        if fate == KILLED:
            raise Killed
        return fate  # type: ignore[return-value]  # one of its words

    def round(self, box: Outbox, names: list[str]) -> None:
        def rest(left: int) -> Alert:
            self.rest.append(left)
            return alert(f"rest/{len(self.rest)}")

        send_all(
            [alert(name) for name in names],
            self.target,
            box=box,
            note=note,
            deliver=self.deliver,
            now=lambda: NOON,
            most=self.most,
            rest=rest,
        )


names = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8)
fates = st.lists(st.sampled_from(["sent", "sent", "waiting", "refused", KILLED]), max_size=12)


@given(st.lists(names, max_size=6), fates, st.integers(1, 4))
@settings(max_examples=60, deadline=None)
def test_nothing_goes_out_twice_and_nothing_that_never_left_is_forgotten(
    box: Outbox, rounds: list[list[str]], ways: list[str], most: int
) -> None:
    post = Post(iter(ways), most)
    for due in rounds:
        with suppress(Killed):
            post.round(box, due)
    assert all(number == 1 for number in post.arrived.values())
    # Now all goes well: what never left goes out, and everything has been told or is listed.
    post.fates = iter(())
    everything = sorted({name for due in rounds for name in due})
    for _ in range(len(everything) + 1):
        post.round(box, everything)
    assert all(number == 1 for number in post.arrived.values())
    states = box.states(post.target.id)
    assert set(states) == set(everything)
    assert {one.key for one in box.unsent() if one.target == post.target.id} == {
        name for name, state in states.items() if state in {"sending", "refused"}
    }
    assert {name for name, state in states.items() if state == "sent"} <= post.arrived.keys()
