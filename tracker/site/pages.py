"""Which pages exist, from which inputs. Pure: the same inputs always plan the same pages."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.site.book import Book
from tracker.site.data import data_pages
from tracker.site.days import compare_pages, day_pages
from tracker.site.feed import FeedEntry, FeedView
from tracker.site.front import front_page
from tracker.site.model import Page, SiteInputs
from tracker.site.names import kind_name
from tracker.site.paths import FEED, FRONT, ICON, NOT_FOUND, STYLE, event_page, root_of
from tracker.site.reports import reports_page
from tracker.site.story import event_pages, timeline_pages
from tracker.site.things import about_page, measure_pages, missing_page

__all__ = ["Page", "SiteInputs", "plan_pages"]

_FEED_ENTRIES = 60


def plan_pages(inputs: SiteInputs) -> tuple[Page, ...]:
    """Every file of the site; static ones first, the front page last, no path twice.

    So a folder that is being written for the first time shows its front page
    only when what it leads to is there.

    Raises: OperationFailed for a key or id that cannot be part of an address.
    """
    return tuple(_framed(page, inputs) for page in _planned(inputs))


def _planned(inputs: SiteInputs) -> Iterator[Page]:
    book = Book(inputs.world, inputs.today)
    yield Page(STYLE, "static", {"source": STYLE})
    yield Page(ICON, "static", {"source": ICON})
    yield from data_pages(book, inputs)
    yield from event_pages(book)
    yield from measure_pages(book)
    yield from day_pages(book)
    yield from compare_pages(book)
    yield from timeline_pages(book)
    yield reports_page(inputs)
    yield about_page(book)
    yield missing_page()
    yield Page(FEED, "atom", {"feed": _feed(inputs)})
    yield front_page(book, inputs)


def _framed(page: Page, inputs: SiteInputs) -> Page:
    """The page with what every HTML page has: its way home and what it was made from."""
    if not page.template.endswith(".html"):
        return page
    frame = {
        "path": page.path,
        "root": _home(inputs) if page.path == NOT_FOUND else root_of(page.path),
        "today": inputs.today,
        "position": inputs.generated_for.position,
        "hash": inputs.generated_for.hash,
        "version": inputs.version,
        "home": page.path == FRONT,
    }
    return Page(page.path, page.template, {**page.context, **frame})


def _home(inputs: SiteInputs) -> str:
    """The absolute way to the front: a missing page may be shown at any address."""
    return f"{inputs.base_url.rstrip('/')}/" if inputs.base_url else "/"


def _feed(inputs: SiteInputs) -> FeedView:
    events = tuple(reversed(inputs.world.events))[:_FEED_ENTRIES]
    base = f"{inputs.base_url.rstrip('/')}/" if inputs.base_url else ""
    return FeedView(
        id="urn:tracker:feed:events",
        title="Tracker: North American trade policy",
        home=f"{base}{FRONT}" if base else "",
        address=f"{base}{FEED}" if base else "",
        updated=events[0].announced if events else inputs.today,
        version=inputs.version,
        entries=tuple(
            FeedEntry(
                id=f"urn:tracker:event:{event.id}",
                title=event.title.en,
                summary=event.summary.en,
                href=f"{base}{event_page(event.id)}",
                day=event.announced,
                category=kind_name(event.kind),
            )
            for event in events
        ),
    )
