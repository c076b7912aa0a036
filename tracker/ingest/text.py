"""Hostile markup in, one line of plain text out. Pure.

Owns what a feed's text may become: no tags, no scripts, no control characters,
no characters that turn the direction of writing. It knows nothing of feeds.
"""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

__all__ = ["MAX_SUMMARY", "MAX_TITLE", "clip", "first_words", "plain_text"]

MAX_TITLE = 500
"""The most characters a title keeps."""

MAX_SUMMARY = 2000
"""The most characters a summary keeps."""

# Reading stops here: a summary of MAX_SUMMARY characters does not need more markup.
_MAX_MARKUP = 40_000

# Feeds escape their markup up to three times over; five passes settle all that is seen.
_MAX_PASSES = 5

_SILENT = frozenset({"script", "style", "noscript", "template", "iframe", "object", "svg", "math"})
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "em", "font", "i", "ins", "mark"}
    | {"q", "s", "small", "span", "strong", "sub", "sup", "u", "wbr"}
)

_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_DECLARATION = re.compile(r"<[!?][^<>]*>?")
# A mark whose next mark is not its end opens no tag; the parser of the standard
# library needs quadratic time to find that out.
_NO_TAG = re.compile(r"<(?=[^<>]*(?:<|\Z))")
_TAG_LEFT = re.compile(r"<+(?=[A-Za-z/!?])")
_SPACE = re.compile(r"\s+")
_SPACES = re.compile(r"  +")

# Controls, formats (bidi overrides, zero width), surrogates and private use.
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co"})


class _Reducer(HTMLParser):
    """Collects the text of a fragment; block elements become a space."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's own signature
        if not self._silent and tag in _SILENT:
            self._silent = tag
        elif tag not in _INLINE:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = ""
        elif tag not in _INLINE:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)


def _reduced(markup: str) -> str:
    """One pass: comments and declarations out, tags out, character references decoded."""
    if "<" in markup:
        markup = _CDATA.sub("", markup)
        markup = _COMMENT.sub(" ", markup)
        markup = _DECLARATION.sub(" ", markup)
        markup = _NO_TAG.sub("&lt;", markup)
    elif "&" not in markup:
        return markup
    reducer = _Reducer()
    reducer.feed(markup)
    reducer.close()
    return "".join(reducer.parts)


def _clean(text: str) -> str:
    """Only characters a person can read, composed (NFC), on one line."""
    spaced = _SPACE.sub(" ", text)
    if not spaced.isprintable():  # else there is nothing to drop, and most text is so
        spaced = "".join(c for c in spaced if unicodedata.category(c) not in _DROPPED)
    if spaced.isascii():
        return _SPACES.sub(" ", spaced).strip()
    return _SPACE.sub(" ", unicodedata.normalize("NFC", spaced)).strip()


def clip(text: str, limit: int) -> str:
    """At most `limit` characters of `text`, cut at a word where one ends near, with an ellipsis."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    word_end = head.rfind(" ", limit // 2)
    return (head[:word_end] if word_end > 0 else head).rstrip() + "…"


def first_words(text: str, limit: int = 100) -> str:
    """The first words of a plain text, for an item that has no title of its own."""
    return clip(text, limit)


def plain_text(markup: str, limit: int) -> str:
    """The readable text of `markup` on one line, at most `limit` characters.

    Markup that was escaped once more than it should be is unwrapped too; what
    still looks like a tag in the end loses its bracket, so the answer never
    holds one. Never raises; the same input gives the same text.
    """
    text = markup[:_MAX_MARKUP]
    for _ in range(_MAX_PASSES):
        before = text
        text = _clean(_reduced(text))
        if text == before or not ("<" in text or "&" in text):
            break  # nothing is left that another pass would read
    return clip(_clean(_TAG_LEFT.sub("", text)) if "<" in text else text, limit)
