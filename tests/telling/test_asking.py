"""Explanations, lives, what lies ahead and surprises: told in every language, never as known."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.strategies import viewpoints, worlds
from tests.core.worlds import CA, MEASURES, ORDER, RULING, STAY, border, day, effect, event
from tracker.core.coverage import coverage_of
from tracker.core.events import Event, Instrument, Text, When
from tracker.core.explain import explain
from tracker.core.history import history
from tracker.core.index import Index
from tracker.core.policy import Viewpoint
from tracker.core.surprises import surprises
from tracker.core.upcoming import upcoming
from tracker.core.world import World, world_of
from tracker.telling.asking_shapes import explain_json, history_json
from tracker.telling.language import ENGLISH, LANGUAGES, language
from tracker.telling.lives import COLUMNS, LifeReport, life_report, lives_csv, lives_markdown
from tracker.telling.looking import ahead_cells, surprise_cells, surprises_json, upcoming_json
from tracker.telling.numbered import numbers_of
from tracker.telling.reasoning import ExplainReport, explain_report

GENERAL = (CA, "general")


@given(worlds(), viewpoints(), st.sampled_from(LANGUAGES))
def test_any_world_is_explained_and_has_its_lives_told(
    world: World, seen: Viewpoint, code: str
) -> None:
    lang, index = language(code), Index(world)
    coverage = coverage_of(world, today=seen.on)
    for place in index.places():
        found = explain(world, place, seen)
        report = explain_report(lang, found, today=seen.on)
        assert sum(layer.counts for layer in report.layers) <= 1
        assert all(layer.why for layer in (*report.layers, *report.hidden))
        msgspec.json.encode(explain_json(lang, seen, [found], coverage=coverage, notes=()))
        life = history(index, place)
        told = life_report(lang, life)
        assert len(told.rows) == len(life.stretches)
        assert all(row.status and row.until for row in told.rows)
        assert lives_markdown(lang, [told]).startswith("# ")
        lines = list(csv.DictReader(io.StringIO(lives_csv([life]))))
        assert [line["from"] for line in lines] == [str(s.start) for s in life.stretches]
        assert all(set(line) == set(COLUMNS) for line in lines)
        document = history_json(
            lang, [life], announced_by=None, recorded_by=None, coverage=coverage, notes=()
        )
        msgspec.json.encode(document)


@given(worlds(), viewpoints(), st.sampled_from(LANGUAGES))
def test_anything_ahead_and_any_surprise_can_be_told(
    world: World, seen: Viewpoint, code: str
) -> None:
    lang, index = language(code), Index(world)
    coverage, numbers = coverage_of(world, today=seen.on), numbers_of(world.events)
    ahead = upcoming(index, seen.on, 30)
    for one in (*ahead.dated, *ahead.undated):
        cells = ahead_cells(lang, one, numbers)
        assert bool(cells.day) != bool(cells.when)
        assert cells.kind
        assert cells.what
    msgspec.json.encode(
        upcoming_json(lang, ahead, world.events, days=30, coverage=coverage, notes=())
    )
    found = surprises(index, seen.on, seen.on + timedelta(days=30), days=10)
    for surprise in found:
        assert surprise_cells(lang, surprise, numbers).notice
    window = (seen.on, seen.on + timedelta(days=30), 10)
    msgspec.json.encode(
        surprises_json(lang, found, world.events, window=window, coverage=coverage, notes=())
    )


def explained(world: World, on: str, code: str = "en") -> ExplainReport:
    seen = Viewpoint(on=day(on))
    return explain_report(language(code), explain(world, GENERAL, seen), today=day("2026-11-25"))


def life(world: World) -> LifeReport:
    return life_report(ENGLISH, history(Index(world), GENERAL))


def test_a_reason_names_the_event_that_made_it_so() -> None:
    whys = [layer.why for layer in explained(border(RULING, STAY), "2025-06-01").layers]
    assert "withdrawn on 29 May 2025 by [5]" in whys
    assert "its days ended on 4 March 2025" in whys
    assert "counts" in whys


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("en", "may count already: it starts on a day between 1 April 2025 and 10 April 2025"),
        ("es", "puede que ya rija: empieza en una fecha entre el 1 de abril de 2025"),
        ("fr", "s’applique peut-être déjà"),
    ],
)
def test_what_may_count_is_never_told_as_counting(code: str, says: str) -> None:
    starts = When(earliest=day("2025-04-01"), latest=day("2025-04-10"))
    perhaps = event("2025-03-10-perhaps", effect(f"{CA}/general", "in_force", "40", starts=starts))
    report = explained(world_of((ORDER, perhaps), MEASURES), "2025-04-05", code)
    first = report.layers[0]
    assert first.counts is False
    assert says in first.why


def papered(**more: object) -> Event:
    made = event("2025-02-01-paper", effect(f"{CA}/general", "in_force", "25", "2025-02-04"))
    paper = Instrument(citation="Executive Order 1", url="https://example.org/1")
    return msgspec.structs.replace(made, instrument=paper, **more)


def test_a_missing_link_of_a_paper_is_said_to_be_missing() -> None:
    (line,) = explained(world_of((papered(),), MEASURES), "2025-02-05").papers
    assert line.startswith("[1] Executive Order 1: signed: not in the record →")
    assert "effective 4 February 2025" in line


def test_an_open_end_and_an_unknown_one_read_differently() -> None:
    assert life(world_of((ORDER,), MEASURES)).rows[-1].until == "open"
    unknown = event(
        "2025-02-01-unknown",
        effect(f"{CA}/general", "in_force", "25", "2025-02-04", ends=When()),
    )
    assert life(world_of((unknown,), MEASURES)).rows[-1].until == "end not known"


def test_what_a_pause_holds_back_is_not_told_as_charged() -> None:
    rows = {row.start: row for row in life(border()).rows}
    assert (rows["2025-02-04"].status, rows["2025-02-04"].rate) == ("paused", "25% held back")


def test_a_provision_without_a_life_says_so() -> None:
    report = life(world_of((), MEASURES))
    assert (report.note, report.rows) == ("The record does not speak of it.", ())


def test_hostile_text_stays_text_in_markdown() -> None:
    hostile = papered(title=Text(en="[x](javascript:alert(1)) | <script>"))
    text = lives_markdown(ENGLISH, [life(world_of((hostile,), MEASURES))])
    assert "<script>" not in text
    assert "[x](" not in text
    assert "[Executive Order 1](<https://example.org/1>)" in text
