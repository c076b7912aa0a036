"""The page that compares any two days, used as a reader does: served and from a folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.audit import violations
from tests.browser.conftest import TODAY, Site, recorded
from tracker.core.compare import Side, compare
from tracker.core.index import Index
from tracker.core.policy import Viewpoint, disputed_claims
from tracker.site.compare_scripts import SCRIPTS
from tracker.site.paths import COMPARE_ANY, folder_of
from tracker.telling.changes import headline
from tracker.telling.language import LANGUAGES, language

FIRST, SECOND = date(2025, 3, 1), date(2026, 3, 1)
QUERY = {"from": FIRST.isoformat(), "to": SECOND.isoformat(), "to-known": "2025-08-15"}


@dataclass
class Any2:
    """The built site of the record, as files and as addresses; `said`: the browser complains."""

    folder: Path
    address: str
    page: Page
    said: list[str] = field(default_factory=list)

    def open(self, where: str, code: str = "en", **query: str) -> Page:
        root = self.address if where == "served" else f"{self.folder.as_uri()}/"
        asked = {name.replace("_", "-"): value for name, value in query.items()}
        self.page.goto(f"{root}{folder_of(code)}{COMPARE_ANY}?{urlencode(asked)}")
        return self.page


@pytest.fixture
def built(record_site: Site) -> tuple[Path, str]:
    return record_site.folder, record_site.address


@pytest.fixture
def any2(browser: Browser, built: tuple[Path, str]) -> Iterator[Any2]:
    context = browser.new_context()
    opened = Any2(*built, context.new_page())
    opened.page.on("console", lambda message: opened.said.append(message.text))
    opened.page.on("pageerror", lambda error: opened.said.append(str(error)))
    opened.page.on("dialog", lambda dialog: opened.said.append(dialog.message))
    yield opened
    context.close()
    assert opened.said == []


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("where", ["served", "folder"])
def test_the_answer_is_that_of_the_core(any2: Any2, where: str, code: str) -> None:
    page = any2.open(where, code, **QUERY)
    world = recorded()
    index = Index(world)
    seen = (Viewpoint(on=FIRST), Viewpoint(on=SECOND, announced_by=date(2025, 8, 15)))
    before, after = (Side(world, one, index) for one in seen)
    found = compare(before, after, today=TODAY, steps=True)
    assert len(found.changes) > 20
    assert page.locator("#said .big").inner_text() == headline(language(code), found.changes)
    assert page.locator(".changes tbody tr").count() == len(found.changes)
    assert page.locator(".returned > li").count() == len(found.returned)
    assert page.locator("#from").input_value() == FIRST.isoformat()
    assert page.locator("#to-by").input_value() == "2025-08-15"
    event = page.locator(".cause a:not(.out)").first
    event.click()
    page.wait_for_load_state()
    assert "/event/" in page.url
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize("where", ["served", "folder"])
def test_the_form_writes_the_address_and_back_reads_it(any2: Any2, where: str) -> None:
    page = any2.open(where, **QUERY)
    first = page.locator("#said h2").inner_text()
    page.get_by_label("Imposed by").select_option("MX")
    assert "imposer=MX" in page.url
    assert (
        page.locator(".changes tbody tr.p-mx").count() == page.locator(".changes tbody tr").count()
    )
    page.get_by_role("button", name="Swap the days").click()
    assert page.locator("#from").input_value() == SECOND.isoformat()
    assert "from-known=2025-08-15" in page.url
    assert "told as the way back" in page.locator("#said").inner_text()
    page.go_back()
    page.go_back()
    assert page.locator("#said h2").inner_text() == first
    page.locator("#to").fill("2025-03-07")
    page.locator("#to-how").select_option("then")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Compare").press("Enter")
    assert "to=2025-03-07&to-known=then" in page.url
    assert "as known that day" in page.locator("#said h2").inner_text()


def test_next_and_previous_walk_from_change_to_change(any2: Any2) -> None:
    page = any2.open("served", **{"from": "2025-03-04", "to": "2025-03-07"})
    page.get_by_role("button", name="Next change").click()
    assert page.locator("#from").input_value() == "2025-03-07"
    assert page.locator("#to").input_value() > "2025-03-07"
    page.get_by_role("button", name="Previous change").click()
    assert page.locator("#to").input_value() == "2025-03-07"


def test_an_earlier_visit_is_remembered_in_the_browser_alone(any2: Any2) -> None:
    page = any2.open("served")
    page.get_by_role("button", name="Since my last visit").click()
    assert "No earlier visit" in page.locator("#said").inner_text()
    page.evaluate("localStorage.setItem('tracker-last-visit', '{\"day\": \"2026-02-01\"}')")
    page.reload()
    page.get_by_role("button", name="Since my last visit").click()
    assert page.locator("#from").input_value() == "2026-02-01"
    assert "from-known=then" in page.url
    assert page.locator("#to").input_value() == TODAY.isoformat()
    page.evaluate("localStorage.setItem('tracker-last-visit', 'no json')")
    page.reload()
    assert page.locator("#said .big").count() == 1


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"from": "<script>alert(1)</script>"}, "<script>alert(1)</script> is not a day."),
        ({"to": "2025-02-30"}, "2025-02-30 is not a day."),
        ({"to-known": "<img src=x onerror=alert(1)>"}, "onerror=alert(1)> is no knowledge."),
        ({"from-known": "__proto__"}, "__proto__ is no knowledge."),
        ({"measure": "us.nothing"}, "us.nothing is not in the record."),
        ({"target": "__proto__"}, "__proto__ is not in the record."),
    ],
)
def test_a_bad_query_is_told_as_text_and_answers_nothing(
    any2: Any2, query: dict[str, str], told: str
) -> None:
    page = any2.open("folder", **query)
    assert told in page.locator("#said").inner_text()
    assert page.locator("#answer > *").count() == 0
    assert page.locator("main script, main img").count() == 0


def test_days_out_of_reach_say_so(any2: Any2) -> None:
    page = any2.open(
        "served", **{"from": "1999-01-01", "to": "2030-01-01", "to-known": "2029-01-01"}
    )
    said = page.locator("#said").inner_text()
    assert "it cannot speak of earlier days" in said
    assert "Nobody knows yet" in said
    assert "Reaches beyond the present policy day" in said


def test_without_script_the_page_leads_to_those_made_beforehand(
    browser: Browser, built: tuple[Path, str]
) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(built[1] + COMPARE_ANY)
    assert not page.locator("#ask").is_visible()
    page.locator("noscript a").click()
    assert page.locator("h1").inner_text() == "Compare"
    page.close()


def test_attacks_in_the_record_stay_text(browser: Browser, site: Site) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{site.address}{COMPARE_ANY}?from=2025-02-01&to=2026-06-01")
    assert page.locator(".changes tbody tr").count() > 5
    assert page.locator("main script, main img, main a[href^=javascript]").count() == 0
    page.close()
    assert said == []


@pytest.mark.parametrize(("width", "code"), [(320, "es"), (320, "fr"), (1440, "en")])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_answer_is_accessible_and_fits(any2: Any2, width: int, code: str, scheme: str) -> None:
    any2.page.set_viewport_size({"width": width, "height": 900})
    any2.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page = any2.open("served", code, **QUERY)
    page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []


@pytest.mark.parametrize("where", ["served", "folder"])
def test_the_citation_follows_the_choice_and_leads_back_to_its_answer(
    any2: Any2, where: str
) -> None:
    page = any2.open(where, "es", **QUERY)
    told = page.locator("#said .big").inner_text()
    page.locator("#cite summary").click()
    cited = page.locator("#cited").inner_text()
    lang = language("es")
    for day in (FIRST, TODAY, SECOND, date(2025, 8, 15)):
        assert lang.day(day) in cited
    foot = page.locator(".foot code").get_attribute("title")
    assert foot is not None
    assert foot in cited
    page.locator("#cited").click()  # one click takes all of it
    assert page.evaluate("getSelection().toString()") == cited
    page.get_by_role("button", name="Intercambiar").click()
    assert page.locator("#cited").inner_text() != cited
    path = re.search(r"(es/compare/any\.html\?\S+)", cited)
    assert path is not None
    root = any2.address if where == "served" else f"{any2.folder.as_uri()}/"
    page.goto(root + path[1])
    assert page.locator("#said .big").inner_text() == told
    assert "to-known=2025-08-15" in path[1]
    assert f"from-known={TODAY}" in path[1]
    page = any2.open(where, to="2025-02-30")
    assert not page.locator("#cite").is_visible()


def test_the_scripts_of_a_page_are_small(built: tuple[Path, str]) -> None:
    assert sum((built[0] / source).stat().st_size for source in SCRIPTS) < 30_000


def test_claims_about_either_day_stand_beside_the_answer(any2: Any2) -> None:
    world = recorded()
    claim = next(claim for event in world.events for claim in event.claims)
    day = claim.claimed_from.isoformat()
    page = any2.open("folder", **{"from": "2024-01-02", "to": day})
    shown = page.locator("#claims article:visible")
    assert shown.count() == len(disputed_claims(world, Viewpoint(on=claim.claimed_from)))
    assert claim.stated.en in page.locator("#claims").inner_text()
    page = any2.open("folder", **{"from": "2024-01-02", "to": "2024-01-03"})
    assert not page.locator("#claims").is_visible()
    # Nobody could know of the claim before it was recorded with its event.
    page = any2.open("folder", **{"from": "2024-01-02", "to": day, "to-known": "2024-01-03"})
    assert not page.locator("#claims").is_visible()
    page = any2.open("folder", to=day, measure="us.s232.copper", **{"from": "2024-01-02"})
    assert not page.locator("#claims").is_visible()


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_cell_says_what_the_page_made_beforehand_says(any2: Any2, code: str) -> None:
    path = next(
        path
        for path in sorted((any2.folder / folder_of(code) / "compare").glob("20*"))
        if "Canada" in (path / "index.html").read_text(encoding="utf-8")
        and (path / "index.html").stat().st_size > 30_000
    )
    start, end = path.name.split("..")
    cells = """[...document.querySelectorAll('.changes tbody tr')].map(row =>
      ['before', 'after'].map(side => row.querySelector(`.c-${side}`).textContent
        .replace(/\\s+/g, '')))"""
    page = any2.page
    page.goto((path / "index.html").as_uri())
    beforehand = page.evaluate(cells)
    assert len(beforehand) > 3
    any2.open("folder", code, **{"from": start, "to": end})
    assert page.evaluate(cells) == beforehand
