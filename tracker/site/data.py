"""The JSON beside the pages. States and events have the shapes of `telling.shapes`."""

from __future__ import annotations

from typing import Any

from tracker.core.codec import instant_text
from tracker.core.measures import Measure, Provision
from tracker.core.policy import Viewpoint
from tracker.core.world import SeenReport
from tracker.site.book import Book
from tracker.site.model import Page, SiteInputs
from tracker.site.paths import day_data
from tracker.site.text import outward
from tracker.telling.event_shapes import timeline_json
from tracker.telling.shapes import state_json

__all__ = ["data_pages"]

Json = dict[str, Any]


def data_pages(book: Book, inputs: SiteInputs) -> tuple[Page, ...]:
    """State today and on every day that has a page, events, measures, reports."""
    world = book.world
    found = [_json(day_data(day), _state(book, Viewpoint(on=day))) for day in book.page_days]
    return (
        *found,
        _json("data/state.json", _state(book, Viewpoint(on=book.today))),
        _json("data/events.json", {"events": timeline_json(world.events)}),
        _json("data/measures.json", {"measures": [_measure(m) for m in world.measures.values()]}),
        _json("data/reports.json", {"reports": [_report(r) for r in inputs.world.reports]}),
    )


def _json(path: str, document: Json) -> Page:
    return Page(path, "json", {"document": document})


def _state(book: Book, viewpoint: Viewpoint) -> Json:
    rows = [row for row in book.on(viewpoint.on) if not row.over]
    return state_json(viewpoint, rows, book.disputed(viewpoint.on))


def _provision(provision: Provision) -> Json:
    return {
        "key": provision.key,
        "targets": list(provision.targets),
        "excludes": list(provision.excludes),
        "products": provision.products.en,
        "hts": list(provision.hts),
        "origin": provision.origin,
        "note": provision.note,
    }


def _measure(measure: Measure) -> Json:
    return {
        "key": measure.key,
        "imposer": measure.imposer,
        "authority": measure.authority,
        "title": measure.title.en,
        "legal_basis": measure.legal_basis,
        "mirrors": list(measure.mirrors),
        "note": measure.note,
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
