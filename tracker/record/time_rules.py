"""The rules of an event's days: where they lie, and how one is written that is not known.

Owns what holds for a `from`, an `until` and a deadline's `day`, as a day or as
a mapping. What a rule is, `rules` says.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tracker.core.words import PLANNED
from tracker.record.checks import is_day_in_range
from tracker.record.event_rules import EventRule
from tracker.record.findings import Path
from tracker.record.known import Known, Spots
from tracker.record.shapes import EffectShape, EventShape, WhenShape

__all__ = ["TIME_RULES"]


def _given(event: EventShape) -> Iterator[tuple[Path, date | WhenShape | None]]:
    """Every place that takes a day or a mapping."""
    for index, effect in enumerate(event.effects):
        yield ("effects", index, "from"), effect.effective_from
        yield ("effects", index, "until"), effect.effective_until
    for index, deadline in enumerate(event.deadlines):
        yield ("deadlines", index, "day"), deadline.day


def _whens(event: EventShape) -> Iterator[tuple[Path, WhenShape]]:
    for path, given in _given(event):
        if isinstance(given, WhenShape):
            yield path, given


def _days(event: EventShape) -> Iterator[tuple[Path, date | None]]:
    """Every day of an event, those that bound another one included."""
    yield ("announced",), event.announced
    for path, given in _given(event):
        if isinstance(given, WhenShape):
            yield (*path, "earliest"), given.earliest
            yield (*path, "latest"), given.latest
        else:
            yield path, given
    for index, claim in enumerate(event.claims):
        yield ("claims", index, "from"), claim.claimed_from
        yield ("claims", index, "until"), claim.claimed_until
    if event.instrument:
        for index, step in enumerate(event.instrument.steps):
            yield ("instrument", "steps", index, "day"), step.day


def days_are_within_range(event: EventShape, _: Known) -> Spots:
    """A day lies from 1990 to 2100; check the year."""
    for path, day in _days(event):
        if day is not None and not is_day_in_range(day):
            yield path, day


def _bounds(when: WhenShape) -> bool:
    """Whether anything at all is said of the day."""
    return any(one is not None for one in (when.earliest, when.latest, when.condition))


def unknown_day_says_something(event: EventShape, _: Known) -> Spots:
    """A day that is not known says earliest, latest or condition, or unknown: true; add one."""
    for path, when in _whens(event):
        if not _bounds(when) and not when.unknown:
            yield path, ""


def unknown_stands_alone(event: EventShape, _: Known) -> Spots:
    """Where a day is unknown nothing bounds it; leave the rest out, or unknown."""
    for path, when in _whens(event):
        if _bounds(when) and when.unknown:
            yield (*path, "unknown"), "true"


def earliest_is_not_after_latest(event: EventShape, _: Known) -> Spots:
    """The earliest day does not lie after the latest; mend one."""
    for path, when in _whens(event):
        if when.earliest and when.latest and when.earliest > when.latest:
            yield (*path, "latest"), when.latest


def _first(given: date | WhenShape | None) -> date | None:
    return given.earliest if isinstance(given, WhenShape) else given


def _ends(effect: EffectShape) -> Iterator[tuple[Path, date]]:
    """The days that an effect's end is or is bounded by."""
    until = effect.effective_until
    if isinstance(until, WhenShape):
        for name, day in (("earliest", until.earliest), ("latest", until.latest)):
            if day is not None:
                yield ("until", name), day
    elif until is not None:
        yield ("until",), until


def from_is_before_until(event: EventShape, _: Known) -> Spots:
    """The first day lies before until, the first day on which it no longer applies; mend one."""
    for index, effect in enumerate(event.effects):
        start = _first(effect.effective_from)
        for path, end in _ends(effect):
            if start is not None and end <= start:
                yield ("effects", index, *path), end
    for index, claim in enumerate(event.claims):
        if claim.claimed_until is not None and claim.claimed_until <= claim.claimed_from:
            yield ("claims", index, "until"), claim.claimed_until


def effect_has_its_first_day(event: EventShape, _: Known) -> Spots:
    """Only what is threatened or announced may leave out its day; add from, unknown or not."""
    for index, effect in enumerate(event.effects):
        if effect.effective_from is None and effect.status not in PLANNED:
            yield ("effects", index), effect.status


def end_has_a_beginning(event: EventShape, _: Known) -> Spots:
    """A plan with an end needs its first day too; add from or leave until out."""
    for index, effect in enumerate(event.effects):
        until = effect.effective_until
        if effect.effective_from is None and until is not None:
            yield ("effects", index, "until"), "" if isinstance(until, WhenShape) else until


TIME_RULES: tuple[EventRule, ...] = (
    days_are_within_range,
    unknown_day_says_something,
    unknown_stands_alone,
    earliest_is_not_after_latest,
    from_is_before_until,
    effect_has_its_first_day,
    end_has_a_beginning,
)
"""In the order in which they are checked."""
