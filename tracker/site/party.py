"""The pages of the three parties: what each charges, what it faces, through time and ahead."""

from __future__ import annotations

from tracker.core.events import order_of
from tracker.core.measures import targets_of
from tracker.core.policy import ProvisionState
from tracker.core.timeline import Selection
from tracker.core.words import PARTIES
from tracker.site.bands import BandGroup, bands
from tracker.site.boards import board, counts, scheduled
from tracker.site.edition import Edition
from tracker.site.model import Page
from tracker.site.names import party_name, party_tone
from tracker.site.paths import feed_beside, party_calendar, party_home, party_page, root_of
from tracker.site.things import by_measure
from tracker.site.told import event_view

__all__ = ["party_pages"]

_LATEST_EVENTS = 12


def party_pages(edition: Edition) -> tuple[Page, ...]:
    """One page for each of the three governments."""
    return tuple(_party(edition, code) for code in PARTIES)


def _faces(edition: Edition, row: ProvisionState, code: str) -> bool:
    """Whether goods of the party fall under the row."""
    provision = edition.book.world.measures[row.measure].provision(row.provision)
    return row.imposer != code and provision is not None and targets_of(provision, code)


def _party(edition: Edition, code: str) -> Page:
    book, lang = edition.book, edition.lang
    rows = book.on(book.today)
    charges = tuple(row for row in rows if row.imposer == code)
    faces = tuple(row for row in rows if _faces(edition, row, code))
    events = sorted(book.selected(Selection(party=code)), key=order_of, reverse=True)
    path, name = party_home(code), party_name(lang, code)
    return Page(
        path,
        "party.html",
        {
            "title": name,
            "description": lang.say(
                "description",
                "{party}: what it charges on its neighbours’ goods, what its own goods face, what "
                "is ahead, and its latest events.",
                party=name,
            ),
            "section": "party",
            "data": "data/state.json",
            "party": name,
            "code": code,
            "tone": party_tone(code),
            "parties": tuple((party_home(one), party_name(lang, one), one) for one in PARTIES),
            "charges": board(edition, charges, prefix="c"),
            "faces": board(edition, faces, prefix="f"),
            "counts": counts(edition, charges),
            "scheduled": scheduled(edition, (*charges, *faces), book.today),
            "bands": bands(
                edition, _drawn(edition, code), root=root_of(path), name="bands", marked=False
            ),
            "events": tuple(event_view(edition, one) for one in events[:_LATEST_EVENTS]),
            "timeline": party_page(code) if events else "",
            "calendar": party_calendar(code),
            "feed": feed_beside(party_page(code)) if events else "",
            "total": len(events),
        },
    )


def _drawn(edition: Edition, code: str) -> tuple[BandGroup, ...]:
    """Its own measures, each under its name."""
    return tuple(group for measure, group in by_measure(edition) if measure.imposer == code)
