"""A course put into words: what each stretch of days says, since when, and which turns it holds.

Owns what can be said of one provision at one depth of knowledge, whatever day
is asked about; `policy` asks it for a day. Nothing is put into words before it
is asked for, since most stretches of most courses never are. It knows nothing
of viewpoints.
"""

from __future__ import annotations

from datetime import date

from tracker.core.course import Course
from tracker.core.events import When
from tracker.core.layers import Layer, Substance
from tracker.core.measures import Provision
from tracker.core.pending import Pending, turn_of, unknown_day

__all__ = ["Reading"]


class Reading:
    """What a course says. Only ever filled in, so safe to share."""

    __slots__ = ("_words", "course", "layers", "provision")

    def __init__(self, course: Course, provision: Provision) -> None:
        self.course = course
        self.provision = provision
        self.layers = course.layers
        self._words: dict[int, Substance] = {}

    def words(self, index: int) -> Substance:
        """What a reader is told on the days of a span; None for -1 and where nothing is on top."""
        if index not in self._words:
            self._words[index] = self.course.says(self.provision, index)
        return self._words[index]

    def turns_after(self, day: date) -> list[Pending]:
        """Starts, resumptions, rate steps, pauses and ends that come after `day`, in order."""
        course = self.course
        at = course.at(day)
        if at + 1 >= len(course):
            return []
        found: list[Pending] = []
        last = course.last_top(at)
        before = self.words(at)
        for index in range(at + 1, len(course)):
            words, span = self.words(index), course.span(index)
            if words != before:
                found.append(turn_of(words, span.start, span.top, last))
            before, last = words, span.top or last
        return found

    def since(self, index: int) -> tuple[date | None, When | None]:
        """Since when it has stood as on span `index`: a day, or what is known of it."""
        words = self.words(index)
        while index > 0 and self.words(index - 1) == words:
            index -= 1
        first = self.course.span(index)
        starts = unknown_day(first.start, first.top, self.course.last_top(index - 1))
        return (None, starts) if starts else (first.start, None)

    def stated_end(self, index: int) -> tuple[date | None, When | None]:
        """The end that the law itself states for what span `index` says, or None for an open one.

        A layer that states no end has none here, even where a later turn is
        known: that turn is pending, not an end the order gave itself. A stated
        end that a known turn cuts short is the earlier day.
        """
        words = self.words(index)
        while index + 1 < len(self.course) and self.words(index + 1) == words:
            index += 1
        last = self.course.span(index)
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
        unsure = self.course.unsure
        if not unsure:
            return []
        top = self.course.top(day)
        above = self.layers if top is None else self.layers[self.layers.index(top) + 1 :]
        return [layer for layer in reversed(above) if layer in unsure and layer.may_cover(day)]
