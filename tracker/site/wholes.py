"""The large picture: every provision of every measure through time, ended ones too."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from tracker.core.words import PARTIES
from tracker.site.bands import BandGroup, bands
from tracker.site.edition import Edition
from tracker.site.model import Page
from tracker.site.names import party_name, party_tone
from tracker.site.paths import BANDS, party_home, root_of
from tracker.site.things import by_measure

__all__ = ["bands_page"]


def bands_page(edition: Edition) -> Page:
    """All status bands, one picture for each imposing government on one and the same axis."""
    lang = edition.lang
    found: dict[str, list[BandGroup]] = {}
    for measure, group in by_measure(edition):
        found.setdefault(measure.imposer, []).append(group)
    return Page(
        BANDS,
        "bands.html",
        {
            "title": lang.say("title", "Everything through time"),
            "description": lang.say(
                "description",
                "Every provision on record as a band through time: threatened, announced, in "
                "force at which rate, paused, ended.",
            ),
            "section": "measures",
            "data": "data/measures.json",
            "pictures": tuple(_pictures(edition, found)),
        },
    )


def _pictures(
    edition: Edition, found: dict[str, list[BandGroup]]
) -> Iterator[tuple[str, str, str, Markup]]:
    """A picture for each party: its name, its tone, its page where it has one, the drawing."""
    places = [place for groups in found.values() for group in groups for place in group.places]
    drawn = False
    for number, (code, groups) in enumerate(sorted(found.items(), key=_order)):
        picture = bands(
            edition,
            groups,
            root=root_of(BANDS),
            name=f"bands-{number}",
            marked=False,
            like=places,
            first=not drawn,
        )
        drawn = drawn or bool(picture)
        home = party_home(code) if code in PARTIES else ""
        yield party_name(edition.lang, code), party_tone(code), home, picture


def _order(item: tuple[str, object]) -> tuple[int, str]:
    code = item[0]
    return (PARTIES.index(code) if code in PARTIES else len(PARTIES), code)
