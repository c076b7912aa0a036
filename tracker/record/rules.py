"""All rules of the record, and how a broken one is told.

A rule is a small function of an entry and what else is known; it answers the
places that break it. The first line of its docstring is what a person reads
then: what holds and what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tracker.record.chain_rules import CHAIN_RULES
from tracker.record.event_rules import OWN_RULES, EventRule
from tracker.record.findings import Path, quoted
from tracker.record.known import Known
from tracker.record.measure_rules import MEASURE_RULES
from tracker.record.reference_rules import REFERENCE_RULES
from tracker.record.shapes import EventShape, MeasureShape
from tracker.record.stacking_rules import STACKING_RULES
from tracker.record.time_rules import TIME_RULES

__all__ = ["EVENT_RULES", "MEASURE_RULES", "broken_rules", "text_of", "told"]

_SHOWN = 300  # a circle of withdrawals names several ids

EVENT_RULES: tuple[EventRule, ...] = (
    *OWN_RULES,
    *TIME_RULES,
    *CHAIN_RULES,
    *REFERENCE_RULES,
    *STACKING_RULES,
)


def text_of(rule: Callable[..., object]) -> str:
    """What a rule says: the first line of its docstring, without its full stop."""
    return (rule.__doc__ or "").strip().splitlines()[0].rstrip(".")


def broken_rules(entry: EventShape | MeasureShape, known: Known) -> Iterator[tuple[Path, str, str]]:
    """Path within the entry, message and rule's name of everything in it that breaks a rule."""
    if isinstance(entry, EventShape):
        for event_rule in EVENT_RULES:
            for path, value in event_rule(entry, known):
                yield path, told(value, text_of(event_rule)), event_rule.__name__
    else:
        for measure_rule in MEASURE_RULES:
            for path, value in measure_rule(entry, known):
                yield path, told(value, text_of(measure_rule)), measure_rule.__name__


def told(value: object, text: str) -> str:
    """The value that stands there and what the rule says of it, in one line."""
    return f"{quoted(value, shown=_SHOWN)}: {text}" if value != "" else text
