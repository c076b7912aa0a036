"""A card says what the page of its measure says, and can be shown in a frame elsewhere."""

from __future__ import annotations

import html
import re

import pytest

from tests.site.conftest import Files
from tests.site.worlds import MEASURES, TEMPLATES, inputs
from tracker.site.pages import plan_pages
from tracker.site.render import render

PLATE = re.compile(r'class="plate ([^"]*)">([^<]*)<')


def today_of(page: str) -> list[tuple[str, str]]:
    """The plates of a measure's page as of today: those of its first table."""
    return PLATE.findall(page[: page.index("</table>")])


@pytest.mark.parametrize("code", ["", "es/", "fr/"])
def test_every_measure_has_a_card_that_says_what_its_page_says(files: Files, code: str) -> None:
    for measure in MEASURES:
        card = files[f"{code}embed/measure/{measure.key}/index.html"].decode()
        page = files[f"{code}measure/{measure.key}/index.html"].decode()
        assert PLATE.findall(card) == today_of(page)
        assert card.startswith("<!doctype html>")
        assert "<script" not in card
        assert "default-src 'none'" in card
        assert f'href="../../../measure/{measure.key}/index.html"' in card
        assert len(card) < 20_000


def test_what_a_page_tells_to_embed_is_its_card(files: Files) -> None:
    key = MEASURES[0].key
    page = files[f"fr/measure/{key}/index.html"].decode()
    told = html.unescape(re.findall(r"<pre>(.*?)</pre>", page)[-1])
    assert f'<iframe src="fr/embed/measure/{key}/index.html"' in told
    known = inputs(base_url="https://trade.example/")
    page = dict(render(plan_pages(known), TEMPLATES))[f"fr/measure/{key}/index.html"].decode()
    assert f"https://trade.example/fr/embed/measure/{key}/index.html" in page


def test_a_hostile_title_stays_text_in_the_snippet(hostile_files: Files) -> None:
    for path, body in hostile_files.items():
        if re.match(r"(es/|fr/)?(embed/)?measure/", path) and path.endswith(".html"):
            page = body.decode()
            assert "<script" not in page.replace("&lt;script", "")
            told = [html.unescape(one) for one in re.findall(r"<pre>(.*?)</pre>", page, re.S)]
            for one in told:
                if one.startswith("<iframe"):
                    assert one.count("<") == 2, path
