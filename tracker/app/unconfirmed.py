"""Drafts for the site: what waits for an editor, told as unconfirmed."""

from __future__ import annotations

from datetime import date, timedelta

from tracker.app.previewing import drafted_of
from tracker.app.reviewing import Reviewing
from tracker.review.queueing import Candidate
from tracker.review.slots import agreed_of
from tracker.site.unconfirmed import DraftOffer, DraftSource

__all__ = ["unconfirmed"]

_SHOWN = 40
_SOURCES = 12
_RECENT = timedelta(days=30)


def unconfirmed(desk: Reviewing, today: date) -> tuple[DraftOffer, ...]:
    """The weightiest drafts of the last thirty days that tell of nothing the record has.

    Raises: as `Reviewing.refresh`.
    """
    items = [
        item
        for item in desk.queue()
        if item.known is None and (item.day is None or item.day >= today - _RECENT)
    ]
    return tuple(_offer(desk, desk.candidate(item.id)) for item in items[:_SHOWN])


def _offer(desk: Reviewing, found: Candidate) -> DraftOffer:
    event = found.case.amended or drafted_of(found, desk.world).event
    agreed = agreed_of(found.sources)
    return DraftOffer(
        id=found.id,
        title=event.title,
        kind=agreed.kind,
        day=min((one.published for one in found.sources if one.published), default=None),
        sources=tuple(
            DraftSource(one.publisher, one.title, one.link, one.language, one.published)
            for one in found.sources[:_SOURCES]
        ),
        apart=tuple((one.slot, one.values) for one in agreed.apart),
    )
