"""Calendars to subscribe to: names that stay, numbers that grow, days as far as they are known."""

from __future__ import annotations

from dataclasses import replace as dataclass_replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from msgspec.structs import replace

from tests.site.conftest import Files
from tests.site.worlds import (
    EVENTS,
    MEASURES,
    SOURCE,
    TEMPLATES,
    TODAY,
    day,
    effect,
    event,
    inputs,
    plain_world,
)
from tracker.core.corrections import Amendment
from tracker.core.events import Deadline, Event, Text, When
from tracker.core.words import DeadlineKind, Kind, Status
from tracker.core.world import World, world_of
from tracker.site.appointments import Appointment, appointments
from tracker.site.book import Book
from tracker.site.calendars import calendar_files
from tracker.site.edition import Edition
from tracker.site.model import SiteInputs
from tracker.site.render import render
from tracker.telling.language import LANGUAGES, language

GOLDEN = Path(__file__).parent / "golden" / "calendar.ics"
FIRST = date(2025, 3, 1)
KEY = "us.review"


def said(
    number: int,
    on: date | None = None,
    when: When | None = None,
    *,
    cancelled: bool = False,
    key: str = KEY,
) -> Event:
    """The event of a number, each announced a day after the other, with one word on a deadline."""
    announced = FIRST + timedelta(days=number)
    return Event(
        id=f"{announced}-word-{number}",
        kind=Kind.STATEMENT,
        announced=announced,
        title=Text(en=f"Word {number}", es=f"Palabra {number}"),
        summary=Text(en="A word."),
        sources=(SOURCE,),
        parties=("US",),
        deadlines=(
            Deadline(
                key=key,
                kind=DeadlineKind.HEARING,
                title=Text(en="A hearing", es="Una audiencia", fr="Une audience"),
                day=on,
                when=when,
                cancelled=cancelled,
            ),
        ),
    )


def found(events: list[Event], *amendments: Amendment) -> tuple[Appointment, ...]:
    world = world_of(events, MEASURES, known_until=TODAY)
    return appointments(Book(world, TODAY), amendments)


def made(inside: SiteInputs) -> dict[str, bytes]:
    book = Book(inside.world, inside.today)
    editions = [Edition(book, language(code), inside) for code in LANGUAGES]
    return dict(
        render((one.made(file) for one in editions for file in calendar_files(one)), TEMPLATES)
    )


def entries(body: bytes) -> list[Any]:
    calendar = Calendar.from_ical(body)
    assert isinstance(calendar, Calendar)
    assert not calendar.errors
    for entry in calendar.events:
        assert not entry.errors
    return list(calendar.events)


def rich_world() -> World:
    """The made-up world with a deadline of every sort: moved, cancelled, in a range, not known."""
    events = (
        said(0, day("2025-11-17")),
        said(1, day("2025-12-03")),
        said(2, day("2025-10-14"), key="us.mandate"),
        said(3, None, cancelled=True, key="us.mandate"),
        said(
            4, None, When(earliest=day("2027-01-01"), latest=day("2027-12-31")), key="review.2027"
        ),
        said(5, None, When(latest=day("2025-12-27")), key="us.report"),
        said(6, None, When(), key="us.ruling"),
        said(7, day("2025-10-01"), key="us.talks"),
        said(8, None, When(condition="if talks fail"), key="us.talks"),
    )
    world = world_of((*EVENTS, *events), MEASURES, known_until=TODAY)
    return dataclass_replace(plain_world(), events=world.events)


def by_uid(body: bytes) -> dict[str, Any]:
    held = entries(body)
    names = {str(entry["uid"]): entry for entry in held}
    assert len(names) == len(held)
    return names


_DAYS = st.dates(date(2025, 6, 1), date(2030, 1, 1))
_RANGES = st.builds(
    lambda first, long: When(earliest=first, latest=first + timedelta(days=long)),
    _DAYS,
    st.integers(1, 400),
)
_WORDS = st.one_of(
    st.tuples(_DAYS, st.none(), st.just(False)),
    st.tuples(st.none(), _RANGES, st.just(False)),
    st.tuples(st.none(), st.just(When()), st.just(False)),
    st.tuples(_DAYS | st.none(), st.none(), st.just(True)),
)


