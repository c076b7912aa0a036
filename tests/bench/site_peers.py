"""The peers of the site's benchmark: Hugo, Pelican, and a bare loop of Jinja's.

Owns their projects. Each makes as many pages as a site of ours has, each as large as
its like there: a head, a menu, a paragraph, a table of rows such as a board has.
Hugo gets a page's rows as data in its front matter and puts them through a template, as
ours and the bare loop do. Pelican, which knows no such data, gets them as HTML ready to
be put in: the quickest of its ways.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

__all__ = ["Like", "bare", "command", "hugo_page", "hugo_project", "likes_of", "pelican_project"]

_TEXT = "What happened on the day, why it did, and what it changed for whom, in plain words. " * 4
_ROW = (
    '<tr role="row"><td role="cell" class="c-rate"><span class="plate s-in_force">{rate}</span>'
    '<span class="word">in force</span></td><th role="rowheader" scope="row" class="c-what">'
    '<span class="goods">{goods}</span> <span class="cond">{cond}</span></th><td role="cell" '
    'class="c-since"><a href="{href}"><time datetime="{day}">{day}</time></a></td><td role="cell" '
    'class="c-until"></td><td role="cell" class="c-ahead"><span class="turn"><i class="sw"></i>'
    '<a href="{href}">{ahead}</a></span></td></tr>\n'
)
_HEAD = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><meta name="description" content="{about}">
<link rel="stylesheet" href="../../static/style.css"></head>
<body><header><nav><ul>
<li><a href="../../index.html">Today</a></li>
<li><a href="../../timeline/index.html">Timeline</a></li>
<li><a href="../../on/index.html">Days</a></li><li><a href="../../about/index.html">About</a></li>
</ul></nav></header>
<main id="main"><h1>{title}</h1>
"""
_FOOT = (
    "</main><footer><p>The foot of the page, with a version and a day.</p></footer></body></html>\n"
)
_OPEN = (
    '<table class="board" role="table"><caption>Rates on record</caption><tbody role="rowgroup">\n'
)
_CLOSE = "</tbody></table>\n"
_FIELDS = ("rate", "goods", "cond", "href", "day", "ahead")


@dataclass(frozen=True, slots=True)
class Like:
    """A page like one of ours: its number, and how many rows make it as large."""

    number: int
    rows: int

    @property
    def title(self) -> str:
        """Its title."""
        return f"The state on day {self.number}"

    @property
    def size(self) -> int:
        """How many bytes it comes to, as near as its rows do."""
        return _REST + self.rows * _EACH

    def data(self) -> list[dict[str, str]]:
        """Its rows, no two pages alike."""
        return [
            {
                "rate": f"{(self.number + row) % 50}%",
                "goods": f"Goods of part {row} of list {self.number}, not otherwise named",
                "cond": "not qualifying under USMCA",
                "href": f"../../event/{self.number + row}/index.html",
                "day": f"{1990 + row % 36}-{self.number % 12 + 1:02d}-{row % 28 + 1:02d}",
                "ahead": f"{row % 40}% announced from 1 August 2026",
            }
            for row in range(self.rows)
        ]


def likes_of(sizes: Iterable[int]) -> tuple[Like, ...]:
    """A page for each size in bytes, as near to it as whole rows come."""
    return tuple(
        Like(number, max(0, round((size - _REST) / _EACH))) for number, size in enumerate(sizes)
    )


_EACH = len(_ROW.format(**Like(1, 1).data()[0]))
_REST = len(_HEAD) + len(_FOOT) + len(_OPEN) + len(_CLOSE) + len(_TEXT)
"""Bytes of a row, and of all that stands around rows."""


def command(name: str) -> Path | None:
    """Where a peer's program is, beside this Python; None where it is not installed."""
    found = Path(sys.executable).with_name(name)
    return found if found.is_file() else None


def _go(text: str) -> str:
    """A template of ours in the words of Go's: what stands in braces is a field of the row."""
    for field in _FIELDS:
        text = text.replace(f"{{{field}}}", f"{{{{ .{field} }}}}")
    return text


