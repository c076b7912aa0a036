"""How many provisions stand in which status on every day, drawn so that a person sees a slip.

`python -m tests.record.totals FILE.svg` draws the shipped record from 2024-11-25 to
2026-12-31, a band a status, a line of text a month. A step that no order explains is a
mistake in the record.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from tests.contracts.backends import ROOT
from tracker.core.index import Index
from tracker.core.policy import Viewpoint
from tracker.core.words import Status
from tracker.core.world import world_of
from tracker.record.read import read_record

__all__ = ["drawn", "totals"]

FIRST, LAST = date(2024, 11, 25), date(2026, 12, 31)
_COLOURS = {
    Status.IN_FORCE: "#1f4e79",
    Status.PAUSED: "#8faadc",
    Status.ANNOUNCED: "#c9a227",
    Status.THREATENED: "#e7d8a0",
    Status.REVOKED: "#9e9e9e",
    Status.EXPIRED: "#bdbdbd",
    Status.INVALIDATED: "#7d3c98",
    Status.LAPSED: "#d7ccc8",
}
_STEP, _ROW = 1.6, 6.0


def totals() -> dict[date, Counter[Status]]:
    """Day to the number of provisions in each status, for every day drawn."""
    record = read_record(ROOT / "db" / "record")
    index = Index(world_of(record.events, record.measures))
    days = ((FIRST + timedelta(days=n)) for n in range((LAST - FIRST).days + 1))
    return {day: Counter(row.status for row in index.state(Viewpoint(on=day))) for day in days}


def drawn(counts: dict[date, Counter[Status]]) -> str:
    """The counts as a picture in SVG, stacked from the bottom in the order of `_COLOURS`."""
    width = len(counts) * _STEP + 60
    tallest = max(sum(count.values()) for count in counts.values())
    height = tallest * _ROW + 60
    frame = (
        '<svg xmlns="http://www.w3.org/2000/svg" font-family="sans-serif" font-size="11" '
        f'width="{width:.0f}" height="{height:.0f}">'
    )
    paper = '<rect width="100%" height="100%" fill="white"/>'
    drawing = (*_bars(counts, height - 30), *_months(counts, height), *_legend())
    return "\n".join([frame, paper, *drawing, "</svg>"])


def _bars(counts: dict[date, Counter[Status]], floor: float) -> Iterator[str]:
    for n, count in enumerate(counts.values()):
        top = floor
        for status, colour in _COLOURS.items():
            tall = count[status] * _ROW
            top -= tall
            if tall:
                yield (
                    f'<rect x="{40 + n * _STEP:.1f}" y="{top:.1f}" width="{_STEP + 0.1:.1f}" '
                    f'height="{tall:.1f}" fill="{colour}"/>'
                )


def _months(counts: dict[date, Counter[Status]], height: float) -> Iterator[str]:
    for n, (day, count) in enumerate(counts.items()):
        if day.day == 1:
            x = 40 + n * _STEP
            yield f'<text x="{x:.0f}" y="{height - 14:.0f}">{day:%y-%m}</text>'
            yield f'<text x="{x:.0f}" y="{height - 2:.0f}">{count[Status.IN_FORCE]}</text>'


def _legend() -> Iterator[str]:
    for n, (status, colour) in enumerate(_COLOURS.items()):
        yield f'<rect x="{50 + n * 105}" y="8" width="12" height="12" fill="{colour}"/>'
        yield f'<text x="{66 + n * 105}" y="18">{status}</text>'


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(drawn(totals()), encoding="utf-8")
