"""The rules of an instrument's steps and of an event's deadlines. What a rule is, `rules` says."""

from __future__ import annotations

from tracker.core.words import PaperKind, Stage
from tracker.record.checks import is_key
from tracker.record.event_rules import EventRule, repeats
from tracker.record.known import Known, Spots
from tracker.record.shapes import EventShape, StepShape, WhenShape

__all__ = ["CHAIN_RULES"]


_US = frozenset({Stage.SIGNED, Stage.PUBLISHED})
_STAGES_OF = {
    # An agency may act on a memorandum that the President signs.
    PaperKind.PRESIDENTIAL: _US,
    PaperKind.FEDERAL_REGISTER: _US,
    PaperKind.ORDER_IN_COUNCIL: {Stage.ORDER_IN_COUNCIL, Stage.REGISTERED, Stage.GAZETTED},
    PaperKind.DOF: {Stage.DOF},
}
"""The stages through which a paper of this kind may come into the world; others name none."""
_ALWAYS = frozenset({Stage.THREAT, Stage.EFFECTIVE, Stage.GUIDANCE})


def _steps(event: EventShape) -> tuple[StepShape, ...]:
    return event.instrument.steps if event.instrument else ()


def step_says_something(event: EventShape, _: Known) -> Spots:
    """A step says its day, citation or url; add one, or leave out the step that is not known."""
    for index, step in enumerate(_steps(event)):
        if step.day is None and step.citation is None and step.url is None:
            yield ("instrument", "steps", index), step.stage


def steps_are_in_order(event: EventShape, _: Known) -> Spots:
    """Steps stand in the order of their days; move this one up or mend its day."""
    latest = None
    for index, step in enumerate(_steps(event)):
        if step.day is None:
            continue
        if latest is not None and step.day < latest:
            yield ("instrument", "steps", index, "day"), step.day
        latest = max(latest or step.day, step.day)


def stage_stands_once(event: EventShape, _known: Known) -> Spots:
    """A stage stands once for each paper; give its citation or remove the second."""
    steps = _steps(event)
    for (*_path, index), _ in repeats((), tuple((one.stage, one.citation) for one in steps)):
        yield ("instrument", "steps", index, "stage"), steps[int(index)].stage


def step_fits_the_paper(event: EventShape, _: Known) -> Spots:
    """A step is one that a paper of this kind goes through; mend the stage or the kind."""
    kind = event.instrument.kind if event.instrument else None
    if kind is None:
        return
    for index, step in enumerate(_steps(event)):
        if step.stage not in _ALWAYS and step.stage not in _STAGES_OF.get(kind, ()):
            yield ("instrument", "steps", index, "stage"), step.stage


def deadline_key_is_lowercase_words(event: EventShape, _: Known) -> Spots:
    """A deadline's key is words of a-z and 0-9 joined by hyphens and dots; rename it."""
    for index, deadline in enumerate(event.deadlines):
        if not is_key(deadline.key):
            yield ("deadlines", index, "key"), deadline.key


def deadline_stands_once(event: EventShape, _: Known) -> Spots:
    """An event speaks of a deadline once; remove the second or give it a key of its own."""
    keys = tuple(deadline.key for deadline in event.deadlines)
    for (*_path, index), key in repeats((), keys):
        yield ("deadlines", index, "key"), key


def deadline_has_a_day_or_is_cancelled(event: EventShape, _: Known) -> Spots:
    """A deadline either has a day, unknown or not, or is cancelled; give it one of the two."""
    for index, deadline in enumerate(event.deadlines):
        if (deadline.day is None) is not deadline.cancelled:
            yield ("deadlines", index), deadline.key


def deadline_lies_ahead(event: EventShape, _: Known) -> Spots:
    """A deadline does not lie before the day it was announced; check both."""
    for index, deadline in enumerate(event.deadlines):
        when = deadline.day
        last = when.latest if isinstance(when, WhenShape) else when
        if last is not None and last < event.announced:
            path = ("deadlines", index, "day")
            yield (*path, "latest") if isinstance(when, WhenShape) else path, last


CHAIN_RULES: tuple[EventRule, ...] = (
    step_says_something,
    steps_are_in_order,
    stage_stands_once,
    step_fits_the_paper,
    deadline_key_is_lowercase_words,
    deadline_stands_once,
    deadline_has_a_day_or_is_cancelled,
    deadline_lies_ahead,
)
"""In the order in which they are checked."""
