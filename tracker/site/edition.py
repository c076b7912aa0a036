"""An edition: the site in one language.

Owns what every page of one language is told with: the book of states, shared by
all editions so that nothing costly is worked out thrice, the language, and the
views already made. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypeVar

from tracker.core.events import Text
from tracker.site.book import Book
from tracker.site.model import Late, Page, SiteInputs
from tracker.site.reads import Key, noted
from tracker.site.since import Since
from tracker.telling.language import LANGUAGES, Language, Said, language

__all__ = ["Edition", "editions_of"]

_Made = TypeVar("_Made")
_Thing = TypeVar("_Thing")


@dataclass(frozen=True, slots=True)
class _Kept:
    """A view, the things it is a view of, and what else was looked at to make it."""

    of: tuple[object, ...]
    view: Any
    reads: frozenset[Key]


class Edition:
    """One language's site over a book of states; what pages look at through it is noted."""

    def __init__(
        self, book: Book, lang: Language, inputs: SiteInputs, first: Edition | None = None
    ) -> None:
        """`first` is the one that `first` answers with, None where it is this one."""
        self.book = book
        # Not itself: what holds itself is let go only when the collector comes by.
        self._first = first
        self.lang = lang
        self.inputs = noted(inputs, book.reads, "inputs")
        self._views: dict[tuple[Any, ...], _Kept] = {}
        self._noting = book.reads.wanted
        self._equals: dict[Any, Any] = {}

    @property
    def today(self) -> date:
        """The policy day the site is made for."""
        return self.book.today

    @property
    def first(self) -> Edition:
        """The edition, of the same book, that keeps what needs no words for all."""
        return self._first or self

    def day(self, value: date) -> str:
        """A day in full, as the language writes it."""
        return self.lang.day(value)

    def text(self, words: Text) -> Said:
        """Free text, and the language it is in."""
        return self.lang.text(words)

    def same(self, view: _Made) -> _Made:
        """The first of all views that compare equal to this one, for who tells by identity."""
        kept: _Made = self._equals.setdefault(view, view)
        return kept

    def once(self, what: str, of: object, make: Callable[[], _Made]) -> _Made:
        """What `make` gives, made once for each object `of`: lists show the same rows again.

        Objects are told apart by identity; a kept one cannot be freed, so that no
        other can take its place.
        """
        return self._once((what, id(of)), (of,), make)

    def once_for(self, what: str, of: tuple[object, ...], make: Callable[[], _Made]) -> _Made:
        """As `once`, for several objects together, in this order."""
        return self._once((what, *map(id, of)), of, make)

    def _once(
        self, key: tuple[Any, ...], of: tuple[object, ...], make: Callable[[], _Made]
    ) -> _Made:
        kept = self._views.get(key)
        if kept is None:
            with self.book.reads.gathered() as seen:
                view = make()
            kept = self._views[key] = _Kept(of, view, frozenset(seen))
        elif self._noting:
            self.book.reads.note_all(kept.reads)
        found: _Made = kept.view
        return found

    def once_each(
        self, what: str, things: Iterable[_Thing], make: Callable[[_Thing], _Made]
    ) -> list[_Made]:
        """As `once` for each of many things, in their order."""
        views, found = self._views, []
        for one in things:
            kept = views.get((what, id(one)))
            if kept is None:
                found.append(self._once((what, id(one)), (one,), partial(make, one)))
                continue
            if self._noting:
                self.book.reads.note_all(kept.reads)
            found.append(kept.view)
        return found

    def made(self, item: Page | Late) -> Page:
        """The page itself, made now where it was put off."""
        return item.make(self, *item.given) if isinstance(item, Late) else item

    def carry_over(self, former: Edition, since: Since) -> None:
        """Give the very views of a former edition where nothing they were made from changed."""
        self._equals = former._equals
        self._views = {
            key: kept for key, kept in former._views.items() if since.untouched(kept.reads)
        }


def editions_of(book: Book, inputs: SiteInputs) -> tuple[Edition, ...]:
    """An edition in each language."""
    first = Edition(book, language(LANGUAGES[0]), inputs)
    return (first, *(Edition(book, language(code), inputs, first) for code in LANGUAGES[1:]))
