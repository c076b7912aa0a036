"""Status bands: one row a provision, time to the right, fill says status.

Owns the frame of the picture: its axis, grid, headings and description. The
rows are `bandrows`, the facts are the course of each provision in `Book`.
Built from escaped pieces only (markupsafe), with classes instead of styles so
that the strict policy for styles holds. The same book gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from tracker.site.axis import Axis, Mark
from tracker.site.bandlabels import (
    HEADING_STEP,
    LABEL_STEP,
    heading_lines,
    label_lines,
    written,
)
from tracker.site.bandrows import MARKS, Canvas, row, ticks
from tracker.site.book import Book, Place
from tracker.site.edition import Edition
from tracker.site.markup import filled

__all__ = ["FILLS", "BandGroup", "ahead", "band_axis", "bands", "grid"]

_WIDTH = 1080
_HEAD, _ROW, _GROUP = 22, 36, 24
_LEAD_DAYS, _TAIL_DAYS, _REACH_DAYS, _BACK_DAYS = 12, 24, 90, 912
_OLD_DAYS, _NARROW = 365, 150


@dataclass(frozen=True, slots=True)
class BandGroup:
    """Rows under one heading; an empty heading draws none."""

    title: str
    places: tuple[Place, ...]


def band_axis(book: Book, places: Sequence[Place], *, whole: bool = True) -> Axis | None:
    """The axis that fits the courses of those provisions and today; None where there is none.

    It reaches past today as far as something is scheduled, three months at most,
    and back two years and a half at most, so that one old row does not crowd all others.
    Where the `whole` is asked for, what lies further back is not left out: a little of it
    is drawn to scale, more than a year is drawn closer together.
    """
    runs = [run for place in places for run in book.course(place)]
    if not runs:
        return None
    first = min(run.start for run in runs)
    ahead = [run.start for run in runs] + [run.until for run in runs if run.until]
    last = max([book.today, *ahead])
    latest = min(last, book.today + timedelta(days=_REACH_DAYS))
    start = min(first, book.today) - timedelta(days=_LEAD_DAYS)
    end = max(latest, first) + timedelta(days=_TAIL_DAYS)
    back = book.today - timedelta(days=_BACK_DAYS)
    if not whole:
        return Axis(max(start, back), end, _WIDTH)
    if (back - start).days > _OLD_DAYS:
        return Axis(start, end, _WIDTH, bend=back, narrow=_NARROW)
    return Axis(start, end, _WIDTH)


def bands(
    edition: Edition,
    wanted: Sequence[BandGroup],
    *,
    root: str,
    name: str,
    marked: bool,
    like: Sequence[Place] = (),
    first: bool = True,
) -> Markup:
    """The picture as inline SVG, empty where no provision has a course.

    `root` leads from the page to the edition's root, `name` is the page's word for
    the picture and makes its ids; `marked` links every shape to its event and
    draws a linked mark for every event that spoke of a row; a large picture is
    half as heavy without, and goes back only so far. `like` are provisions whose
    axis it takes, so that several pictures on a page can be read together; the
    `first` of these brings the fills of all. Its links are for the mouse: the
    tables beside the picture hold the same ones for everybody else.
    """
    book = edition.book
    places_of = [place for group in wanted for place in group.places]
    axis = band_axis(book, like or places_of, whole=marked)
    if axis is None or not any(book.course(place) for place in places_of):
        return Markup("")
    canvas = Canvas(edition, axis, root, linked=marked)
    headings, places, height = _laid(edition, wanted)
    rows = [row(canvas, place, y) for place, y in places]
    marks = [ticks(canvas, place, y + MARKS) for place, y in places] if marked else []
    return filled(
        '<svg class="bands" viewBox="0 0 {w} {h}" width="{w}" height="{h}">'
        '{defs}<g role="img" aria-labelledby="{n}-t {n}-d">'
        '<title id="{n}-t">{title}</title><desc id="{n}-d">{desc}</desc>'
        '{grid}</g><g aria-hidden="true">{shapes}{ahead}{words}{marks}</g></svg>',
        w=_WIDTH,
        h=height,
        n=name,
        defs=FILLS if first else "",
        title=_title(edition, len(rows)),
        desc=_description(edition, axis),
        grid=grid(edition, axis, height),
        shapes=Markup("").join(one.shapes for one in rows),
        ahead=ahead(axis, book.today, height),
        words=Markup("").join((*headings, *(one.words for one in rows))),
        marks=Markup("").join(marks),
    )


def _laid(
    edition: Edition, wanted: Sequence[BandGroup]
) -> tuple[list[Markup], list[tuple[Place, int]], int]:
    """Headings, each row with its upper edge, and the height they take together."""
    headings: list[Markup] = []
    rows: list[tuple[Place, int]] = []
    y = _HEAD
    for group in wanted:
        places = [place for place in group.places if edition.book.course(place)]
        lines = heading_lines(group.title) if places else ()
        if lines:
            y += _GROUP + HEADING_STEP * (len(lines) - 1)
            headings.append(written(lines, "bg", last=y - 8, step=HEADING_STEP))
        for place in places:
            y += LABEL_STEP * (len(label_lines(edition, place)) - 1)
            rows.append((place, y))
            y += _ROW
    return headings, rows, y + 4


FILLS = Markup(
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><path class="pl" d="M0 0V6"/></pattern>'
    '<pattern id="stripe" width="7" height="7" patternUnits="userSpaceOnUse">'
    '<path class="ps" d="M2 0V7"/></pattern></defs>'
)


def _title(edition: Edition, rows: int) -> str:
    return edition.lang.say_count(
        "band", "Status bands of {count} provision", "Status bands of {count} provisions", rows
    )


def _description(edition: Edition, axis: Axis) -> str:
    said = _reading(edition, axis)
    if axis.bend is None:
        return said
    closer = edition.lang.say(
        "band", "Days before {day} are drawn closer together.", day=edition.day(axis.bend)
    )
    return f"{said} {closer}"


def _reading(edition: Edition, axis: Axis) -> str:
    return edition.lang.say(
        "band",
        "Time runs from {start} to {end}; the upright line is {today}. Solid: in force, with the "
        "rate. Striped: paused. Outline: announced. Hatched outline: threatened. Thin line: "
        "ended. The table says the same.",
        start=edition.day(axis.start),
        end=edition.day(axis.end),
        today=edition.day(edition.today),
    )


def _label(edition: Edition, axis: Axis, mark: Mark) -> str:
    """The month, with its year where that is not plain; the year alone where days lie close."""
    if axis.bend is not None and mark.month < axis.bend:
        return str(mark.month.year)
    short = edition.lang.short_day(mark.month).split(maxsplit=1)[1]
    return short if mark.year else short.rsplit(maxsplit=1)[0]


def grid(edition: Edition, axis: Axis, height: int) -> Markup:
    """Upright lines where months, quarters or years begin, with their names.

    Where days are drawn closer together the ground is another, and says so.
    """
    lines = [
        filled(
            '<path class="ax{}" d="M{} {}V{}"/><text class="al" x="{}" y="11">{}</text>',
            " yr" if mark.strong else "",
            mark.x,
            _HEAD - 6,
            height,
            mark.x + 3,
            _label(edition, axis, mark),
        )
        for mark in axis.marks()
        if mark.x < _WIDTH - 24
    ]
    return _bent(edition, axis, height) + Markup("").join(lines)


def _bent(edition: Edition, axis: Axis, height: int) -> Markup:
    if axis.bend is None:
        return Markup("")
    return filled(
        '<rect class="old" width="{}" height="{}"/><text class="al" y="11">{}</text>'
        '<path class="pl" d="M{} {}l6 -8m-2 8l6 -8"/>',
        axis.narrow,
        height,
        edition.lang.say("band", "since {year}", year=str(axis.start.year)),
        axis.narrow - 5,
        _HEAD + 2,
    )


def ahead(axis: Axis, today: date, height: int) -> Markup:
    """The line of today, and a veil over what lies past it: not charged yet."""
    now = axis.x(today)
    return filled(
        '<rect class="veil" x="{}" y="{}" width="{}" height="{}"/><path class="now" d="M{} 0V{}"/>',
        now,
        _HEAD,
        round(axis.width - now, 1),
        height - _HEAD,
        now,
        height,
    )
