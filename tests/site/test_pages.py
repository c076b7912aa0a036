"""Which pages there are, and what is handed to them."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from tests.core.strategies import FIRST, worlds
from tests.site.worlds import EVENTS, MEASURES, TEMPLATES, TODAY, day, inputs
from tracker.core.world import World, world_of
from tracker.errors import OperationFailed
from tracker.site.links import check_links
from tracker.site.pages import Page, plan_pages
from tracker.site.render import render


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    return {page.path: page for page in plan_pages(inputs())}


def rows_of(page: Page) -> dict[tuple[str, str], Any]:
    return {
        (row.measure, row.provision): row
        for group in page.context["board"]
        for block in (*group.alive, *group.over)
        for row in block.rows
    }


def test_no_path_is_planned_twice_and_the_front_page_comes_last() -> None:
    paths = [page.path for page in plan_pages(inputs())]
    assert len(paths) == len(set(paths))
    assert paths[-1] == "index.html"


def test_the_plan_is_a_function_of_its_inputs() -> None:
    assert plan_pages(inputs()) == plan_pages(inputs())


def test_every_kind_of_page_is_there(pages: dict[str, Page]) -> None:
    wanted = {
        "timeline/index.html",
        "timeline/party/ca/index.html",
        "timeline/kind/rate-change/index.html",
        "measures/index.html",
        "compare/index.html",
        "on/index.html",
        "reports/index.html",
        "about/index.html",
        "404.html",
        "feed.atom",
        "data/state.json",
        "data/events.json",
        "data/measures.json",
        "data/reports.json",
        "on/2025-09-18/index.html",
        "data/on/2025-09-18.json",
        "compare/2025-03-04..2025-03-07/index.html",
        "static/style.css",
        "static/icon.svg",
        *(f"event/{event.id}/index.html" for event in EVENTS),
        *(f"measure/{measure.key}/index.html" for measure in MEASURES),
    }
    assert wanted <= set(pages)


def test_the_state_of_a_day_holds_rate_threat_and_claim(pages: dict[str, Page]) -> None:
    page = pages["on/2025-09-18/index.html"]
    rows = rows_of(page)
    assert rows["us.steel", "articles"].rate.text == "50%"
    assert rows["us.border.ca", "general"].rate.text == "35%"
    assert rows["us.border.ca", "usmca"].rate.zero
    assert rows["us.ban", "alcohol"].rate.text == "ban"
    assert rows["us.steel", "derivatives"].rate.text == "not known"
    mexico = rows["us.border.mx", "general"]
    assert (mexico.rate.text, mexico.status) == ("25%", "in_force")
    assert [(turn.rate.text, turn.word, turn.day) for turn in mexico.turns] == [
        ("30%", "threatened", day("2025-10-29"))
    ]
    assert rows["us.pharma", "patented"].status == "threatened"
    (claim,) = page.context["claims"]
    assert (claim.rate.text, claim.standing) == ("25%", "disputed")
    assert claim.start == claim.last == TODAY


def test_claims_stand_only_on_the_days_they_speak_of(pages: dict[str, Page]) -> None:
    assert not pages["on/2025-09-12/index.html"].context["claims"]


def test_days_know_whether_they_are_past_present_or_scheduled(pages: dict[str, Page]) -> None:
    tenses = {
        on: pages[f"on/{on}/index.html"].context["tense"]
        for on in ("2025-09-12", "2025-09-18", "2025-12-01")
    }
    assert list(tenses.values()) == ["past", "present", "future"]


def test_days_are_chained_in_order(pages: dict[str, Page]) -> None:
    days = [path for path in pages if path.startswith("on/2") and path.endswith(".html")]
    for before, after in pairwise(days):
        assert pages[before].context["next"].href == after
        assert pages[after].context["previous"].href == before
    assert pages[days[0]].context["previous"] is None
    assert pages[days[-1]].context["next"] is None


def test_ended_measures_leave_the_board_but_not_the_page(pages: dict[str, Page]) -> None:
    groups = {group.title: group for group in pages["index.html"].context["board"]}
    canada = groups["Canada on United States"]
    assert not canada.alive
    assert canada.ended == 1


def test_groups_stand_in_reading_order(pages: dict[str, Page]) -> None:
    titles = [group.title for group in pages["index.html"].context["board"]]
    assert titles == [
        "United States on Canada",
        "United States on Mexico",
        "United States on every country",
        "United States on every country but Canada and Mexico",
        "Canada on United States",
        "Mexico on named countries",
    ]


def test_what_is_scheduled_comes_by_day_with_unknown_days_last(pages: dict[str, Page]) -> None:
    items = pages["index.html"].context["scheduled"]
    assert [item.day for item in items] == [
        day("2025-10-29"),
        day("2025-12-01"),
        day("2026-01-01"),
        None,
    ]
    assert items[1].event.id == "2025-09-10-step"


def test_a_comparison_names_points_causes_and_both_days(pages: dict[str, Page]) -> None:
    changes = pages["compare/2025-03-04..2025-03-07/index.html"].context["found"].changes
    (change,) = changes
    assert (change.before.rate.text, change.after.rate.text) == ("25%", "0%")
    assert change.points == "\N{MINUS SIGN}25"
    assert [cause.id for cause in change.causes] == ["2025-03-06-exemption"]
    assert (change.causes[0].day, change.effective) == (day("2025-03-06"), day("2025-03-07"))


def test_points_are_those_charged_and_silent_where_not_known(pages: dict[str, Page]) -> None:
    resumed = pages["compare/2025-02-04..2025-03-04/index.html"].context["found"].changes
    by_place = {(c.subject.measure, c.subject.provision): c.points for c in resumed}
    assert by_place["us.border.ca", "general"] == "+25"
    assert by_place["ca.counter", "list"] == ""
    started = pages["compare/2025-03-07..2025-03-12/index.html"].context["found"].changes
    assert {c.points for c in started if c.subject.provision == "derivatives"} == {""}


def test_an_event_page_shows_the_change_of_its_first_effective_day(pages: dict[str, Page]) -> None:
    change = pages["event/2025-08-01-rise/index.html"].context["change"]
    (row,) = change["rows"]
    assert (row.before.rate.text, row.after.rate.text, row.points) == ("25%", "35%", "+10")
    assert pages["event/2025-07-12-threat/index.html"].context["change"] is None


def test_events_that_take_back_or_confirm_lead_both_ways(pages: dict[str, Page]) -> None:
    def related(event_id: str) -> dict[str, list[str]]:
        relations = pages[f"event/{event_id}/index.html"].context["relations"]
        return {words: [event.id for event in events] for words, events in relations if events}

    assert related("2025-05-29-stay") == {"Takes back": ["2025-05-28-ruling"]}
    assert related("2025-05-28-ruling") == {"Taken back by": ["2025-05-29-stay"]}
    assert related("2025-02-01-order") == {"Confirmed by": ["2025-03-04-start"]}


def test_mirrors_lead_both_ways(pages: dict[str, Page]) -> None:
    border = pages["measure/us.border.ca/index.html"].context
    counter = pages["measure/ca.counter/index.html"].context
    assert [link.href for link in border["mirrored"]] == ["measure/ca.counter/index.html"]
    assert [link.href for link in counter["mirrors"]] == ["measure/us.border.ca/index.html"]


def test_reports_never_claim_to_be_later_than_they_were_seen(pages: dict[str, Page]) -> None:
    found = [report for _, items in pages["reports/index.html"].context["days"] for report in items]
    assert [report.day for report in found] == [
        day("2025-09-18"),
        day("2025-09-17"),
        day("2025-09-16"),
    ]
    assert {report.source for report in found} == {"The Wire"}


def test_an_empty_world_still_has_a_site() -> None:
    files = dict(render(plan_pages(inputs(World())), TEMPLATES))
    check_links(files, home="/")
    assert b"<h1>" in files["index.html"]


def test_an_id_that_is_no_file_name_is_refused() -> None:
    bad = replace(EVENTS[0], id="../../etc/passwd")
    world = world_of((bad, *EVENTS[1:]), MEASURES)
    with pytest.raises(OperationFailed, match="cannot be part of a page's address"):
        plan_pages(inputs(world))


@settings(max_examples=25, deadline=None)
@given(worlds())
def test_any_world_makes_a_sound_site(world: World) -> None:
    made = inputs(world, today=FIRST + timedelta(days=20))
    check_links(dict(render(plan_pages(made), TEMPLATES)), home="/")
