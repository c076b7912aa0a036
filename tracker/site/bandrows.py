"""The rows of the status bands: the shapes of each run, the words on them, the marks of events.

Owns how one provision is drawn on a given axis; it knows nothing of the other
rows. Escaped pieces only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from tracker.core.events import Event
from tracker.core.words import ENDED, PLANNED, Status
from tracker.site.axis import Axis
from tracker.site.bandlabels import LABEL_STEP, label_lines, written
from tracker.site.book import Book, Place, Run
from tracker.site.edition import Edition
from tracker.site.markup import filled
from tracker.site.names import party_tone
from tracker.site.paths import event_page, measure_page
from tracker.site.text import clean
from tracker.site.views import RowView, row_view
from tracker.telling.names import status_name

__all__ = ["MARKS", "Canvas", "Row", "row", "run_words", "stripe", "ticks"]

_DROP, _BAR = 14, 15
MARKS = _DROP + _BAR - 1
"""How far below the upper edge of a row its marks stand."""

_CHAR = 7.2  # a little more than a figure's width in the picture's type size


@dataclass(frozen=True, slots=True)
class Canvas:
    """What every piece of one picture is drawn from; `linked` shapes lead to their events.

    `known` is the last day of what is known, None for today.
    """

    edition: Edition
    axis: Axis
    root: str
    linked: bool
    known: date | None = None

    @property
    def present(self) -> date:
        """The day to which an open plan is drawn: the last one of what is known."""
        return self.known or self.edition.today

    @property
    def book(self) -> Book:
        """The states that are drawn."""
        return self.edition.book


@dataclass(frozen=True, slots=True)
class Box:
    """Where a run is drawn."""

    x: float
    y: int
    width: float


@dataclass(frozen=True, slots=True)
class Row:
    """One drawn row: its shapes, and apart from them the words, written over the veil."""

    shapes: Markup
    words: Markup


def _label(canvas: Canvas, place: Place, y: int) -> Markup:
    lines = label_lines(canvas.edition, place)
    return filled(
        '<a tabindex="-1" href="{}{}">{}</a>',
        canvas.root,
        measure_page(place[0]),
        written(lines, "bl", last=y + 10, step=LABEL_STEP),
    )


def row(canvas: Canvas, place: Place, y: int) -> Row:
    """The row of one provision, the last line of its label at the upper edge `y`.

    Lapsed threats leave it empty.
    """
    course = canvas.book.course(place)

    def drawn() -> Row:
        return stripe(canvas, course, _label(canvas, place, y), y)

    return canvas.edition.once(
        f"band {canvas.axis} {canvas.root} {canvas.linked} {y}", course, drawn
    )


def stripe(canvas: Canvas, runs: Sequence[Run], label: Markup, y: int) -> Row:
    """Any course as a row with its label; there is at least one run."""
    earlier: tuple[str, ...] = ()
    shapes: list[Markup] = []
    words = [label]
    for run in runs:
        if _shows(canvas, run):
            x = canvas.axis.x(run.start)
            width = max(round(canvas.axis.x(_shown_until(canvas, run)) - x, 1), 1.5)
            box = Box(x, y + _DROP, width)
            shapes.append(_segment(canvas, run, box, earlier))
            words.append(_written(canvas, run, box))
        earlier = run.state.events
    group = '<g class="p-{}">{}</g>'
    tone = party_tone(runs[-1].state.imposer)
    joined = Markup("").join
    return Row(filled(group, tone, joined(shapes)), filled(group, tone, joined(words)))


def _shows(canvas: Canvas, run: Run) -> bool:
    """Whether a run has days inside the picture and is not a threat that came to nothing."""
    over = run.until is not None and run.until <= canvas.axis.start
    return run.start < canvas.axis.end and not over and run.state.status is not Status.LAPSED


def _shown_until(canvas: Canvas, run: Run) -> date:
    """Where a run is drawn to: a plan to its day or to the present, all else to the end."""
    axis = canvas.axis
    if run.until is not None:
        return min(run.until, axis.end)
    if run.state.status in PLANNED:
        planned = [turn.effective_from for turn in run.state.pending if turn.effective_from]
        return min(max([canvas.present, *planned]), axis.end)
    return axis.end


def _segment(canvas: Canvas, run: Run, box: Box, earlier: Sequence[str]) -> Markup:
    """The shape of a run, titled, and linked to the event that turned it where asked for."""
    book, status = canvas.book, run.state.status
    row = row_view(canvas.edition, run.state)
    words = run_words(canvas.edition, run)
    causes = [found for found in run.state.events if found not in earlier] or run.state.events
    known = [found for found in causes if found in book.events]
    inside = filled("<title>{}</title>{}", clean(words), _shape(status, box, row))
    if not (known and canvas.linked):
        return filled("<g>{}</g>", inside)
    href = canvas.root + event_page(known[-1])
    return filled('<a tabindex="-1" href="{}">{}</a>', href, inside)


def run_words(edition: Edition, run: Run) -> str:
    """What a pointer at the shape is told: status, rate, what else may hold, and the days."""
    lang, row = edition.lang, row_view(edition, run.state)
    parts = [status_name(lang, run.state.status)]
    if row.rate is not None:
        parts.append(row.rate.text)
    days = lang.short_day(run.start)
    if run.until is not None:
        days = lang.say("band", "{start} to {end}", start=days, end=lang.short_day(run.until))
    else:
        days = lang.say("band", "from {start}", start=days)
    return lang.series((*(", ".join(parts),), *row.instead, days))


def _shape(status: Status, box: Box, row: RowView) -> Markup:
    if status in ENDED:
        return filled('<path class="f-over" d="M{} {}h{}"/>', box.x, box.y + 7.5, box.width)
    return filled(
        '<rect class="f-{}{}" x="{}" y="{}" width="{}" height="{}"/>',
        status.value,
        _zero(row),
        box.x,
        box.y,
        box.width,
        _BAR,
    )


def _zero(row: RowView) -> str:
    return " zero" if row.rate is not None and row.rate.zero else ""


def _written(canvas: Canvas, run: Run, box: Box) -> Markup:
    """The rate on its band, where there is room for it on one side of today's line."""
    row = row_view(canvas.edition, run.state)
    if row.rate is None or run.state.status in ENDED:
        return Markup("")
    now = canvas.axis.x(canvas.book.today)
    room = min(box.width, now - box.x) if box.x < now else box.width
    if room < len(row.rate.text) * _CHAR + 7:
        return Markup("")
    later = " later" if box.x >= now else ""
    return filled(
        '<text class="r-{}{}{}" x="{}" y="{}">{}</text>',
        row.status.value,
        _zero(row),
        later,
        round(box.x + 4, 1),
        box.y + 11.5,
        clean(row.rate.text),
    )


def ticks(canvas: Canvas, place: Place, y: int) -> Markup:
    """A linked mark at `y` for every event that spoke of the provision, oldest first."""
    axis = canvas.axis
    found = canvas.book.speaking_of(place)
    return Markup("").join(
        filled(
            '<a tabindex="-1" href="{}{}"><title>{}</title>'
            '<path class="tk" d="M{} {}l-3.5 6h7z"/></a>',
            canvas.root,
            event_page(event.id),
            clean(_tick_words(canvas, event)),
            axis.x(event.announced),
            y,
        )
        for event in found
        if axis.start <= event.announced < axis.end
    )


def _tick_words(canvas: Canvas, event: Event) -> str:
    edition = canvas.edition
    return f"{edition.lang.short_day(event.announced)}: {edition.text(event.title).text}"
