"""The rules by which an event points to measures and to other events. See `rules`."""

from __future__ import annotations

from tracker.record.event_rules import EventRule
from tracker.record.findings import Path
from tracker.record.known import Known, Spots
from tracker.record.shapes import EventShape

__all__ = ["REFERENCE_RULES"]


def measures_are_known(event: EventShape, known: Known) -> Spots:
    """A measure has to stand in measures.yaml; add it there or mend the key."""
    if known.measures is None:
        return
    named: list[tuple[Path, str | None]] = []
    for index, effect in enumerate(event.effects):
        named.append((("effects", index, "measure"), effect.measure))
    for index, claim in enumerate(event.claims):
        named.append((("claims", index, "measure"), claim.measure))
    for index, taken in enumerate(event.withdraws):
        named.append((("withdraws", index, "measure"), taken.measure))
    for index, key in enumerate(event.measures):
        named.append((("measures", index), key))
    for index, deadline in enumerate(event.deadlines):
        for place, key in enumerate(deadline.measures):
            named.append((("deadlines", index, "measures", place), key))
    for path, name in named:
        if name is not None and name not in known.measures:
            yield path, name


def provisions_are_known(event: EventShape, known: Known) -> Spots:
    """A provision has to stand under its measure in measures.yaml; add it or mend the key."""
    if known.measures is None:
        return
    named: list[tuple[Path, str | None, str | None]] = []
    for index, effect in enumerate(event.effects):
        for place, provision in enumerate(effect.provisions):
            named.append((("effects", index, "provisions", place), effect.measure, provision))
    for index, claim in enumerate(event.claims):
        named.append((("claims", index, "provision"), claim.measure, claim.provision))
    for index, taken in enumerate(event.withdraws):
        named.append((("withdraws", index, "provision"), taken.measure, taken.provision))
    for path, measure, name in named:
        provisions = known.measures.get(measure or "")
        if provisions is not None and name is not None and name not in provisions:
            yield path, name


def _came_before(name: str, event: EventShape, known: Known) -> bool:
    """Whether an event stands earlier in the record, as far as that can be told."""
    if name not in known.events:
        return not known.complete
    own, other = known.events.get(event.id), known.events[name]
    return name != event.id and (other is None or own is None or other < own)


def withdrawn_events_came_before(event: EventShape, known: Known) -> Spots:
    """Only an event that stands earlier in the record can be taken back; mend the id or move it."""
    for index, taken in enumerate(event.withdraws):
        if not _came_before(taken.event, event, known):
            yield ("withdraws", index, "event"), taken.event


def withdrawals_form_no_circle(event: EventShape, known: Known) -> Spots:
    """Events do not take each other back in a circle; remove one of these withdrawals."""
    for index, taken in enumerate(event.withdraws):
        way = _way(taken.event, event.id, known)
        # Told once for each circle, at the event of it whose id comes last.
        if way and event.id == max(way):
            circle = " withdraws ".join((event.id, *way))
            yield ("withdraws", index, "event"), circle


def _way(start: str, goal: str, known: Known) -> tuple[str, ...]:
    """The shortest chain of withdrawals from one event to another, both included, or nothing."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    for way in ways:
        if way[-1] == goal:
            return way
        for name in known.withdraws.get(way[-1], ()):
            if name not in seen:
                seen.add(name)
                ways.append((*way, name))
    return ()


def followed_events_came_before(event: EventShape, known: Known) -> Spots:
    """What set an event off stands earlier in the record; mend the id, move it or remove it."""
    for index, name in enumerate(event.follows):
        if not _came_before(name, event, known):
            yield ("follows", index), name


def cancelled_deadline_was_set(event: EventShape, known: Known) -> Spots:
    """Only a deadline that an earlier event set can be cancelled; mend the key or move the event.

    One that a month sets which does not read may well have been set.
    """
    for index, deadline in enumerate(event.deadlines):
        if not deadline.cancelled or not known.complete:
            continue
        setters = known.deadlines.get(deadline.key, ())
        if not any(_came_before(name, event, known) for name in setters):
            yield ("deadlines", index, "key"), deadline.key


def withdrawal_reaches_something(event: EventShape, known: Known) -> Spots:
    """A withdrawal narrowed to what the event never touched does nothing; mend it or widen it."""
    for index, taken in enumerate(event.withdraws):
        touched = known.touched.get(taken.event)
        if touched is None:
            continue
        if taken.measure is None:
            if taken.provision is not None:
                yield ("withdraws", index, "provision"), taken.provision
            continue
        if not any(
            taken.measure == measure and taken.provision in (None, provision)
            for measure, provision in touched
        ):
            last = "measure" if taken.provision is None else "provision"
            yield ("withdraws", index, last), taken.provision or taken.measure


def confirmed_events_came_before(event: EventShape, known: Known) -> Spots:
    """An event confirms one of an earlier day or the same day; mend the id or remove it."""
    own = known.events.get(event.id)
    for index, name in enumerate(event.confirms):
        if name in known.events and name != event.id:
            other = known.events[name]
            if other is None or own is None or other[0] <= own[0]:
                continue
        elif not known.complete:
            continue
        yield ("confirms", index), name


REFERENCE_RULES: tuple[EventRule, ...] = (
    measures_are_known,
    provisions_are_known,
    withdrawn_events_came_before,
    withdrawals_form_no_circle,
    withdrawal_reaches_something,
    confirmed_events_came_before,
    followed_events_came_before,
    cancelled_deadline_was_set,
)
"""In the order in which they are checked."""
