"""The JSON beside the pages. States and events have the shapes of `telling.shapes`."""

from __future__ import annotations

from datetime import date
from typing import Any

from tracker.core.codec import instant_text
from tracker.core.events import Wording, worded
from tracker.core.measures import Measure, Provision
from tracker.core.policy import ProvisionState, Viewpoint
from tracker.core.world import SeenReport
from tracker.site.edition import Edition
from tracker.site.model import Late, Page
from tracker.site.paths import day_data
from tracker.site.text import outward
from tracker.site.unconfirmed import DraftOffer
from tracker.telling.event_shapes import event_json
from tracker.telling.shapes import row_json, state_json

__all__ = ["data_pages"]

Json = dict[str, Any]


def data_pages(edition: Edition) -> tuple[Page | Late, ...]:
    """State today and on every day that has a page, events, measures, reports."""
    days = edition.book.page_days
    return (
        *(Late(day_data(day), _day, (day,)) for day in days),
        Late("data/state.json", _today),
        Late("data/events.json", _events),
        Late("data/measures.json", _measures),
        Late("data/reports.json", _reports),
    )


def _day(edition: Edition, day: date) -> Page:
    return _json(day_data(day), _state(edition, Viewpoint(on=day)))


def _today(edition: Edition) -> Page:
    return _json("data/state.json", _state(edition, Viewpoint(on=edition.today)))


def _events(edition: Edition) -> Page:
    """All events: all but the latest read as they did the last time."""
    told = edition.once_each("event as data", edition.book.world.events, event_json)
    return Page("data/events.json", "json list", {"name": "events", "items": told})


def _measures(edition: Edition) -> Page:
    measures = [_measure(measure) for measure in edition.book.measures.values()]
    return _json("data/measures.json", {"measures": measures})


def _reports(edition: Edition) -> Page:
    reports = [_report(report) for report in edition.book.world.reports]
    drafts = [_draft(draft) for draft in edition.inputs.drafts]
    return _json("data/reports.json", {"reports": reports, "drafts": drafts})


def _json(path: str, document: Json) -> Page:
    return Page(path, "json", {"document": document})


def _state(edition: Edition, viewpoint: Viewpoint) -> Json:
    """The state on a day: most of its rows are those of the day before."""
    rows = [row for row in edition.book.on(viewpoint.on) if not row.over]

    def told(row: ProvisionState) -> Json:
        return edition.once("row as data", row, lambda: row_json(row))

    return state_json(viewpoint, rows, edition.book.disputed(viewpoint.on), told=told)


def _english(words: Wording | None) -> str | None:
    return None if words is None else worded(words)


def _provision(provision: Provision) -> Json:
    return {
        "key": provision.key,
        "targets": list(provision.targets),
        "excludes": list(provision.excludes),
        "products": provision.products.en,
        "hts": list(provision.hts),
        "origin": provision.origin,
        "note": _english(provision.note),
    }


def _measure(measure: Measure) -> Json:
    return {
        "key": measure.key,
        "imposer": measure.imposer,
        "authority": measure.authority,
        "title": measure.title.en,
        "legal_basis": measure.legal_basis,
        "mirrors": list(measure.mirrors),
        "note": _english(measure.note),
        "provisions": [_provision(provision) for provision in measure.provisions],
    }


def _report(seen: SeenReport) -> Json:
    report = seen.report
    published = report.published
    return {
        "source": report.source,
        "identity": report.identity,
        "title": report.title,
        "summary": report.summary,
        "link": outward(report.link),
        "published": None if published is None else instant_text(published),
        "first_seen": instant_text(seen.first_seen),
        "language": report.language,
        "confirmed": False,
    }


def _draft(draft: DraftOffer) -> Json:
    return {
        "id": draft.id,
        "title": draft.title.en,
        "kind": draft.kind,
        "day": None if draft.day is None else draft.day.isoformat(),
        "sources": [
            {
                "publisher": one.publisher,
                "title": one.title,
                "link": outward(one.link),
                "language": one.language,
                "published": None if one.day is None else one.day.isoformat(),
            }
            for one in draft.sources
        ],
        "disagreements": [
            {
                "slot": slot,
                "values": [{"value": value, "publishers": list(who)} for value, who in values],
            }
            for slot, values in draft.apart
        ],
        "confirmed": False,
    }
