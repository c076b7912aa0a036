"""The course of a provision says on every day what the state of that day says."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings

from tests.core.strategies import FIRST, SPAN_DAYS, worlds
from tests.site.worlds import TODAY, day, hostile_world
from tracker.core.events import concerned
from tracker.core.policy import Viewpoint, state
from tracker.core.timeline import Selection, select_events
from tracker.core.world import World
from tracker.site.book import Book


@settings(max_examples=60, deadline=None)
@given(worlds())
def test_the_course_agrees_with_the_state_of_every_day(world: World) -> None:
    book = Book(world, FIRST + timedelta(days=SPAN_DAYS // 2))
    for offset in range(-2, SPAN_DAYS + 20):
        on = FIRST + timedelta(days=offset)
        rows = {row.place: row for row in state(world, Viewpoint(on=on))}
        for measure in world.measures.values():
            for provision in measure.provisions:
                place = (measure.key, provision.key)
                runs = [
                    run
                    for run in book.course(place)
                    if run.start <= on and (run.until is None or on < run.until)
                ]
                assert len(runs) == (1 if place in rows else 0)
                if runs:
                    assert runs[0].state.status == rows[place].status
                    assert runs[0].state.rate_pct == rows[place].rate_pct
                    assert runs[0].state.basis == rows[place].basis


def test_pages_stand_for_days_of_change_and_of_announcement(book: Book) -> None:
    assert TODAY in book.page_days
    assert day("2025-03-04") in book.page_days  # the pause ends, nothing else happens
    assert day("2025-12-01") in book.page_days
    assert day("2025-09-17") not in book.page_days
    assert list(book.page_days) == sorted(set(book.page_days))


def test_a_ruling_that_was_stayed_leaves_no_trace_in_the_course(book: Book) -> None:
    course = book.course(("us.border.ca", "general"))
    told = [(str(run.start), run.state.status.value, run.state.rate_pct) for run in course]
    assert told == [
        ("2025-02-01", "announced", None),
        ("2025-02-04", "paused", 25),
        ("2025-03-04", "in_force", 25),
        ("2025-08-01", "in_force", 35),
    ]


def test_selecting_a_measure_from_one_walk_is_selecting_it() -> None:
    world = hostile_world()
    book = Book(world, TODAY)
    keys = {key for event in world.events for key in concerned(event)} | {"us.bad", "us.nowhere"}
    names = {key[:end] for key in keys for end in range(len(key) + 1)}
    names |= {f"{one.measure}.{one.provision}" for e in world.events for one in e.effects}
    for name in sorted(names | {f"{name}." for name in names}):
        wanted = Selection(measure=name)
        assert book.selected(wanted) == select_events(world, wanted), name
    narrow = Selection(measure="us.border.ca", party="MX")
    assert book.selected(narrow) == select_events(world, narrow)
