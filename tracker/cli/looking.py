"""The question that looks ahead: upcoming."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
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
from tracker.core.filters import Wanted
from tracker.core.index import Index
from tracker.core.places import named
from tracker.core.policy import ProvisionState, Viewpoint
from tracker.core.upcoming import Ahead, Upcoming, upcoming
from tracker.telling.language import Language, language
from tracker.telling.looking import (
    ahead_cells,
    upcoming_json,
)
from tracker.telling.notes import coverage_notes, headings_note, stray_note
from tracker.telling.numbered import numbers_of

__all__ = ["upcoming_command"]


@click.command("upcoming")
@click.option("--days", type=DAYS, default=90, show_default=True, help="How far to look ahead.")
@click.option("--from", "from_", type=DAY, help="The day to look from (default: today).")
@click.option("--announced-by", type=DAY, help="Only what the public knew by then, if earlier.")
@recorded_by_option
@wishes
@format_option("text", "json")
@in_language
def upcoming_command(
    *,
    days: int,
    from_: date | None,
    announced_by: date | None,
    recorded_by: datetime | None,
    wanted: Wanted,
    format_: str,
    lang: str,
) -> None:
    """What lies ahead: starts, pause ends, expiries, threats, hearings, reviews.

    \b
    Examples:
      tracker upcoming                                 the next 90 days
      tracker upcoming --days 400 --target MX          for goods of Mexico
      tracker upcoming --from 2025-02-03 --days 30     as known on that day
      tracker upcoming --measure us.s232 --json

    In order of day, as known on the day looked from. What has no day that is
    known (a range, a condition, nothing said) stands apart, after. A deadline
    that was moved shows its new day; one that was cancelled is left out. Deadlines
    have no goods: --product, --hts, --origin and --status leave them out.
    """
    lang_ = language(lang)
    with open_app() as app:
        world, today = app.world(recorded_by=recorded_by), app.today
        check_wanted(world, wanted)
        index = Index(world)
        found = upcoming(index, from_ or today, days, announced_by, wanted=wanted)
        events = named(world, (one.event for one in (*found.dated, *found.undated)))
        coverage = coverage_of(world, today=today, announced_by=found.known_by)
        seen = Viewpoint(on=found.day, announced_by=announced_by, recorded_by=recorded_by)
        notes = (
            *coverage_notes(lang_, coverage, [seen], today=today),
            *stray_note(lang_, world),
            *headings_note(lang_, unlisted(world, _turning(index, found, wanted), wanted)),
        )
        if format_ == "json":
            answer = upcoming_json(lang_, found, events, days=days, coverage=coverage, notes=notes)
            print_json_of(answer)
        else:
            _show_upcoming(console(), lang_, found, events, notes)


def _turning(index: Index, found: Upcoming, wanted: Wanted) -> Iterator[ProvisionState]:
    """The provisions with a turn ahead, whatever headings they list; none if none is asked for."""
    if wanted.hts is not None:
        days = (found.until - found.day).days
        any_heading = replace(wanted, hts=None)
        every = upcoming(index, found.day, days, found.known_by, wanted=any_heading)
        yield from (one.row for one in (*every.dated, *every.undated) if one.row is not None)


def _show_upcoming(
    out: Console, lang: Language, found: Upcoming, events: Sequence[Event], notes: Sequence[str]
) -> None:
    until, known = lang.day(found.until), lang.day(found.known_by)
    title = lang.say(
        "ahead",
        "Ahead from {day} to {until}, as known by {known}",
        day=lang.day(found.day),
        until=until,
        known=known,
    )
    say(out, title, "bold")
    numbers = numbers_of(events)
    if found.dated:
        _show_ahead(out, lang, found.dated, numbers, dated=True)
    else:
        out.print(lang.say("ahead", "Nothing in the record has its day in this time."))
    if found.undated:
        out.print()
        say(out, lang.say("ahead", "Without a day that is known"), "bold")
        _show_ahead(out, lang, found.undated, numbers, dated=False)
    show_causes(out, lang, events)
    show_notes(out, notes)


def _show_ahead(
    out: Console,
    lang: Language,
    found: Sequence[Ahead],
    numbers: Mapping[str, int],
    *,
    dated: bool,
) -> None:
    grid = Grid(
        lang.say("heading", "Day"),
        lang.say("heading", "Kind"),
        lang.say("heading", "What"),
        lang.say("heading", "Event"),
        lang.say("heading", "Provision"),
    )
    for one in found:
        cells = ahead_cells(lang, one, numbers)
        grid.add(
            cells.day if dated else cells.when, cells.kind, cells.what, cells.event, cells.place
        )
    grid.show(out)
