"""The time axis of a picture: days to horizontal places, and where the marks go.

Pure arithmetic on days; it knows nothing of SVG or of policy.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

__all__ = ["Axis", "Mark"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A line of the axis at `x`, where a month begins; `strong` where a year does.

    `year` tells that its label names the year too.
    """

    x: float
    month: date
    strong: bool
    year: bool


_SINCE, _YEAR = 68, 34
"""How many units the words at the beginning of a bent axis take, and a year."""


@dataclass(frozen=True, slots=True)
class Axis:
    """Days `[start, end)` laid over `width` units, one day as wide as any other.

    Where there is a `bend`, the days before it share the first `narrow` units.
    """

    start: date
    end: date
    width: int
    bend: date | None = None
    narrow: int = 0

    def x(self, day: date) -> float:
        """The place of a day's beginning, kept inside the picture, to a tenth of a unit."""
        if self.bend is None:
            return round(_place(day, self.start, self.end) * self.width, 1)
        if day < self.bend:
            return round(_place(day, self.start, self.bend) * self.narrow, 1)
        after = _place(day, self.bend, self.end)
        return round(self.narrow + after * (self.width - self.narrow), 1)

    def marks(self) -> tuple[Mark, ...]:
        """Months, quarters or years, whichever keeps the labels apart; in order.

        Before the bend years alone, as many as have room.
        """
        if self.bend is None:
            return self._months(self.start)
        years = [date(year, 1, 1) for year in range(self.start.year + 1, self.bend.year + 1)]
        found: list[Mark] = []
        for day in years:
            x = self.x(day)
            free = found[-1].x + _YEAR if found else _SINCE
            if day < self.bend and free <= x <= self.narrow - _YEAR:
                found.append(Mark(x, day, True, True))
        return (*found, *self._months(self.bend))

    def _months(self, start: date) -> tuple[Mark, ...]:
        months = max((self.end - start).days // 30, 1)
        step = next((n for n in (1, 3, 6) if months / n <= 14), 12)
        found: list[Mark] = []
        day = start.replace(day=1)
        while day < self.end:
            if day >= start and (day.month - 1) % step == 0:
                first = day.month == 1
                found.append(Mark(self.x(day), day, first, first or not found))
            day = (day + timedelta(days=31)).replace(day=1)
        return tuple(found)


def _place(day: date, start: date, end: date) -> float:
    """Where a day lies between two, from 0 to 1, those outside at the nearer end."""
    span = (end - start).days
    return min(max((day - start).days, 0), span) / span
