"""A page as it is cited: its permanent address, both clocks, and the ledger entry it rests on.

Owns what a citation claims. The day policy applies to stands in the title or the
words, `known by` is the day up to which announcements count, and the ledger
entry says how far the record had come: the last that bears on the page, so that
a citation stays right while the ledger grows. When somebody read it is for them to add.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date

from tracker.core.bearing import Mark
from tracker.core.events import Event
from tracker.site.bibliography import Reference, bibtex, csl_json
from tracker.site.edition import Edition
from tracker.site.paths import (
    COMPARE_ANY,
    compare_page,
    day_page,
    event_page,
    folder_of,
    measure_page,
)
from tracker.site.text import clean
from tracker.telling.viewpoints import instant_phrase

__all__ = ["Citation", "cite_any", "cite_compare", "cite_day", "cite_event", "cite_measure"]

_AUTHOR = "Tracker"
_CHECKPOINT_DIGITS = 16
"""How much of a checkpoint stands in an address; the words hold all of it."""


@dataclass(frozen=True, slots=True)
class Citation:
    """One page as text, as BibTeX and as CSL-JSON, none of them escaped for HTML."""

    text: str
    bibtex: str
    csl: str


def cite_event(edition: Edition, event: Event) -> Citation:
    """An event, by the ledger entry that holds it as it reads."""
    lang = edition.lang
    words = lang.say(
        "cite", "Event {id}, announced on {day}", id=event.id, day=lang.day(event.announced)
    )
    mark = edition.inputs.bearing.event(event.id)
    title = edition.text(event.title).text
    place = event_page(event.id)
    return _cited(edition, key=f"event-{event.id}", title=title, path=place, words=words, mark=mark)


def cite_day(edition: Edition, day: date, title: str, mark: Mark | None) -> Citation:
    """The state on a day."""
    words = _known(edition, edition.lang.say("cite", "Policy day {day}", day=edition.day(day)))
    return _cited(
        edition,
        key=f"on-{day}",
        title=title,
        path=day_page(day),
        words=words,
        mark=mark,
        known=edition.today,
    )


def cite_compare(
    edition: Edition, days: tuple[date, date], title: str, mark: Mark | None
) -> Citation:
    """What changed between two days."""
    start, end = days
    said = edition.lang.say(
        "cite", "Policy days {start} and {end}", start=edition.day(start), end=edition.day(end)
    )
    title = edition.lang.say("cite", "What changed, {pair}", pair=title)
    return _cited(
        edition,
        key=f"compare-{start}-{end}",
        title=title,
        path=compare_page(start, end),
        words=_known(edition, said),
        mark=mark,
        known=edition.today,
    )


def cite_any(edition: Edition) -> str:
    """The text for a comparison that a script works out, its places still open.

    `{from}` and `{to}` are a day with the day by which things were known, `{query}` says
    both again in the address. Any two days rest on all of the record.
    """
    lang = edition.lang
    words = lang.say("cite", "First day: {start}; second day: {end}", start="{from}", end="{to}")
    return _cited(
        edition,
        key="compare",
        title=lang.say("title", "Compare any two days"),
        path=f"{COMPARE_ANY}?{{query}}",
        words=words,
        mark=edition.inputs.bearing.record,
    ).text


def cite_measure(edition: Edition, key: str, title: str, mark: Mark | None) -> Citation:
    """A measure with all its days, as it stood on the day of the site."""
    return _cited(
        edition,
        key=f"measure-{key}",
        title=title,
        path=measure_page(key),
        words=_known(edition, edition.lang.say("cite", "Measure {key}", key=key)),
        mark=mark,
        known=edition.today,
    )


def _known(edition: Edition, what: str) -> str:
    return edition.lang.say(
        "cite", "{what}, as known by {day}", what=what, day=edition.day(edition.today)
    )


def _cited(
    edition: Edition,
    *,
    key: str,
    title: str,
    path: str,
    words: str,
    mark: Mark | None,
    known: date | None = None,
) -> Citation:
    lang, mark = edition.lang, mark or edition.inputs.head
    note = lang.series((words, _entry(edition, mark)))
    place = folder_of(lang.code) + path + _fragment(mark, known)
    base = edition.inputs.base_url
    one = Reference(
        key=f"tracker-{key}" + ("" if lang.code == "en" else f"-{lang.code}"),
        author=_AUTHOR,
        title=title,
        container=lang.say("site", "The record of North American trade policy"),
        note=note,
        lang=lang.code,
        place=lang.say("cite", "path {path} on the site", path=place),
        url=f"{base.rstrip('/')}/{place}" if base else "",
        issued=mark.recorded_at.astimezone(UTC).date() if mark.recorded_at else None,
    )
    quoted = lang.say("cite", "“{title}”", title=title)
    where = f"{note}. {one.url}" if one.url else f"{lang.series((note, one.place))}."
    text = f"{one.author}. {quoted}. {one.container}. {where}"
    return Citation(clean(text), bibtex(one), csl_json(one))


def _entry(edition: Edition, mark: Mark) -> str:
    """The entry a page rests on, with the moment it was recorded where that is known."""
    lang = edition.lang
    if mark.recorded_at is None:
        return lang.say(
            "cite",
            "ledger entry {position}, checkpoint {hash}",
            position=str(mark.position),
            hash=mark.hash,
        )
    return lang.say(
        "cite",
        "ledger entry {position}, recorded on {instant}, checkpoint {hash}",
        position=str(mark.position),
        instant=instant_phrase(lang, mark.recorded_at),
        hash=mark.hash,
    )


def _fragment(mark: Mark, known: date | None) -> str:
    """The clocks and the checkpoint as the end of an address; it leads to the page all the same."""
    day = f"known-by={known}&" if known else ""
    return f"#{day}entry={mark.position}&checkpoint={mark.hash[:_CHECKPOINT_DIGITS]}"
