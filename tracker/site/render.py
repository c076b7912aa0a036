"""Planned pages to bytes. The only module that knows the template engine.

Autoescape is on and undefined names are errors. What a template prints is
cleaned of characters that could break a page, whatever field it came from.
The same pages give the same bytes: nothing here reads a clock.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError
from markupsafe import Markup

from tracker.errors import OperationFailed
from tracker.site.feed import atom
from tracker.site.model import Page
from tracker.site.names import party_name, party_tone
from tracker.site.text import clean, outward
from tracker.telling.language import ENGLISH

__all__ = ["environment", "render"]


def render(pages: Iterable[Page], templates: Path) -> Iterator[tuple[str, bytes]]:
    """Each page as its path and UTF-8 bytes, in the order given.

    `templates` is the folder that holds the templates and `static/`.
    Raises: OperationFailed if the folder or a file in it cannot be read.
    """
    if not templates.is_dir():
        raise OperationFailed(
            f"there are no templates at {templates}", "Install the package again or mend the path"
        )
    made = environment(templates)
    for page in pages:
        yield page.path, _body(made, page, templates)


def environment(templates: Path) -> Environment:
    """The template engine as the site uses it, with its filters."""
    made = Environment(
        loader=FileSystemLoader(templates, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        finalize=_printable,
    )
    made.filters["day"] = _day
    made.filters["short"] = _short_day
    made.filters["month"] = _month
    made.filters["out"] = _out
    made.filters["party"] = party_name
    made.filters["tone"] = party_tone
    return made


def _body(made: Environment, page: Page, templates: Path) -> bytes:
    match page.template:
        case "json":
            text = json.dumps(page.context["document"], ensure_ascii=False, indent=1)
            return (clean(text) + "\n").encode()
        case "atom":
            return atom(page.context["feed"])
        case "static":
            return _static(templates / page.context["source"])
    try:
        return made.get_template(page.template).render(page.context).encode()
    except TemplateError as error:
        raise OperationFailed(
            f"the page {page.path} could not be made from {page.template}: {error}",
            "This is a mistake in a template; nothing was published",
        ) from error


def _static(source: Path) -> bytes:
    try:
        return source.read_bytes()
    except OSError as error:
        raise OperationFailed(
            f"{source} could not be read: {error.strerror}", "Install the package again"
        ) from error


def _printable(value: Any) -> Any:
    """Every printed string without characters that break pages; markup is already made of such."""
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _day(day: date) -> Markup:
    """`<time>` with the day in full, as 4 March 2025."""
    return _time(day, ENGLISH.day(day))


def _short_day(day: date) -> Markup:
    """`<time>` with the day in its short form, as 4 Mar 2025."""
    number, month, year = ENGLISH.day(day).split()
    return _time(day, f"{number}\N{NO-BREAK SPACE}{month[:3]}\N{NO-BREAK SPACE}{year}")


def _month(day: date) -> str:
    """The month a day is in, as March 2025."""
    return ENGLISH.day(day).split(" ", 1)[1]


def _time(day: date, words: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), words)


def _out(text: str, url: str | None) -> Markup | str:
    """The text as a link to another site, or as mere text where no one may be sent there."""
    allowed = outward(url)
    if allowed is None:
        return text
    return Markup('<a class="out" href="{}" rel="nofollow noopener noreferrer">{}</a>').format(
        allowed, clean(text)
    )
