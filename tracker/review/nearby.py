"""Events of the record that a candidate may tell of: what to offer for a merger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from tracker.core.events import Event
from tracker.review.desk import QueueItem

__all__ = ["nearby"]

_MOST = 8
_AROUND = timedelta(days=7)


def nearby(
    item: QueueItem, known: Mapping[str, str], reports: Iterable[str], events: Sequence[Event]
) -> tuple[tuple[str, str], ...]:
    """Ids and English titles, most likely first: those that reports seem to tell, then by day.

    `known` has the event that each report seems to tell, by its stream.
    """
    counts = Counter(known[report] for report in reports if report in known)
    parties = {item.imposer, *item.targets} - {None}
    day = item.day

    def rank(event: Event) -> tuple[int, int, int, str]:
        apart = abs((event.announced - day).days) if day else 0
        return (-counts[event.id], -len(parties.intersection(event.parties)), apart, event.id)

    near = [
        event
        for event in events
        if event.id in counts or (day is not None and abs(event.announced - day) <= _AROUND)
    ]
    return tuple((event.id, event.title.en) for event in sorted(near, key=rank)[:_MOST])
