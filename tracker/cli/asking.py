"""The questions: state and timeline."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import click

from tracker.cli import tables
from tracker.cli.params import (
    COUNTRY,
    DAY,
    DAYS,
    KIND,
    check_names,
    format_option,
    in_language,
    recorded_by_option,
    viewpoint_options,
)
from tracker.cli.session import open_app
from tracker.cli.showing import print_json_of
from tracker.cli.streams import print_document
from tracker.cli.wishes import check_wanted, wishes
from tracker.core.coverage import coverage_of
from tracker.core.filters import Wanted, select_claims, select_states, without_headings
from tracker.core.index import Index
from tracker.core.policy import Viewpoint, disputed_claims
from tracker.core.timeline import Selection, not_covered, select_events
from tracker.core.words import ENDED, Kind
from tracker.core.world import World
from tracker.errors import BadInput
from tracker.telling.answers import state_answer
from tracker.telling.event_shapes import timeline_json
from tracker.telling.language import Language, language
from tracker.telling.notes import coverage_notes, headings_note, stray_note
from tracker.telling.state_formats import state_csv, state_markdown
from tracker.telling.state_report import state_report

__all__ = ["state_command", "timeline_command"]


@click.command("state")
@click.option("--on", type=DAY, help="The day asked about (default: today in New York).")
@viewpoint_options
@wishes
@click.option("--all", "everything", is_flag=True, help="Ended provisions too.")
@format_option("text", "markdown", "csv", "json")
@in_language
def state_command(
    *,
    on: date | None,
    announced_by: date | None,
    recorded_by: datetime | None,
    wanted: Wanted,
    everything: bool,
    format_: str,
    lang: str,
) -> None:
    """What applied on a day: every provision with rate, dates and what was pending.

    \b
    Examples:
      tracker state                                        today
      tracker state --on 2025-03-04 --target CA            for goods of Canada
      tracker state --on 2025-02-05 --announced-by 2025-02-02
                                                           as the public expected it
      tracker state --authority s232 --product acero --lang es
      tracker state --on 2025-09-18 --measure us.s232 --json

    Without --all, provisions that have ended are left out, unless --status asks
    for them. Pending turns are those known on the day asked about. Claims in
    dispute are listed apart.
    """
    telling = language(lang)
    with open_app() as app:
        today = app.today
        world = app.world(recorded_by=recorded_by)
    check_wanted(world, wanted)
    viewpoint = Viewpoint(on=on or today, announced_by=announced_by, recorded_by=recorded_by)
    ended = everything or wanted.status in ENDED
    _tell_state(telling, world, viewpoint, wanted, ended=ended, today=today, format_=format_)


def _tell_state(
    telling: Language,
    world: World,
    viewpoint: Viewpoint,
    wanted: Wanted,
    *,
    ended: bool,
    today: date,
    format_: str,
) -> None:
    """What a viewpoint shows of what is wanted, with what the record cannot say, in a format."""
    seen = [row for row in Index(world).state(viewpoint) if ended or not row.over]
    rows = select_states(world, seen, wanted)
    claims = select_claims(world, disputed_claims(world, viewpoint), wanted)
    coverage = coverage_of(world, today=today, announced_by=viewpoint.announced_by)
    notes = [
        *coverage_notes(telling, coverage, [viewpoint], today=today),
        *stray_note(telling, world),
        *headings_note(telling, without_headings(world, seen, wanted)),
    ]
    silent = not_covered(world)
    if format_ == "json":
        print_json_of(
            state_answer(
                telling,
                viewpoint,
                rows,
                claims,
                coverage=coverage,
                not_covered=silent,
                notes=notes,
            )
        )
        return
    report = state_report(telling, viewpoint, rows, claims, today=today, silent=silent, notes=notes)
    if format_ == "text":
        tables.show_state(report)
    else:
        print_document((state_csv if format_ == "csv" else state_markdown)(report))


@click.command("timeline")
@click.option("--from", "from_", type=DAY, help="First day of announcement.")
@click.option("--to", type=DAY, help="Last day of announcement, inclusive.")
@click.option("--days", type=DAYS, help="The last so many days instead.")
@click.option("--party", type=COUNTRY, help="A government that acts, meets, charges or is charged.")
@click.option("--kind", type=KIND, metavar="KIND", help=f"One of: {', '.join(Kind)}.")
@click.option("--measure", help="A measure's key, the front of one, or one with a provision.")
@recorded_by_option
@format_option("text", "json")
@in_language
def timeline_command(
    *,
    from_: date | None,
    to: date | None,
    days: int | None,
    party: str | None,
    kind: str | None,
    measure: str | None,
    recorded_by: datetime | None,
    format_: str,
    lang: str,
) -> None:
    """What happened: events in the order in which they were announced.

    \b
    Examples:
      tracker timeline --from 2025-09-01 --to 2025-09-30
      tracker timeline --party MX --kind summit
      tracker timeline --days 30 --json
      tracker timeline --measure us.ieepa.border --lang es
    """
    if days is not None and (from_ is not None or to is not None):
        raise BadInput("--days contradicts --from and --to", "Give one or the other")
    if from_ is not None and to is not None and to < from_:
        raise BadInput(f"--to {to} lies before --from {from_}", "Swap the two")
    telling = language(lang)
    with open_app() as app:
        world, today = app.world(recorded_by=recorded_by), app.today
        check_names(world, measure=measure, party=party)
        if days is not None:
            from_ = today - timedelta(days=days)
        wanted = Selection(
            announced_from=from_,
            announced_until=to,
            party=party,
            kind=Kind(kind) if kind else None,
            measure=measure,
        )
        events = select_events(world, wanted)
        if format_ == "json":
            print_json_of(timeline_json(events))
            return
        coverage = coverage_of(world, today=today)
        seen = _window(from_, to, today=today, recorded_by=recorded_by)
        notes = [*coverage_notes(telling, coverage, [seen], today=today)]
        tables.show_timeline(telling, events, notes)


def _window(
    from_: date | None, to: date | None, *, today: date, recorded_by: datetime | None
) -> Viewpoint:
    """The days of a timeline as a viewpoint, to tell what the record cannot say of them."""
    ahead = from_ if from_ is not None and from_ > today else None
    begun = from_ if from_ is not None and ahead is None else today
    return Viewpoint(on=begun, announced_by=to or ahead, recorded_by=recorded_by)
