"""The policy day and its midnight, also where clocks are put forward and back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.clock import NEW_YORK, SystemClock, next_policy_midnight, policy_day

instants = st.integers(0, 36_525 * 86_400).map(
    lambda seconds: datetime(2000, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)


def test_the_policy_day_is_new_yorks() -> None:
    assert policy_day(datetime(2025, 3, 4, 4, 59, tzinfo=UTC)) == date(2025, 3, 3)
    assert policy_day(datetime(2025, 3, 4, 5, 0, tzinfo=UTC)) == date(2025, 3, 4)
    assert policy_day(datetime(2025, 7, 1, 4, 0, tzinfo=UTC)) == date(2025, 7, 1)


@given(instants)
def test_the_next_midnight_is_one_past_twelve_within_a_day_or_so(instant: datetime) -> None:
    found = next_policy_midnight(instant)
    local = found.astimezone(NEW_YORK)
    assert (local.hour, local.minute, local.second) == (0, 1, 0)
    # A day that the clocks are put back on has 25 hours.
    assert timedelta(0) < found - instant <= timedelta(hours=25)
    assert next_policy_midnight(found) > found


def test_naive_instants_are_refused() -> None:
    naive = datetime(2025, 3, 4)  # noqa: DTZ001 - the point of the test
    for function in (policy_day, next_policy_midnight):
        with pytest.raises(ValueError, match="naive"):
            function(naive)


def test_the_systems_clock_is_aware() -> None:
    assert SystemClock().now().utcoffset() == timedelta(0)
