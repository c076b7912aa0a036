"""A course put into words: what each stretch of days says, since when, and which turns it holds.

Owns what can be said of one provision at one depth of knowledge, whatever day
is asked about. Built once for a course; `policy` asks it for a day. It knows
nothing of viewpoints.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date

from tracker.core.course import Course
from tracker.core.events import When
from tracker.core.layers import Layer, Substance
from tracker.core.measures import Provision
from tracker.core.pending import Pending, turn_of

__all__ = ["Reading"]


class Reading:
    """What a course says. Not to be changed once built.

    `words` holds what each span says; spans of the same index in `firsts` and
    `lasts` say the same without a break. `intents` are the plans among the
    layers, `unsure` those that may count on days on which they do not for
    certain, `torn` tells whether any layer was taken back for some days.
    """

    __slots__ = (
        "_days",
        "_turns",
        "course",
        "firsts",
        "intents",
        "lasts",
        "layers",
        "provision",
        "torn",
        "unsure",
        "words",
    )

    def __init__(self, course: Course, provision: Provision) -> None:
        self.course = course
        self.provision = provision
        self.layers = layers = course.layers
        self.words: list[Substance] = [course.says(provision, n) for n in range(len(course))]
        self.firsts, self.lasts = _runs(self.words)
        self.intents = tuple(layer for layer in layers if layer.intends)
        self.unsure = tuple(layer for layer in layers if layer.may_begin and not layer.planned)
        self.torn = any(layer.withdrawn for layer in layers)
        self._days, self._turns = _turns(course, self.words)

    def turns_after(self, day: date) -> list[Pending]:
        """Starts, resumptions, rate steps, pauses and ends that come after `day`, in order."""
        if not self._days or self._days[-1] <= day:
            return []
        return self._turns[bisect_right(self._days, day) :]

    def since(self, index: int) -> tuple[date | None, When | None]:
        """Since when it has stood as on span `index`: a day, or what is known of it."""
        first = self.course.span(self.firsts[index])
        starts = first.top.effect.starts if first.top else None
        if starts is not None and starts.latest == first.start:
            return None, starts
        return first.start, None

    def stated_end(self, index: int) -> tuple[date | None, When | None]:
        """The end that the law itself states for what span `index` says, or None for an open one.

        A layer that states no end has none here, even where a later turn is
        known: that turn is pending, not an end the order gave itself. A stated
        end that a known turn cuts short is the earlier day.
        """
        last = self.course.span(self.lasts[index])
        if last.top is None:
            return None, None
        stated, ends, cut = last.top.effect.effective_until, last.top.effect.ends, last.until
        if ends is not None:
            early = cut is not None and ends.earliest is not None and cut <= ends.earliest
            return (cut, None) if early else (None, ends)
        if stated is None or cut is None:
            return stated, None
        return min(stated, cut), None

    def may_count(self, day: date) -> list[Layer]:
        """Layers that may count on `day` above what does for certain, latest word first."""
        if not self.unsure:
            return []
        top = self.course.top(day)
        above = self.layers if top is None else self.layers[self.layers.index(top) + 1 :]
        return [layer for layer in reversed(above) if layer in self.unsure and layer.may_cover(day)]


def _runs(words: list[Substance]) -> tuple[list[int], list[int]]:
    """For each span the first and the last of its neighbours that say the same."""
    firsts = list(range(len(words)))
    for index in range(1, len(words)):
        if words[index] == words[index - 1]:
            firsts[index] = firsts[index - 1]
    lasts = list(range(len(words)))
    for index in range(len(words) - 2, -1, -1):
        if firsts[index + 1] == firsts[index]:
            lasts[index] = lasts[index + 1]
    return firsts, lasts


def _turns(course: Course, words: list[Substance]) -> tuple[list[date], list[Pending]]:
    days: list[date] = []
    found: list[Pending] = []
    before: Substance = None
    last: Layer | None = None
    for index, span in enumerate(course):
        if words[index] != before:
            days.append(span.start)
            found.append(turn_of(words[index], span.start, span.top, last))
        before, last = words[index], span.top or last
    return days, found
