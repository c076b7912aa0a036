"""The template engine as the site uses it. The only module that knows it.

Autoescape is on and undefined names are errors. What a template prints is cleaned
of characters that could break a page, whatever field it came from. A template says
its words by `say`, in the language of the page; `parts`, the macros that all share,
are made once for each language and place in the tree. Nothing here reads a clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, TemplateError
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr, Node
from jinja2.runtime import Context
from markupsafe import Markup, escape

from tracker.errors import OperationFailed
from tracker.site.pieces import Body, Pieces, in_places
from tracker.site.text import clean, outward
from tracker.telling.language import Language, Said

__all__ = ["Engine", "Templates"]

_PARTS = "parts.html"


class Templates(FileSystemLoader):
    """The templates of a folder, each compiled once for all languages: only the words differ."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, encoding="utf-8")
        self._code: dict[str, CodeType] = {}

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - the engine's own name
    ) -> Template:
        """The template of that name. Raises: TemplateNotFound."""
        if name not in self._code:
            source, file, _ = self.get_source(environment, name)
            self._code[name] = environment.compile(source, name, file)
        return environment.template_class.from_code(
            # A plain dictionary: every page begins with a copy of all of it.
            environment,
            self._code[name],
            dict(globals or {}),
        )


class Engine:
    """The engine of one language; pages are made one after the other."""

    def __init__(self, templates: Templates, lang: Language) -> None:
        self._pieces = Pieces()
        self._environment = _environment(templates, lang, self._pieces)
        self._parts: dict[str, object] = {}

    def page(self, template: str, context: Mapping[str, Any]) -> Body:
        """A page's bytes. Raises: OperationFailed if the template cannot be filled."""
        try:
            parts = self._parts_at(context.get("root", ""))
            text = self._environment.get_template(template).render(context, parts=parts)
        except TemplateError as error:
            raise OperationFailed(
                f"the page {context.get('path', '')} could not be made from {template}: {error}",
                "This is a mistake in a template; nothing was published",
            ) from error
        return self._pieces.body(text)

    def _parts_at(self, root: str) -> object:
        """The macros for pages from which the root of the edition is reached by `root`."""
        found = self._parts.get(root)
        if found is None:
            template = self._environment.get_template(_PARTS)
            found = self._parts[root] = template.make_module({"root": root})
        return found


class _Straight(Context):
    """Calls what a template calls: none of ours asks for the context or the engine."""

    def call(
        self,
        called: Callable[..., Any],
        /,
        *args: Any,
        _loop_vars: object = None,
        _block_vars: object = None,
        **kwargs: Any,
    ) -> Any:
        """What it answers; what the engine passes along for those that do ask is left out."""
        del _loop_vars, _block_vars
        return called(*args, **kwargs)


class _Printing(CodeGenerator):
    """Prints markup as it is, which most is, and everything else as `shown` shows it.

    The engine's own way makes markup of markup once more, by a call for each thing printed. And
    a block is handed on whole, where the engine hands each bit of it from template to template.
    """

    def blockvisit(self, nodes: Iterable[Node], frame: Frame) -> None:
        if frame.buffer is not None or not frame.block_frame:
            super().blockvisit(nodes, frame)
            return
        self.buffer(frame)
        super().blockvisit(nodes, frame)
        self.writeline(f"yield concat({frame.buffer})")

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: object) -> None:
        del node, frame, finalize
        self.write("(shown if (shown := ")

    def _output_child_post(self, node: Expr, frame: Frame, finalize: object) -> None:
        del node, frame, finalize
        self.write(").__class__ is Markup else known[shown] if shown.__class__ is str")
        self.write(" else environment.shown(shown))")

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("known = environment.known")


class _Environment(Environment):
    code_generator_class = _Printing
    context_class = _Straight

    known: dict[str, str]

    def shown(self, value: Any) -> str:
        """A value that is neither markup nor a text, as a page prints it."""
        return self.known[str(value)]


class _Shown(dict[str, str]):
    """Texts as pages print them, cleaned and escaped, each worked out once while it is kept."""

    _MOST, _LONGEST = 1 << 16, 200  # a longer text, such as a citation, stands on one page alone

    def __missing__(self, text: str) -> str:
        shown = str(escape(clean(text)))
        if len(text) <= self._LONGEST:
            if len(self) >= self._MOST:
                self.clear()
            self[text] = shown
        return shown


def _environment(templates: Templates, lang: Language, pieces: Pieces) -> Environment:
    made = _Environment(
        loader=templates,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    made.known = _Shown()
    made.globals["say"] = _say(lang)
    made.globals["say_count"] = _say_count(lang)
    made.globals["kept"] = pieces.kept
    # A site prints the same few hundred days some hundred thousand times.
    made.filters["day"] = cache(lambda day: _time(day, lang.day(day)))
    made.filters["short"] = cache(
        lambda day: _time(day, lang.short_day(day).replace(" ", "\N{NO-BREAK SPACE}"))
    )
    made.filters["month"] = lang.month
    made.filters["said"] = _said(lang)
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


def _printable(value: Any) -> Any:
    """Every printed string without characters that break pages; markup is already made of such."""
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _time(day: date, words: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), words)


# Filled with what is escaped: the format of markup takes ten times as long.
_SAID = '<span lang="{lang}">{text}</span>'
_OUT = '<a class="out" href="{href}" rel="nofollow noopener noreferrer">{text}</a>'


def _said(lang: Language) -> Callable[[Said | str], Markup | str]:
    code = lang.code

    def said(words: Said | str) -> Markup | str:
        """Free text, marked with its language where that is not the page's."""
        if isinstance(words, str):
            return words
        return words.text if words.lang == code else _foreign(words.text, words.lang)

    return said


@lru_cache(maxsize=1 << 14)
def _foreign(text: str, code: str) -> Markup:
    return Markup(_SAID.format(lang=escape(code), text=escape(clean(text))))  # noqa: S704


def _out(text: str, url: str | None) -> Markup | str:
    """The text as a link to another site, or as mere text where no one may be sent there."""
    allowed = outward(url)
    if allowed is None:
        return text
    return Markup(_OUT.format(href=escape(allowed), text=escape(clean(text))))  # noqa: S704
