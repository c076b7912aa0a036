"""How a provision reads through time, as runs of days on which it reads the same.

Owns when two days read the same to whoever looks at a picture or a table of rates.
Pure arithmetic over the answers of an index, without words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.core.index import Index, Place
from tracker.core.policy import ProvisionState
from tracker.core.words import PLANNED

__all__ = ["Run", "course_of", "expected_of"]


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive days `[start, until)` on which a provision reads the same; None is open.

    `state` is the provision's state on the first of them.
    """

    start: date
    until: date | None
    state: ProvisionState


def course_of(index: Index, place: Place, known: date | None = None) -> tuple[Run, ...]:
    """The runs of a provision, oldest first, as known by a day (None: now); silent days left out.

    Every day on which the index may answer otherwise is asked for, once.
    """
    course: list[tuple[date, ProvisionState | None]] = []
    for day in index.edges(place):
        row = index.row(place, on=day, announced_by=known)
        if not course or _look(course[-1][1]) != _look(row):
            course.append((day, row))
    return _closed(course)


def expected_of(
    index: Index, place: Place, today: date
) -> tuple[tuple[date, tuple[Run, ...]], ...]:
    """The course as it was known by each day up to `today` that changed it, in order."""
    found: list[tuple[date, tuple[Run, ...]]] = []
    for known in index.depths(place):
        if known > today:
            break
        runs = course_of(index, place, known)
        if runs and not (found and _alike(found[-1][1], runs)):
            found.append((known, runs))
    return tuple(found)


def _look(row: ProvisionState | None) -> object:
    """What a reader can tell two stretches of days apart by."""
    if row is None:
        return None
    if row.status in PLANNED and row.pending:
        turn = row.pending[0]
        return (row.status, turn.rate_pct, turn.basis, turn.rate_text, turn.effective_from)
    instead = [(other.status, other.rate_pct, other.when) for other in row.alternatives]
    return (row.status, row.rate_pct, row.basis, row.rate_text, row.scope, instead)


def _alike(one: tuple[Run, ...], other: tuple[Run, ...]) -> bool:
    """Whether two courses read the same all along."""
    plain = ([(run.start, run.until, _look(run.state)) for run in runs] for runs in (one, other))
    return next(plain) == next(plain)


def _closed(course: list[tuple[date, ProvisionState | None]]) -> tuple[Run, ...]:
    ends = [day for day, _ in course[1:]]
    return tuple(
        Run(day, until, row)
        for (day, row), until in zip(course, [*ends, None], strict=False)
        if row is not None
    )
