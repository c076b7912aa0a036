"""What was not known in time: days on which more or less applied than was expected before.

Owns the comparison of each day as it was known on it with the same day as it was
expected so many days earlier. Only what applied counts: a plan that was made or
dropped is no surprise until it is charged. The work follows the number of
days on which something can turn, not the number of days in the window.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.core.diff import Change, diff
from tracker.core.events import Event
from tracker.core.history import edges_of
from tracker.core.places import Place, apart
from tracker.core.policy import ProvisionState, Viewpoint, state
from tracker.core.words import Status
from tracker.core.world import World

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


def surprises(world: World, after: date, until: date, *, days: int = 30) -> tuple[Surprise, ...]:
    """What applied on a day in `(after, until]` and was not expected `days` days before it.

    In order of the first day on which each showed; each is named once. `days` is
    at least 1. Nothing where `until` does not lie after `after`.
    """
    if until <= after:
        return ()
    found: list[Surprise] = []
    for place, near in apart(world).items():
        found.extend(_of(near, place, after, until, days))
    return tuple(sorted(found, key=lambda one: (one.day, one.announced)))


def _of(near: World, place: Place, after: date, until: date, days: int) -> Iterator[Surprise]:
    """The surprises of one provision, in order of day."""
    events = {event.id: event for event in near.events}
    named: dict[object, set[str]] = {}
    for day in _days(near, place, after, until, days):
        change = _change(near, day, days)
        if change is None:
            continue
        # As causes grow old one by one they become expected: what is left is no new surprise.
        before = named.setdefault(_key(change), set())
        seen = not before.isdisjoint(change.events)
        before.update(change.events)
        if seen:
            continue
        causes = [events[name] for name in change.events if name in events]
        announced = max((event.announced for event in causes), default=day)
        yield Surprise(
            day=day,
            change=change,
            announced=announced,
            notice_days=(day - announced).days,
            late_days=_late(place, causes),
            already=day == after + timedelta(days=1) and _showed(near, after, days, change),
        )


def _days(near: World, place: Place, after: date, until: date, days: int) -> tuple[date, ...]:
    """The days of the window on which the comparison can turn.

    Those on which what applied can turn, those on which something became known,
    and those on which it had been known long enough; and the window's first.
    """
    edges = edges_of(near, place)
    grown = (_later(event.announced, days) for event in near.events)
    found = {after + timedelta(days=1), *edges, *grown}
    return tuple(sorted(day for day in found if after < day <= until))


def _later(day: date, days: int) -> date:
    return day + timedelta(days=min(days, (date.max - day).days))


def _change(near: World, day: date, days: int) -> Change | None:
    """How what applied on `day` differs from what was expected; None where it does not."""
    expected_by = day - timedelta(days=min(days, (day - date.min).days))
    if not any(expected_by < event.announced <= day for event in near.events):
        return None
    before = state(near, Viewpoint(on=day, announced_by=expected_by))
    after = state(near, Viewpoint(on=day, announced_by=day))
    if _applied(before) == _applied(after):
        return None
    return next(iter(diff(before, after)), None)


def _applied(rows: Sequence[ProvisionState]) -> object:
    """What is charged or held back, as far as a reader can tell; None where nothing is."""
    for row in rows:
        if row.status in _APPLYING:
            return (row.status, row.rate_pct, row.basis, row.rate_text, row.scope)
    return None


def _key(change: Change) -> object:
    """Both sides as far as a reader can tell: the same ones by the same cause are one surprise."""
    sides = [[row] if row else [] for row in (change.before, change.after)]
    return (_applied(sides[0]), _applied(sides[1]))


def _showed(near: World, day: date, days: int, change: Change) -> bool:
    """Whether the same had shown on `day` already."""
    found = _change(near, day, days)
    return (
        found is not None
        and _key(found) == _key(change)
        and not set(found.events).isdisjoint(change.events)
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
