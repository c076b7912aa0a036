"""Every kind of page in every language: axe, widths, schemes, keyboard, paper, zoom, no script.

The record's own site. Each page is loaded once and then looked at in both
schemes and at three widths, as a reader turns a phone or dims the light.
"""

from __future__ import annotations

import io
import os
import unicodedata
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.browser.audit import LANGUAGES, kinds, violations
from tests.browser.conftest import Site

Scheme = Literal["light", "dark"]
View = tuple[int, Scheme]
VIEWS: tuple[View, ...] = (
    (1440, "light"),
    (320, "dark"),
    (768, "light"),
    (1440, "dark"),
    (320, "light"),
    (768, "dark"),
)
PAPER = 718  # CSS pixels between the margins of a sheet of A4


def opened_up(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")


def plain(text: str) -> str:
    """Letters as they are typed: no ligatures, one kind of space."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def links(page: Page) -> set[str]:
    """What the page's content leads to, in its words."""
    script = "found => found.map(link => link.textContent)"
    return set(page.eval_on_selector_all("main a", script))


def too_wide(page: Page, width: int) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth") > width)


def asked_of(lang: str, number: int) -> list[View]:
    """The views in which axe reads the page: over the three languages each kind has all six.

    Two of six views each, since reading takes a second or more. `TRACKER_AUDIT=whole`
    has all six in each language (`docs/site.md` says what that found and when).
    """
    if os.environ.get("TRACKER_AUDIT") == "whole":
        return list(VIEWS)
    first = (2 * LANGUAGES.index(lang) + number) % len(VIEWS)
    return [VIEWS[first], VIEWS[(first + 1) % len(VIEWS)]]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_in_both_schemes_at_three_widths(
    browser: Browser, record_site: Site, lang: str
) -> None:
    folder, address = record_site.folder, record_site.address
    pages = kinds(folder, lang)
    assert len(pages) > 15
    page = browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    found: list[str] = []
    for number, (kind, path) in enumerate(pages.items()):
        page.goto(address + path)
        opened_up(page)
        for width, scheme in VIEWS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            if too_wide(page, width):
                found.append(f"{kind} at {width}: scrolls sideways")
            if (width, scheme) in asked_of(lang, number):
                found += [f"{kind} at {width}, {scheme}: {one}" for one in violations(page)]
    page.close()
    assert found == []
    assert [url for url in asked if not url.startswith(address)] == []
    assert said == []


def test_twice_the_size_of_text_fits_a_small_window(browser: Browser, record_site: Site) -> None:
    folder, address = record_site.folder, record_site.address
    page = browser.new_page(viewport={"width": 768, "height": 900})
    wide = []
    for lang in LANGUAGES:
        for kind, path in kinds(folder, lang).items():
            page.goto(address + path)
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            opened_up(page)
            if too_wide(page, 768):
                wide.append(f"{lang} {kind}")
    page.close()
    assert wide == []


# Everything that can be focused and is shown, in order; what the page says of each when it has it.
STOPS = """() => [...document.querySelectorAll(
  'a[href], button, input, select, textarea, summary, [tabindex]')].filter(e =>
  e.tabIndex >= 0 && !e.disabled && e.checkVisibility({visibilityProperty: true})).length"""
FOCUS = """() => { const e = document.activeElement;
  if (!e || e === document.body) return null;
  const s = getComputedStyle(e), b = e.getBoundingClientRect();
  if (e.dataset.stop === undefined) e.dataset.stop = '1'; else return 'again';
  const marked = (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2)
    || s.boxShadow !== 'none';
  return marked && b.width > 0 && b.height > 0 && b.bottom > 0 && b.top < innerHeight ? 'seen'
    : 'unseen: ' + e.outerHTML.slice(0, 120); }"""


def walked(page: Page, most: int) -> list[str]:
    """Tab through the page: how each stop looked, until the keyboard leaves it.

    The parts of a date are stops of one element, which counts once.
    """
    seen: list[str] = []
    for _ in range(4 * most):
        page.keyboard.press("Tab")
        look = page.evaluate(FOCUS)
        if look is None or len(seen) == most:
            break
        if look != "again":
            seen.append(look)
    return seen


def test_the_keyboard_reaches_all_and_is_seen_where_it_is(
    browser: Browser, record_site: Site
) -> None:
    """By the Tab key alone; of long pages the first 150 stops."""
    folder, address = record_site.folder, record_site.address
    page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    for kind, path in kinds(folder, "").items():
        page.goto(address + path)
        stops = min(page.evaluate(STOPS), 150)
        seen = walked(page, stops)
        assert [one for one in seen if one != "seen"] == [], kind
        assert len(seen) == stops, kind
    page.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_paper_holds_all_of_a_comparison_and_of_a_measure(
    browser: Browser, record_site: Site, lang: str
) -> None:
    folder, address = record_site.folder, record_site.address
    pages = kinds(folder, lang)
    page = browser.new_page(viewport={"width": PAPER, "height": 1000})
    for kind in ("compare/…", "measure/…", "on/…"):
        page.goto(address + pages[kind])
        page.emulate_media(media="print")
        assert not too_wide(page, PAPER), kind
        heading = page.get_by_role("heading", level=1).inner_text()
        rates = page.locator("td:visible, .rate:visible").all_inner_texts()
        printed = PdfReader(io.BytesIO(page.pdf(format="A4")))
        text = plain(" ".join(sheet.extract_text() for sheet in printed.pages))
        assert plain(heading) in text, kind
        wanted = {word for cell in rates for word in plain(cell).split() if word[0].isdigit()}
        assert wanted, kind
        assert {word for word in wanted if word not in text} == set(), kind
    page.close()


def test_without_script_every_page_still_says_what_it_says(
    browser: Browser, record_site: Site
) -> None:
    folder, address = record_site.folder, record_site.address
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    with_script = browser.new_page()
    for lang in LANGUAGES:
        for kind, path in kinds(folder, lang).items():
            page.goto(address + path)
            with_script.goto(address + path)
            bare = page.locator("main").inner_text()
            assert len(bare) > 40, kind
            lost = links(with_script) - links(page)
            assert kind.startswith(("compare/any", "search")) or lost == set(), kind
    context.close()
    with_script.close()


def test_from_a_folder_with_the_network_off_the_three_editions_lead_to_each_other(
    browser: Browser, record_site: Site
) -> None:
    folder = record_site.folder
    context = browser.new_context(offline=True)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("requestfailed", lambda request: said.append(f"{request.url}: {request.failure}"))
    page.goto((folder / "index.html").as_uri())
    for lang in ("es", "fr", "en"):
        page.locator(f"a[hreflang={lang}]").first.click()
        page.wait_for_load_state()
        assert page.evaluate("document.documentElement.lang") == lang
        for path in kinds(folder, "" if lang == "en" else lang).values():
            if Path(path).name == "404.html" or "embed" in Path(path).parts:
                continue  # what a server answers at any depth; what stands in others' pages
            page.goto((folder / path).as_uri())
            assert page.evaluate("getComputedStyle(document.body).maxWidth") == "1280px", path
        page.goto((folder / ("" if lang == "en" else lang) / "index.html").as_uri())
    context.close()
    # An icon still on its way when the page is left is no failure.
    assert [one for one in said if "ERR_ABORTED" not in one] == []
