"""The rules of what an event says of stacking. See `rules`."""

from __future__ import annotations

from tracker.record.checks import is_day_in_range
from tracker.record.event_rules import EventRule, repeats
from tracker.record.known import Known, Spots
from tracker.record.shapes import EventShape

__all__ = ["STACKING_RULES"]


def stacking_names_both_sides(event: EventShape, _: Known) -> Spots:
    """A stacking rule names measures on both sides; add them."""
    for index, rule in enumerate(event.stacking):
        for side, names in (("first", rule.first), ("others", rule.others)):
            if not names:
                yield ("stacking", index, side), ""


def stacking_names_are_known(event: EventShape, known: Known) -> Spots:
    """Stacking names a key of measures.yaml, or MEASURE.PROVISION; add it there or mend it."""
    if known.measures is None:
        return
    places = {f"{key}.{one}" for key, provisions in known.measures.items() for one in provisions}
    places |= set(known.measures)
    for index, rule in enumerate(event.stacking):
        for side, names in (("first", rule.first), ("others", rule.others)):
            for place, name in enumerate(names):
                if name not in places:
                    yield ("stacking", index, side, place), name


def stacking_has_two_sides(event: EventShape, _: Known) -> Spots:
    """A measure does not stand on both sides of a stacking rule, nor twice; take one away."""
    for index, rule in enumerate(event.stacking):
        yield from repeats(("stacking", index, "first"), rule.first)
        yield from repeats(("stacking", index, "others"), rule.others)
        for place, name in enumerate(rule.others):
            if name in rule.first:
                yield ("stacking", index, "others", place), name


def stacking_days_are_in_order(event: EventShape, _: Known) -> Spots:
    """A stacking rule begins between 1990 and 2100 and before its until; mend one."""
    for index, rule in enumerate(event.stacking):
        if not is_day_in_range(rule.effective_from):
            yield ("stacking", index, "from"), rule.effective_from
        if rule.effective_until is not None and rule.effective_until <= rule.effective_from:
            yield ("stacking", index, "until"), rule.effective_until


STACKING_RULES: tuple[EventRule, ...] = (
    stacking_names_both_sides,
    stacking_names_are_known,
    stacking_has_two_sides,
    stacking_days_are_in_order,
)
"""In the order in which they are checked."""
