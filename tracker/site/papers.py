"""The legal papers of a measure, each with the links of its chain and those that are missing.

Owns how chains of `core.chain` are gathered for a measure and shown. A stage
that the record does not hold is shown as missing, never left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.core.chain import Chain, Link
from tracker.core.measures import Measure
from tracker.site.edition import Edition
from tracker.site.told import EventView, event_view
from tracker.telling.names import stage_name
from tracker.telling.uncertain import when_phrase

__all__ = ["LinkView", "PaperView", "papers_of"]


@dataclass(frozen=True, slots=True)
class LinkView:
    """One stage of a paper; `held` False: the record does not hold it. Links are unchecked."""

    word: str
    held: bool
    day: date | None
    day_text: str
    citation: str
    url: str | None


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper by the event that brought it, with its stages in order."""

    event: EventView
    citation: str
    url: str | None
    links: tuple[LinkView, ...]


def papers_of(edition: Edition, measure: Measure) -> tuple[PaperView, ...]:
    """The papers that the measure rests on, oldest first."""
    return tuple(_paper(edition, chain) for chain in edition.book.chains(measure.key))


def _paper(edition: Edition, chain: Chain) -> PaperView:
    paper = chain.event.instrument
    return PaperView(
        event=event_view(edition, chain.event),
        citation=paper.citation if paper else "",
        url=paper.url if paper else None,
        links=tuple(_link(edition, link) for link in chain.links),
    )


def _link(edition: Edition, link: Link) -> LinkView:
    return LinkView(
        word=stage_name(edition.lang, link.stage),
        held=link.held,
        day=link.day,
        day_text=when_phrase(edition.lang, link.when) if link.when else "",
        citation=link.citation or "",
        url=link.url,
    )