@given(st.lists(_WORDS, min_size=1, max_size=6))
def test_a_deadline_keeps_its_name_and_its_number_grows_with_every_word(
    words: list[tuple[date | None, When | None, bool]],
) -> None:
    events: list[Event] = []
    last, known = -1, None
    for number, (on, when, cancelled) in enumerate(words):
        events.append(said(number, on, when, cancelled=cancelled))
        known = on or known
        shown = found(events)
        if not shown:
            # Never a day nobody named: only what has had no bound yet is left out.
            assert known is None
            assert not (when and (when.earliest or when.latest))
            continue
        (one,) = shown
        assert one.uid == f"urn:tracker:deadline:{KEY}"
        assert one.sequence > last
        last = one.sequence
        assert one.cancelled == (cancelled or (on is None and (when is None or when == When())))
        assert one.tentative == (on is None)
        if on is not None:
            assert (one.start, one.until) == (on, on + timedelta(days=1))
        elif when is not None and when != When():
            assert when.latest is not None
            assert (one.start, one.until) == (when.earliest, when.latest + timedelta(days=1))
            assert one.unsure == when
        else:
            assert one.unsure is None


@given(st.lists(_DAYS, min_size=1, max_size=6, unique=True))
def test_a_planned_turn_keeps_its_name_when_it_is_put_off(days: list[date]) -> None:
    events: list[Event] = []
    last = -1
    for number, planned in enumerate(days):
        announced = FIRST + timedelta(days=number)
        events.append(
            event(
                f"{announced}-threat",
                Kind.THREAT,
                "A threat",
                effect("us.border.mx/general", Status.THREATENED, 30, start=planned.isoformat()),
            )
        )
        (one,) = found(events)
        assert one.uid == f"urn:tracker:turn:us.border.mx.general:threat:{FIRST}-threat"
        assert (one.start, one.sequence > last) == (planned, True)
        assert (one.tentative, one.cancelled) == (True, False)
        last = one.sequence


def test_two_moves_on_one_day_are_two_numbers() -> None:
    order = event(
        "2025-03-01-order",
        Kind.ANNOUNCEMENT,
        "An order",
        effect("us.steel/articles", Status.IN_FORCE, 25, start="2025-05-01"),
    )
    pauses = [
        event(
            f"2025-03-02-pause-{number}",
            Kind.PAUSE,
            "A pause",
            effect("us.steel/articles", Status.PAUSED, start="2025-05-01", until=until),
            sequence=number,
        )
        for number, until in enumerate(("2025-06-01", "2025-07-01"))
    ]
    starts = []
    for events in ([order], [order, pauses[0]], [order, *pauses]):
        (one,) = (one for one in found(events) if one.uid.endswith(":start:2025-03-01-order"))
        starts.append((one.start.isoformat(), one.sequence))
    assert starts == [("2025-05-01", 0), ("2025-06-01", 1), ("2025-07-01", 2)]


def test_a_turn_that_is_taken_back_is_cancelled_and_a_threat_carried_out_is_not() -> None:
    held = {one.uid.removeprefix("urn:tracker:turn:"): one for one in found(list(EVENTS))}
    ruling = held["us.border.ca.general:end:2025-05-28-ruling"]
    assert ruling.cancelled
    assert ruling.turn is not None
    assert ruling.turn.by == "2025-05-29-stay"
    threat = event(
        "2025-05-01-threat",
        Kind.THREAT,
        "50% threatened",
        effect("us.steel/articles", Status.THREATENED, 50, start="2025-06-04"),
    )
    shown = found([*EVENTS, threat])
    (one,) = (one for one in shown if "us.steel.articles" in one.uid and one.start.month == 6)
    assert one.uid.endswith(":threat:2025-05-01-threat")
    assert (one.tentative, one.cancelled, one.sequence) == (False, False, 1)


def test_a_correction_of_ours_raises_the_number_and_a_retraction_cancels() -> None:
    wrong, right = said(0, day("2025-10-01")), said(0, day("2025-10-02"))
    at = datetime(2025, 9, 1, 10, 30, 5, 7, tzinfo=UTC)
    mended = Amendment(
        position=9, recorded_at=at, subject=wrong.id, reason="typo", before=wrong, after=right
    )
    (before,), (after,) = found([wrong]), found([right], mended)
    assert (before.uid, before.sequence) == (after.uid, 0)
    assert after.sequence > before.sequence
    assert after.changed == datetime(2025, 9, 1, 10, 30, 5, tzinfo=UTC)
    gone = replace_after(mended, right)
    (last,) = found([], mended, gone)
    assert (last.uid, last.cancelled, last.start) == (after.uid, True, after.start)
    assert last.sequence > after.sequence
    world = world_of((), MEASURES, known_until=TODAY)
    (entry,) = entries(
        made(inputs(world, amendments=(mended, gone), base_url="https://x.example"))["calendar.ics"]
    )
    assert (str(entry["status"]), "url" in entry) == ("CANCELLED", False)


_VERSIONS = st.none() | st.builds(
    lambda status, start, rate: (status, start, rate),
    st.sampled_from([Status.THREATENED, Status.IN_FORCE, Status.PAUSED, Status.REVOKED]),
    st.dates(date(2025, 3, 1), date(2025, 3, 9)),
    st.sampled_from([10, 25]),
)
_PLACE = "us.border.mx/general"


