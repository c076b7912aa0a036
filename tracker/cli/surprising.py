"""The question that looks back: what applied that had not been expected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import click
from rich.console import Console

from tracker.cli.grid import Grid, say
from tracker.cli.params import DAY, DAYS, format_option, in_language, recorded_by_option
from tracker.cli.session import open_app
from tracker.cli.showing import print_json_of, show_causes, show_notes
from tracker.cli.tables import console
from tracker.cli.wishes import check_wanted, unlisted, wishes
from tracker.core.coverage import coverage_of
from tracker.core.events import Event
from tracker.core.filters import Wanted, fits_change
from tracker.core.index import Index
from tracker.core.places import named
from tracker.core.policy import Viewpoint
from tracker.core.surprises import Surprise, surprises
from tracker.errors import BadInput
from tracker.telling.language import Language, language
from tracker.telling.looking import (
    surprise_cells,
    surprises_json,
)
from tracker.telling.notes import coverage_notes, headings_note, stray_note
from tracker.telling.numbered import numbers_of

__all__ = ["surprises_command"]


@click.command("surprises")
@click.argument("from_", metavar="FROM", type=DAY)
@click.argument("to", metavar="TO", type=DAY)
@click.option("--days", type=DAYS, default=30, show_default=True, help="Expected since how long.")
@recorded_by_option
@wishes
@format_option("text", "json")
@in_language
def surprises_command(
    *,
    from_: date,
    to: date,
    days: int,
    recorded_by: datetime | None,
    wanted: Wanted,
    format_: str,
    lang: str,
) -> None:
    """What applied after FROM and up to TO that was not expected so many days before.

    \b
    Examples:
      tracker surprises 2025-02-01 2025-03-31           not known 30 days before
      tracker surprises 2025-02-01 2025-03-31 --days 7  not even a week before
      tracker surprises 2026-02-01 2026-03-01 --target CA --json

    Each day as it was known on it is held against the same day as it was expected
    --days days before. Each surprise is named once, at the first day on which it
    showed, with the event that made it and how many days' notice there was.
    """
    if to < from_:
        raise BadInput(f"TO {to} lies before FROM {from_}", "Swap the two")
    lang_ = language(lang)
    with open_app() as app:
        world, today = app.world(recorded_by=recorded_by), app.today
        check_wanted(world, wanted)
        every = surprises(Index(world), from_, to, days=days)
        found = [one for one in every if fits_change(world, one.change, wanted)]
        events = named(world, (name for one in found for name in one.change.events))
        coverage = coverage_of(world, today=today)
        seen = [Viewpoint(on=day, recorded_by=recorded_by) for day in (from_, to)]
        notes = (
            *coverage_notes(lang_, coverage, seen, today=today),
            *stray_note(lang_, world),
            *headings_note(lang_, unlisted(world, (one.change.subject for one in every), wanted)),
        )
        window = (from_, to, days)
        if format_ == "json":
            answer = surprises_json(
                lang_, found, events, window=window, coverage=coverage, notes=notes
            )
            print_json_of(answer)
        else:
            _show_surprises(console(), lang_, found, events, window=window, notes=notes)


def _show_surprises(
    out: Console,
    lang: Language,
    found: Sequence[Surprise],
    events: Sequence[Event],
    *,
    window: tuple[date, date, int],
    notes: Sequence[str],
) -> None:
    after, until, days = window
    title = lang.say_count(
        "surprise",
        "After {day} and up to {until}: not expected {count} day before",
        "After {day} and up to {until}: not expected {count} days before",
        days,
        day=lang.day(after),
        until=lang.day(until),
    )
    say(out, title, "bold")
    if not found:
        out.print(lang.say("surprise", "Nothing: all that applied had been expected."))
        show_notes(out, notes)
        return
    numbers = numbers_of(events)
    grid = Grid(
        lang.say("heading", "Day"),
        lang.say("heading", "What"),
        lang.say("heading", "Expected"),
        lang.say("heading", "Applied"),
        lang.say("heading", "Notice"),
        lang.say("heading", "Cause"),
        lang.say("heading", "Provision"),
    )
    for one in found:
        cells = surprise_cells(lang, one, numbers)
        grid.add(
            cells.day,
            cells.what,
            cells.expected,
            cells.applied,
            cells.notice,
            cells.events,
            cells.place,
        )
    grid.show(out)
    show_causes(out, lang, events)
    show_notes(out, notes)
