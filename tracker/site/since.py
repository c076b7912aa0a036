"""What a later book answers otherwise than the one before it, so that only that is made anew.

Owns the question whether a noted read may have another answer now. Where that is
not plain from which events and provisions differ, both books are asked and the
answers compared. Measures and the policy day are the same in both, or everything is
made anew. It knows nothing of pages.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any, cast

from tracker.core.compare import Comparison
from tracker.core.events import Event
from tracker.core.timeline import Selection, select_events
from tracker.core.world import world_of
from tracker.site.book import Book
from tracker.site.model import SiteInputs
from tracker.site.reads import Key

__all__ = ["Since"]

_WHOLES = frozenset({"inputs", "world"})
"""What is looked at directly, part by part."""


class Since:
    """Two books of one policy day over the same measures, and their inputs; the later first."""

    def __init__(self, book: Book, inputs: SiteInputs, former: Book, before: SiteInputs) -> None:
        self.book, self.former = book, former
        self._places = book.differing
        self._events = frozenset(_differing(book, former))
        self._wholes = {"inputs": (inputs, before), "world": (book.held, former.held)}
        self._worlds = tuple(
            world_of(
                (one.by_id[name] for name in self._events if name in one.by_id),
                one.measures.values(),
            )
            for one in (book, former)
        )
        self._edges = sorted(
            {
                edge
                for one in (book, former)
                for at in self._places
                for edge in one.answers.edges(at)
            }
        )
        self.changed = frozenset(self._differing(former.reads.every))
        """Every key that was read and may read otherwise now."""
        self.changed_numbers = frozenset(former.reads.numbers(self.changed))
        self._stands: dict[int, bool] = {}

    def untouched(self, keys: Iterable[Key]) -> bool:
        """Whether none of what was read under those keys reads otherwise now."""
        return self.changed.isdisjoint(keys)

    def stands(self, numbers: array[int]) -> bool:
        """As `untouched`, by the numbers of the keys; the same array is looked at once."""
        found = self._stands.get(id(numbers))
        if found is None:
            found = self._stands[id(numbers)] = self.changed_numbers.isdisjoint(numbers)
        return found

    def carry_over(self) -> None:
        """Let the later book give the very answers of the former one where they are the same."""
        for key, answer in self.former.kept.items():
            reads = answer[1] if key[0] == "chains" else (key,)  # type: ignore[index]  # a pair
            # What nobody noted was not looked at above either.
            if self.untouched(reads) and all(map(self.former.reads.every.__contains__, reads)):
                self.book.kept[key] = answer
        self.book.reads.every = self.former.reads.every

    def _differing(self, keys: Iterable[Key]) -> Iterator[Key]:
        """Of all that was read, what may read otherwise now."""
        asked: dict[Key, list[Key]] = {}
        for key in keys:
            if key[0] in _WHOLES:
                asked.setdefault(key[:-1], []).append(key)
            elif self._differs(key):
                yield key
        for path, parts in asked.items():
            yield from self._parts_differing(path, parts)

    def _parts_differing(self, path: Key, keys: Iterable[Key]) -> Iterator[Key]:
        """Of what was looked at directly, at the end of one path, what is another now."""
        one, other = (_walked(whole, path[1:]) for whole in self._wholes[cast("str", path[0])])
        for key in keys:
            last = key[-1]
            if last in {"events", "outlines"}:
                differs = bool(self._events)
            else:
                now, then = _part(one, last), _part(other, last)
                differs = now is not then and bool(now != then)
            if differs:
                yield key

    def _differs(self, key: Key) -> bool:
        name, given = cast("str", key[0]), key[1:]
        rule = self._RULES.get(name)
        if rule is not None:
            return rule(self, *given)
        if name == "events" and given:
            return given[0] in self._events
        if name == "events":
            return bool(self._events)
        now, then = (_answer(one, name, given) for one in (self.book, self.former))
        return now is not then and now != then

    def _row_differs(
        self, on: date, known: date | None = None, *, measure: str | None = None
    ) -> bool:
        return any(
            self.book.answers.row(place, on=on, announced_by=known)
            != self.former.answers.row(place, on=on, announced_by=known)
            for place in self._places
            if measure in {None, place[0]}
        )

    def _on(self, day: date) -> bool:
        return self._row_differs(day)

    def _rows_of(self, measure: str, day: date) -> bool:
        return self._row_differs(day, measure=measure)

    def _learned_since(self, day: date) -> bool:
        if not (self._row_differs(day) or self._row_differs(day, day)):
            return False
        return self.book.learned_since(day) != self.former.learned_since(day)

    def _compared(self, start: date, end: date) -> bool:
        return self._turned(start, end) and _apart(
            self.book.compared(start, end), self.former.compared(start, end)
        )

    def _as_known(self, start: date, end: date) -> bool:
        return self._turned(start, end) and _apart(
            self.book.as_known(start, end), self.former.as_known(start, end)
        )

    def _news(self, day: date) -> bool:
        turned = day > date.min and self._turned(day - timedelta(days=1), day)
        return turned and self.book.news(day) != self.former.news(day)

    def _index(self) -> bool:
        """Whether anything but the rows differs: an event that is new and bears on none does not.

        Where the record begins stands in what is made of an index, too.
        """
        first = min((event.announced for event in self.former.held.outlines), default=date.max)
        fresh = [self.book.by_id[name] for name in self._events - self.former.by_id.keys()]
        return (
            bool(self._places)
            or len(fresh) < len(self._events)
            or any(one.effects or one.withdraws or one.confirms for one in fresh)
            or any(one.announced < first for one in fresh)
        )

    def _turned(self, start: date, end: date) -> bool:
        """Whether a provision that may read otherwise has a turn between the two days."""
        low, high = sorted((start, end))
        return bisect_right(self._edges, low) < bisect_right(self._edges, high)

    def _course(self, place: tuple[str, str]) -> bool:
        return place in self._places and self.book.course(place) != self.former.course(place)

    def _expected(self, place: tuple[str, str]) -> bool:
        return place in self._places and self.book.expected(place) != self.former.expected(place)

    def _selected(self, wanted: Selection) -> bool:
        return any(select_events(world, wanted) for world in self._worlds)

    def _disputed(self, day: date) -> bool:
        claims = any(event.claims for world in self._worlds for event in world.events)
        return claims and self.book.disputed(day) != self.former.disputed(day)

    def _deadlines(self) -> bool:
        spoken = any(event.deadlines for world in self._worlds for event in world.events)
        return spoken and self.book.deadlines != self.former.deadlines

    _RULES: dict[str, Callable[..., bool]] = {  # noqa: RUF012 - written once, here
        "on": _on,
        "rows_of": _rows_of,
        "learned_since": _learned_since,
        "compared": _compared,
        "as_known": _as_known,
        "news": _news,
        "course": _course,
        "expected": _expected,
        "selected": _selected,
        "disputed": _disputed,
        "deadlines": _deadlines,
        "index": _index,
    }


def _differing(book: Book, former: Book) -> Iterable[str]:
    """The events that one of both does not hold, or holds otherwise."""
    for name in {**book.by_id, **former.by_id}:
        now, then = book.by_id.get(name), former.by_id.get(name)
        if now is not then and not _same(now, then):
            yield name


def _same(one: Event | None, other: Event | None) -> bool:
    return one is not None and other is not None and one == other


def _apart(one: Comparison, other: Comparison) -> bool:
    """Whether two comparisons tell anything otherwise; the worlds behind them are others anyway."""
    return (one.changes, one.returned) != (other.changes, other.returned)


def _answer(book: Book, name: str, given: tuple[Any, ...]) -> object:
    """What a book answers: to a method called, to something held asked for one thing, or whole."""
    asked = getattr(book, name)
    if callable(asked):
        return asked(*given)
    if not given:
        return asked if isinstance(asked, tuple) else dict(asked)
    return given[0] in asked if name == "with_page" else asked.get(given[0])


def _walked(whole: Any, path: tuple[Any, ...]) -> Any:
    """An attribute of an attribute, and so on; a method found on the way is given what follows."""
    for step in path:
        whole = partial(whole, step) if callable(whole) else getattr(whole, step)
    return whole


def _part(whole: Any, last: Any) -> object:
    """What a method found on the way answers to the last step, or the attribute of that name."""
    return whole(last) if callable(whole) else getattr(whole, last)
