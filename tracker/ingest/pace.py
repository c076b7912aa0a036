"""When a source is asked next. Pure: it is handed the instant and knows no clock.

Owns the pace of polling: the source's interval, faster after news, slower when
quiet, what the source asks for, a spread that is the same each time it is worked out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from tracker.core.codec import sha256
from tracker.ingest.hints import Hints

__all__ = [
    "CEILING",
    "FIRST_WAIT",
    "FLOOR",
    "GONE_WAIT",
    "MAX_WAIT",
    "Next",
    "gone",
    "next_poll",
    "retry",
]

FLOOR = timedelta(minutes=5)
"""No source is asked more often than this."""

CEILING = timedelta(hours=6)
"""However quiet a source is, it is asked again after this, unless its own interval is longer."""

FIRST_WAIT = timedelta(minutes=5)
"""A source that has just failed is asked again after this."""

MAX_WAIT = timedelta(hours=24)
"""A failing source is asked again after this at the latest: it is never given up."""

GONE_WAIT = timedelta(days=7)
"""A source that says it is gone for good is asked once a week: some come back."""

# Every quiet poll after the third makes the wait a quarter longer, to four times at most.
_QUIET_AT_ONCE = 3
_GROWTH, _MOST = 1.25, 4.0
_SPREAD = 0.1


@dataclass(frozen=True, slots=True)
class Next:
    """When a source is due (UTC) and why then, in a few words."""

    at: datetime
    why: str


def next_poll(
    source: str,
    interval: timedelta,
    *,
    now: datetime,
    hints: Hints,
    quiet: int = 0,
) -> Next:
    """When a source that was read at `now` (UTC, aware) is asked again.

    `quiet` counts the polls in a row that brought nothing, 0 after news. News
    halve the interval, as little as FLOOR; quiet stretches it, to CEILING or
    the interval itself. What `hints` ask for is a floor under both, and hours
    and days they leave out are waited for. Up to a tenth is added, by the
    source's name and the instant, so that sources do not march in step. The
    same arguments give the same answer.
    """
    if quiet == 0:
        wait, why = max(FLOOR, interval / 2), "sooner, as it has just brought news"
    elif quiet <= _QUIET_AT_ONCE:
        wait, why = interval, "its interval"
    else:
        factor = min(_MOST, _GROWTH ** min(quiet - _QUIET_AT_ONCE, 20))
        wait = max(interval, min(interval * factor, CEILING))
        why = f"later, after {quiet} polls without news"
    asked = timedelta(seconds=hints.wait_s)
    if asked > wait:
        wait, why = asked, f"the source asks for {_spoken(asked)} between polls"
    wait += wait * _SPREAD * _share(source, now)
    at = _not_left_out(now + wait, hints)
    if at != now + wait:
        why = "the source leaves the hours before out"
    return Next(at, why)


def retry(source: str, *, now: datetime, failures: int, asked: timedelta | None = None) -> Next:
    """When a source that has failed `failures` times in a row (1 or more) is asked again.

    The wait doubles from FIRST_WAIT to MAX_WAIT and no further, and is never
    shorter than what the source `asked` for, up to MAX_WAIT. It begins with
    five minutes, because most failures are short and a machine that starts
    without a network should not be silent for half a day. A tenth at most is
    added, and nothing while a source asked for a time of its own.
    """
    wait = min(FIRST_WAIT * 2 ** min(failures - 1, 12), MAX_WAIT)
    why = "it failed" if failures == 1 else f"it failed {failures} times in a row"
    if asked is not None and asked >= wait:
        return Next(now + min(asked, MAX_WAIT), f"it asked for {_spoken(min(asked, MAX_WAIT))}")
    return Next(now + min(MAX_WAIT, wait + wait * _SPREAD * _share(source, now)), why)


def gone(source: str, *, now: datetime) -> Next:
    """When a source that says it is gone for good is asked again: it may have been a mistake."""
    return Next(
        now + GONE_WAIT * (1 + _SPREAD * _share(source, now)), "it says it is gone for good"
    )


def _share(source: str, now: datetime) -> float:
    """A number from 0 to 1 that only the source and the instant decide."""
    return int(sha256(f"{source} {now.isoformat()}".encode())[:8], 16) / 0xFFFFFFFF


def _not_left_out(at: datetime, hints: Hints) -> datetime:
    """The first instant from `at` on in an hour and on a day that are not left out."""
    found = at
    for _ in range(24 * 7):
        if found.hour not in hints.skip_hours and found.weekday() not in hints.skip_days:
            return found
        found = found.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return at


def _spoken(wait: timedelta) -> str:
    seconds = int(wait.total_seconds())
    for size, name in ((3600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds / size:.3g} {name}"
    return f"{seconds} seconds"
