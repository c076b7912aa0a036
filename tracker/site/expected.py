"""What was expected when: one provision, a row for each day that changed what lay ahead.

Owns the second picture of a measure's page. Time runs to the right as in the
bands; each row is the whole course as it was known by its own day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from tracker.core.measures import Measure
from tracker.site.axis import Axis
from tracker.site.bandrows import MARKS, Canvas, run_words, stripe
from tracker.site.bands import ahead, band_axis, grid
from tracker.site.book import Run
from tracker.site.edition import Edition
from tracker.site.markup import filled
from tracker.site.text import clean
from tracker.site.views import row_view
from tracker.telling.language import Said

__all__ = ["ExpectedView", "expected_view"]

_HEAD, _ROW, _MOST = 22, 36, 20


@dataclass(frozen=True, slots=True)
class ExpectedView:
    """The provision, the drawing, and the same in words: a day, and the course as known by it."""

    products: Said
    origin: str
    drawn: Markup
    told: tuple[tuple[date, tuple[str, ...]], ...]


def expected_view(edition: Edition, measure: Measure, *, root: str) -> ExpectedView | None:
    """The provision of the measure whose prospects turned most often; None where none turned."""
    places = [(measure.key, provision.key) for provision in measure.provisions]
    book = edition.book
    turns = max(places, key=lambda place: len(book.expected(place)), default=None)
    if turns is None or len(book.expected(turns)) < 2:
        return None
    axis = band_axis(book, [turns])
    if axis is None:
        return None
    rows = book.expected(turns)[-_MOST:]
    view = row_view(edition, rows[-1][1][-1].state)
    return ExpectedView(
        products=view.products,
        origin=view.origin,
        drawn=_drawn(Canvas(edition, axis, root, linked=False), rows),
        told=tuple((day, tuple(run_words(edition, run) for run in runs)) for day, runs in rows),
    )


def _drawn(canvas: Canvas, rows: tuple[tuple[date, tuple[Run, ...]], ...]) -> Markup:
    edition, axis = canvas.edition, canvas.axis
    height = _HEAD + _ROW * len(rows) + 4
    made = [
        stripe(
            replace(canvas, known=day),
            runs,
            _label(edition, day, _HEAD + _ROW * number),
            _HEAD + _ROW * number,
        )
        for number, (day, runs) in enumerate(rows)
    ]
    marks = [
        _mark(axis, day, _HEAD + _ROW * number + MARKS) for number, (day, _) in enumerate(rows)
    ]
    return filled(
        '<svg class="bands" viewBox="0 0 {w} {h}" width="{w}" height="{h}" aria-hidden="true">'
        "{grid}{shapes}{ahead}{words}{marks}</svg>",
        w=axis.width,
        h=height,
        grid=grid(edition, axis, height),
        ahead=ahead(axis, edition.today, height),
        shapes=Markup("").join(one.shapes for one in made),
        words=Markup("").join(one.words for one in made),
        marks=Markup("").join(marks),
    )


def _label(edition: Edition, day: date, y: int) -> Markup:
    said = edition.lang.say("band", "known by {day}", day=edition.lang.short_day(day))
    return filled('<text class="bl" y="{}">{}</text>', y + 10, clean(said))


def _mark(axis: Axis, day: date, y: int) -> Markup:
    return filled('<path class="tk" d="M{} {}l-3.5 6h7z"/>', axis.x(day), y)
