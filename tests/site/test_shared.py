"""What a page says of itself where somebody shares its address."""

from __future__ import annotations

import html
import re

from tests.site.conftest import Files
from tests.site.worlds import TEMPLATES, inputs
from tracker.site.pages import plan_pages
from tracker.site.render import render

META = re.compile(r'<meta property="(og:[a-z:_]+)" content="([^"]*)">')
LOCALES = {"en_GB": "", "es_MX": "es/", "fr_CA": "fr/"}


def shared(page: str) -> list[tuple[str, str]]:
    return [(name, html.unescape(value)) for name, value in META.findall(page)]


def pages_of(files: Files) -> dict[str, str]:
    return {
        path: body.decode()
        for path, body in files.items()
        if path.endswith(".html") and "embed/" not in path
    }


def test_every_page_says_what_it_is_and_in_which_languages(files: Files) -> None:
    pages = pages_of(files)
    assert len(pages) > 100
    for path, page in pages.items():
        told = shared(page)
        said = dict(told)
        title = re.search(r"<title>(.*?) · Tracker</title>", page)
        about = re.search(r'<meta name="description" content="([^"]*)">', page)
        assert title is not None
        assert about is not None
        assert said["og:title"] == html.unescape(title.group(1)) != ""
        assert said["og:description"] == html.unescape(about.group(1)) != "", path
        assert said["og:type"] == ("article" if re.match(r"(es/|fr/)?event/", path) else "website")
        own = LOCALES[said["og:locale"]]
        assert path.startswith(own or "")
        assert own or not path.startswith(("es/", "fr/"))
        others = {value for name, value in told if name == "og:locale:alternate"}
        assert others == set(LOCALES) - {said["og:locale"]}
        # A path is no address, and no picture is promised that is not there.
        assert "og:url" not in said
        assert "og:image" not in said


def test_a_site_that_knows_its_address_says_it() -> None:
    known = inputs(base_url="https://trade.example/x")
    files = dict(render(plan_pages(known), TEMPLATES))
    for path, page in pages_of(files).items():
        if not path.endswith("404.html"):
            url = dict(shared(page))["og:url"]
            assert url.startswith("https://trade.example/x/"), path
            assert f'<link rel="canonical" href="{url}">' in page


def test_hostile_titles_stay_inside_the_attribute(hostile_files: Files) -> None:
    for path, page in pages_of(hostile_files).items():
        assert len(shared(page)) == 7, path
