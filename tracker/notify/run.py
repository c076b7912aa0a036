"""Sending what is due: note it, send it, note what became of it, in this order.

Owns the order, which is what keeps an alert from going out twice: one that was
noted and of which nothing more is known is never sent again by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from tracker.notify.alerts import Alert
from tracker.notify.sending import Outcome, Target

__all__ = ["Box", "Gone", "send_all"]

Deliver = Callable[[Alert, Target], Outcome]


class Box(Protocol):
    """The part of an outbox that sending needs; `N` is how it notes an alert."""

    def states(self, target: str, /) -> dict[str, str]:
        """The state of every alert noted for a target, by key."""
        ...

    def claim(self, note: Any, /) -> bool:
        """Note that an alert is about to be sent; False if it must not be."""
        ...

    def end(self, keys: Sequence[str], target: str, state: str, /, *, at: datetime) -> None:
        """Note what became of alerts that were claimed."""
        ...


@dataclass(frozen=True, slots=True)
class Gone:
    """What became of one alert for one target: an outcome, or `grouped`."""

    alert: Alert
    target: Target
    outcome: str


def send_all(
    alerts: Sequence[Alert],
    target: Target,
    *,
    box: Box,
    note: Callable[[Alert, Target, datetime], object],
    deliver: Deliver,
    now: Callable[[], datetime],
    most: int,
    rest: Callable[[int], Alert],
    on_gone: Callable[[Gone], object] | None = None,
) -> tuple[Gone, ...]:
    """Send to one target those of `alerts` that it was not told; answer what became of each.

    Each is noted (`note` makes the row) before it is sent. Beyond `most` they go
    out as one message that `rest` words, and count as told. Once nobody answers
    at the target, what is left waits for the next time. `now` tells UTC.
    Raises: OperationFailed if a note cannot be written; what was sent until then is noted.
    """
    states = box.states(target.id)
    due = [alert for alert in alerts if states.get(alert.key, "waiting") == "waiting"]
    told: list[Gone] = []

    def gone(alert: Alert, outcome: str) -> None:
        told.append(Gone(alert, target, outcome))
        if on_gone is not None:
            on_gone(told[-1])

    for alert in due[:most]:
        if not box.claim(note(alert, target, now())):
            continue  # another process was faster
        outcome = deliver(alert, target)
        box.end([alert.key], target.id, outcome, at=now())
        gone(alert, outcome)
        if outcome == "waiting":
            return tuple(told)
    left = [alert for alert in due[most:] if box.claim(note(alert, target, now()))]
    if left:
        outcome = deliver(rest(len(left)), target)
        state = "grouped" if outcome == "sent" else outcome
        box.end([alert.key for alert in left], target.id, state, at=now())
        for alert in left:
            gone(alert, state)
    return tuple(told)
