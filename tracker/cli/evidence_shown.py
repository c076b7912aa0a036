"""Versions of items and readings of evidence, for people and in JSON.

Owns how `tracker evidence` shows them. It asks nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.app.evidencing import Carried, Reread
from tracker.cli.grid import Grid
from tracker.cli.tables import console
from tracker.core.codec import instant_text
from tracker.core.entries import Report

__all__ = ["carried_json", "reread_json", "reread_lines", "show_carried"]


def show_carried(found: Sequence[Carried]) -> None:
    """Print the versions as a table."""
    grid = Grid("Entry", "Recorded", "What", "Source", "Evidence", "Title", right="Entry")
    for one in found:
        report, what = one.report, "changed" if one.changed else "seen"
        digest = (report.evidence or "")[:12]
        when = f"{one.recorded_at:%Y-%m-%d %H:%M}"
        grid.add(str(one.position), when, what, report.source, digest, report.title)
    grid.show(console())


def carried_json(one: Carried) -> dict[str, object]:
    """One version of an item, as an entry has it."""
    return {
        "position": one.position,
        "recorded_at": instant_text(one.recorded_at),
        "changed": one.changed,
        **_report_json(one.report),
    }


def _report_json(report: Report) -> dict[str, object]:
    return {
        "source": report.source,
        "identity": report.identity,
        "title": report.title,
        "link": report.link,
        "evidence": report.evidence,
    }


def reread_lines(one: Reread) -> list[str]:
    """A line for each thing that reads otherwise now."""
    if one.failed is not None:
        return [f"{one.source} {one.digest[:12]}: {one.failed}"]
    told = []
    for difference in one.differences:
        report = difference.held or difference.now
        named = ", ".join(difference.fields) or "its place"
        what = f"reads otherwise ({named})" if difference.kind == "changed" else difference.kind
        title = "" if report is None else report.title
        told.append(f"{one.source} {one.digest[:12]}: {what}: {title}")
    return told


def reread_json(one: Reread) -> dict[str, object]:
    """What reading one piece again came to."""
    return {
        "digest": one.digest,
        "source": one.source,
        "items": one.items,
        "failed": one.failed,
        "differences": [
            {
                "kind": difference.kind,
                "fields": difference.fields,
                "held": None if difference.held is None else _report_json(difference.held),
                "now": None if difference.now is None else _report_json(difference.now),
            }
            for difference in one.differences
        ],
    }
