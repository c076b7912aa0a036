"""What was not known in time: days on which more or less applied than was expected before.

Owns the comparison of each day as it was known on it with the same day as it was
expected so many days earlier. Only what applied counts: a plan that was made or
dropped is no surprise until it is charged. The work follows the number of
days on which something can turn, not the number of days in the window.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.core.diff import Change, diff
from tracker.core.events import Event
from tracker.core.index import Index
from tracker.core.places import Place, named
from tracker.core.policy import ProvisionState
from tracker.core.words import Status

__all__ = ["Surprise", "surprises"]

_APPLYING = frozenset({Status.IN_FORCE, Status.PAUSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Surprise:
    """One provision that read otherwise on `day` than expected `days` days before.

    `change.before` is what was expected, `change.after` what applied, and
    `change.events` are the events that made the difference. `announced` is the
    day of the youngest of them; `notice_days` are the days from then to `day`, and
    `late_days` how many days it reached back behind its own announcement, 0 if it
    did not. `already` says that it had shown before the window began.
    """

    day: date
    change: Change
    announced: date
    notice_days: int
    late_days: int = 0
    already: bool = False


def surprises(index: Index, after: date, until: date, *, days: int = 30) -> tuple[Surprise, ...]:
    """What applied on a day in `(after, until]` and was not expected `days` days before it.

    In order of the first day on which each showed; each is named once. `days` is
    at least 1. Nothing where `until` does not lie after `after`.
    """
    if until <= after:
        return ()
    found: list[Surprise] = []
    # What has no edge since so many days before the window was expected as it is.
    for place in index.touched(_earlier(after, days), until):
        found.extend(_of(index, place, after, until, days))
    return tuple(sorted(found, key=lambda one: (one.day, one.announced)))


def _of(index: Index, place: Place, after: date, until: date, days: int) -> Iterator[Surprise]:
    """The surprises of one provision, in order of day."""
    known: dict[object, set[str]] = {}
    for day in _days(index.edges(place), after, until, days):
        change = _change(index, place, day, days)
        if change is None:
            continue
        # As causes grow old one by one they become expected: what is left is no new surprise.
        before = known.setdefault(_key(change), set())
        seen = not before.isdisjoint(change.events)
        before.update(change.events)
        if seen:
            continue
        causes = named(index.world, change.events)
        announced = max((event.announced for event in causes), default=day)
        yield Surprise(
            day=day,
            change=change,
            announced=announced,
            notice_days=(day - announced).days,
            late_days=_late(place, causes),
            already=day == after + timedelta(days=1)
            and _same(change, _change(index, place, after, days)),
        )


def _days(edges: Iterable[date], after: date, until: date, days: int) -> tuple[date, ...]:
    """The days of the window on which the comparison can turn.

    At an edge what applied can turn, and so many days after it what was expected;
    and the window's first day.
    """
    found = {after + timedelta(days=1)}
    for edge in edges:
        found.update((edge, _later(edge, days)))
    return tuple(sorted(day for day in found if after < day <= until))


def _later(day: date, days: int) -> date:
    return day + timedelta(days=min(days, (date.max - day).days))


def _earlier(day: date, days: int) -> date:
    return day - timedelta(days=min(days, (day - date.min).days))


def _change(index: Index, place: Place, day: date, days: int) -> Change | None:
    """How what applied on `day` differs from what was expected; None where it does not."""
    before = index.row(place, on=day, announced_by=_earlier(day, days))
    after = index.row(place, on=day, announced_by=day)
    if before is after or _applied(before) == _applied(after):
        return None
    return next(iter(diff(_rows(before), _rows(after))), None)


def _rows(row: ProvisionState | None) -> tuple[ProvisionState, ...]:
    return () if row is None else (row,)


def _applied(row: ProvisionState | None) -> object:
    """What is charged or held back, as far as a reader can tell; None where nothing is."""
    if row is None or row.status not in _APPLYING:
        return None
    return (row.status, row.rate_pct, row.basis, row.rate_text, row.scope)


def _key(change: Change) -> object:
    """What applied, as far as a reader can tell: the same by the same cause is one surprise.

    What had been expected grows with what was known and is no part of it: a
    pause that upset a threat upsets the order after it once only.
    """
    return _applied(change.after)


def _same(one: Change, other: Change | None) -> bool:
    return (
        other is not None
        and _key(one) == _key(other)
        and not set(one.events).isdisjoint(other.events)
    )


def _late(place: Place, causes: Sequence[Event]) -> int:
    """How many days the causes reach back behind their own announcement."""
    return max(
        (
            (event.announced - effect.effective_from).days
            for event in causes
            for effect in event.effects
            if (effect.measure, effect.provision) == place
            and effect.effective_from is not None
            and effect.effective_from < event.announced
        ),
        default=0,
    )
