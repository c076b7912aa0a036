"""The rules that only the whole record can break: entries that do not go together.

Each answers what looks wrong: a warning, since a person may know better. The
first line of its docstring is what is told, as in `rules`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from difflib import SequenceMatcher

from tracker.core.events import Event, concerned
from tracker.core.layers import Layer
from tracker.core.words import ENDED, Kind, PaperKind, Stage, Status
from tracker.record.whole import Oddities, Whole, WholeRule

__all__ = ["WHOLE_RULES"]

_ORDERS = frozenset(
    {
        PaperKind.PRESIDENTIAL,
        PaperKind.FEDERAL_REGISTER,
        PaperKind.ORDER_IN_COUNCIL,
        PaperKind.DOF,
    }
)
_ALIKE = 0.85
_NAMES = re.compile(r"\b(?:[A-Z]\w*|\d[\d.,]*)")


def _where(place: tuple[str, str]) -> str:
    return ".".join(place)


def _seen(whole: Whole) -> Iterator[tuple[tuple[str, str], Layer]]:
    """The layers that speak of days for certain and were not taken back."""
    for place, layer in whole.layers():
        if layer.days and not layer.planned and not layer.withdrawn:
            yield place, layer


def effect_is_seen_on_some_day(whole: Whole) -> Oddities:
    """Words that came later hide all days of this effect; mend them, or follow its event there."""
    for place, layer in _seen(whole):
        spans = tuple(whole.courses[place])
        if any(layer in (span.top, span.speaking) for span in spans):
            continue
        start, until = layer.days[0][0], layer.days[-1][1]
        late = {
            span.top.event.id: None
            for span in spans
            if span.top
            and (until is None or span.start < until)
            and (span.until is None or span.until > start)
            # What is put off or replaced before it starts is an everyday thing.
            and (span.top.event.announced > start or span.top.event.id == layer.event.id)
            and layer.event.id not in span.top.event.follows
        }
        if late:
            yield layer.event.id, whole.path_of(layer), f"{_where(place)}, {', '.join(late)}"


def pause_comes_to_an_end(whole: Whole) -> Oddities:
    """A pause without an end that nothing later resolves; give until, or the event that ends it."""
    for place, layer in _seen(whole):
        effect = layer.effect
        if effect.status is not Status.PAUSED or effect.effective_until or effect.ends:
            continue
        later = whole.courses[place].layers
        later = later[later.index(layer) + 1 :]
        if not any(not one.planned for one in later):
            yield layer.event.id, whole.path_of(layer), _where(place)


def pause_holds_something_back(whole: Whole) -> Oddities:
    """A pause holds back something ordered; enter the order, or put off the threat instead."""
    for place, layer in _seen(whole):
        if layer.effect.status is Status.PAUSED and any(
            span.top is layer and span.speaking is None for span in whole.courses[place]
        ):
            yield layer.event.id, whole.path_of(layer), _where(place)


def _before(whole: Whole, place: tuple[str, str], layer: Layer) -> tuple[Layer, ...]:
    layers = whole.courses[place].layers
    return layers[: layers.index(layer)]


def end_ends_something(whole: Whole) -> Oddities:
    """What ends was in force or ordered before; enter that, or withdraw the threat instead."""
    for place, layer in _seen(whole):
        if layer.effect.status in ENDED and not any(
            not one.planned and one.effect.status not in ENDED
            for one in _before(whole, place, layer)
        ):
            yield layer.event.id, whole.path_of(layer), _where(place)


def return_has_an_order(whole: Whole) -> Oddities:
    """What was ended comes back by a new order; name its instrument, or mend the status."""
    for place, layer in _seen(whole):
        event = whole.by_id[layer.event.id]
        if layer.effect.status in ENDED or event.instrument or event.withdraws:
            continue
        start = layer.days[0][0]
        below = [x for x in _before(whole, place, layer) if not x.planned and x.covers(start)]
        if below and below[-1].effect.status in ENDED:
            yield event.id, whole.path_of(layer), f"{_where(place)}, ended by {below[-1].event.id}"


def told_start_is_in_the_state(whole: Whole) -> Oddities:
    """A start is told that no effect up to then makes; enter the effect, or mend its days."""
    for event in whole.events:
        if event.kind is not Kind.IN_FORCE:
            continue
        about = concerned(event)
        for index, name in enumerate(event.confirms):
            confirmed = whole.by_id.get(name)
            for place in _ordered(confirmed, about):
                if not _has_started(whole, place, event):
                    yield event.id, ("confirms", index), f"{name}, {_where(place)}"


def told_start_is_on_its_day(whole: Whole) -> Oddities:
    """It is told to start on a day on which nothing starts; mend the from, or the step's day."""
    for event in whole.events:
        if event.kind is not Kind.IN_FORCE:
            continue
        day = _told_day(event)
        for index, name in enumerate(event.confirms):
            places = _ordered(whole.by_id.get(name), concerned(event))
            started = [place for place in places if _has_started(whole, place, event)]
            if started and not any(_starts_on(whole, place, day) for place in started):
                yield event.id, ("confirms", index), f"{name}, {day}"


