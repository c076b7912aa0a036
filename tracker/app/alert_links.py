"""Where an alert sends its reader: how the alerts and the site say it to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.core.events import Event

if TYPE_CHECKING:
    from tracker.notify.alerts import Links

__all__ = ["links_of"]


def links_of(base: str | None, lang: str) -> Links:
    """The site's pages in the language; without a site, the papers themselves."""
    from tracker.notify.alerts import Links
    from tracker.site.paths import REPORTS, event_page, folder_of, measure_page

    front = f"{base}/{folder_of(lang)}"
    if base is None:
        return Links(_source_of, lambda _: None, lambda: None)
    return Links(
        lambda event: front + event_page(event.id),
        lambda key: front + measure_page(key),
        lambda: front + REPORTS,
    )


def _source_of(event: Event) -> str | None:
    """The page an event rests on first of all."""
    primary = [source.url for source in event.sources if source.primary]
    return next(iter((*primary, *(source.url for source in event.sources))), None)
