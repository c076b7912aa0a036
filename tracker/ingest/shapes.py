"""What an item is on its way from a parser to a report. Pure shapes.

Owns no rule: which item is which belongs to `identity`, what becomes of them to `items`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from tracker.core.entries import Report
from tracker.ingest.hints import Hints

__all__ = ["Held", "Item", "Parsed", "RawItem", "Sorted"]


class RawItem(msgspec.Struct, frozen=True):
    """One item as the parser found it; every text is hostile. `dates`: the best one first."""

    guid: str = ""
    title: str = ""
    summary: str = ""
    link: str = ""
    dates: tuple[str, ...] = ()


class Held(msgspec.Struct, frozen=True, array_like=True):
    """What is held of an item read before, by the SHA-256 of its markup.

    `identity` is empty for an item with nothing in it; `counted` is False for
    one that repeated an earlier one; `dated` is whether its date counted.
    """

    raw: str
    guid: str
    title: str
    page: str
    link: str
    published: datetime | None
    untitled: bool
    identity: str
    dated: bool
    counted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a body held.

    `reports` are in the feed's order with identities that differ: all of them,
    or where `held` was given, those that it does not hold as they are. `items`
    counts those the feed has. `problems` are lines for people on what was
    overlooked; `title` is the feed's own, in plain text. `whole` is False where
    the feed broke off: it must be read again in full, so its ETag is not to be
    kept. `held` is what to give next time, None where the feed cannot be cut.
    """

    reports: tuple[Report, ...]
    problems: tuple[str, ...]
    title: str
    whole: bool
    items: int = 0
    held: bytes | None = None
    hints: Hints = field(default_factory=Hints)
    dialect: str = ""


@dataclass(frozen=True, slots=True)
class Sorted:
    """The reports among items, what to hold of each item, and what was amiss."""

    reports: tuple[Report, ...]
    held: tuple[Held, ...]
    problems: tuple[str, ...]


class Item(msgspec.Struct, frozen=True):
    """An item made safe, before it has an identity.

    `page` is the page it is about, in its canonical form; empty where that means nothing.
    """

    guid: str
    title: str
    summary: str
    link: str | None
    published: datetime | None
    page: str
    untitled: bool = False
    held: Held | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing in it that a report could be made of."""
        return not (self.title or self.summary or self.link or self.guid)
