"""What goes into extraction and what comes out: the public types of this room.

Owns the shapes of an item of a feed, of what was read out of it, and the
Protocol every extractor keeps. `Item`, `Extraction`, `Span`, `Extractor` and
`KINDS` are stable: fields may be added, none taken away. Must not know how
anything is read, nor where items come from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, Protocol, runtime_checkable

__all__ = ["KINDS", "NONE", "SLOTS", "Extraction", "Extractor", "Item", "Place", "Span"]

NONE = "none"

KINDS = (
    "threat",
    "announcement",
    "in_force",
    "rate_change",
    "pause",
    "pause_extension",
    "resumption",
    "exemption",
    "reinstatement",
    "revocation",
    "expiry",
    "remission",
    "quota",
    "investigation",
    "court_ruling",
    "legislation",
    "summit",
    "call",
    "agreement",
    "negotiation",
    "suspension_of_talks",
    "review_step",
    "statement",
)

SLOTS = (
    "kind",
    "imposer",
    "targets",
    "products",
    "rate_pct",
    "effective_date",
    "until_date",
)

Place = Literal["title", "summary"]


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a feed, as it was given; nothing in it is trusted.

    `published` is the day it was published (a policy day, New York), None where
    unknown: then nothing relative ("from Friday", "for 90 days") is resolved.
    `language` is `en`, `es`, `fr` or None; it is a hint that may be wrong.
    """

    item_id: str
    title: str
    summary: str = ""
    published: date | None = None
    url: str = ""
    publisher: str = ""
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Where a value was read: characters `[start, end)` of the item's title or summary, as given.

    `value` is the value as text, such as `25`, `CA` or `2025-03-04`.
    """

    slot: str
    value: str
    field: Place
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one item says, as far as it could be read; None or empty where it does not say.

    `score` is how likely it is that the item reports something new, 0 to 1;
    `kind` is one of `KINDS` or `none`, `kind_score` how sure that is. Countries
    are ISO alpha-2, or `GLOBAL`, or `OTHER` for third countries without a name.
    `rate_pct` is per cent ad valorem. `until_date` is the day until which
    something holds. `language` is the one the text was read in.
    An item that is not relevant has no values at all.
    """

    item_id: str
    relevant: bool
    score: float
    kind: str = NONE
    kind_score: float = 0.0
    imposer: str | None = None
    targets: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    rate_pct: Decimal | None = None
    effective_date: date | None = None
    until_date: date | None = None
    language: str = "en"
    spans: tuple[Span, ...] = field(default=())

    def words(self, slot: str, item: Item) -> str | None:
        """The text a slot was read from: one stretch of `item`'s title or summary, or None."""
        found = [span for span in self.spans if span.slot == slot]
        if not found:
            return None
        place = found[0].field
        text = item.title if place == "title" else item.summary
        here = [span for span in found if span.field == place]
        return text[min(span.start for span in here) : max(span.end for span in here)]


@runtime_checkable
class Extractor(Protocol):
    """Whatever reads items. The same items give the same answer, whatever came before.

    Registered under the entry point group `tracker.extractors`.
    """

    @property
    def name(self) -> str:
        """The name it goes by on the command line."""
        ...

    def extract(self, items: Sequence[Item]) -> Sequence[Extraction]:
        """What each item says, one answer an item, in order.

        Never fails on hostile text: what cannot be read is left out.
        Raises: OperationFailed where the extractor itself cannot work at all.
        """
        ...
