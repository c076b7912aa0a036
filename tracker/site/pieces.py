"""Pieces of pages made once: what a macro makes of a view, and sentences cut at their places.

Owns how a piece is told from another, and how a page is put together from those it
shows and what is its own. It knows nothing of templates or of what stands on a page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from string import Formatter
from typing import Any, NamedTuple, Protocol

from markupsafe import Markup, escape

__all__ = ["Body", "Piece", "Pieces", "in_places", "plain"]

# It stands for a piece while a page is filled. No text can bring it along: `clean` takes it out.
_SEAM = "\0"
_SEAM_BYTES = b"\0"


class Macro(Protocol):
    """A macro of the template engine."""

    name: str

    def __call__(self, *of: Any) -> str:
        """What it makes, escaped already."""
        ...


class Piece:
    """A stretch of markup that stands on many pages, told apart by identity. It never changes."""

    __slots__ = ("body", "of")

    def __init__(self, body: bytes, of: tuple[object, ...]) -> None:
        """`of` is what it was made of, which is not freed as long as the piece is kept."""
        self.body = body
        self.of = of


class Body(NamedTuple):
    """A file's bytes: `whole`, and what of them is its `own` besides the `pieces` it shows."""

    whole: bytes
    own: bytes
    pieces: tuple[Piece, ...] = ()


def plain(body: bytes) -> Body:
    """A file that is made in one piece."""
    return Body(body, body)


class Pieces:
    """The pieces that macros made, for one language."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], Markup] = {}
        self._pieces: list[Piece] = []

    def kept(self, macro: Macro, root: str, *of: Any) -> Markup:
        """What stands for what a macro makes of these, made once: days in a row show the same rows.

        The macro looks at nothing but what it is handed, `root` and the words. Views
        are told apart by identity; they never change, and a kept one is not freed.
        """
        key = (macro.name, root, *[one if one.__class__ in _BY_VALUE else id(one) for one in of])
        found = self._known.get(key)
        if found is None:
            piece = Piece(self.body(macro(*of)).whole, of)
            found = Markup(f"{_SEAM}{len(self._pieces)}{_SEAM}")  # noqa: S704 - a number of ours
            self._known[key] = found
            self._pieces.append(piece)
        return found

    def body(self, text: str) -> Body:
        """A text with its pieces put in, in UTF-8."""
        parts = text.encode().split(_SEAM_BYTES)
        if len(parts) == 1:
            return plain(parts[0])
        pieces = tuple([self._pieces[int(number)] for number in parts[1::2]])
        own = b"\n".join(parts[::2])
        parts[1::2] = [piece.body for piece in pieces]
        return Body(b"".join(parts), own, pieces)


_BY_VALUE = frozenset({str, int, bool, type(None)})


@lru_cache(maxsize=1 << 12)
def _cut(said: str) -> tuple[tuple[str, str], ...]:
    """A sentence cut at its places: the words before each, and the place's name."""
    cut = Formatter().parse(said)
    return tuple((words, name or "") for words, name, _, _ in cut)


def in_places(said: Markup, values: Mapping[str, Any], printable: Callable[[Any], Any]) -> Markup:
    """The sentence with its places filled; what is no markup is made `printable` and escaped."""
    found: list[str] = []
    for words, name in _cut(said):
        found.append(words)
        if name:
            found.append(escape(printable(values[name])))
    return Markup("".join(found))  # noqa: S704 - escaped above
