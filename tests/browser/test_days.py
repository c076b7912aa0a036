"""Any day, asked for where a reader stands: its page, or the last day before it that has one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.audit import violations
from tests.browser.conftest import TODAY, Site, recorded
from tracker.core.words import Status
from tracker.site.book import Book
from tracker.site.paths import DAYS, folder_of
from tracker.telling.language import LANGUAGES, language


@pytest.fixture
def built(record_site: Site) -> tuple[Path, str]:
    return record_site.folder, record_site.address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    opened.close()
    assert said == []


@pytest.fixture(scope="module")
def book() -> Book:
    return Book(recorded(), TODAY)


def before(book: Book, day: date) -> date:
    """The last day up to this one that has a page."""
    return book.page_days[bisect_right(book.page_days, day) - 1]


def test_nothing_charged_differs_from_the_day_that_answers(book: Book) -> None:
    def charged(day: date) -> list[object]:
        return [
            (row.place, row.status, row.rate_pct, row.basis, row.scope)
            for row in book.on(day)
            if row.status in {Status.IN_FORCE, Status.PAUSED}
        ]

    first = book.page_days[0]
    for number in range((TODAY - first).days + 400):
        day = first + timedelta(days=number)
        assert charged(day) == charged(before(book, day)), day


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_day_without_a_page_leads_to_the_one_before_it(
    page: Page, built: tuple[Path, str], book: Book, code: str
) -> None:
    chance = Random(code)  # noqa: S311 - days to try, no secrets
    span = (TODAY - book.page_days[0]).days
    days = [book.page_days[0] + timedelta(days=chance.randrange(span)) for _ in range(12)]
    lang = language(code)
    for day in [one for one in days if one not in book.with_page]:
        page.goto(f"{(built[0] / folder_of(code) / DAYS).as_uri()}?on={day.isoformat()}")
        told, last = page.locator("#told"), before(book, day)
        assert lang.day(day) in told.inner_text()
        assert told.locator("a").inner_text() == lang.day(last)
        address = told.locator("a").get_attribute("href") or ""
        assert address.endswith(f"{folder_of(code)}on/{last.isoformat()}/index.html")
        assert page.locator("#on").input_value() == day.isoformat()


@pytest.mark.parametrize("where", ["served", "folder"])
def test_a_day_with_a_page_is_shown_at_once(
    page: Page, built: tuple[Path, str], where: str
) -> None:
    root = built[1] if where == "served" else f"{built[0].as_uri()}/"
    page.goto(f"{root}index.html")
    page.get_by_label("Any day").fill("2025-03-07")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/on/2025-03-07/index.html")
    page.get_by_label("Any day").fill("2025-03-09")
    page.get_by_label("Any day").press("Enter")
    page.wait_for_url("**/on/index.html?on=2025-03-09")
    page.locator("#told a").click()
    page.wait_for_url("**/on/2025-03-07/index.html")


def test_days_out_of_reach_and_no_days_are_told(page: Page, built: tuple[Path, str]) -> None:
    page.goto(f"{built[1]}{DAYS}?on=1999-01-01")
    assert "cannot speak of earlier days" in page.locator("#told").inner_text()
    assert violations(page) == []
    page.goto(f"{built[1]}{DAYS}?on=<script>alert(1)</script>")
    assert "<script>alert(1)</script> is not a day" in page.locator("#told").inner_text()
    page.goto(f"{built[1]}{DAYS}?on=2040-01-01")
    assert "It lies ahead" in page.locator("#told").inner_text()
    page.goto(f"{built[1]}{DAYS}")
    assert not page.locator("#told").is_visible()


def test_without_script_the_list_stands_and_says_how_to_use_it(
    browser: Browser, built: tuple[Path, str]
) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{built[1]}{DAYS}?on=2025-03-09")
    assert "Only a script can look up any other day" in page.locator("noscript").inner_text()
    assert not page.locator("#ask").is_visible()
    assert page.locator(".days a").count() > 100
    page.close()
