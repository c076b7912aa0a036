"""Turns that a correction of ours took out of the record, found by undoing the corrections. Pure.

Owns which turns a calendar once held that nothing in the record gives any more. Corrections
are undone one by one, the last first; what was recorded since stays, so a turn may be found
that no file ever held: it is cancelled all the same, and harms nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tracker.core.corrections import Amendment
from tracker.core.events import Event
from tracker.core.measures import Measure
from tracker.core.world import world_of
from tracker.site.book import Book, Place
from tracker.site.turns import Turn, spoken_places, turns

__all__ = ["Retired", "retired"]


@dataclass(frozen=True, slots=True)
class Retired:
    """A turn as it was last held, with the event that had the last word and its measure."""

    turn: Turn
    event: Event
    measure: Measure


def retired(
    book: Book, amendments: Sequence[Amendment], names: Collection[str]
) -> tuple[Retired, ...]:
    """Every turn of an earlier state of the ledger whose name is not among `names`."""
    events = {event.id: event for event in book.world.events} if amendments else {}
    measures = dict(book.world.measures)
    found: dict[str, Retired] = {}
    for one in reversed(amendments):
        places = _undone(one, events, measures)
        if not places:
            continue
        past = _past(book, events, measures, places)
        for turn in turns(past, places):
            if turn.name not in names:
                event, measure = events[turn.pending.event], measures[turn.place[0]]
                found.setdefault(turn.name, Retired(turn, event, measure))
    return tuple(found.values())


def _undone(
    one: Amendment, events: dict[str, Event], measures: dict[str, Measure]
) -> frozenset[Place]:
    """Put back what stood before; answers the provisions that may have lost a turn by it."""
    if isinstance(one.before, Event):
        events[one.subject] = one.before
        return frozenset(spoken_places(one.before, events))
    if isinstance(one.before, Measure):
        measures[one.subject] = one.before
        after = one.after.provisions if isinstance(one.after, Measure) else ()
        lost = {x.key for x in one.before.provisions} - {x.key for x in after}
        return frozenset((one.subject, key) for key in lost)
    (events if isinstance(one.after, Event) else measures).pop(one.subject, None)
    return frozenset()


def _past(
    book: Book,
    events: Mapping[str, Event],
    measures: Mapping[str, Measure],
    places: Collection[Place],
) -> Book:
    """A book of what bears on these provisions alone: all of it would cost too much each time."""
    keys = {key for key, _ in places}
    speaking = {one.id for one in events.values() if any(x.measure in keys for x in one.effects)}
    return Book(
        world_of(
            _bearing(events.values(), speaking),
            (measures[key] for key in keys if key in measures),
            known_until=book.world.known_until,
        ),
        book.today,
    )


def _bearing(events: Iterable[Event], names: set[str]) -> list[Event]:
    """The events of these names, and every one that takes back or confirms one of those given."""
    every = tuple(events)
    size = 0
    while size < len(names):
        size = len(names)
        for one in every:
            if not names.isdisjoint((*(taken.event for taken in one.withdraws), *one.confirms)):
                names.add(one.id)
    return [one for one in every if one.id in names]
