"""A draft as text, held to the record's rules, and what it would do: nothing is written here.

Owns the way from a candidate to the text an editor sees, and from a text to the days on
which policy state would read otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import msgspec

from tracker.core.decisions import ReviewAccepted
from tracker.core.diff import diff
from tracker.core.events import Event
from tracker.core.measures import Measure
from tracker.core.policy import Viewpoint, state
from tracker.core.words import Kind
from tracker.core.world import World, world_of
from tracker.record.draft import read_draft, rest_of
from tracker.record.entry import entry_text
from tracker.review.desk import Preview, Proposal, Shift
from tracker.review.proposing import Drafted, draft
from tracker.review.queueing import Candidate
from tracker.telling.changes import change_sentence
from tracker.telling.language import ENGLISH

__all__ = [
    "draft_text",
    "drafted_of",
    "needed_by",
    "possible",
    "preview_of",
    "unless_said",
    "without",
]

_DAYS = 12


def without(world: World, event: str | None) -> World:
    """The world as if that event had not been accepted: what its draft is held to."""
    if event is None or world.event(event) is None:
        return world
    rest = (one for one in world.events if one.id != event)
    return world_of(rest, world.measures.values(), known_until=world.known_until)


def draft_text(found: Candidate, world: World) -> tuple[str, tuple[str, ...]]:
    """The draft of a candidate as it was accepted or last written, else as its sources carry it.

    With it what was left out and why, in English.
    """
    closing = found.case.closing
    if closing is not None and isinstance(closing.what, ReviewAccepted):
        accepted = world.event(closing.what.event)
        if accepted is not None:
            # What was decided on, and not what would be drafted anew.
            return entry_text(accepted), (f"accepted by {closing.what.editor}",)
    amended = found.case.amended
    if amended is not None:
        last = found.case.last
        who = last.what.editor if last else ""
        return entry_text(amended), (f"the draft was amended by {who}",)
    drafted = drafted_of(found, world)
    text = entry_text(drafted.event)
    if not drafted.kind_known:
        text = text.replace(f"\n    kind: {Kind.STATEMENT}\n", "\n    kind:\n", 1)
    return text, drafted.notes


def drafted_of(found: Candidate, world: World) -> Drafted:
    """The draft that the sources of a candidate carry, whatever an editor has made of it."""
    own = found.case.closing
    accepted = getattr(own.what, "event", None) if own else None
    taken = {event.id for event in world.events if event.id != accepted}
    day = min((one.published for one in found.sources if one.published), default=None)
    drafted = draft(found.sources, possible(world, day), taken=taken)
    return unless_said(drafted, without(world, accepted if isinstance(accepted, str) else None))


def unless_said(drafted: Drafted, world: World) -> Drafted:
    """The draft without an effect that would change nothing: the record says so already.

    News that something has begun mostly tells of a day that was announced before; a second
    layer on the same days would only hide the first.
    """
    event = drafted.event
    if not event.effects or any(_shifts(world, event, event.announced)):
        return drafted
    about = tuple(dict.fromkeys(effect.measure for effect in event.effects))
    plain = msgspec.structs.replace(event, effects=(), measures=about)
    said = "no effect is proposed: policy state says so already; see `confirms` and `follows`"
    return replace(drafted, event=plain, notes=(said, *drafted.notes[1:]))


def possible(world: World, day: date | None) -> tuple[Measure, ...]:
    """The measures that news of that day may be about, with what has ended left out.

    A provision that nothing has ever been said of may begin with this news.
    """
    on = day or world.known_until
    over = set()
    if on is not None:
        seen = Viewpoint(on=on, announced_by=on)
        over = {row.place for row in state(world, seen) if row.over}
    found = []
    for measure in world.measures.values():
        left = tuple(one for one in measure.provisions if (measure.key, one.key) not in over)
        if left:
            found.append(msgspec.structs.replace(measure, provisions=left))
    return tuple(found)


def preview_of(text: str, notes: Sequence[str], *, world: World, today: date) -> Preview:
    """What a text would be as an event of `world`, and on which days it would change what."""
    read = read_draft(text, rest_of(world.events, world.measures.values()))
    proposal = Proposal(text, read.event, read.faults, tuple(notes))
    if read.event is None:
        return Preview(proposal, ())
    return Preview(proposal, tuple(_shifts(world, read.event, today)))


def _shifts(world: World, event: Event, today: date) -> Iterator[Shift]:
    """The days that the event speaks of, and today, where a provision reads otherwise with it."""
    later = world_of((*world.events, event), world.measures.values(), known_until=world.known_until)
    days = {today, event.announced}
    for effect in event.effects:
        days.update(day for day in (effect.effective_from, effect.effective_until) if day)
    for day in sorted(days)[:_DAYS]:
        seen = Viewpoint(on=day)
        changes = diff(state(world, seen), state(later, seen))
        if changes:
            yield Shift(day, tuple(change_sentence(ENGLISH, change) for change in changes))


def needed_by(world: World, event: str) -> tuple[str, ...]:
    """The events that refer to that one and would be left without it."""
    return tuple(
        one.id
        for one in world.events
        if event in one.confirms
        or event in one.follows
        or any(taken.event == event for taken in one.withdraws)
    )
