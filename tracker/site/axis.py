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


@dataclass(frozen=True, slots=True)
class Axis:
    """Days `[start, end)` laid over `width` units, one day as wide as any other."""

    start: date
    end: date
    width: int

    def x(self, day: date) -> float:
        """The place of a day's beginning, kept inside the picture, to a tenth of a unit."""
        span = (self.end - self.start).days
        inside = min(max((day - self.start).days, 0), span)
        return round(inside * self.width / span, 1)

    def marks(self) -> tuple[Mark, ...]:
        """Months, quarters or years, whichever keeps the labels apart; in order."""
        months = max((self.end - self.start).days // 30, 1)
        step = next((n for n in (1, 3, 6) if months / n <= 14), 12)
        found: list[Mark] = []
        day = self.start.replace(day=1)
        while day < self.end:
            if day >= self.start and (day.month - 1) % step == 0:
                first = day.month == 1
                found.append(Mark(self.x(day), day, first, first or not found))
            day = (day + timedelta(days=31)).replace(day=1)
        return tuple(found)
