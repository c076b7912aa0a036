"""Three editions of one site: the same pages, words of their own, the same facts."""

from __future__ import annotations

import html
import posixpath
import re
from datetime import timedelta

import pytest
from hypothesis import given, settings

from tests.core.strategies import FIRST, worlds
from tests.site.conftest import Files
from tests.site.worlds import TEMPLATES, inputs
from tracker.core.world import World
from tracker.site.pages import plan_pages
from tracker.site.paths import folder_of
from tracker.site.render import render
from tracker.telling.language import LANGUAGES

ALTERNATE = re.compile(r'<link rel="alternate" hreflang="([a-z-]+)" href="([^"]+)">')
SWITCH = re.compile(r'<li><a href="([^"]+)" lang="(\w\w)" hreflang="(\w\w)"')


def editions(paths: list[str]) -> dict[str, set[str]]:
    """The HTML pages of each language, by their path inside its edition."""
    found: dict[str, set[str]] = {code: set() for code in LANGUAGES}
    for path in paths:
        code = path[:2] if path.startswith(("es/", "fr/")) else "en"
        if path.endswith(".html"):
            found[code].add(path.removeprefix(folder_of(code)))
    return found


@settings(max_examples=15, deadline=None)
@given(worlds())
def test_every_page_is_there_in_every_language(world: World) -> None:
    made = inputs(world, today=FIRST + timedelta(days=20))
    found = editions([page.path for page in plan_pages(made)])
    assert found["en"] == found["es"] == found["fr"]


def test_alternates_lead_to_the_same_page_and_back(files: Files) -> None:
    named: dict[str, dict[str, str]] = {}
    for path, body in files.items():
        if path.endswith(".html") and not path.endswith("404.html"):
            folder = posixpath.dirname(path)
            links = dict(ALTERNATE.findall(body.decode()))
            named[path] = {
                code: posixpath.normpath(posixpath.join(folder, html.unescape(href)))
                for code, href in links.items()
            }
    assert len(named) > 100
    for path, others in named.items():
        assert set(others) == {*LANGUAGES, "x-default"}, path
        assert path in others.values(), path
        assert others["x-default"] == others["en"]
        for other in others.values():
            assert named[other] == others, (path, other)


def test_the_switch_keeps_the_page(files: Files) -> None:
    for path, body in files.items():
        # A card is in the language of the site that shows it.
        if path.endswith(".html") and "embed/" not in path:
            switch = SWITCH.findall(body.decode())
            alternates = dict(ALTERNATE.findall(body.decode()))
            assert {code: href for href, code, _ in switch} == {
                code: alternates[code] for code in LANGUAGES
            }, path


def test_free_text_that_is_not_translated_says_its_language(files: Files) -> None:
    page = files["fr/event/2025-02-01-order/index.html"].decode()
    title = re.search(r"<h1>(.*?)</h1>", page)
    assert title is not None
    assert title.group(1).startswith('<span lang="en">')
    assert "<span lang" not in files["event/2025-02-01-order/index.html"].decode()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("es/on/2025-09-18/index.html", "La situación al"),
        ("fr/on/2025-09-18/index.html", "18 septembre 2025"),
        ("fr/on/2025-09-18/index.html", "50 %"),
        ("es/index.html", "18 de septiembre de 2025"),
        ("es/index.html", "Estados Unidos contra Canadá"),
        ("fr/index.html", "États-Unis contre le Canada"),
    ],
)
def test_words_days_and_numbers_are_those_of_the_language(
    files: Files, path: str, said: str
) -> None:
    text = html.unescape(re.sub(r"<[^>]+>", "", files[path].decode())).replace("\xa0", " ")
    assert said in text


def test_no_english_word_of_ours_is_left_in_another_language(files: Files) -> None:
    ours = re.compile(r"\b(Since|Until|Ahead|Before|After|in force|Skip to|Announced)\b")
    for path, body in files.items():
        if path.startswith(("es/", "fr/")) and path.endswith(".html"):
            # Free text of the made-up world is English and says so.
            text = re.sub(r'<(\w+)[^>]* lang="en"[^>]*>.*?</\1>', "", body.decode(), flags=re.S)
            text = re.sub(r"<title>.*?</title>|<svg.*?</svg>|<[^>]+>", " ", text, flags=re.S)
            assert not ours.search(text), (path, ours.findall(text)[:3])


def test_rates_and_days_are_the_same_in_every_language(files: Files) -> None:
    figures = re.compile(r'class="plate[^"]*">([^<]*)<|<time datetime="([^"]+)"')

    def facts(path: str) -> list[tuple[str, str]]:
        found = figures.findall(files[path].decode())
        return [(re.sub(r"[^0-9.,]", "", rate).replace(",", "."), day) for rate, day in found]

    pages = [path for path in files if re.fullmatch(r"(on|compare|measure)/.*\.html", path)]
    assert len(pages) > 20
    for path in pages:
        assert facts(path) == facts(f"es/{path}") == facts(f"fr/{path}"), path


def test_the_empty_world_speaks_three_languages_too() -> None:
    files = dict(render(plan_pages(inputs(World())), TEMPLATES))
    assert "Où en sont les choses" in files["fr/index.html"].decode()
    assert "Cómo están las cosas" in files["es/index.html"].decode()
