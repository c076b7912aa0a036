"""Planned pages to bytes. The only module that knows the template engine.

Autoescape is on and undefined names are errors. What a template prints is
cleaned of characters that could break a page, whatever field it came from.
A template says its words by `say`, in the language of the page. The same pages
give the same bytes: nothing here reads a clock.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from datetime import date
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, TemplateError
from markupsafe import Markup, escape

from tracker.errors import OperationFailed
from tracker.site.feed import atom
from tracker.site.ical import ical
from tracker.site.model import Page
from tracker.site.pieces import in_places, kept_pieces
from tracker.site.text import clean, outward
from tracker.telling.language import Language, Said, language

__all__ = ["Renderer", "environment", "render"]


def render(pages: Iterable[Page], templates: Path) -> Iterator[tuple[str, bytes]]:
    """Each page as its path and UTF-8 bytes, in the order given; see `Renderer`."""
    renderer = Renderer(templates)
    return ((page.path, renderer.body(page)) for page in pages)


class Renderer:
    """The template engine of every language, and the pieces of pages that it made already.

    `templates` is the folder that holds the templates and `static/`; it is read once.
    """

    def __init__(self, templates: Path) -> None:
        """Raises: OperationFailed if the folder is not there."""
        if not templates.is_dir():
            raise OperationFailed(
                f"there are no templates at {templates}",
                "Install the package again or mend the path",
            )
        self._templates = templates
        self._loader = _Once(templates, encoding="utf-8")
        self._engines: dict[str, Environment] = {}

    def body(self, page: Page) -> bytes:
        """The page as UTF-8 bytes. Raises: OperationFailed if it cannot be made."""
        engine = self._engines.get(page.lang)
        if engine is None:
            engine = self._engines[page.lang] = environment(self._loader, language(page.lang))
        return _body(engine, page, self._templates)


class _Once(FileSystemLoader):
    """Compiles each template once for all languages: their engines differ only in the words."""

    def __init__(self, folder: Path, *, encoding: str) -> None:
        super().__init__(folder, encoding=encoding)
        self._code: dict[str, CodeType] = {}

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - the engine's own name
    ) -> Template:
        if name not in self._code:
            source, file, _ = self.get_source(environment, name)
            self._code[name] = environment.compile(source, name, file)
        return environment.template_class.from_code(
            # A plain dictionary: every page begins with a copy of all of it.
            environment,
            self._code[name],
            dict(globals or {}),
        )


def environment(loader: FileSystemLoader, lang: Language) -> Environment:
    """The template engine as one edition of the site uses it, with its filters and words."""
    made = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        finalize=_printable,
        cache_size=-1,
    )
    made.globals["say"] = _say(lang)
    made.globals["say_count"] = _say_count(lang)
    made.globals["kept"] = kept_pieces()
    # A site prints the same few hundred days some hundred thousand times.
    made.filters["day"] = cache(lambda day: _time(day, lang.day(day)))
    made.filters["short"] = cache(
        lambda day: _time(day, lang.short_day(day).replace(" ", "\N{NO-BREAK SPACE}"))
    )
    made.filters["month"] = lang.month
    made.filters["said"] = lambda words: _said(lang, words)
    made.filters["out"] = _out
    return made


def _say(lang: Language) -> Callable[..., Markup]:
    plain: dict[tuple[str, str], Markup] = {}

    def say(context: str, sentence: str, **values: Any) -> Markup:
        """The sentence as markup: what is put into it is escaped unless it is markup itself."""
        kept = plain.get((context, sentence))
        if kept is None:
            kept = plain[context, sentence] = escape(lang.say(context, sentence))
        return in_places(kept, values, _printable) if values else kept

    return say


def _say_count(lang: Language) -> Callable[..., Markup]:
    counted: dict[tuple[object, ...], Markup] = {}

    def say_count(context: str, one: str, many: str, count: int, **values: Any) -> Markup:
        """`say` in the form that the language takes for the count."""
        key = (context, one, many, count, *values)
        said = counted.get(key)
        if said is None:
            places = {name: f"{{{name}}}" for name in values}
            said = counted[key] = escape(lang.say_count(context, one, many, count, **places))
        return in_places(said, values, _printable) if values else said

    return say_count


def _body(made: Environment, page: Page, templates: Path) -> bytes:
    match page.template:
        case "json":
            return (clean(_json(page.context["document"])) + "\n").encode()
        case "script":
            return _script(page.context["name"], page.context["document"])
        case "atom":
            return atom(page.context["feed"])
        case "ical":
            return ical(page.context["calendar"])
        case "static":
            return _static(templates / page.context["source"])
    try:
        return made.get_template(page.template).render(page.context).encode()
    except TemplateError as error:
        raise OperationFailed(
            f"the page {page.path} could not be made from {page.template}: {error}",
            "This is a mistake in a template; nothing was published",
        ) from error


def _json(document: object) -> str:
    """The document with one key a line."""
    try:
        return msgspec.json.format(msgspec.json.encode(document), indent=1).decode()
    except UnicodeEncodeError:
        # Half a character, from a feed: only the standard writer passes it on to be cleaned.
        return json.dumps(document, ensure_ascii=False, indent=1)


def _script(name: str, document: object) -> bytes:
    """The document as a classic script that sets `name`: a page opened from a folder loads no JSON.

    What could end a script or a line of it is spelt so that it cannot.
    """
    spelt = clean(json.dumps(document, ensure_ascii=False, separators=(",", ":")))
    for sign, safe in (("<", "\\u003c"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029")):
        spelt = spelt.replace(sign, safe)
    return f"var {name} = {spelt};\n".encode()


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


def _time(day: date, words: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), words)


# Filled with what is escaped: the format of markup takes ten times as long.
_SAID = '<span lang="{lang}">{text}</span>'
_OUT = '<a class="out" href="{href}" rel="nofollow noopener noreferrer">{text}</a>'


def _said(lang: Language, words: Said | str) -> Markup | str:
    """Free text, marked with its language where that is not the page's."""
    if isinstance(words, str):
        return words
    if words.lang == lang.code:
        return words.text
    return Markup(_SAID.format(lang=escape(words.lang), text=escape(clean(words.text))))  # noqa: S704


def _out(text: str, url: str | None) -> Markup | str:
    """The text as a link to another site, or as mere text where no one may be sent there."""
    allowed = outward(url)
    if allowed is None:
        return text
    return Markup(_OUT.format(href=escape(allowed), text=escape(clean(text))))  # noqa: S704
