"""A card in somebody else's page, by a real browser: it is shown, it runs nothing, it is read."""

from __future__ import annotations

import html
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.audit import violations
from tests.browser.conftest import TODAY, recorded, served
from tests.site.worlds import inputs

MEASURE = "us.ieepa.border.ca"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    folder = tmp_path_factory.mktemp("cards") / "site"
    with served(folder, inputs(recorded(), today=TODAY)) as address:
        yield folder, address


@pytest.fixture
def elsewhere() -> Iterator[tuple[list[bytes], str]]:
    """Another site: it answers with the page put into the list, from an origin of its own."""
    page: list[bytes] = []

    class Host(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page[-1])

        def log_message(self, *args: Any) -> None:
            del args  # nobody reads it

    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield page, f"http://localhost:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_the_snippet_shows_the_card_on_another_site_and_a_page_cannot_be_framed(
    browser: Browser, record: tuple[Path, str], elsewhere: tuple[list[bytes], str]
) -> None:
    folder, address = record
    pages, host = elsewhere
    source = (folder / f"fr/measure/{MEASURE}/index.html").read_text(encoding="utf-8")
    snippet = html.unescape(re.findall(r"<pre>(&lt;iframe.*?)</pre>", source)[0])
    # As the page says: the address of the site goes before the path.
    framed = snippet.replace('src="', f'src="{address}')
    whole = framed.replace("fr/embed/measure", "fr/measure")
    pages.append(f"<!doctype html><title>x</title>{framed}{whole}".encode())
    page = browser.new_page()
    page.goto(host, wait_until="networkidle")
    card = page.frame_locator("iframe").nth(0)
    assert card.locator("li").count() > 2
    assert card.locator("h1 a").get_attribute("target") == "_blank"
    with page.expect_popup() as opened:
        card.locator("h1 a").click()
    assert opened.value.url == f"{address}fr/measure/{MEASURE}/index.html"
    assert [frame.url.split(":")[0] for frame in page.main_frame.child_frames] == [
        "http",
        "chrome-error",
    ]
    page.close()


@pytest.mark.parametrize(("code", "scheme"), [("", "light"), ("es/", "dark"), ("fr/", "light")])
def test_a_card_is_read_by_everybody(
    browser: Browser, record: tuple[Path, str], code: str, scheme: Any
) -> None:
    folder, address = record
    page = browser.new_page(viewport={"width": 320, "height": 480}, color_scheme=scheme)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for path in sorted((folder / code / "embed").rglob("*.html"))[::6]:
        page.goto(address + path.relative_to(folder).as_posix())
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        assert violations(page) == [], path
    page.close()
    assert said == []
