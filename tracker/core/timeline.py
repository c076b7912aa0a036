"""The story: events in order, filtered and grouped, and the days on which state changes.

Pure functions over a world. A change date is a day on which at least one
provision reads otherwise than the day before, with everything known now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, groupby

from tracker.core.events import Event, concerned
from tracker.core.filters import named, under
from tracker.core.layers import layers_by_provision
from tracker.core.measures import targets_of
from tracker.core.words import Kind
from tracker.core.world import World

__all__ = [
    "Month",
    "Selection",
    "by_month",
    "by_name",
    "change_dates",
    "not_covered",
    "select_events",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which events a reader wants to see; None means everything. For states see `filters`.

    `announced_from` and `announced_until` bound the day of announcement, both
    inclusive here, because people say `--from` and `--to` that way.
    """

    announced_from: date | None = None
    announced_until: date | None = None
    party: str | None = None
    kind: Kind | None = None
    measure: str | None = None


@dataclass(frozen=True, slots=True)
class Month:
    """A month's events in order of announcement; `first` is its first day."""

    first: date
    events: tuple[Event, ...]


def select_events(world: World, wanted: Selection) -> tuple[Event, ...]:
    """The events that fit, in the order in which they were announced.

    A party fits where it acts or meets, or imposes or bears a measure that the
    event changes. A measure fits by its key or by a dotted prefix of it, a provision by both keys.
    """
    return tuple(event for event in world.events if _fits(world, event, wanted))


def _fits(world: World, event: Event, wanted: Selection) -> bool:
    if wanted.announced_from is not None and event.announced < wanted.announced_from:
        return False
    if wanted.announced_until is not None and event.announced > wanted.announced_until:
        return False
    if wanted.kind is not None and event.kind is not wanted.kind:
        return False
    if wanted.measure is not None and not _speaks_of(event, wanted.measure):
        return False
    return wanted.party is None or _involves(world, event, wanted.party)


def _speaks_of(event: Event, name: str) -> bool:
    """Whether an event touches or is about what a measure's or a provision's name means."""
    if any(under(key, name) for key in concerned(event)):
        return True
    return any(named((effect.measure, effect.provision), name) for effect in event.effects)


def by_name(world: World) -> Mapping[str, tuple[Event, ...]]:
    """For every name that `Selection.measure` may be, without a dot at its end, what fits it.

    One walk over the events, for who asks for every measure.
    """
    found: dict[str, list[Event]] = {}
    for event in world.events:
        names = {front for key in concerned(event) for front in _fronts(key)}
        names.update(f"{effect.measure}.{effect.provision}" for effect in event.effects)
        for name in names:
            found.setdefault(name, []).append(event)
    return {name: tuple(events) for name, events in found.items()}


def _fronts(key: str) -> Iterator[str]:
    """A dotted key and everything it lies under."""
    return accumulate(key.split("."), "{}.{}".format)


def _involves(world: World, event: Event, party: str) -> bool:
    if party in event.parties:
        return True
    for effect in event.effects:
        measure = world.measures.get(effect.measure)
        provision = measure.provision(effect.provision) if measure else None
        if measure and provision and (measure.imposer == party or targets_of(provision, party)):
            return True
    return False


def not_covered(world: World) -> tuple[str, ...]:
    """Keys of measures that are defined but of which no event speaks yet, in order of definition.

    Whoever shows a state says so: their absence means that the record is silent,
    not that nothing applied.
    """
    spoken = {effect.measure for event in world.events for effect in event.effects}
    return tuple(key for key in world.measures if key not in spoken)


def by_month(events: Sequence[Event]) -> tuple[Month, ...]:
    """Events grouped by month of announcement, in the order given."""
    groups = groupby(events, key=lambda event: event.announced.replace(day=1))
    return tuple(Month(first, tuple(inside)) for first, inside in groups)


def change_dates(world: World) -> tuple[date, ...]:
    """Every day on which a layer of some provision starts or ends, in order, each once.

    Days on which only a plan is made or passes are not among them: nothing
    that is charged changes on those.
    """
    found: set[date] = set()
    for layers in layers_by_provision(world.events).values():
        for layer in layers:
            if not layer.planned:
                found.update(edge for interval in layer.days for edge in interval if edge)
    return tuple(sorted(found))
