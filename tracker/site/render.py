"""Planned pages to bytes: markup by the template engine, everything else as it is written.

The same pages give the same bytes: nothing here reads a clock.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from tracker.errors import OperationFailed
from tracker.site.engine import Engine, Templates
from tracker.site.feed import atom
from tracker.site.ical import ical
from tracker.site.model import Page
from tracker.site.pieces import Body, plain
from tracker.site.text import clean
from tracker.telling.language import language

__all__ = ["Renderer", "render"]


def render(pages: Iterable[Page], templates: Path) -> Iterator[tuple[str, bytes]]:
    """Each page as its path and UTF-8 bytes, in the order given; see `Renderer`."""
    renderer = Renderer(templates)
    return ((page.path, renderer.body(page).whole) for page in pages)


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
        self._loader = Templates(templates)
        self._engines: dict[str, Engine] = {}
        self._items: dict[int, tuple[object, bytes]] = {}

    def body(self, page: Page) -> Body:
        """The page in UTF-8. Raises: OperationFailed if it cannot be made."""
        engine = self._engines.get(page.lang)
        if engine is None:
            engine = self._engines[page.lang] = Engine(self._loader, language(page.lang))
        if page.template == "json list":
            return plain(self._list(page.context["name"], page.context["items"]))
        body = _bytes(page, self._templates)
        return engine.page(page.template, page.context) if body is None else plain(body)

    def _list(self, name: str, items: Sequence[object]) -> bytes:
        """A document with one list: what is in it is written once, as long as it is the very same.

        The bytes are those of the document written whole.
        """
        if not items:
            return _json({name: []})
        parts = []
        for one in items:
            kept = self._items.get(id(one))
            if kept is None:
                kept = self._items[id(one)] = one, _json(one)[:-1].replace(b"\n", b"\n  ")
            parts.append(kept[1])
        return b'{\n "%s": [\n  %s\n ]\n}\n' % (name.encode(), b",\n  ".join(parts))


def _bytes(page: Page, templates: Path) -> bytes | None:
    """A file that no template makes; None for all others."""
    match page.template:
        case "json":
            return _json(page.context["document"])
        case "script":
            return _script(page.context["name"], page.context["document"])
        case "atom":
            return atom(page.context["feed"])
        case "ical":
            return ical(page.context["calendar"])
        case "static":
            return _static(templates / page.context["source"])
        case _:
            return None


def _json(document: object) -> bytes:
    """The document with one key a line, ending in a line feed."""
    try:
        text = msgspec.json.format(msgspec.json.encode(document), indent=1).decode()
    except UnicodeEncodeError:
        # Half a character, from a feed: only the standard writer passes it on to be cleaned.
        text = json.dumps(document, ensure_ascii=False, indent=1)
    return f"{clean(text)}\n".encode()


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
