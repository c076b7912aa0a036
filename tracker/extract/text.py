"""Text as it is compared: cleaned, folded and cut into words, every character where it was.

Owns the cleaning of titles and summaries: markup, entities, control characters
and accents are replaced character by character, so that a place in the folded
text is the same place in the text as given. Must not know what words mean.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from tracker.extract.items import Place

__all__ = ["LONGEST_SUMMARY", "LONGEST_TITLE", "Text", "Token", "fold", "read_text", "suffix_start"]

LONGEST_TITLE = 500
LONGEST_SUMMARY = 700
"""Characters that are read. What is new stands at the top of a report; the rest is background."""

_TAG = re.compile(r"<[^<>]{0,2000}>|<!--.{0,2000}?-->", re.DOTALL)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});")
_URL = re.compile(r"https?://\S{1,500}|www\.\S{1,300}")
_BOILERPLATE = re.compile(r"submitted by /?u/\S+|\[link\]|\[comments\]|continue reading\W*$", re.I)
_WORD = re.compile(r"[a-z]+|\d+(?:[.,]\d+)*|%|[?!:;.,\"'()|$/-]")
_SUFFIX = re.compile(r"\s(?:-|\u2013|\u2014|\||\u2022)\s(?=[^-\u2013\u2014|\u2022]{2,60}$)")
_QUOTES = {
    **dict.fromkeys("\u2018\u2019\u201b\u00b4\u02bc\u2032`", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb\u2033", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\u2022", "-"),
    "\uff05": "%",
    "\ufe6a": "%",
    "\u00df": "s",
    "\u0153": "o",
    "\u00e6": "a",
    "\u0152": "o",
    "\u00c6": "a",
    "\u00f8": "o",
    "\u0142": "l",
}


@lru_cache(maxsize=4096)
def _folded(char: str) -> str:
    """One character as it is compared: lower case, without accent; a blank for what is no text."""
    if char in _QUOTES:
        return _QUOTES[char]
    plain = unicodedata.normalize("NFKD", char)[:1].lower()
    if len(plain) != 1 or unicodedata.category(plain) in {"Cc", "Cf", "Cs", "Co", "Cn", "So"}:
        return " "
    return plain if plain.isprintable() and not plain.isspace() else " "


def fold(text: str) -> str:
    """The text in lower case without accents, of the same length."""
    if text.isascii() and text.isprintable():
        return text.lower()
    return "".join(map(_folded, text))


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark of folded text, at characters `[start, end)`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Text:
    """One field of an item: as given, folded, and as tokens."""

    place: Place
    given: str
    folded: str
    tokens: tuple[Token, ...]


def suffix_start(title: str, publisher: str = "") -> int:
    """Where the outlet's name that an aggregator hangs behind a title begins; its length if none.

    A part behind the last dash is taken for a name where it is the publisher's, or
    where it is short and written with capitals as names are.
    """
    every = [*_SUFFIX.finditer(title[-100:])]
    if not every:
        return len(title)
    found = every[-1]
    start = max(0, len(title) - 100) + found.start()
    tail = title[start:].strip(" -\u2013\u2014|\u2022").strip()
    known = fold(publisher).strip()
    if known and (fold(tail) in known or known in fold(tail)):
        return start
    words = tail.split()
    named = sum(word[:1].isupper() or word[:1].isdigit() or "." in word for word in words)
    bare = not any(char in tail for char in '%?!:;"')
    return (
        start if bare and 0 < len(words) <= 6 and named * 2 >= len(words) and start else len(title)
    )


def _blank(found: re.Match[str]) -> str:
    """As many blanks as were there."""
    return " " * len(found[0])


def _entity(found: re.Match[str]) -> str:
    """The character meant, padded to the length of what spelt it."""
    char = html.unescape(found[0])
    return char.ljust(len(found[0])) if len(char) == 1 else _blank(found)


def read_text(place: Place, given: str, *, limit: int) -> Text:
    """At most `limit` characters of a field, cleaned, folded and cut into tokens."""
    # Markup may be most of a summary: look further than the limit, then cut what is left of it.
    text = given[: limit * 8] if "<" in given or "&" in given else given[:limit]
    if "&" in text:
        text = _ENTITY.sub(_entity, text)
    if "<" in text:
        text = _TAG.sub(_blank, text)
    if "http" in text or "www." in text:
        text = _URL.sub(_blank, text)
    folded = fold(_BOILERPLATE.sub(_blank, text))
    tokens: list[Token] = []
    seen = 0
    for found in _WORD.finditer(folded):
        seen += found.end() - found.start() + 1
        if seen > limit:
            break
        tokens.append(Token(found[0], found.start(), found.end()))
    return Text(place, given, folded, tuple(tokens))
