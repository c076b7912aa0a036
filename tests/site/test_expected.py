"""What was expected when: each row is the course that was known by its day."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings

from tests.core.strategies import FIRST, SPAN_DAYS, worlds
from tests.site.worlds import day, edition_of, xml
from tracker.core.policy import Viewpoint, state
from tracker.core.world import World
from tracker.site.edition import Edition
from tracker.site.expected import expected_view


@settings(max_examples=40, deadline=None)
@given(worlds())
def test_a_row_says_what_the_state_said_by_its_day(world: World) -> None:
    book = edition_of(world, FIRST + timedelta(days=SPAN_DAYS)).book
    for place in book.index.places():
        for known, runs in book.expected(place):
            for run in runs:
                rows = {
                    row.place: row
                    for row in state(world, Viewpoint(on=run.start, announced_by=known))
                }
                assert rows[place].status == run.state.status
                assert rows[place].rate_pct == run.state.rate_pct


def test_the_pause_and_the_end_of_it_are_rows_of_their_own(edition: Edition) -> None:
    measure = edition.book.world.measures["us.border.ca"]
    found = expected_view(edition, measure, root="../../")
    assert found is not None
    told = dict(found.told)
    assert day("2025-02-01") in told
    assert day("2025-02-03") in told
    assert not any("paused" in words for words in told[day("2025-02-01")])
    assert any("paused" in words for words in told[day("2025-02-03")])
    assert "known by 3 Feb 2025" in {text.text for text in xml(found.drawn).iter("text")}


def test_what_never_turned_is_not_drawn(edition: Edition) -> None:
    measure = edition.book.world.measures["mx.plan"]
    assert expected_view(edition, measure, root="") is None