def version(number: int, told: tuple[Status, date, int] | None) -> Event | None:
    """The order of a number as it reads in one version; None where it has been taken back."""
    if told is None:
        return None
    status, start, rate = told
    announced = FIRST + timedelta(days=number)
    said = effect(_PLACE, status, rate, start=start.isoformat())
    return event(f"{announced}-order", Kind.ANNOUNCEMENT, "An order", said)


@given(
    st.tuples(_VERSIONS, _VERSIONS, _VERSIONS),
    st.lists(st.tuples(st.integers(0, 2), _VERSIONS), min_size=1, max_size=5),
)
def test_no_entry_ever_vanishes_whatever_is_corrected_or_taken_back(
    first: tuple[Any, Any, Any], then: list[tuple[int, Any]]
) -> None:
    held = {number: version(number, told) for number, told in enumerate(first)}
    amended: list[Amendment] = []
    seen: dict[str, tuple[int, object]] = {}
    for number, told in [(-1, None), *then]:
        if number >= 0:
            before, after = held[number], version(number, told)
            if before is None:
                continue  # what is not held cannot be corrected
            held[number] = after
            amended.append(
                Amendment(
                    position=len(amended) + 9,
                    recorded_at=datetime(2025, 9, 1, 10, len(amended), tzinfo=UTC),
                    subject=before.id,
                    reason="checked",
                    before=before,
                    after=after,
                )
            )
        shown = {one.uid: one for one in found([x for x in held.values() if x], *amended)}
        assert seen.keys() <= shown.keys()
        for uid, one in shown.items():
            told_now = (one.start, one.until, one.cancelled, one.tentative)
            sequence, told_then = seen.get(uid, (-1, None))
            assert one.sequence >= sequence
            assert one.sequence > sequence or told_then == told_now
            seen[uid] = (one.sequence, told_now)
        if not any(held.values()):
            assert all(one.cancelled for one in shown.values())


def test_a_turn_taken_out_by_a_correction_is_cancelled_and_says_why() -> None:
    order = version(0, (Status.IN_FORCE, date(2025, 5, 1), 25))
    later = version(1, (Status.IN_FORCE, date(2025, 5, 1), 25))
    assert order is not None
    assert later is not None
    at = datetime(2025, 9, 1, 10, 30, tzinfo=UTC)
    gone = Amendment(
        position=9, recorded_at=at, subject=order.id, reason="none", before=order, after=None
    )
    world = world_of([later], MEASURES, known_until=TODAY)
    body = made(inputs(world, amendments=(gone,), base_url="https://x.example"))["es/calendar.ics"]
    held = by_uid(body)
    uid = "urn:tracker:turn:us.border.mx.general:start"
    left, other = held[f"{uid}:{order.id}"], held[f"{uid}:{later.id}"]
    assert (str(left["status"]), str(other["status"])) == ("CANCELLED", "CONFIRMED")
    # Another entry says that it is due on this very day: the old one must not deny it.
    assert str(left["summary"]).startswith("Retirado de este registro por una corrección: ")
    assert left.decoded("dtstart") == other.decoded("dtstart") == date(2025, 5, 1)
    assert int(left["sequence"]) > 0
    assert ("url" in left, "url" in other) == (False, True)
    assert b"us.border.mx" in made(inputs(world, amendments=(gone,)))["party/mx/calendar.ics"]


def replace_after(one: Amendment, held: Event) -> Amendment:
    later = one.recorded_at + timedelta(days=1)
    return dataclass_replace(one, position=10, recorded_at=later, before=held, after=None)


def test_every_file_reads_back_and_says_the_same_days_in_each_language() -> None:
    files = made(inputs(rich_world()))
    assert len(files) == 12
    days: dict[str, set[tuple[object, ...]]] = {}
    for path, body in files.items():
        assert body.endswith(b"END:VCALENDAR\r\n")
        assert all(len(line) <= 75 for line in body.split(b"\r\n")), path
        calendar = Calendar.from_ical(body)
        assert {"version", "prodid"} <= set(map(str.lower, calendar))
        for entry in by_uid(body).values():
            assert type(entry.decoded("dtstart")) is date
            assert entry.decoded("dtend") > entry.decoded("dtstart")
            assert entry["status"] in {"CONFIRMED", "TENTATIVE", "CANCELLED"}
            assert entry["dtstamp"].dt.tzinfo is not None
            assert "url" not in entry
            fixed = ("uid", "dtstart", "dtend", "status", "sequence", "dtstamp")
            told = tuple(str(entry.decoded(name)) for name in fixed)
            days.setdefault(path.removeprefix("es/").removeprefix("fr/"), set()).add(told)
    for path, rows in days.items():
        assert len(rows) == len(entries(files[path])), path
        assert rows <= days["calendar.ics"]
    assert days["party/us/calendar.ics"] != days["party/mx/calendar.ics"]
    uids = set(by_uid(files["party/mx/calendar.ics"]))
    assert "urn:tracker:turn:us.border.mx.general:threat:2025-07-12-threat" in uids
    assert not any("us.border.ca" in uid or "deadline" in uid for uid in uids)


