"""Every kind of page, looked at by a real browser."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, Response

from tests.browser.conftest import Site

Scheme = Literal["light", "dark"]
SITE = re.compile(r"^(Site|Sitio)$")

# Every text node with a box, its colour against what is painted under it. Colours
# are read back from a canvas, so that any notation a style may use is understood;
# a gradient counts as its darkest and its lightest stop, whichever is worse.
CONTRAST = """() => {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const ink = canvas.getContext('2d', {willReadFrequently: true});
  const over = (colour, under) => {
    ink.fillStyle = `rgb(${under.join(',')})`; ink.fillRect(0, 0, 1, 1);
    ink.fillStyle = colour; ink.fillRect(0, 0, 1, 1);
    return [...ink.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  };
  const light = rgb => { const [r, g, b] = rgb.map(v => { v /= 255;
    return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
    return .2126 * r + .7152 * g + .0722 * b; };
  const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
    return (x + .05) / (y + .05); };
  const grounds = element => {
    const chain = [];
    for (let e = element; e; e = e.parentElement) chain.unshift(getComputedStyle(e));
    let found = [[255, 255, 255]];
    for (const style of chain) {
      found = found.map(under => over(style.backgroundColor, under));
      if (style.backgroundImage.includes('gradient')) {
        const stops = style.backgroundImage.match(
          /(rgba?|color|oklch|oklab|lab|lch)\\((?:[^()]|\\([^()]*\\))*\\)/g) || [];
        if (!stops.length) throw new Error('unread gradient ' + style.backgroundImage);
        found = found.flatMap(under => stops.map(stop => over(stop, under)));
      }
    }
    return found;
  };
  const seen = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; node = walk.nextNode();) {
    const element = node.parentElement;
    if (!node.data.trim() || element.closest('.skip, svg, caption, .vh')) continue;
    if (!element.checkVisibility()) continue;
    for (const ground of grounds(element)) {
      const value = ratio(over(getComputedStyle(element).color, ground), ground);
      seen.push([value, node.data.trim().slice(0, 40), element.className]);
    }
  }
  return seen;
}"""


def opened(browser: Browser, url: str, *, width: int = 1280, scheme: Scheme = "light") -> Page:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(url)
    return page


def test_no_page_asks_anyone_else_or_complains(browser: Browser, site: Site) -> None:
    page = browser.new_page()
    asked: list[str] = []
    told: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("dialog", lambda dialog: told.append(dialog.message))
    page.on("response", lambda answer: told.append(answer.url) if answer.status > 399 else None)
    for url in site.pages().values():
        page.goto(url)
    page.close()
    assert len(asked) > 20
    assert [url for url in asked if not url.startswith(site.address)] == []
    assert told == []


@pytest.mark.parametrize("width", [320, 390, 768])
def test_no_page_scrolls_sideways(browser: Browser, site: Site, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 700})
    for url in site.pages().values():
        page.goto(url)
        page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, url
    page.close()


def test_every_page_has_its_landmarks_and_one_heading(browser: Browser, site: Site) -> None:
    page = browser.new_page()
    for url in site.pages().values():
        page.goto(url)
        assert page.get_by_role("heading", level=1).count() == 1, url
        assert page.get_by_role("main").count() == 1, url
        assert page.get_by_role("banner").count() == 1, url
        assert page.get_by_role("contentinfo").count() == 1, url
        assert page.get_by_role("navigation", name=SITE).count() == 1, url
        assert page.title().endswith("· Tracker"), url
    page.close()


def test_the_skip_link_works_by_keyboard(browser: Browser, site: Site) -> None:
    page = opened(browser, site.address)
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Skip to the content"
    box = skip.bounding_box()
    assert box is not None
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.close()


def test_the_keyboard_reaches_no_link_twice_in_the_picture(browser: Browser, site: Site) -> None:
    page = opened(browser, site.address)
    picture = page.locator("svg.bands")
    assert picture.count() == 1
    assert picture.locator("a:not([tabindex='-1'])").count() == 0
    assert picture.locator("a").count() > 3
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_on_what_lies_under_it(
    browser: Browser, site: Site, scheme: Scheme
) -> None:
    page = browser.new_page(color_scheme=scheme)
    for url in site.pages().values():
        page.goto(url)
        page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
        seen = page.evaluate(CONTRAST)
        assert len(seen) > 20, url
        assert [found for found in seen if found[0] < 4.5] == [], url
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_tokens_of_both_schemes_contrast(browser: Browser, site: Site, scheme: Scheme) -> None:
    page = opened(browser, site.address, scheme=scheme)
    pairs = [
        ("ink", "bg"),
        ("ink", "panel"),
        ("muted", "bg"),
        ("muted", "panel"),
        ("muted", "care-bg"),
        ("link", "bg"),
        ("link", "care-bg"),
        ("care", "care-bg"),
        ("us", "bg"),
        ("ca", "bg"),
        ("mx", "bg"),
        ("xx", "bg"),
        *(("on", tone) for tone in ("us", "ca", "mx", "xx")),
    ]
    page.evaluate(
        """pairs => { document.body.replaceChildren(...pairs.map(([text, ground]) => {
          const box = document.createElement('p');
          box.textContent = text + ' on ' + ground;
          box.style.color = `var(--${text})`; box.style.background = `var(--${ground})`;
          return box; })); }""",
        pairs,
    )
    seen = page.evaluate(CONTRAST)
    assert len(seen) == len(pairs)
    assert [found for found in seen if found[0] < 4.5] == []
    page.close()


@pytest.mark.parametrize("edition", ["", "es/", "fr/"])
def test_the_first_view_keeps_to_its_budget(
    browser: Browser, record_site: Site, edition: str
) -> None:
    """The figures stand in docs/site.md."""
    page = browser.new_page()
    sent: list[int] = []
    whole: list[int] = []

    def weigh(answer: Response) -> None:
        sent.append(int(answer.headers["content-length"]))
        whole.append(len(answer.body()))

    page.on("response", weigh)
    page.goto(f"{record_site.address}{edition}index.html", wait_until="networkidle")
    assert 2 <= len(sent) <= 3  # the page, the style, the icon
    assert sum(sent) < 40_000
    # A host that does not compress still sends the page itself within the promise.
    assert whole[0] < 100_000
    assert page.evaluate("document.getElementsByTagName('*').length") < 2_500
    assert page.evaluate("document.scripts.length") == 0
    page.close()


def test_the_site_works_from_a_folder(browser: Browser, site: Site) -> None:
    page = browser.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.goto((site.folder / "index.html").as_uri())
    page.get_by_role("link", name="Timeline", exact=True).click()
    page.locator("article h3 a").first.click()
    page.wait_for_load_state()
    assert page.url.startswith("file:")
    assert "/event/" in page.url
    assert page.evaluate("getComputedStyle(document.body).maxWidth") == "1280px"
    assert told == []
    page.close()


def test_a_page_of_the_past_can_be_walked_from_day_to_day(browser: Browser, site: Site) -> None:
    page = opened(browser, f"{site.address}on/2025-09-18/")
    assert page.locator(".banner").inner_text().startswith(("You are reading the past", "This is"))
    page.locator("a[rel=prev]").click()
    assert page.locator("h1").inner_text().startswith("The state on")
    page.locator("a[rel=next]").click()
    assert page.url == f"{site.address}on/2025-09-18/index.html"
    page.close()


def test_tables_keep_their_meaning_on_a_narrow_screen(browser: Browser, site: Site) -> None:
    page = opened(browser, f"{site.address}on/2025-09-18/", width=360)
    table = page.get_by_role("table").first
    assert table.get_by_role("row").count() > 2
    assert table.get_by_role("columnheader").count() == 5
    assert table.get_by_role("cell").count() > 4
    page.close()


def test_paper_carries_no_navigation(browser: Browser, site: Site) -> None:
    page = opened(browser, site.address, scheme="dark")
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation", name="Site").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.close()


WORDS_OUTSIDE = """async ([svg, end]) => {
  const box = svg.parentElement, seen = box.getBoundingClientRect();
  box.scrollLeft = end ? -box.scrollWidth : 0;
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  return [...svg.querySelectorAll('.bl, .bg')].filter(words => {
    const {left, right} = words.getBoundingClientRect();
    return left < seen.left - 1 || right > seen.right + 1;
  }).map(words => words.textContent);
}"""


def test_the_words_beside_the_bands_are_seen_whole_wherever_a_phone_has_scrolled(
    browser: Browser, record_site: Site
) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 700})
    rows = 0
    for folder in ("", "es/", "fr/"):
        for path in ("index.html", "bands/index.html", "measure/us.ieepa.border.ca/index.html"):
            page.goto(record_site.address + folder + path)
            for picture in page.locator("svg.bands").element_handles():
                for end in (False, True):
                    assert page.evaluate(WORDS_OUTSIDE, [picture, end]) == [], path
            rows += page.locator("svg.bands .bl").count()
    page.close()
    assert rows > 100


def test_a_click_takes_a_citation_whole(browser: Browser, record_site: Site) -> None:
    page = opened(browser, record_site.pages()["measure/…"], width=390)
    page.locator(".cite summary").first.click()
    for one in page.locator(".cite").first.locator("p:not(.meta), pre").all():
        one.click()
        assert page.evaluate("getSelection().toString().trim()") == one.inner_text().strip()
    page.close()


def test_a_figure_in_a_document_stays_whole_on_a_phone(browser: Browser, record_site: Site) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 700})
    for edition in ("", "es/", "fr/"):
        page.goto(record_site.address + f"{edition}accuracy/index.html")
        figures = page.evaluate("""[...document.querySelectorAll('.doc td')]
            .filter(cell => /^[\\d.]+$/.test(cell.textContent.trim()))
            .map(cell => {
                const inside = document.createRange();
                inside.selectNodeContents(cell);
                return inside.getClientRects().length;
            })""")
        assert len(figures) > 20
        assert set(figures) == {1}
    page.close()
