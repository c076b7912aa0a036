"""The search page as a reader uses it: served and from a folder, in three languages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.audit import violations
from tests.browser.conftest import Site
from tests.browser.search_model import Model
from tracker.site.paths import SEARCH, folder_of
from tracker.site.search import index_path
from tracker.telling.language import LANGUAGES

ORDER = "event/2025-02-01-us-border-canada-order"
STEEL = "measure/us.s232.steel"
WORDS = {
    "en": ("steel", "Section 232", "CUSMA", "tariffs aluminum"),
    "es": ("acero", "sección 232", "T-MEC", "ARANCELES ALUMINIO"),
    "fr": ("acier", "article 232", "ACEUM", "droits aluminium"),
}
ANSWERED = """queries => queries.map(query => {
  const box = document.getElementById('q');
  box.value = query;
  box.dispatchEvent(new Event('change'));
  const links = group => [...group.querySelectorAll('h3 a')].map(a => a.getAttribute('href'));
  const groups = [...document.querySelectorAll('#answer section')].map(links);
  return [groups, document.getElementById('ways').hidden];
})"""


class Opened:
    """A page of the built site; `said` is what the browser complains of."""

    def __init__(self, folder: Path, address: str, page: Page) -> None:
        self.folder, self.address, self.page = folder, address, page
        self.said: list[str] = []

    def find(self, where: str, code: str, query: str) -> Page:
        root = self.address if where == "served" else f"{self.folder.as_uri()}/"
        self.page.goto(f"{root}{folder_of(code)}{SEARCH}?{urlencode({'q': query})}")
        return self.page


@pytest.fixture
def built(record_site: Site) -> tuple[Path, str]:
    return record_site.folder, record_site.address


@pytest.fixture
def opened(browser: Browser, built: tuple[Path, str]) -> Iterator[Opened]:
    page = browser.new_page()
    made = Opened(*built, page)
    page.on("console", lambda message: made.said.append(message.text))
    page.on("pageerror", lambda error: made.said.append(str(error)))
    page.on("dialog", lambda dialog: made.said.append(dialog.message))
    yield made
    page.close()
    assert made.said == []


def index(folder: Path, code: str) -> dict[str, Any]:
    text = (folder / index_path(code)).read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text.removeprefix("var TrackerIndex = ").rstrip(";\n"))
    return found


def first(page: Page) -> list[str]:
    return [
        (link.get_attribute("href") or "").removeprefix("../").removesuffix("/index.html")
        for link in page.locator("#answer section h3:first-of-type a").all()
    ]


@pytest.mark.parametrize(
    ("where", "code"), [("served", "es"), *(("folder", code) for code in LANGUAGES)]
)
def test_words_and_numbers_are_found_in_every_language(
    opened: Opened, where: str, code: str
) -> None:
    steel, section, agreement, two = WORDS[code]
    page = opened.find(where, code, steel)
    assert first(page)[0] == STEEL
    headings = page.locator("#answer h2").all_inner_texts()
    assert len(headings) == 3
    assert page.locator("#answer time").count() == 20
    assert STEEL in first(opened.find(where, code, section))
    assert first(opened.find(where, code, agreement)) == first(opened.find(where, code, "usmca"))
    assert "measure/us.s232.aluminum" in first(opened.find(where, code, two))
    for number in ("14193", "EO 14193", "90 FR 9113", "9903.01.10", "99030110", "s. 232"):
        page = opened.find(where, code, number)
        assert ("us.s232" in first(page)[0]) is ("232" in number), number
        if "FR" in number or "14193" in number:
            assert ORDER in first(page)
    page.locator("#answer h3 a").first.click()
    page.wait_for_load_state()
    assert "/measure/" in page.url


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_browser_finds_what_the_model_finds(opened: Opened, code: str) -> None:
    held = index(opened.folder, code)
    chance = Random(code)  # noqa: S311 - queries to try, no secrets
    texts = [
        text if isinstance(text, str) else text[0]
        for _, _, entries in held["groups"]
        for entry in entries
        for text in (entry[1], entry[3], entry[7])
    ]
    words = [word for text in texts for word in text.split()]
    queries = [
        " ".join(
            word[: chance.choice((2, 4, 40))]
            for word in chance.sample(words, chance.choice((1, 1, 2, 3)))
        )
        for _ in range(60)
    ]
    model = Model(held)
    page = opened.find("folder", code, "")
    for query, (groups, hidden) in zip(queries, page.evaluate(ANSWERED, queries), strict=True):
        found, whole = model.answer(query)
        assert hidden is whole, query
        wanted = [[f"../{href}/index.html" for href in one[:20]] for one in found if one]
        assert groups == wanted, query


def test_accents_may_be_left_out(opened: Opened) -> None:
    for code, bare, full in (
        ("es", "mexico suspension", "México suspensión"),
        ("fr", "electricite exportee", "Électricité exportée"),
    ):
        found = first(opened.find("folder", code, bare))
        assert found, bare
        assert found == first(opened.find("folder", code, full))


@pytest.mark.parametrize("where", ["served", "folder"])
def test_the_form_of_every_page_leads_to_the_answer(opened: Opened, where: str) -> None:
    root = opened.address if where == "served" else f"{opened.folder.as_uri()}/"
    page = opened.page
    page.goto(f"{root}fr/measure/us.s232.steel/index.html")
    page.get_by_role("search").get_by_role("searchbox").fill("acier & aluminium")
    page.keyboard.press("Enter")
    page.wait_for_url("**/fr/search/index.html?q=*")
    assert page.get_by_role("searchbox").input_value() == "acier & aluminium"
    assert page.locator("#said").inner_text().endswith("entrées trouvées.")
    assert page.get_by_role("status").count() == 1
    page.get_by_role("link", name="Español").first.click()
    page.wait_for_url("**/es/search/index.html?q=*")
    assert page.locator("#q").input_value() == "acier & aluminium"
    page.locator("#q").press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('main a, main h3 a')")


def test_nothing_found_is_said_with_advice(opened: Opened) -> None:
    page = opened.find("served", "en", "xylophone")
    assert "Nothing is found for “xylophone”" in page.locator("#said").inner_text()
    assert page.locator("#ways").is_visible()
    assert page.locator("#answer > *").count() == 0
    page = opened.find("served", "en", "steel xylophone")
    assert "hold some of them" in page.locator("#said").inner_text()
    assert page.locator("#answer article").count() > 10


@pytest.mark.parametrize(
    "query",
    [
        "<script>alert(1)</script><img src=x onerror=alert(2)>",
        "steel " * 2000,
        "((((\\",
        "__proto__",
    ],
)
def test_any_query_stays_text(opened: Opened, query: str) -> None:
    page = opened.find("folder", "en", query)
    assert page.locator("#said").inner_text() != ""
    assert page.locator("main script, main img").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_attacks_in_the_record_stay_text(browser: Browser, site: Site) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{site.address}{SEARCH}?q=alert+steel")
    assert page.locator("#answer article").count() > 3
    assert page.locator("main script, main img, main a[href^=javascript]").count() == 0
    page.close()
    assert said == []


def test_without_script_the_page_leads_to_the_lists(
    browser: Browser, built: tuple[Path, str]
) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(built[1])
    page.get_by_role("searchbox").fill("steel")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/index.html?q=steel")
    assert "Only a script can search" in page.locator("noscript").inner_text()
    page.locator("#ways a").first.click()
    assert page.locator("h1").inner_text() == "Timeline"
    page.close()


@pytest.mark.parametrize(("width", "code", "scheme"), [(320, "es", "dark"), (1440, "fr", "light")])
def test_the_answer_is_accessible_and_fits(
    opened: Opened, width: int, code: str, scheme: str
) -> None:
    opened.page.set_viewport_size({"width": width, "height": 900})
    opened.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page = opened.find("served", code, "232")
    assert page.locator("#answer article").count() > 20
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []


def test_script_and_index_are_small(built: tuple[Path, str]) -> None:
    assert (built[0] / "static/search.js").stat().st_size <= 5_120
    for code in LANGUAGES:
        assert (built[0] / index_path(code)).stat().st_size < 200_000