def test_what_is_not_known_is_never_on_a_day_as_if_it_were() -> None:
    held = by_uid(made(inputs(rich_world(), base_url="https://example.org/t/"))["es/calendar.ics"])

    def shown(key: str) -> tuple[str, ...]:
        one = held[f"urn:tracker:deadline:{key}"]
        names = ("dtstart", "dtend", "status", "sequence", "summary")
        return tuple(str(one.decoded(name, b"") if name[0] == "d" else one[name]) for name in names)

    assert shown("review.2027") == (
        ("2027-01-01", "2028-01-01", "TENTATIVE", "0", "Una audiencia (fecha desconocida)")
    )
    assert "entre el 1 de enero de 2027" in str(
        held["urn:tracker:deadline:review.2027"]["description"]
    )
    assert shown("us.report")[:3] == ("2025-12-27", "2025-12-28", "TENTATIVE")
    assert "urn:tracker:deadline:us.ruling" not in held
    gone = "Ya no está previsto para este día: Una audiencia"
    assert shown("us.talks") == ("2025-10-01", "2025-10-02", "CANCELLED", "1", gone)
    assert shown("us.mandate") == ("2025-10-14", "2025-10-15", "CANCELLED", "1", gone)
    assert shown(KEY) == ("2025-12-03", "2025-12-04", "CONFIRMED", "1", "Una audiencia")
    assert str(held[f"urn:tracker:deadline:{KEY}"]["url"]) == (
        "https://example.org/t/es/event/2025-03-02-word-1/index.html"
    )
    assert not [uid for uid in held if "us.pharma" in uid]
    # The evidence for a point of that event is thin, and the calendar does not make it better.
    thin = held["urn:tracker:turn:us.steel.articles:start:2025-03-10-steel"]
    assert str(thin["status"]) == "TENTATIVE"
    assert "es escasa" in str(thin["description"])


def test_a_day_that_passes_changes_no_file() -> None:
    world = rich_world()
    assert made(inputs(world)) == made(inputs(world, today=TODAY + timedelta(days=200)))


def test_the_calendar_as_it_was_published() -> None:
    """A change of these bytes reaches all who have subscribed: look before keeping it."""
    events = [event for event in rich_world().events if event.deadlines]
    world = world_of(events, MEASURES, known_until=TODAY)
    assert made(inputs(world))["calendar.ics"] == GOLDEN.read_bytes()


def test_hostile_words_stay_inside_their_lines(hostile_files: Files, files: Files) -> None:
    for path in (path for path in hostile_files if path.endswith(".ics")):
        names = {str(entry["uid"]) for entry in entries(hostile_files[path])}
        assert names >= set(by_uid(files[path]))
    evil = said(0, day("2025-12-01"))
    text = Text(en="A\r\nEND:VCALENDAR\r\nX:\x00\ud800;,\\n")
    evil = replace(evil, deadlines=(replace(evil.deadlines[0], title=text),))
    body = made(inputs(world_of([evil], MEASURES, known_until=TODAY)))["calendar.ics"]
    assert [str(one["summary"]) for one in entries(body)] == [
        "A\nEND:VCALENDAR\nX:\ufffd\ufffd;,\\n"
    ]


def test_the_page_leads_to_every_calendar_and_lists_what_they_leave_out(files: Files) -> None:
    for folder in ("", "es/", "fr/"):
        page = files[f"{folder}calendar/index.html"].decode()
        for file in ("calendar.ics", "party/us/calendar.ics", "party/mx/calendar.ics"):
            assert f'href="../{file}" type="text/calendar"' in page
            assert f"{folder}{file}" in files
        assert page.count('<link rel="alternate" type="text/calendar"') == 4
        party = files[f"{folder}party/mx/index.html"].decode()
        assert party.count('type="text/calendar"') == 2
        assert party.count('href="../../party/mx/calendar.ics"') == 2


def test_a_calendar_that_grows_long_lets_go_of_its_oldest_days(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = entries(made(inputs(rich_world()))["calendar.ics"])
    monkeypatch.setattr("tracker.site.calendars._LATEST", 3)
    kept = entries(made(inputs(rich_world()))["calendar.ics"])
    assert [one["uid"] for one in kept] == [one["uid"] for one in whole[-3:]]