def hugo_project(folder: Path, likes: Sequence[Like]) -> Callable[[], None]:
    """Write Hugo's project; what is answered builds it."""
    layouts = folder / "layouts/_default"
    layouts.mkdir(parents=True)
    head = _HEAD.format(title="{{ .Title }}", about="{{ .Description }}")
    (layouts / "baseof.html").write_text(f'{head}{{{{ block "main" . }}}}{{{{ end }}}}{_FOOT}')
    (layouts / "single.html").write_text(
        '{{ define "main" }}{{ .Content }}'
        f"{_OPEN}{{{{ range .Params.rows }}}}{_go(_ROW)}{{{{ end }}}}{_CLOSE}{{{{ end }}}}"
    )
    (folder / "hugo.toml").write_text(
        'baseURL = "https://example.org/"\n'
        'disableKinds = ["home", "section", "taxonomy", "term", "RSS", "sitemap", "robotsTXT"]\n'
    )
    for like in likes:
        hugo_page(folder, like)
    program = command("hugo")
    return lambda: _run([str(program), "--quiet", "--source", str(folder)])


def hugo_page(folder: Path, like: Like) -> None:
    """Write one page of the project."""
    place = folder / f"content/on/{like.number}"
    place.mkdir(parents=True)
    front = {"title": like.title, "description": "About the page", "rows": like.data()}
    (place / "index.md").write_text(f"{json.dumps(front)}\n\n{_TEXT}\n")


def pelican_project(folder: Path, likes: Sequence[Like]) -> Callable[[], None]:
    """Write Pelican's project; what is answered builds it."""
    theme = folder / "theme/templates"
    theme.mkdir(parents=True)
    head = _HEAD.format(title="{{ page.title }}", about="{{ page.about }}")
    (theme / "page.html").write_text(f"{head}{{{{ page.content }}}}{_FOOT}")
    (folder / "settings.py").write_text(
        f"PATH = {str(folder / 'content')!r}\nTHEME = {str(folder / 'theme')!r}\n"
        f"OUTPUT_PATH = {str(folder / 'public')!r}\nSITEURL = ''\nTIMEZONE = 'UTC'\n"
        "ARTICLE_PATHS = []\nPAGE_PATHS = ['pages']\nDIRECT_TEMPLATES = []\n"
        "PAGE_URL = PAGE_SAVE_AS = 'on/{slug}/index.html'\nFEED_ALL_ATOM = None\n"
        "CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None\n"
        "AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ''\nLOG_LEVEL = 'ERROR'\n"
    )
    pages = folder / "content/pages"
    pages.mkdir(parents=True)
    for like in likes:
        rows = "".join(_ROW.format(**row) for row in like.data())
        (pages / f"{like.number}.html").write_text(
            f'<html><head><title>{like.title}</title><meta name="slug" content="{like.number}">'
            f'<meta name="about" content="About the page"></head><body><p>{_TEXT}</p>\n'
            f"{_OPEN}{rows}{_CLOSE}</body></html>"
        )
    program = command("pelican")
    return lambda: _run([str(program), "--quiet", "-s", str(folder / "settings.py")])


def bare(folder: Path, likes: Sequence[Like]) -> None:
    """The same pages by Jinja's engine in a loop, written and no more: what nothing can beat."""
    from jinja2 import Environment  # the engine itself is what is measured

    row = _ROW
    for field in _FIELDS:
        row = row.replace(f"{{{field}}}", f"{{{{ row.{field} }}}}")
    head = _HEAD.format(title="{{ title }}", about="About the page")
    source = f"{head}<p>{escape(_TEXT)}</p>{_OPEN}{{% for row in rows %}}{row}{{% endfor %}}"
    template = Environment(autoescape=True).from_string(f"{source}{_CLOSE}{_FOOT}")
    for like in likes:
        place = folder / f"on/{like.number}"
        place.mkdir(parents=True)
        context: dict[str, Any] = {"title": like.title, "rows": like.data()}
        (place / "index.html").write_text(template.render(context), encoding="utf-8")


def _run(arguments: list[str]) -> None:
    ran = subprocess.run(arguments, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise RuntimeError(f"{Path(arguments[0]).name} failed: {ran.stdout}{ran.stderr}")
