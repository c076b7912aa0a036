"""The diff report and its formats: right on small worlds, whole on any, harmless if hostile."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from xml.etree import ElementTree as ET

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace as with_

from tests.core.strategies import viewpoints, worlds
from tests.core.worlds import CA, MEASURES, ORDER, border, day, effect, event
from tests.telling.worlds import (
    EN,
    ES,
    FR,
    HOSTILE,
    LANGS,
    NBSP,
    TODAY,
    Language,
    between,
    hostile,
    langs,
)
from tracker.core.diff import Change, ChangeKind, Step, diff_viewpoints
from tracker.core.events import Instrument, Source
from tracker.core.policy import Viewpoint
from tracker.core.words import Label
from tracker.core.world import World, world_of
from tracker.telling.csvs import COLUMNS, csv_rows, csv_text
from tracker.telling.html import html_page
from tracker.telling.markdown import markdown
from tracker.telling.report import DiffReport, diff_report


def _report(
    world: World, first: str, last: str, lang: Language = EN, *, steps: bool = False
) -> DiffReport:
    start, end, changes = between(world, first, last)
    labelled = [msgspec.structs.replace(change, label=Label.LAW_CHANGED) for change in changes]
    return diff_report(lang, world, start, end, labelled, today=TODAY, steps=steps)


def _xml(page: str) -> ET.Element:
    """The page as XML: every tag the renderer writes is closed, but for the void ones."""
    body = page[page.index("<main>") : page.index("</main>") + len("</main>")]
    return ET.fromstring(body)  # noqa: S314 - our own page


def test_a_report_says_who_what_before_after_why_and_since_when() -> None:
    report = _report(border(), "2025-07-31", "2025-08-01")
    (row,) = report.rows
    assert report.title == "What changed: 31 July 2025 to 1 August 2025"
    assert report.headline == "1 provision changed: 1 by rate."
    assert (row.who, row.goods.text, row.points, row.label, row.causes) == (
        "US on CA",
        "general",
        "+10 points",
        "law changed",
        (1,),
    )
    assert (row.before, row.after) == (
        "in force at 25% since 4 March 2025",
        "in force at 35% since 1 August 2025",
    )
    (cause,) = report.causes
    assert (cause.event, cause.announced_text, cause.effective_text) == (
        "2025-07-31-rise",
        "31 July 2025",
        "1 August 2025",
    )
    assert cause.source_url == "https://example.org/a"


def test_the_same_report_in_spanish_and_french() -> None:
    spanish, french = (_report(border(), "2025-07-31", "2025-08-01", lang) for lang in (ES, FR))
    assert spanish.title == "Qué cambió: del 31 de julio de 2025 al 1 de agosto de 2025"
    assert spanish.rows[0].label == "cambió la norma"
    assert french.title == f"Ce qui a changé{NBSP}: du 31 juillet 2025 au 1er août 2025"
    assert french.rows[0].points == "+10 points de pourcentage"
    assert french.rows[0].goods.lang == "en", "the goods of this world are not translated"
    assert "general (en)" in markdown(french)
    assert '<span lang="en">general</span>' in html_page(french)
    assert '<html lang="fr">' in html_page(french)


def test_the_day_of_a_cause_without_effects_of_its_own() -> None:
    started = event("2025-02-04-start", confirms=(ORDER.id,))
    world = world_of((ORDER, started), MEASURES)
    report = _report(world, "2025-02-03", "2025-02-04")
    named = {cause.event: cause.effective_text for cause in report.causes}
    assert named[started.id] == "4 February 2025"
    stay = event("2025-02-06-stay", withdraws=(ORDER.id,))
    gone = _report(world_of((ORDER, stay), MEASURES), "2025-02-05", "2025-02-06")
    assert {cause.event: cause.effective for cause in gone.causes}[stay.id] == day("2025-02-06")


def test_viewpoints_are_said_in_words() -> None:
    world = border()
    start = Viewpoint(on=day("2025-02-05"), announced_by=day("2025-02-02"))
    end = Viewpoint(on=day("2027-01-01"))
    report = diff_report(EN, world, start, end, (), today=TODAY)
    assert report.before == "5 February 2025, as known by 2 February 2025"
    assert report.after == "1 January 2027 (still ahead)"
    assert report.headline == "Nothing changed."


def test_two_days_as_each_was_known_do_not_name_their_day_twice() -> None:
    first, last = day("2025-03-04"), day("2025-08-01")
    views = [Viewpoint(on=one, announced_by=one) for one in (first, last)]
    titles = [
        diff_report(lang, border(), views[0], views[1], (), today=TODAY).title for lang in (EN, FR)
    ]
    assert titles == [
        "What changed: 4 March 2025, as known that day, to 1 August 2025, as known that day",
        (
            "Ce qui a changé\N{NO-BREAK SPACE}: du 4 mars 2025, selon ce que l’on savait ce "
            "jour-là, au 1er août 2025, selon ce que l’on savait ce jour-là"
        ),
    ]


def _there_and_back() -> tuple[World, DiffReport]:
    world = border()
    start, _, up = between(world, "2025-02-03", "2025-07-01")
    net = up[0]
    step = Step(day("2025-03-04"), net)
    back = Change(ChangeKind.DATES, net.before, net.before, net.events, steps=(step, step))
    report = diff_report(
        EN, world, start, start, (), today=TODAY, returned=(back,), notes=("A note",), steps=True
    )
    return world, report


def test_what_came_back_is_listed_with_its_steps() -> None:
    _, report = _there_and_back()
    assert "came back, no net change" in report.returned[0].sentence
    assert len(report.returned[0].steps) == 2
    assert report.causes, "the events of steps are causes too"
    for text in (markdown(report), html_page(report)):
        assert "Steps on the way" in text
        assert "A note" in text
    assert [line["row"] for line in csv_rows(report)] == ["returned", "step", "step"]


def test_steps_are_left_out_unless_asked_for() -> None:
    world, report = _there_and_back()
    back = report.returned[0].change
    plain = diff_report(
        EN, world, Viewpoint(on=TODAY), Viewpoint(on=TODAY), (), today=TODAY, returned=(back,)
    )
    assert not plain.has_steps
    assert plain.returned
    assert "Steps" not in markdown(plain)


def test_a_cause_that_only_the_earlier_ledger_holds_is_named() -> None:
    world = border()
    start, end, changes = between(world, "2025-07-31", "2025-08-01")
    report = diff_report(
        EN, world_of((), MEASURES), start, end, changes, today=TODAY, earlier=world
    )
    assert [cause.event for cause in report.causes] == ["2025-07-31-rise"]


def test_csv_has_stable_columns_and_plain_values() -> None:
    (line,) = csv.DictReader(
        io.StringIO(csv_text(_report(border(), "2025-07-31", "2025-08-01", FR)))
    )
    assert tuple(line) == COLUMNS
    assert (line["before_rate_pct"], line["after_rate_pct"]) == ("25", "35")
    assert (line["difference_points"], line["label"], line["change"]) == (
        "10",
        "law_changed",
        "rate",
    )
    assert line["after_effective_from"] == "2025-08-01"
    assert line["announced"] == "2025-07-31"
    assert line["sentence"].startswith("États-Unis contre le Canada")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("text", [HOSTILE, "=cmd|' /C calc'!A0", "# top", "1. one", "\r\n| a |"])
def test_hostile_text_stays_text_and_hostile_links_are_none(lang: Language, text: str) -> None:
    report = _report(hostile(text), "2025-02-03", "2025-02-05", lang)
    report = replace(report, notes=(text,))
    page = html_page(report)
    assert "<script" not in page
    assert "javascript:" not in _attributes(page)
    assert "\u202e" not in page
    said = markdown(report)
    assert "](<javascript" not in said
    assert "<script" not in said.replace("\\<script", "")
    assert "https://" not in said.replace("\\://", "")
    assert said.count("\n# ") == 0
    assert {line.count(" | ") for line in said.splitlines() if line.startswith("| ---")} == {6, 5}
    for line in csv.DictReader(io.StringIO(csv_text(report))):
        assert not any(value.startswith(("=", "@", "\r")) for value in line.values())


def _attributes(page: str) -> str:
    return " ".join(
        value for part in _xml(page).iter() for value in part.attrib.values() if part.tag == "a"
    )


def test_a_bar_in_an_address_does_not_break_the_table() -> None:
    rise = event("2025-07-31-rise", effect(f"{CA}/general", "in_force", "35", "2025-08-01"))
    linked = Instrument(citation="90 FR 1", url="https://example.org/a|b")
    source = Source(url="https://user:word@example.org/", publisher="P", title="T")
    world = border()
    events = [one for one in world.events if one.id != rise.id]
    odd = world_of((*events, with_(rise, instrument=linked, sources=(source,))), MEASURES)
    said = markdown(_report(odd, "2025-07-31", "2025-08-01"))
    assert "[90 FR 1](<https://example.org/a%7Cb>)" in said
    assert "user:word" not in said


@given(worlds(), viewpoints(), viewpoints(), langs, st.booleans())
def test_any_report_renders_in_every_format(
    world: World, before: Viewpoint, after: Viewpoint, lang: Language, steps: bool
) -> None:
    changes = diff_viewpoints(world, before, after)
    stepped = [msgspec.structs.replace(one, steps=(Step(after.on, one),)) for one in changes]
    report = diff_report(
        lang, world, before, after, stepped, today=TODAY, returned=stepped[:1], steps=steps
    )
    assert markdown(report).count("\n# ") == 0
    assert len(_xml(html_page(report)).findall(".//h1")) == 1
    lines = list(csv.DictReader(io.StringIO(csv_text(report), newline="")))
    assert lines == list(csv_rows(report))
    assert len([line for line in lines if line["row"] == "net"]) == len(changes)
    numbers = {cause.number for cause in report.causes}
    assert {number for row in report.rows for number in row.causes} <= numbers
