"""The record as a whole, laid out so that its entries can be held to each other.

Owns the courses of its provisions and where in the files an effect stands. It
must not know what can be wrong with them: that is `whole_rules`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from tracker.core.course import Course, course_of
from tracker.core.events import Event
from tracker.core.layers import Layer, layers_by_provision
from tracker.core.places import Place
from tracker.record.findings import Path
from tracker.record.read import Examined

__all__ = ["Oddities", "Whole", "WholeRule", "whole_of"]

Oddities: TypeAlias = Iterator[tuple[str, Path, object]]
"""What looks wrong: the entry's name, the path within it, and the value that stands there."""


@dataclass(frozen=True, slots=True)
class Whole:
    """The entries that read, in order of announcement, and what they make of each provision.

    `courses` have all events in them, whenever they were announced.
    """

    seen: Examined
    events: tuple[Event, ...]
    by_id: Mapping[str, Event]
    courses: Mapping[Place, Course]

    def layers(self) -> Iterator[tuple[Place, Layer]]:
        """Every effect of the record on the provision it speaks of, oldest word first."""
        for place, course in self.courses.items():
            for layer in course.layers:
                yield place, layer

    def path_of(self, layer: Layer) -> Path:
        """Where the effect of a layer stands within its event."""
        shapes = self.seen.events[layer.event.id].effects
        places = [index for index, shape in enumerate(shapes) for _ in shape.provisions]
        number = next(n for n, one in enumerate(layer.event.effects) if one is layer.effect)
        # Of two events of one name, the shape may be the other one's.
        return ("effects", places[number]) if number < len(places) else ("effects",)


WholeRule: TypeAlias = Callable[[Whole], Oddities]


def whole_of(seen: Examined) -> Whole:
    """The whole that an examined record makes; of two entries of one name the first."""
    events: dict[str, Event] = {}
    for event in seen.record.events:
        events.setdefault(event.id, event)
    known = {m.key: {p.key for p in m.provisions} for m in seen.record.measures}
    courses = {
        place: course_of(layers)
        for place, layers in layers_by_provision(tuple(events.values())).items()
        if place[1] in known.get(place[0], ())
    }
    return Whole(seen, tuple(events.values()), events, courses)
