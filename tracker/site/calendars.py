"""The calendar as files that a calendar program subscribes to: one a language, and one a party.

Owns their words. What stands in them and under which name belongs to `appointments`.
Their inputs are the events, the measures' titles and scopes, the corrections and
the base address; the policy day is none of them, so that a file does not change
because a day has passed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tracker.core.events import Event
from tracker.core.words import PARTIES, Doubt, Label
from tracker.site.appointments import Appointment, appointments
from tracker.site.dues import Due
from tracker.site.edition import Edition
from tracker.site.ical import CalendarEntry, CalendarView
from tracker.site.model import Late, Page
from tracker.site.names import doubt_meaning, label_meaning, party_name, status_meaning
from tracker.site.paths import CALENDAR_FILE, address, event_page, folder_of, party_calendar
from tracker.site.retired import Retired
from tracker.site.text import outward
from tracker.site.turns import Turn, family
from tracker.telling.language import marked
from tracker.telling.names import deadline_name
from tracker.telling.phrases import pending_phrase
from tracker.telling.places import subject_phrase
from tracker.telling.uncertain import when_phrase

__all__ = ["calendar_files"]

_LATEST = 1000
"""How many entries a calendar holds at most, the latest by day: all are read at each asking."""

_THIN = frozenset({Doubt.DISPUTED, Doubt.UNCERTAIN})
"""Doubts with which nothing is told as settled."""

_FAMILIES = {
    "start": marked("ahead", "start"),
    "plan": marked("ahead", "plan"),
    "threat": marked("ahead", "threat"),
    "pause": marked("ahead", "pause"),
    "end": marked("ahead", "end"),
}


_CANCELLED = marked("ical", "No longer due on this day: {what}")
_RETIRED = marked("ical", "Taken out of this record by a correction: {what}")


def calendar_files(edition: Edition) -> Iterator[Late]:
    """The whole calendar in a language, then that of each of the three governments."""
    book, amendments = edition.book, edition.inputs.amendments
    found = edition.first.once(
        "appointments", book.measures, lambda: appointments(book, amendments)[-_LATEST:]
    )
    folder = folder_of(edition.lang.code)
    yield Late(folder + CALENDAR_FILE, _calendar, (found, ""))
    for code in PARTIES:
        yield Late(folder + party_calendar(code), _calendar, (found, code))


def _calendar(edition: Edition, found: tuple[Appointment, ...], code: str) -> Page:
    """The appointments of a government, or all of them where none is named."""
    lang = edition.lang
    told = edition.once("entries", found, lambda: [(one, _entry(edition, one)) for one in found])
    entries = tuple(entry for one, entry in told if not code or code in one.parties)
    if not code:
        return _file(edition, CALENDAR_FILE, lang.say("ical", "Trade policy"), entries)
    name = lang.say("ical", "Trade policy: {party}", party=party_name(lang, code))
    return _file(edition, party_calendar(code), name, entries)


def _file(edition: Edition, path: str, name: str, entries: tuple[CalendarEntry, ...]) -> Page:
    lang = edition.lang
    path = folder_of(lang.code) + path
    described = lang.say(
        "calendar",
        "Days that were set beforehand. That one has gone by does not say that what it was set "
        "for happened.",
    )
    view = CalendarView(name, described, lang.code, address(edition.inputs.base_url, path), entries)
    return Page(path, "ical", {"calendar": view}, lang.code)


def _entry(edition: Edition, one: Appointment) -> CalendarEntry:
    lang = edition.lang
    if one.due is not None:
        told = _of_due(edition, one.due)
    elif one.turn is not None:
        told = _of_retired(edition, one.retired) if one.retired else _of_turn(edition, one.turn)
    else:
        raise AssertionError("an appointment is a deadline or a turn")
    what, lines = told.what, [told.category[:1].upper() + told.category[1:] + "."]
    if one.unsure is not None:
        what = lang.say("ical", "{what} (day not known)", what=what)
        when = when_phrase(lang, one.unsure)
        lines.append(lang.say("ical", "The day is not known: {when}.", when=when))
    lines += (doubt_meaning(lang, doubt) for doubt in told.event.doubts)
    if one.cancelled:
        said = _RETIRED if one.retired else _CANCELLED
        what = lang.say(*said, what=what)
    tentative = one.tentative or not _THIN.isdisjoint(told.event.doubts)
    held = told.event.id in edition.book.events
    page = folder_of(lang.code) + event_page(told.event.id)
    return CalendarEntry(
        uid=one.uid,
        sequence=one.sequence,
        start=one.start,
        until=one.until,
        status="CANCELLED" if one.cancelled else "TENTATIVE" if tentative else "CONFIRMED",
        changed=one.changed,
        summary=what,
        description="\n".join((*lines, *told.lines)),
        category=told.category,
        url=address(edition.inputs.base_url, page) if held else "",
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """The words of an entry, and the event it rests on."""

    what: str
    category: str
    lines: tuple[str, ...]
    event: Event


def _of_due(edition: Edition, due: Due) -> _Told:
    lang, held = edition.lang, edition.book.world.measures
    event = due.event
    if event.id in edition.book.events:
        lines = [lang.words(held[key].title) for key in due.deadline.measures if key in held]
        lines += _moved(edition, due.earlier)
        lines.append(_set_by(edition, event) if due.words == 1 else _last_word(edition, event))
        lines += _papers(edition, event)
    else:
        lines = [label_meaning(lang, Label.CORRECTED)]
    return _Told(
        what=lang.words(due.deadline.title),
        category=deadline_name(lang, due.deadline.kind),
        lines=tuple(lines),
        event=event,
    )


def _of_retired(edition: Edition, one: Retired) -> _Told:
    """A turn that nothing in the record gives any more; another entry may stand in its place."""
    lang = edition.lang
    return _Told(
        what=_turning(edition, one.turn),
        category=_category(edition, one.turn),
        lines=(lang.words(one.measure.title), label_meaning(lang, Label.CORRECTED)),
        event=one.event,
    )


def _of_turn(edition: Edition, turn: Turn) -> _Told:
    lang, book = edition.lang, edition.book
    meaning = (status_meaning(lang, turn.pending.status),) if turn.intent else ()
    event = book.events[turn.pending.event]
    by = book.events.get(turn.by, event)
    lines = [
        lang.words(book.world.measures[turn.place[0]].title),
        *meaning,
        *_moved(edition, turn.earlier),
        _set_by(edition, event),
    ]
    if by is not event:
        lines.append(_last_word(edition, by))
    lines += _papers(edition, event)
    return _Told(
        what=_turning(edition, turn),
        category=_category(edition, turn),
        lines=tuple(lines),
        event=event,
    )


def _turning(edition: Edition, turn: Turn) -> str:
    lang = edition.lang
    return lang.say(
        "ahead",
        "{subject}: {turn}",
        subject=subject_phrase(lang, turn.row),
        turn=pending_phrase(lang, turn.pending),
    )


def _category(edition: Edition, turn: Turn) -> str:
    kind = family(turn.pending.status)
    if kind == "start" and turn.intent:
        kind = "plan"
    return edition.lang.say(*_FAMILIES[kind])


def _moved(edition: Edition, earlier: tuple[date, ...]) -> tuple[str, ...]:
    lang = edition.lang
    return tuple(
        lang.say("ical", "Was set for {day} before.", day=lang.day(day)) for day in earlier
    )


def _set_by(edition: Edition, event: Event) -> str:
    lang = edition.lang
    title, day = lang.words(event.title), lang.day(event.announced)
    return lang.say("ical", "Set by: {title} ({day})", title=title, day=day)


def _last_word(edition: Edition, event: Event) -> str:
    lang = edition.lang
    title, day = lang.words(event.title), lang.day(event.announced)
    return lang.say("ical", "Last word: {title} ({day})", title=title, day=day)


def _papers(edition: Edition, event: Event) -> tuple[str, ...]:
    """The paper and one source, an official one where there is one."""
    found = [event.instrument.citation] if event.instrument else []
    for source in sorted(event.sources, key=lambda one: not one.primary)[:1]:
        link = outward(source.url)
        said = f"{source.publisher}, {source.title}"
        found.append(
            edition.lang.say("ical", "Source: {source}", source=f"{said} {link}" if link else said)
        )
    return tuple(found)
