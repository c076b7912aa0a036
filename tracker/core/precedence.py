"""Precedence: which of two measures a good pays that both reach, on a day, as it was known.

Pure. Owns the reading of the stacking rules that events carry: the last word wins, day by
day, as with provisions. Where nothing was said the answer is None, never a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tracker.core.events import Event, order_of
from tracker.core.stacking import Stacking
from tracker.core.words import Relation

__all__ = ["Precedence", "precedence"]


@dataclass(frozen=True, slots=True)
class Precedence:
    """How two measures stand to each other on a day.

    `first` is the one of the two that is paid instead of, or on top of, the
    other; `event` the one that said so, `rule` what it said.
    """

    first: str
    relation: Relation
    rule: Stacking
    event: Event


def precedence(
    events: Iterable[Event],
    one: str,
    other: str,
    *,
    on: date,
    announced_by: date | None = None,
) -> Precedence | None:
    """What was said last of `one` and `other` for goods that both reach on a day, or None.

    `one` and `other` are keys of measures or `MEASURE.PROVISION`; a rule on a
    whole measure speaks of its provisions too. None: no event that was known
    by then speaks of the two on that day.
    """
    found: Precedence | None = None
    for event in sorted(events, key=order_of):
        if announced_by is not None and event.announced > announced_by:
            continue
        for rule in event.stacking:
            if _speaks_of(rule, on):
                found = next(_between(event, rule, one, other), found)
    return found


def _speaks_of(rule: Stacking, day: date) -> bool:
    until = rule.effective_until
    return rule.effective_from <= day and (until is None or day < until)


def _between(event: Event, rule: Stacking, one: str, other: str) -> Iterator[Precedence]:
    for first, second in ((one, other), (other, one)):
        if _names(rule.first, first) and _names(rule.others, second):
            yield Precedence(first, rule.relation, rule, event)


def _names(named: tuple[str, ...], asked: str) -> bool:
    """Whether a list names what is asked of, or the measure it is a part of."""
    return any(asked == name or asked.startswith(f"{name}.") for name in named)
