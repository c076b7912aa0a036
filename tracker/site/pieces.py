"""Pieces of pages made once: what a macro makes of a view, and sentences cut at their places.

Owns how a piece is told from another. It knows nothing of templates or of what
stands on a page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from string import Formatter
from typing import Any, Protocol

from markupsafe import Markup, escape

__all__ = ["in_places", "kept_pieces"]


class Piece(Protocol):
    """A macro of the template engine."""

    name: str

    def __call__(self, *of: Any) -> str:
        """What it makes, escaped already."""
        ...


def kept_pieces() -> Callable[..., Markup]:
    """What keeps the pieces that macros make, for one language."""
    pieces: dict[tuple[object, ...], tuple[tuple[object, ...], Markup]] = {}

    def kept(piece: Piece, root: str, *of: Any) -> Markup:
        """What a macro makes of these, made once: days in a row show the same rows.

        The macro looks at nothing but what it is handed, `root` and the words. Views
        are told apart by identity; they never change, and a kept one is not freed.
        """
        told = (one if isinstance(one, str | int | None) else id(one) for one in of)
        key = (piece.name, root, *told)
        found = pieces.get(key)
        if found is None:
            found = pieces[key] = (of, Markup(piece(*of)))  # noqa: S704 - made by the engine
        return found[1]

    return kept


@lru_cache(maxsize=1 << 12)
def _pieces(said: str) -> tuple[tuple[str, str], ...]:
    """A sentence cut at its places: the words before each, and the place's name."""
    cut = Formatter().parse(said)
    return tuple((words, name or "") for words, name, _, _ in cut)


def in_places(said: Markup, values: Mapping[str, Any], printable: Callable[[Any], Any]) -> Markup:
    """The sentence with its places filled; what is no markup is made `printable` and escaped."""
    found: list[str] = []
    for words, name in _pieces(said):
        found.append(words)
        if name:
            found.append(escape(printable(values[name])))
    return Markup("".join(found))  # noqa: S704 - escaped above
