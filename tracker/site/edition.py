"""An edition: the site in one language.

Owns what every page of one language is told with: the book of states, shared by
all editions so that nothing costly is worked out thrice, the language, and the
views already made. Pure.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from tracker.core.events import Text
from tracker.site.book import Book
from tracker.site.model import SiteInputs
from tracker.telling.language import Language, Said

__all__ = ["Edition"]

_Made = TypeVar("_Made")


class Edition:
    """One language's site over a book of states."""

    def __init__(self, book: Book, lang: Language, inputs: SiteInputs) -> None:
        self.book = book
        self.lang = lang
        self.inputs = inputs
        self._made: dict[tuple[str, int], tuple[object, Any]] = {}

    @property
    def today(self) -> date:
        """The policy day the site is made for."""
        return self.book.today

    def day(self, value: date) -> str:
        """A day in full, as the language writes it."""
        return self.lang.day(value)

    def text(self, words: Text) -> Said:
        """Free text, and the language it is in."""
        return self.lang.text(words)

    def once(self, what: str, of: object, make: Callable[[], _Made]) -> _Made:
        """What `make` gives, made once for each object `of`: lists show the same rows again.

        Objects are told apart by identity; a kept one cannot be freed, so that no
        other can take its place.
        """
        key = (what, id(of))
        kept = self._made.get(key)
        if kept is None:
            kept = self._made[key] = (of, make())
        found: _Made = kept[1]
        return found
