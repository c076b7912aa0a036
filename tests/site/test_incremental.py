"""Built on and on, a folder holds what one build from nothing would give, byte for byte."""

from __future__ import annotations

import shutil
import weakref
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings

from tests.site.histories import History, Step, steps
from tests.site.test_build import tree
from tests.site.worlds import EVENTS, TEMPLATES
from tracker.collector import made_at_once
from tracker.core.world import fold_lines
from tracker.site.book import Book
from tracker.site.build import Builder
from tracker.site.model import Page
from tracker.site.pages import plan_pages
from tracker.site.pieces import Body, plain
from tracker.site.publish import MANIFEST
from tracker.site.render import Renderer, render


def built(out: Path) -> dict[str, bytes]:
    return {path: body for path, body in tree(out).items() if path != MANIFEST}


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example([("record", 5, 0), ("correct", 0, 4), ("correct", 0, 0), ("retract", 0, 0)])
@example([("correct", 1, 9), ("correct", 1, 6), ("report", 0, 0), ("report", 0, 0)])
@example([("measure", 0, 1), ("record", 7, 7), ("correct", 7, 1), ("day", 3, 0), ("record", 8, 0)])
@given(steps(most=4))
def test_whatever_happens_the_folder_is_as_if_built_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, happened: list[Step]
) -> None:
    out = tmp_path_factory.mktemp("on") / "site"
    builder, history = Builder(TEMPLATES), History()
    history.begin(events=5)
    builder.build(history.inputs(), out=out)
    for step in happened:
        history.step(step)
        inputs = history.inputs()
        whole = fold_lines(history.ledger.lines(), known_until=history.today)
        assert inputs.world == whole
        builder.build(inputs, out=out)
        assert built(out) == dict(render(plan_pages(inputs), TEMPLATES)), step


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The paths of the pages that are made, as they are."""
    paths: set[str] = set()
    body = Renderer.body

    def counted(self: Renderer, page: Page) -> Body:
        paths.add(page.path)
        return body(self, page)

    monkeypatch.setattr(Renderer, "body", counted)
    return paths


def test_an_event_touches_what_shows_it_and_no_more(tmp_path: Path, made: set[str]) -> None:
    builder, history = Builder(TEMPLATES), History()
    history.begin(events=len(EVENTS))
    builder.build(history.inputs(), out=tmp_path / "site")
    every = len(made)
    made.clear()
    builder.build(history.inputs(), out=tmp_path / "site")
    assert made == set()
    history.step(("correct", len(EVENTS) - 1, 0))  # the words of the last, which changes no rate
    builder.build(history.inputs(), out=tmp_path / "site")
    event = EVENTS[-1].id
    assert {f"event/{event}/index.html", "es/timeline/index.html", "fr/index.html"} <= made
    assert "measure/ca.counter/index.html" not in made
    assert f"event/{EVENTS[0].id}/index.html" not in made
    assert len(made) < every * 2 / 3  # of a world this small, much shows it


def test_what_was_touched_meanwhile_is_put_right(tmp_path: Path, made: set[str]) -> None:
    out = tmp_path / "site"
    builder, history = Builder(TEMPLATES), History()
    history.begin(events=3)
    builder.build(history.inputs(), out=out)
    whole = built(out)
    (out / "about/index.html").write_text("by hand")
    (out / "es/about/index.html").unlink()
    made.clear()
    builder.build(history.inputs(), out=out)
    assert made == {"about/index.html", "es/about/index.html"}
    assert built(out) == whole
    shutil.rmtree(out)
    builder.build(history.inputs(), out=out)
    assert built(out) == whole


def test_after_a_build_that_failed_all_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "site"
    builder, history = Builder(TEMPLATES), History()
    history.begin(events=3)
    builder.build(history.inputs(), out=out)
    before = built(out)
    history.step(("record", 3, 0))
    with monkeypatch.context() as patch:
        patch.setattr(
            Renderer, "body", lambda _, page: 1 / 0 if "event/" in page.path else plain(b"x")
        )
        with pytest.raises(ZeroDivisionError):
            builder.build(history.inputs(), out=out)
    assert built(out) == before
    inputs = history.inputs()
    builder.build(inputs, out=out)
    assert built(out) == dict(render(plan_pages(inputs), TEMPLATES))


def test_what_a_former_build_looked_at_is_let_go_without_the_collector(tmp_path: Path) -> None:
    """The collector is told to leave alone what is kept: nothing of it may hold itself."""
    builder, history = Builder(TEMPLATES), History()
    history.begin(events=3)
    books: list[weakref.ref[Book]] = []
    with made_at_once():
        for number in range(4):
            history.step(("record", 3 + number, 0))
            builder.build(history.inputs(), out=tmp_path / "site")
            plan = builder._plan
            assert plan is not None
            books.append(weakref.ref(plan.book))
            del plan
        # The last one, and the one before, which it was held to.
        assert [one() is None for one in books] == [True, True, False, False]
