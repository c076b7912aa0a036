"""Reports seen in feeds: unreviewed, hostile text, shown clearly apart from the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby

from tracker.core.world import SeenReport
from tracker.site.drafts import draft_views
from tracker.site.edited import edited_views
from tracker.site.edition import Edition
from tracker.site.model import Page
from tracker.site.paths import REPORTS
from tracker.site.text import clean, language_tag, shorten

__all__ = ["ReportView", "latest_reports", "reports_page"]

_SHOWN = 200
_EDITS = 40


@dataclass(frozen=True, slots=True)
class ReportView:
    """A feed item as text. `link` is still to be checked before anyone is sent there."""

    title: str
    summary: str
    link: str | None
    source: str
    language: str
    day: date
    changes: int


def _instant(seen: SeenReport) -> datetime:
    """When it was published, never later than it was first seen: feeds claim any date."""
    published = seen.report.published
    return min(published, seen.first_seen) if published else seen.first_seen


def latest_reports(edition: Edition, limit: int) -> tuple[ReportView, ...]:
    """The newest reports, newest first; equal instants by title, then identity."""
    inputs = edition.inputs
    titles = dict(inputs.feeds)
    nameless = edition.lang.say("report", "(no title)")
    newest = sorted(
        inputs.world.reports,
        key=lambda seen: (_instant(seen), seen.report.title, seen.report.identity),
        reverse=True,
    )
    return tuple(
        ReportView(
            title=shorten(clean(seen.report.title), 300) or nameless,
            summary=shorten(clean(seen.report.summary), 280),
            link=seen.report.link,
            source=titles.get(seen.report.source, seen.report.source),
            language=language_tag(seen.report.language) or "",
            day=_instant(seen).astimezone(UTC).date(),
            changes=seen.changes,
        )
        for seen in newest[:limit]
    )


def reports_page(edition: Edition) -> Page:
    """The newest reports, grouped by day."""
    found = latest_reports(edition, _SHOWN)
    return Page(
        REPORTS,
        "reports.html",
        {
            "title": edition.lang.say("title", "Reports not yet confirmed"),
            "description": edition.lang.say(
                "description",
                "What feeds report and nobody has checked against a primary source yet.",
            ),
            "section": "reports",
            "data": "data/reports.json",
            "days": tuple((day, tuple(items)) for day, items in groupby(found, key=_day_of)),
            "drafts": draft_views(edition),
            "edited": edited_views(edition, _EDITS),
            "shown": len(found),
            "total": len(edition.inputs.world.reports),
        },
    )


def _day_of(report: ReportView) -> date:
    return report.day