def _told_day(event: Event) -> date:
    """The day on which an event says that something took effect."""
    steps = event.instrument.steps if event.instrument else ()
    days = (step.day for step in steps if step.stage is Stage.EFFECTIVE and step.day)
    return next(days, event.announced)


def _starts_on(whole: Whole, place: tuple[str, str], day: date) -> bool:
    """Whether a provision comes into force, or back into it, on a day."""
    spans = whole.courses.get(place, ())
    return any(
        span.start == day and span.top and span.top.effect.status is Status.IN_FORCE
        for span in spans
    )


def _ordered(event: Event | None, about: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The provisions that a confirmed event sets in force or plans to, each once."""
    return tuple(
        dict.fromkeys(
            (effect.measure, effect.provision)
            for effect in (event.effects if event else ())
            if effect.status in {Status.IN_FORCE, Status.ANNOUNCED, Status.THREATENED}
            and (not about or effect.measure in about)
        )
    )


def _has_started(whole: Whole, place: tuple[str, str], event: Event) -> bool:
    """Whether something set the provision in force on a day up to the one the event speaks of."""
    course = whole.courses.get(place)
    if course is None:
        return True  # not defined: another rule says so
    return any(
        span.start <= event.announced and span.top and span.top.effect.status is Status.IN_FORCE
        for span in course
    )


def event_is_told_once(whole: Whole) -> Oddities:
    """Two events of a day and kind on one measure read alike; keep one, with both sources."""
    beside: defaultdict[tuple[date, Kind], list[Event]] = defaultdict(list)
    for event in whole.events:
        earlier = beside[event.announced, event.kind]
        about = set(concerned(event))
        for other in earlier:
            if about & set(concerned(other)) and _read_alike(event.title.en, other.title.en):
                yield event.id, ("title",), other.id
        earlier.append(event)


def _read_alike(one: str, other: str) -> bool:
    """Whether two titles hardly differ, and neither names what the other does not."""
    names, others = Counter(_NAMES.findall(one)), Counter(_NAMES.findall(other))
    if not (names <= others or others <= names):
        return False
    return SequenceMatcher(None, one.lower(), other.lower()).ratio() >= _ALIKE


def order_rests_on_itself(whole: Whole) -> Oddities:
    """None of the sources of this order is primary; add the paper itself, or mark it primary."""
    for event in whole.events:
        paper = event.instrument
        if paper and paper.kind in _ORDERS and not any(one.primary for one in event.sources):
            yield event.id, ("sources",), paper.citation


WHOLE_RULES: tuple[WholeRule, ...] = (
    effect_is_seen_on_some_day,
    pause_comes_to_an_end,
    pause_holds_something_back,
    end_ends_something,
    return_has_an_order,
    told_start_is_in_the_state,
    told_start_is_on_its_day,
    event_is_told_once,
    order_rests_on_itself,
)
"""In the order in which they are checked."""
