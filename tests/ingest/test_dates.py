from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.ingest.dates import FIRST_YEAR, LAST_YEAR, parse_date


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Wed, 18 Feb 2026 06:34:46 +0530", "2026-02-18T01:04:46"),
        ("Fri, 24 Nov 2023 11:00:00 GMT", "2023-11-24T11:00:00"),
        ("Mon, 03 Feb 2025 16:30:00 EST", "2025-02-03T21:30:00"),
        ("Mon, 04 Aug 2025 16:30:00 EDT", "2025-08-04T20:30:00"),
        ("Mon, 03 Feb 2025 16:30 PST", "2025-02-04T00:30:00"),
        ("Mon, 03 Feb 2025 16:30:00 NST", "2025-02-03T20:00:00"),
        ("Wed, 5 Nov 2025 13:52:10  EST", "2025-11-05T18:52:10"),
        ("Thu, 07 Dec 17 10:00:29 -0800", "2017-12-07T18:00:29"),
        ("07 Dec 99 10:00:29 UT", "1999-12-07T10:00:29"),
        ("Tue, 4 Mar 2025 10:00:00 -0500 (EST)", "2025-03-04T15:00:00"),
        ("Sat, 1 Mar 2025 23:59:60 GMT", "2025-03-01T23:59:59"),
        ("Tue, 4 Mar 2025 10:00:00 -0000", "2025-03-04T10:00:00"),
        # a wrong day of the week does not matter
        ("Fri, 4 Mar 2025 10:00:00 GMT", "2025-03-04T10:00:00"),
        # as feeds in Spanish and French write
        ("mié, 05 mar 2025 08:00:00 -0600", "2025-03-05T14:00:00"),
        ("vie., 19 sept. 2025 10:00:00 -0600", "2025-09-19T16:00:00"),
        ("Lun, 01 Dic 2025 10:00:00 GMT", "2025-12-01T10:00:00"),
        ("jeu., 6 févr. 2025 10:00:00 -0500", "2025-02-06T15:00:00"),
        ("lundi 4 août 2025 10:00:00 GMT", "2025-08-04T10:00:00"),
        ("2025-01-26T14:24:19Z", "2025-01-26T14:24:19"),
        ("2017-06-15T10:29:47-07:00", "2017-06-15T17:29:47"),
        ("2025-03-05T10:15Z", "2025-03-05T10:15:00"),
        ("2025-03-05 10:15:00 +0100", "2025-03-05T09:15:00"),
        ("2025-03-05T10:15:00-05", "2025-03-05T15:15:00"),
        ("2026-02-16T09:57:56.491744+00:00", "2026-02-16T09:57:56.491744"),
        ("2026-02-16T09:57:56,5Z", "2026-02-16T09:57:56.5"),
        # only the day is known: noon UTC, the same day all over North America
        ("2025-03-04", "2025-03-04T12:00:00"),
        ("Tue, 04 Mar 2025", "2025-03-04T12:00:00"),
        ("19 de septiembre de 2025", "2025-09-19T12:00:00"),
        ("2025-03-04T23:30:00", "2025-03-04T12:00:00"),
        ("Tue, 04 Mar 2025 00:10:00", "2025-03-04T12:00:00"),
    ],
)
def test_a_date_that_feeds_write_is_read(raw: str, expected: str) -> None:
    assert parse_date(raw) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "raw",
    [
        *("", " ", "now", "yesterday", "2016/6/29", "03/04/2025", "3-4-2025", "2025", "2025-03"),
        *("20250304", "1741082400", "Mar 4, 2025", "Thu, 09/18/2025 - 12:00", "2025-W10-2"),
        *("2025-02-30", "2025-13-01", "2025-03-04T24:00:00Z", "2025-03-04T10:61:00Z"),
        *("Mon, 32 Jan 2025 00:00:00 GMT", "Tue, 4 Foo 2025 10:00:00 GMT"),
        *("Tue, 4 03 2025 10:00:00 GMT", "Blursday, 4 Mar 2025 10:00:00 GMT"),
        # a zone nobody can tell, and military letters, which were used with both signs
        *("Tue, 4 Mar 2025 10:00:00 IST", "Tue, 4 Mar 2025 10:00:00 A"),
        *("Tue, 4 Mar 2025 10:00:00 +2500", "Tue, 4 Mar 2025 10:00:00 +0099"),
        *("Tue, 4 Mar 2025 10:00:75 GMT", "4 Mar 1994 10:00:00 GMT", "4 Mar 2101 10:00:00 GMT"),
        *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"),
        *("٢٠٢٥-٠٣-٠٤", "2025-03-04T10:00:00Z; and more", "x" * 5000),
    ],
)
def test_whatever_else_is_no_date(raw: str) -> None:
    assert parse_date(raw) is None


@given(st.text() | st.from_regex(r"\w{3}, [0-9]{1,3} \w{3} [0-9]{2,5} [0-9:]{0,9} ?[\w+-]{0,6}"))
def test_it_never_raises_and_answers_only_utc_within_its_years(raw: str) -> None:
    found = parse_date(raw)
    if found is not None:
        assert found.utcoffset() == timedelta(0)
        assert FIRST_YEAR - 1 <= found.year <= LAST_YEAR + 1


_INSTANTS = st.datetimes(
    min_value=datetime.fromisoformat(f"{FIRST_YEAR}-01-02"),
    max_value=datetime.fromisoformat(f"{LAST_YEAR}-12-30"),
    timezones=st.just(UTC),
)


@given(_INSTANTS)
def test_an_instant_written_in_iso_reads_back(moment: datetime) -> None:
    assert parse_date(moment.isoformat()) == moment


@given(_INSTANTS, st.integers(min_value=-14 * 60, max_value=14 * 60))
def test_an_instant_written_by_rfc_822_reads_back(moment: datetime, minutes: int) -> None:
    there = moment + timedelta(minutes=minutes)
    sign, size = ("-" if minutes < 0 else "+"), abs(minutes)
    names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun"]
    names += ["Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    zone = f"{sign}{size // 60:02}{size % 60:02}"
    raw = f"{there.day} {names[there.month - 1]} {there:%Y %H:%M:%S} {zone}"
    if FIRST_YEAR <= there.year <= LAST_YEAR:
        assert parse_date(raw) == moment.replace(microsecond=0)
