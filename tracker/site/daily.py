"""How one day reads against another knowledge of it, or against the day before. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from tracker.core.diff import Change, ChangeKind, diff
from tracker.core.index import Index
from tracker.core.policy import Viewpoint

__all__ = ["learned_of", "news_of"]


def learned_of(index: Index, day: date) -> tuple[Change, ...]:
    """How a day reads now against how it read on that day: what was announced only later."""
    then = index.state(Viewpoint(on=day, announced_by=day))
    return tuple(
        change
        for change in diff(then, index.state(Viewpoint(on=day)))
        # Days and plans are told as they were known on the day anyway.
        if change.kind not in {ChangeKind.DATES, ChangeKind.PENDING}
    )


def news_of(index: Index, day: date) -> tuple[Change, ...]:
    """How a day read on that day against how the day before read then, plans included."""
    if day == date.min:
        return ()
    eve = day - timedelta(days=1)
    seen = (Viewpoint(on=one, announced_by=one) for one in (eve, day))
    pairs = list(index.differing(*seen))
    return tuple(diff([a for a, _ in pairs if a], [b for _, b in pairs if b]))
