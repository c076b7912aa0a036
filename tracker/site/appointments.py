"""Days for a calendar: deadlines and turns with a name that stays and a number that grows. Pure.

Owns which of them have a place in a calendar, where that is, under which name
and at which revision. It knows no words: one list serves every language.

A calendar program keeps an entry by its name (UID) and takes a change to it only
with a higher number (SEQUENCE). So the name is made of what does not move, and
the number counts every word on the thing, corrections of ours included.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as dataclass_replace
from datetime import UTC, date, datetime, time, timedelta

from msgspec.structs import replace

from tracker.core.corrections import Amendment
from tracker.core.events import Event, When
from tracker.core.measures import Measure, targets_of
from tracker.core.timeline import Selection
from tracker.core.words import PARTIES
from tracker.site.book import Book
from tracker.site.dues import Due
from tracker.site.retired import Retired, retired
from tracker.site.turns import Turn, spoken_places, turns

__all__ = ["Appointment", "appointments", "instant_of"]

_PER_MENDING = 10
"""A correction may take words away that had been counted; it counts for more than those."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """One thing on one day, or on `[start, until)` where only these bounds are known.

    `unsure` is what is known of its day where that is not known as one.
    `tentative`: it may come to nothing, or on another day. `cancelled`: nothing is
    due on these days any more. `changed` is the instant (UTC) of the last word on
    it. Exactly one of `due` and `turn` is there. `parties` are those it concerns.
    `retired` is there where a correction took the turn out of the record.
    """

    uid: str
    sequence: int
    start: date
    until: date
    unsure: When | None
    tentative: bool
    cancelled: bool
    changed: datetime
    parties: tuple[str, ...]
    due: Due | None = None
    turn: Turn | None = None
    retired: Retired | None = None


@dataclass(frozen=True, slots=True)
class _Mended:
    """How often a correction of the ledger touched something, and when last (UTC)."""

    times: int
    last: datetime


_Mendings = Mapping[object, _Mended]


def instant_of(day: date) -> datetime:
    """An instant for a day of announcement: noon UTC, the same day all over the three countries.

    The hour is not known; midnight UTC would be the evening before in all three.
    """
    return datetime.combine(day, time(12), UTC)


def appointments(book: Book, amendments: Sequence[Amendment]) -> tuple[Appointment, ...]:
    """Everything that has a place in a calendar, past days included, by day then name.

    A deadline or a turn that a correction took out of the record is there as
    cancelled, with an event that may no longer be held.
    """
    mended = _mendings(amendments, book.events)
    involved = {
        code: frozenset(event.id for event in book.selected(Selection(party=code)))
        for code in PARTIES
    }
    every = (*book.deadlines, *_retracted(book, amendments))
    dues = (_of_due(book, due, mended, involved) for due in every)
    held = turns(book)
    out = retired(book, amendments, {one.name for one in held})
    turning = (*(_of_turn(book.measures, one, mended) for one in held), *_gone(out, mended))
    found = [one for one in (*dues, *turning) if one]
    return tuple(sorted(found, key=lambda one: (one.start, one.uid)))


def _gone(out: Iterable[Retired], mended: _Mendings) -> Iterator[Appointment | None]:
    """The turns that corrections took out, on the days they were last set for."""
    for one in out:
        found = _of_turn({one.measure.key: one.measure}, one.turn, mended)
        yield found and dataclass_replace(found, cancelled=True, retired=one)


def _retracted(book: Book, amendments: Iterable[Amendment]) -> tuple[Due, ...]:
    """The deadlines of which nothing in the record speaks any more."""
    held = {due.deadline.key for due in book.deadlines}
    found: dict[str, Due] = {}
    for one in amendments:
        for deadline in one.before.deadlines if isinstance(one.before, Event) else ():
            if deadline.key not in held and isinstance(one.before, Event):
                gone = replace(deadline, cancelled=True)
                found[deadline.key] = Due(gone, one.before, ())
    return tuple(found.values())


def _of_due(
    book: Book, due: Due, mended: _Mendings, involved: Mapping[str, frozenset[str]]
) -> Appointment | None:
    deadline = due.deadline
    span = _span(deadline.day, deadline.when)
    last = due.earlier[-1] if due.earlier else None
    place = span or _span(last, None)
    if place is None:
        return None
    mending = mended.get(deadline.key)
    return Appointment(
        uid=f"urn:tracker:deadline:{deadline.key}",
        sequence=_sequence(due.words, mending),
        start=place[0],
        until=place[1],
        unsure=deadline.when if span and not deadline.day else None,
        tentative=deadline.day is None,
        # Put off to a day that nobody knows: nothing is due on the old one any more.
        cancelled=deadline.cancelled or span is None,
        changed=_changed(due.event.announced, mending),
        parties=_concerned(book.world.measures, due, involved),
        due=due,
    )


def _of_turn(measures: Mapping[str, Measure], turn: Turn, mended: _Mendings) -> Appointment | None:
    pending = turn.pending
    span = _span(pending.effective_from, pending.when)
    place = span or _span(turn.earlier[-1] if turn.earlier else None, None)
    if place is None:
        return None
    mending = mended.get(turn.place)
    return Appointment(
        uid=f"urn:tracker:turn:{turn.name}",
        sequence=_sequence(turn.words, mending),
        start=place[0],
        until=place[1],
        unsure=pending.when if span and not pending.effective_from else None,
        tentative=turn.intent or pending.effective_from is None,
        cancelled=turn.gone or span is None,
        changed=_changed(turn.known, mending),
        parties=_under(measures[turn.place[0]], turn.place[1]),
        turn=turn,
    )


def _span(day: date | None, when: When | None) -> tuple[date, date] | None:
    """The days `[start, until)` to show it on; the one bound where only one is known."""
    first = day or (when and (when.earliest or when.latest))
    last = day or (when and (when.latest or when.earliest))
    if not first or not last or last == date.max:
        return None
    return first, last + timedelta(days=1)


def _sequence(words: int, mended: _Mended | None) -> int:
    return words - 1 + (_PER_MENDING * mended.times if mended else 0)


def _changed(day: date, mended: _Mended | None) -> datetime:
    told = instant_of(day)
    return max(told, mended.last.astimezone(UTC).replace(microsecond=0)) if mended else told


def _under(measure: Measure, key: str | None = None) -> tuple[str, ...]:
    """The parties that impose a measure or bear it, or one provision of it."""
    hit = [one for one in measure.provisions if key in {None, one.key}]
    return tuple(
        code
        for code in PARTIES
        if measure.imposer == code or any(targets_of(one, code) for one in hit)
    )


def _concerned(
    held: Mapping[str, Measure], due: Due, involved: Mapping[str, frozenset[str]]
) -> tuple[str, ...]:
    """The parties that the event involves, or a measure that the deadline is about."""
    keys = [key for key in due.deadline.measures if key in held]
    found = {code for key in keys for code in _under(held[key])}
    named = {code for code in PARTIES if due.event.id in involved[code]}
    return tuple(code for code in PARTIES if code in found | named | {*due.event.parties})


def _mendings(amendments: Iterable[Amendment], events: Mapping[str, Event]) -> _Mendings:
    """By key of a deadline and by place of a provision, the corrections that touched it."""
    found: dict[object, _Mended] = {}
    for one in amendments:
        before, after = _said(one.before, events), _said(one.after, events)
        for key in before.keys() | after.keys():
            if before.get(key) != after.get(key):
                times = found[key].times if key in found else 0
                found[key] = _Mended(times + 1, one.recorded_at)
    return found


def _said(of: Event | Measure | None, events: Mapping[str, Event]) -> dict[object, list[object]]:
    """What an event says of each deadline and each provision, its day of announcement first.

    Of a provision it says its effects and what it takes back.
    """
    found: dict[object, list[object]] = {}
    if isinstance(of, Event):
        for one in of.deadlines:
            found[one.key] = [of.announced, one]
        for effect in of.effects:
            found.setdefault((effect.measure, effect.provision), [of.announced]).append(effect)
        for place in spoken_places(of, events) if of.withdraws else ():
            found.setdefault(place, [of.announced]).extend(of.withdraws)
    elif of is not None:
        for provision in of.provisions:
            found[of.key, provision.key] = [provision.key]
    return found
