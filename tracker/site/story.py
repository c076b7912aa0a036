"""The timeline: all events, newest first, and the same for one party, kind or measure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tracker.core.bearing import Mark
from tracker.core.events import Event
from tracker.core.timeline import Month, Selection, by_month
from tracker.core.words import PARTIES, Kind
from tracker.site.edition import Edition
from tracker.site.model import Late, Page
from tracker.site.names import party_name
from tracker.site.paths import TIMELINE, feed_beside, kind_page, measure_timeline, party_page
from tracker.site.told import Link, event_view
from tracker.telling.language import Said
from tracker.telling.names import kind_name

__all__ = ["timeline_pages", "timeline_parts"]

_Selected = Sequence[tuple[Link, Sequence[Event]]]


def timeline_pages(edition: Edition) -> tuple[Late, ...]:
    """The whole timeline, then one page for each party, kind and measure that has events."""
    chosen = timeline_parts(edition)
    # How many each holds stands on the whole timeline alone: an event touches few of the others.
    counted = {name: _filters(found, counted=True) for name, found in chosen.items()}
    plain = {name: _filters(found, counted=False) for name, found in chosen.items()}
    events = edition.book.world.events
    found = [Late(TIMELINE, _timeline, (TIMELINE, "", events, counted))]
    for selected in chosen.values():
        for link, inside in selected:
            found.append(Late(link.href, _timeline, (link.href, link.text, inside, plain)))
    return tuple(found)


def _filters(found: _Selected, *, counted: bool) -> tuple[tuple[Link, int], ...]:
    """A link to each part, with how many events it has; 0: not told."""
    return tuple((link, len(events) if counted else 0) for link, events in found)


def timeline_parts(edition: Edition) -> Mapping[str, _Selected]:
    """The parts that have a timeline of their own, each with its page and events, by their sort."""
    return {
        "parties": _by_party(edition),
        "kinds": _by_kind(edition),
        "measures": _by_measure(edition),
    }


def _by_party(edition: Edition) -> _Selected:
    world = edition.book.world
    others = sorted({code for event in world.events for code in event.parties} - {*PARTIES})
    found = (
        (
            Link(party_page(code), party_name(edition.lang, code)),
            edition.book.selected(Selection(party=code)),
        )
        for code in (*PARTIES, *others)
    )
    return [(link, events) for link, events in found if events]


def _by_kind(edition: Edition) -> _Selected:
    found = (
        (
            Link(kind_page(kind), kind_name(edition.lang, kind)),
            edition.book.selected(Selection(kind=kind)),
        )
        for kind in Kind
    )
    return [(link, events) for link, events in found if events]


def _by_measure(edition: Edition) -> _Selected:
    found = (
        (
            Link(measure_timeline(measure.key), edition.text(measure.title)),
            edition.book.selected(Selection(measure=measure.key)),
        )
        for measure in edition.book.world.measures.values()
    )
    return [(link, events) for link, events in found if events]


def _mark(edition: Edition, events: Sequence[Event]) -> Mark | None:
    """The last entry that bears on a list of events: on one of them, or on one that may have been.

    What a measure is bears on who is concerned; whatever was amended may have stood there.
    """
    bearing = edition.inputs.bearing
    named = {*(event.id for event in events), *edition.book.world.amended}
    found = (bearing.defined, *(bearing.event(name) for name in named))
    return max((one for one in found if one), default=None)


def _month(edition: Edition, month: Month) -> dict[str, object]:
    """The events of a month: nearly all months are those of the last time."""

    def found() -> dict[str, object]:
        views = tuple(event_view(edition, event) for event in month.events)
        return {"first": month.first, "events": views}

    return edition.once_for("month", month.events, found)


def _timeline(
    edition: Edition,
    path: str,
    of: Said | str,
    events: Sequence[Event],
    filters: Mapping[str, object],
) -> Page:
    lang = edition.lang
    what = of.text if isinstance(of, Said) else of
    title = lang.say("title", "Timeline")
    if what:
        title = lang.say("title", "Timeline: {what}", what=what)
    months = tuple(_month(edition, month) for month in by_month(tuple(reversed(events))))
    return Page(
        path,
        "timeline.html",
        {
            "title": title,
            "description": lang.say_count(
                "description",
                "{title}: {count} event of North American trade policy, with its sources.",
                "{title}: {count} events of North American trade policy, newest first, each with "
                "its sources.",
                len(events),
                title=title,
            ),
            "section": "timeline",
            "data": "data/events.json",
            "months": months,
            "total": len(events),
            "mark": None if path == TIMELINE else _mark(edition, events),
            "filters": filters,
            "whole": path == TIMELINE,
            "feed": "" if path == TIMELINE else feed_beside(path),
        },
    )
