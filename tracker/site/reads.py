"""What has been looked at while a page was planned: so that only what changed is planned again.

Owns the noting and nothing of what is read. A read is a key: the name of what was
asked and what it was asked for, such as `("on", day)`. Whoever answers questions
of pages notes them here; what a page never asked for cannot make it read otherwise.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from typing import Any, TypeVar, cast

__all__ = ["Key", "Reads", "noted", "noted_days", "noted_mapping"]

Key = tuple[Hashable, ...]
"""The name of a question, then what it was asked for."""

_PARTS = frozenset({"bearing", "world"})
"""Parts of something noted that are noted in their own parts."""

_Whole = TypeVar("_Whole")
_Held = TypeVar("_Held")


class Reads:
    """Gathers what is read, for each thing that is being made; one may be made within another.

    `every` are all keys that anybody gathered, each with a number of its own. Where none
    are `wanted`, since nobody goes on from here, nothing is noted.
    """

    __slots__ = ("_open", "every", "wanted")

    def __init__(self, *, wanted: bool = True) -> None:
        self.every: dict[Key, int] = {}
        self.wanted = wanted
        self._open: list[set[Key]] = []

    def note(self, *key: Hashable) -> None:
        """Something was asked for; nothing happens where nobody gathers."""
        if self._open:
            self._open[-1].add(key)

    def note_all(self, keys: Iterable[Key]) -> None:
        """What something made earlier had asked for is asked for by who takes it up."""
        if self._open:
            self._open[-1].update(keys)

    def numbers(self, keys: Iterable[Key]) -> array[int]:
        """The numbers of keys that were gathered: a page rests on a hundred."""
        every = self.every
        return array("I", [every[key] for key in keys])

    def gathered(self) -> AbstractContextManager[set[Key]]:
        """What is read while this is open; it counts for what it is made within, too."""
        return _Gathering(self) if self.wanted else nullcontext(set())

    def begin(self) -> set[Key]:
        """Begin to gather; `end` must follow."""
        found: set[Key] = set()
        self._open.append(found)
        return found

    def end(self) -> None:
        """End the gathering that began last."""
        found = self._open.pop()
        self.note_all(found)
        every = self.every
        for key in found:
            if key not in every:
                every[key] = len(every)


class _Gathering(AbstractContextManager[set[Key]]):
    """A gathering as a block; made by hand, since there are tens of thousands a build."""

    __slots__ = ("_reads",)

    def __init__(self, reads: Reads) -> None:
        self._reads = reads

    def __enter__(self) -> set[Key]:
        return self._reads.begin()

    def __exit__(self, *_: object) -> None:
        self._reads.end()


def noted(whole: _Whole, reads: Reads, *name: str) -> _Whole:
    """The same object to those who ask it: each attribute and each call is noted under `name`."""
    return cast("_Whole", _Noted(whole, reads, name)) if reads.wanted else whole


class _Noted:
    __slots__ = ("_name", "_reads", "_whole")

    def __init__(self, whole: object, reads: Reads, name: tuple[str, ...]) -> None:
        self._whole = whole
        self._reads = reads
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        found = getattr(self._whole, attribute)
        if attribute in _PARTS:
            return _Noted(found, self._reads, (*self._name, attribute))
        if not callable(found):
            self._reads.note(*self._name, attribute)
            return found
        return self._asked(attribute, found)

    def _asked(self, attribute: str, answer: Callable[..., Any]) -> Callable[..., Any]:
        def asked(*given: Hashable) -> Any:
            self._reads.note(*self._name, attribute, *given)
            return answer(*given)

        return asked


def noted_mapping(held: Mapping[str, _Held], reads: Reads, name: str) -> Mapping[str, _Held]:
    """The mapping, each key asked for noted under `name`, and all of it where all is looked at."""
    return _NotedMapping(held, reads, name) if reads.wanted else held


class _NotedMapping(Mapping[str, _Held]):
    __slots__ = ("_held", "_name", "_reads")

    def __init__(self, held: Mapping[str, _Held], reads: Reads, name: str) -> None:
        self._held = held
        self._reads = reads
        self._name = name

    def __getitem__(self, key: str) -> _Held:
        self._reads.note(self._name, key)
        return self._held[key]

    def __contains__(self, key: object) -> bool:
        self._reads.note(self._name, key)
        return key in self._held

    def __iter__(self) -> Iterator[str]:
        self._reads.note(self._name)
        return iter(self._held)

    def __len__(self) -> int:
        self._reads.note(self._name)
        return len(self._held)


def noted_days(days: frozenset[date], reads: Reads, name: str) -> Container[date]:
    """The days, each one asked for noted under `name`."""
    return _NotedDays(days, reads, name) if reads.wanted else days


class _NotedDays(Container[date]):
    __slots__ = ("_days", "_name", "_reads")

    def __init__(self, days: frozenset[date], reads: Reads, name: str) -> None:
        self._days = days
        self._reads = reads
        self._name = name

    def __contains__(self, day: object) -> bool:
        self._reads.note(self._name, day)
        return day in self._days
