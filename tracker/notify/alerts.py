"""What an alert is, and which of them somebody wants. Pure.

Owns the shapes. How one is found belongs to `finding`, how it goes out to `sending`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tracker.core.edits import Edit
from tracker.core.events import Event
from tracker.core.index import Index
from tracker.core.timeline import Selection, select_events
from tracker.core.words import Kind

__all__ = ["About", "Alert", "Facts", "Health", "Links", "Wish"]


class About(StrEnum):
    """What an alert is about, in the order in which they are sent."""

    EVENT = "event"
    STATE = "state"
    EDIT = "edit"
    DEADLINE = "deadline"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Alert:
    """One message: a sentence and where to read on. `key` is what it is told once by."""

    key: str
    about: About
    title: str
    sentence: str
    link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants to be told; empty means everything.

    `party`, `measure` and `kinds` narrow alerts that come of events, `sources`
    those on feeds and their items. `days` is how far ahead deadlines are told;
    `silent_days` without an answer, or `quiet_days` without news, make a feed silent.
    """

    lang: str = "en"
    about: frozenset[About] = frozenset(About)
    party: str | None = None
    measure: str | None = None
    kinds: frozenset[Kind] = frozenset()
    sources: frozenset[str] = frozenset()
    days: int = 7
    silent_days: int = 3
    quiet_days: int = 60

    def wants(self, facts: Facts, events: Sequence[str]) -> bool:
        """Whether one of these events is among those wanted."""
        if self.party is None and self.measure is None and not self.kinds:
            return True
        return any(name in facts.wanted(self) for name in events)


@dataclass(frozen=True, slots=True)
class Health:
    """How a feed that is polled is doing; instants are UTC, None for never."""

    source: str
    title: str
    url: str
    last_success_at: datetime | None
    last_new_at: datetime | None


@dataclass(frozen=True, slots=True)
class Links:
    """Where a reader is sent: the page of an event, of a measure, of reports; None for nowhere."""

    event: Callable[[Event], str | None]
    measure: Callable[[str], str | None]
    reports: Callable[[], str | None]


@dataclass(slots=True)
class Facts:
    """What alerts are found in. `since` is the instant after which things are news.

    `recorded` are the ids of events that entered the record after it, oldest
    first; `edits` those of items that were seen after it.
    """

    index: Index
    today: date
    now: datetime
    since: datetime
    since_day: date
    recorded: Sequence[str]
    edits: Sequence[Edit]
    health: Sequence[Health]
    links: Links
    _wanted: tuple[Wish, frozenset[str]] | None = None

    def wanted(self, wish: Wish) -> frozenset[str]:
        """The ids of the events that fit party, measure and kinds of a wish."""
        if self._wanted is None or self._wanted[0] != wish:
            chosen = Selection(party=wish.party, measure=wish.measure)
            found = select_events(self.index.world, chosen)
            kinds = wish.kinds or frozenset(Kind)
            self._wanted = (wish, frozenset(e.id for e in found if e.kind in kinds))
        return self._wanted[1]
