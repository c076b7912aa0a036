"""When a source is asked again: what it asks for is a floor, and nothing is given up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ingest.material import NOON
from tracker.ingest.hints import Hints, cache_wait_s, feed_hints, http_wait, read_hints
from tracker.ingest.pace import CEILING, FLOOR, GONE_WAIT, MAX_WAIT, gone, next_poll, retry

HOUR = timedelta(hours=1)
SKIPPED = (
    "<skipHours><hour>0</hour><hour>24</hour><hour>7</hour></skipHours>"
    "<skipDays><day>Sunday</day><day>Someday</day></skipDays>"
)
BEFORE, SAID, LATER = (f"Mon, 02 Mar 2026 {hour}:00:00 GMT" for hour in (11, 12, 13))
_HINTS = st.builds(
    Hints,
    wait_s=st.integers(0, 86_400),
    skip_hours=st.lists(st.integers(0, 23), max_size=23, unique=True).map(tuple),
    skip_days=st.lists(st.integers(0, 6), max_size=6, unique=True).map(tuple),
)


@given(
    st.integers(300, 200_000).map(lambda seconds: timedelta(seconds=seconds)),
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    _HINTS,
    st.integers(0, 10_000),
)
def test_a_source_is_never_asked_too_soon_nor_given_up(
    interval: timedelta, now: datetime, hints: Hints, quiet: int
) -> None:
    due = next_poll("one", interval, now=now, hints=hints, quiet=quiet)
    assert due == next_poll("one", interval, now=now, hints=hints, quiet=quiet)
    assert due.at - now >= max(FLOOR, timedelta(seconds=hints.wait_s))
    longest = max(CEILING, interval, timedelta(seconds=hints.wait_s)) * 1.1
    assert due.at - now <= longest + timedelta(days=7)
    assert due.at.hour not in hints.skip_hours
    assert due.at.weekday() not in hints.skip_days


def test_sooner_after_news_and_later_when_quiet() -> None:
    def wait(quiet: int) -> timedelta:
        return next_poll("one", HOUR, now=NOON, hints=Hints(), quiet=quiet).at - NOON

    assert HOUR / 2 <= wait(0) <= HOUR / 2 * 1.1
    assert HOUR <= wait(1) <= HOUR * 1.1
    waits = [wait(quiet) for quiet in range(30)]
    assert waits == sorted(waits)
    assert 4 * HOUR <= waits[-1] <= 4.4 * HOUR


def test_sources_do_not_march_in_step() -> None:
    found = {next_poll(f"s{n}", HOUR, now=NOON, hints=Hints(), quiet=1).at for n in range(50)}
    assert len(found) == 50


@given(st.integers(1, 10_000), st.integers(-10, 10**7))
def test_a_failing_source_is_asked_again_within_a_day(failures: int, asked_s: int) -> None:
    asked = timedelta(seconds=asked_s)
    wait = retry("one", now=NOON, failures=failures, asked=asked).at - NOON
    assert min(asked, MAX_WAIT) <= wait <= MAX_WAIT
    assert wait >= FLOOR


def test_what_is_gone_for_good_is_asked_once_a_week() -> None:
    assert GONE_WAIT <= gone("one", now=NOON).at - NOON <= 1.1 * GONE_WAIT


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0),
        ({"cache-control": "max-age=600"}, 600),
        ({"cache-control": "public, max-age=600", "age": "100"}, 500),
        ({"cache-control": "max-age=600", "age": "9999"}, 0),
        ({"cache-control": "no-cache, max-age=600"}, 0),
        ({"cache-control": "max-age=99999999"}, 86_400),
        ({"cache-control": "max-age=-5"}, 0),
        (
            {"expires": LATER, "date": SAID},
            3600,
        ),
        ({"expires": BEFORE, "date": SAID}, 0),
        ({"expires": "0", "date": SAID}, 0),
        ({"expires": LATER}, 0),
    ],
)
def test_caching_headers(headers: dict[str, str], seconds: int) -> None:
    assert cache_wait_s(headers) == seconds


def test_a_date_to_wait_for_is_measured_by_the_sources_own_clock() -> None:
    until, said = "Mon, 02 Mar 2026 12:10:00 GMT", SAID
    assert http_wait(until, said) == (600, None)
    assert http_wait(until, "") == (0, datetime(2026, 3, 2, 12, 10, tzinfo=UTC))
    assert http_wait(" 120 ", said) == (120, None)
    assert http_wait("soon", said) == (0, None)


@pytest.mark.parametrize(
    ("head", "hints"),
    [
        ("<channel><ttl>90</ttl>", Hints(wait_s=5400)),
        ("<sy:updatePeriod>hourly</sy:updatePeriod>", Hints()),
        (
            "<sy:updatePeriod> daily </sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
            Hints(wait_s=21_600),
        ),
        ("<ttl>99999</ttl>", Hints(wait_s=86_400)),
        ("<ttl>soon</ttl><updatePeriod>often</updatePeriod>", Hints()),
        (
            SKIPPED,
            Hints(skip_hours=(0, 7), skip_days=(6,)),
        ),
        (
            f"<skipHours>{''.join(f'<hour>{n}</hour>' for n in range(24))}</skipHours>",
            Hints(),
        ),
    ],
)
def test_what_the_head_of_a_feed_asks_for(head: str, hints: Hints) -> None:
    assert feed_hints(head) == hints


@pytest.mark.parametrize("kept", [None, "", "{", '{"wait_s": "x"}'])
def test_hints_that_do_not_read_are_none(kept: str | None) -> None:
    assert read_hints(kept) == Hints()
