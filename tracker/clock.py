"""The only module that reads the time. Everything else is handed instants and days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

__all__ = ["NEW_YORK", "Clock", "SystemClock", "next_policy_midnight", "policy_day"]

# US measures start at 12:01 a.m. eastern time; the policy day of all three
# parties is counted there, so that one day means one thing in a diff.
NEW_YORK = ZoneInfo("America/New_York")


class Clock(Protocol):
    """Something that tells the present instant."""

    def now(self) -> datetime:
        """The present instant in UTC, never naive."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The present instant in UTC, to the microsecond."""
        return datetime.now(UTC)


def policy_day(instant: datetime) -> date:
    """The policy day (America/New_York) of an aware `instant`.

    Raises: ValueError for a naive instant.
    """
    if instant.tzinfo is None:
        raise ValueError("a naive instant has no policy day")
    return instant.astimezone(NEW_YORK).date()


def next_policy_midnight(instant: datetime) -> datetime:
    """The next 00:01 in New York after an aware `instant`, in UTC.

    A minute past midnight is when US measures start, so a state computed then
    is the new day's. Correct across daylight-saving changes.

    Raises: ValueError for a naive instant.
    """
    day = policy_day(instant)
    for ahead in (0, 1):
        local = datetime(day.year, day.month, day.day, 0, 1, tzinfo=NEW_YORK)
        found = (local + timedelta(days=ahead)).astimezone(UTC)
        if found > instant:
            return found
    raise AssertionError("a day later is always later")
