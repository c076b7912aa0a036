"""Cards: where a measure stands today, as a small page that another site may show in a frame.

Owns what stands on a card and how one is embedded. A card needs no script and
asks nobody for anything but its own style.
"""

from __future__ import annotations

from html import escape

from tracker.core.measures import Measure, Provision
from tracker.core.policy import ProvisionState
from tracker.site.edition import Edition
from tracker.site.model import Late, Page
from tracker.site.names import party_name, party_tone, relation
from tracker.site.paths import card_page, folder_of, measure_page
from tracker.site.rates import origin_text
from tracker.site.text import clean
from tracker.site.views import row_view

__all__ = ["card_pages", "snippet"]

_HEAD_PX, _ROW_PX, _MOST_PX = 150, 54, 480


def card_pages(edition: Edition) -> tuple[Late, ...]:
    """One card for each measure, in the order of definition."""
    measures = edition.book.world.measures
    return tuple(Late(card_page(key), _card, (one,)) for key, one in measures.items())


def snippet(edition: Edition, measure: Measure) -> str:
    """The HTML that shows the card of a measure in a frame, not yet escaped.

    Its address is absolute where the site knows its own, else from the root of the site.
    """
    base = edition.inputs.base_url
    place = folder_of(edition.lang.code) + card_page(measure.key)
    address = f"{base.rstrip('/')}/{place}" if base else place
    title = clean(edition.text(measure.title).text)
    height = min(_HEAD_PX + _ROW_PX * len(measure.provisions), _MOST_PX)
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="100%" '
        f'height="{height}" loading="lazy" style="border:0"></iframe>'
    )


def _card(edition: Edition, measure: Measure) -> Page:
    book, lang = edition.book, edition.lang
    rows = {row.provision: row for row in book.rows_of(measure.key, book.today)}
    title = edition.text(measure.title)
    return Page(
        card_page(measure.key),
        "card.html",
        {
            "title": title.text,
            "description": lang.say("description", "{title}: where it stands.", title=title.text),
            "section": "",
            "data": "data/measures.json",
            "mark": edition.inputs.bearing.measure(measure.key),
            "heading": title,
            "tone": party_tone(measure.imposer),
            "imposer": party_name(lang, measure.imposer),
            "href": measure_page(measure.key),
            "provisions": tuple(
                _provision(edition, measure, one, rows.get(one.key)) for one in measure.provisions
            ),
        },
    )


def _provision(
    edition: Edition, measure: Measure, provision: Provision, row: ProvisionState | None
) -> dict[str, object]:
    return {
        "relation": relation(edition.lang, measure.imposer, provision.targets, provision.excludes),
        "products": edition.text(provision.products),
        "origin": origin_text(edition.lang, provision.origin),
        "row": row_view(edition, row) if row else None,
    }
