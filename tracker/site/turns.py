"""Turns of provisions that were once ahead, each followed through every word on it. Pure.

Owns which planned turn is the same as an earlier one that has been put off. A
turn that took effect on the day it was announced was never ahead and is none
of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from tracker.core.events import Event
from tracker.core.pending import Pending
from tracker.core.policy import ProvisionState
from tracker.core.words import PLANNED, Status
from tracker.site.book import Book, Place

__all__ = ["Turn", "family", "spoken_places", "turns"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One turn through time: `pending` is the last word on it, as `row` read on `known`.

    `first` is the event that set it first, `kind` the family it was of then, and
    `number` tells the turns of one kind apart that the same event set. `by` is the
    event that brought the last word, `words` counts the events that have spoken of
    its provision since the first, up to that.
    `earlier` are the days it was set for before. `intent`: another act is needed
    before it comes. `gone`: it is no longer ahead although its day had not come.
    """

    place: Place
    kind: str
    first: str
    number: int
    row: ProvisionState
    pending: Pending
    known: date
    by: str
    words: int = 1
    earlier: tuple[date, ...] = ()
    intent: bool = False
    gone: bool = False

    @property
    def name(self) -> str:
        """What tells it from every other; nothing of it moves when the day does."""
        number = f":{self.number}" if self.number > 1 else ""
        return f"{'.'.join(self.place)}:{self.kind}:{self.first}{number}"


def family(status: Status) -> str:
    """What stays the same about a turn when it is put off: start, threat, pause or end."""
    match status:
        case Status.ANNOUNCED | Status.IN_FORCE:
            return "start"
        case Status.THREATENED:
            return "threat"
        case Status.PAUSED:
            return "pause"
    return "end"


def turns(book: Book, places: Collection[Place] | None = None) -> tuple[Turn, ...]:
    """Every turn that was ahead on some day up to today, by provision in order of definition.

    Of these provisions, or of all where none are named.
    """
    spoken = _spoken(book)
    return tuple(
        turn
        for place in book.index.places()
        if places is None or place in places
        for turn in _Course(book, place, spoken.get(place, [])).turns()
    )


def _spoken(book: Book) -> dict[Place, list[tuple[date, str]]]:
    """For each provision, the events that speak of it or take such a word back, in order."""
    found: dict[Place, list[tuple[date, str]]] = {}
    for event in book.world.events:
        for place in spoken_places(event, book.events):
            found.setdefault(place, []).append((event.announced, event.id))
    return found


def spoken_places(event: Event, events: Mapping[str, Event]) -> set[Place]:
    """The provisions that an event speaks of or takes a word back on; `events` are all by id."""
    places = {(one.measure, one.provision) for one in event.effects}
    for taken in event.withdraws:
        earlier = events.get(taken.event)
        for one in earlier.effects if earlier else ():
            fits = taken.measure in {None, one.measure}
            if fits and taken.provision in {None, one.provision}:
                places.add((one.measure, one.provision))
    return places


class _Course:
    """The turns of one provision while its days of news are gone through in order."""

    def __init__(self, book: Book, place: Place, spoken: list[tuple[date, str]]) -> None:
        self._book, self._place, self._spoken = book, place, spoken
        self._open: list[Turn] = []
        self._over: list[Turn] = []

    def turns(self) -> Iterator[Turn]:
        index = self._book.index
        for known in index.depths(self._place):
            if known > self._book.today:
                break
            row = index.row(self._place, on=known, announced_by=known)
            self._take(known, row)
        return iter((*self._over, *self._open))

    def _take(self, known: date, row: ProvisionState | None) -> None:
        """What is ahead on `known` meets what was ahead before."""
        still: list[Turn] = []
        ahead = [one for one in row.pending if one.by >= known] if row else []
        for turn in self._open:
            # An intent may be put off on the very day it was for: it never comes by itself.
            late = turn.pending.by < known or (turn.pending.by == known and not turn.intent)
            (self._over if late else still).append(turn)
        self._open = []
        for same in _WAYS:
            for turn in tuple(still):
                found = next((one for one in ahead if same(turn, one)), None)
                if found is not None and row is not None:
                    still.remove(turn)
                    ahead.remove(found)
                    self._open.append(self._revised(turn, known, row, found))
        for turn in still:
            passed = turn.pending.by <= known
            self._over.append(turn if passed else self._gone(turn, known))
        if row is not None:
            for one in ahead:
                self._open.append(self._new(known, row, one))

    def _new(self, known: date, row: ProvisionState, pending: Pending) -> Turn:
        kind = family(pending.status)
        like = [
            turn
            for turn in (*self._over, *self._open)
            if (turn.kind, turn.first) == (kind, pending.event)
        ]
        return Turn(
            place=self._place,
            kind=kind,
            first=pending.event,
            number=len(like) + 1,
            row=row,
            pending=pending,
            known=known,
            by=pending.event,
            words=self._words(pending.event, known),
            intent=self._intent(pending),
        )

    def _revised(self, turn: Turn, known: date, row: ProvisionState, pending: Pending) -> Turn:
        if _told(turn.pending) == _told(pending):
            return turn
        before, after = turn.pending.effective_from, pending.effective_from
        moved = before is not None and before != after
        return replace(
            turn,
            row=row,
            pending=pending,
            known=known,
            by=self._last(known) or pending.event,
            words=self._words(turn.first, known),
            earlier=(*turn.earlier, before) if moved and before else turn.earlier,
            intent=self._intent(pending),
        )

    def _gone(self, turn: Turn, known: date) -> Turn:
        words = self._words(turn.first, known)
        by = self._last(known) or turn.by
        return replace(turn, gone=True, known=known, by=by, words=words)

    def _intent(self, pending: Pending) -> bool:
        """Whether another act is still needed before it comes."""
        event, day = self._book.events.get(pending.event), pending.effective_from
        here = [
            one.status in PLANNED
            for one in (event.effects if event else ())
            if (one.measure, one.provision) == self._place and one.effective_from == day
        ]
        return pending.status is Status.THREATENED or (bool(here) and all(here))

    def _last(self, known: date) -> str:
        """The last event of that day that spoke of the provision; empty for none."""
        return next((name for day, name in reversed(self._spoken) if day == known), "")

    def _words(self, first: str, known: date) -> int:
        """How many events have spoken from the first one on, by `known`."""
        names = [name for day, name in self._spoken if day <= known]
        return len(names) - names.index(first) if first in names else len(names)


def _told(pending: Pending) -> tuple[object, ...]:
    """What a calendar says of a turn."""
    one = pending
    return (one.status, one.rate_pct, one.basis, one.rate_text, one.effective_from, one.when)


def _alike(turn: Turn, one: Pending) -> bool:
    return family(turn.pending.status) == family(one.status)


def _same_day(turn: Turn, one: Pending) -> bool:
    return _alike(turn, one) and turn.pending.by == one.by


def _same_event(turn: Turn, one: Pending) -> bool:
    return _alike(turn, one) and turn.pending.event == one.event


def _carried_out(turn: Turn, one: Pending) -> bool:
    """A threat of a day that has become an order for that day."""
    pair = (family(turn.pending.status), family(one.status))
    return pair == ("threat", "start") and turn.pending.effective_from == one.effective_from


_WAYS: tuple[Callable[[Turn, Pending], bool], ...] = (_same_day, _same_event, _alike, _carried_out)
"""How a turn ahead is known again, the surest first."""
