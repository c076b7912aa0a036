"""Pages of the documentation as markup: Markdown in, sound HTML out.

The only importer of markdown-it. Owns what of a document may become markup: text,
lists, tables, code, and links to where a reader may be sent. Markup in a document
stays text, and a picture its words; a comment is left out. The document's first
heading is the page's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from tracker.site.text import clean, outward

__all__ = ["Prose", "prose"]

_NO_NAME = re.compile(r"[\W_]+")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Prose:
    """A document: its first heading without markup, and all below it as markup."""

    title: str
    body: Markup


def prose(
    document: str,
    *,
    within: Mapping[str, str],
    table: Callable[[int], str],
    deeper: int = 0,
) -> Prose:
    """The document as markup whose headings begin at level 2, `deeper` levels further down.

    `within` names the documents that are pages of this site and the way to each;
    a link to any other file is its words alone. `table` names the table of a number,
    for readers who cannot see that it scrolls.
    """
    tokens = _parser().parse(_COMMENT.sub("", clean(document)))
    title = ""
    if tokens and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        title, tokens = _words(tokens[1]), tokens[3:]
    names = _named(tokens, deeper)
    for token in tokens:
        _without_pictures(token.children or [])
        _linked(token.children or [], within, names)
    spelt = _parser().renderer.render(tokens, _parser().options, {})
    return Prose(title, _scrolling(Markup(spelt), table))  # noqa: S704 - made of escaped text


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _words(token: Token) -> str:
    return "".join(one.content for one in token.children or [])


def _named(tokens: Sequence[Token], deeper: int) -> frozenset[str]:
    """Put headings at their level and give each an anchor of its own; answers the anchors."""
    found: dict[str, int] = {}
    for number, token in enumerate(tokens):
        if token.type not in {"heading_open", "heading_close"}:
            # Alignment comes as a style, which no page may carry.
            token.attrs.pop("style", None)
            continue
        token.tag = f"h{min(6, max(2, int(token.tag[1])) + deeper)}"
        if token.type == "heading_open":
            name = _NO_NAME.sub("-", _words(tokens[number + 1]).lower()).strip("-") or "part"
            found[name] = found.get(name, 0) + 1
            token.attrs["id"] = f"doc-{name}" + (f"-{found[name]}" if found[name] > 1 else "")
    return frozenset(f"doc-{name}" for name in found)


def _without_pictures(tokens: Sequence[Token]) -> None:
    for token in tokens:
        if token.type == "image":
            token.type, token.tag, token.nesting = "text", "", 0


def _linked(tokens: Sequence[Token], within: Mapping[str, str], names: frozenset[str]) -> None:
    """Links as far as they lead where a reader may be sent; of others the words stay."""
    kept: list[bool] = []
    for token in tokens:
        if token.type == "link_open":
            attrs = _allowed(str(token.attrs.get("href", "")), within, names)
            kept.append(bool(attrs))
            token.attrs = dict(attrs)
        if token.type in {"link_open", "link_close"}:
            keep = kept[-1] if token.type == "link_open" else kept.pop()
            if not keep:
                token.type, token.tag, token.nesting, token.content = "text", "", 0, ""


def _allowed(href: str, within: Mapping[str, str], names: frozenset[str]) -> dict[str, str]:
    """The attributes of a link that may stand; none for one that may not."""
    file, _, anchor = href.partition("#")
    if not file:
        return {"href": f"#doc-{anchor}"} if f"doc-{anchor}" in names else {}
    if file in within:
        return {"href": within[file]}
    url = outward(href)
    return {"class": "out", "href": url, "rel": "nofollow noopener noreferrer"} if url else {}


def _scrolling(body: Markup, table: Callable[[int], str]) -> Markup:
    """Wide tables scroll by themselves, and a keyboard can reach them."""
    parts = body.split(Markup("<table>"))
    whole = parts[0]
    for number, part in enumerate(parts[1:], start=1):
        opened = Markup('<div class="scroll" role="region" aria-label="{}" tabindex="0"><table>')
        whole += opened.format(escape(table(number))) + part
    return whole.replace("</table>", Markup("</table></div>")).replace(
        "<th>", Markup('<th scope="col">')
    )
