"""Notes: what a reader must know to take an answer for what it is.

Owns the sentences about how far an answer reaches: days the record does not
cover, days that lie ahead, viewpoints that are turned round or the same, events
that stand in no state. Whether one is due is asked of the core's facts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from tracker.core.compare import Comparison
from tracker.core.coverage import Coverage, coverage_of_both, strays
from tracker.core.policy import Viewpoint
from tracker.core.world import World
from tracker.telling.language import Language
from tracker.telling.viewpoints import instant_phrase

__all__ = ["coverage_notes", "diff_notes", "headings_note", "stray_note"]

_NAMED = 3
"""How many events a note names before it only counts them."""


def coverage_notes(
    lang: Language, coverage: Coverage, seen: Sequence[Viewpoint], *, today: date
) -> Iterator[str]:
    """What the record cannot say of the viewpoints' days, and what it can only expect."""
    if coverage.first is None:
        yield _empty(lang, seen)
        return
    days = [viewpoint.on for viewpoint in seen]
    if min(days) < coverage.first:
        yield lang.say(
            "coverage",
            "The first event in the record is of {day}: it cannot speak of earlier days.",
            day=lang.day(coverage.first),
        )
    if max(days) > coverage.known_until:
        yield lang.say(
            "note",
            "{day} lies ahead: what is said of it is what was planned by {known}.",
            day=lang.day(max(days)),
            known=lang.day(coverage.known_until),
        )
    known = [viewpoint.announced_by for viewpoint in seen if viewpoint.announced_by]
    if known and min(known) < coverage.first:
        yield lang.say(
            "note",
            "Nothing in the record was announced by {day}; the first event is of {first}.",
            day=lang.day(min(known)),
            first=lang.day(coverage.first),
        )
    if known and max(known) > today:
        yield lang.say(
            "note",
            "Nobody knows yet what will be announced by {day}: the record ends on {today}.",
            day=lang.day(max(known)),
            today=lang.day(today),
        )


def _empty(lang: Language, seen: Sequence[Viewpoint]) -> str:
    """Why there is nothing: the ledger holds nothing, or held nothing at the instant asked for."""
    held = [viewpoint.recorded_by for viewpoint in seen if viewpoint.recorded_by]
    if held:
        return lang.say(
            "coverage",
            "The ledger held no events yet by {instant}: ask with a later --recorded-by.",
            instant=instant_phrase(lang, max(held)),
        )
    return lang.say("coverage", "The ledger holds no events yet: run `tracker load` first.")


def diff_notes(lang: Language, found: Comparison, *, today: date) -> Iterator[str]:
    """How two viewpoints stand to each other, then what the record cannot say of them."""
    before, after = found.before.viewpoint, found.after.viewpoint
    ledgers = (found.before.world.head.position, found.after.world.head.position)
    if ledgers[0] != ledgers[1]:
        yield lang.say(
            "note",
            "The first side is seen in the ledger as of entry {first}, the second as of {second}.",
            first=str(ledgers[0]),
            second=str(ledgers[1]),
        )
    elif before.on == after.on and before.announced_by == after.announced_by:
        yield lang.say("note", "Both sides are the same viewpoint: nothing can differ.")
    if found.swapped:
        yield lang.say(
            "note",
            "The first viewpoint is the later one: every change is told as the way back.",
        )
    coverage = coverage_of_both(found, today=today)
    yield from coverage_notes(lang, coverage, (before, after), today=today)
    yield from stray_note(lang, found.after.world)


def stray_note(lang: Language, world: World) -> Iterator[str]:
    """That some events are left out of every state, how many and which."""
    found = strays(world)
    if found:
        named = ", ".join(found[:_NAMED])
        yield lang.say_count(
            "note",
            "{count} event speaks of a measure that is not defined and is left out: {events}.",
            "{count} events speak of measures that are not defined and are left out: {events}.",
            len(found),
            events=f"{named}, …" if len(found) > _NAMED else named,
        )


def headings_note(lang: Language, count: int) -> Iterator[str]:
    """That a heading cannot find what lists no headings."""
    if count:
        yield lang.say_count(
            "note",
            "{count} provision that otherwise fits lists no headings and is left out: "
            "it may still cover this one.",
            "{count} provisions that otherwise fit list no headings and are left out: "
            "they may still cover this one.",
            count,
        )
