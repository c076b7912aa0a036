"""The questions: state, diff, timeline."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import click
import msgspec

from tracker.cli import tables
from tracker.cli.params import (
    COUNTRY,
    DAY,
    KIND,
    as_json,
    check_names,
    filters,
    viewpoint_options,
)
from tracker.cli.session import open_app
from tracker.cli.streams import print_json
from tracker.core.diff import diff
from tracker.core.policy import ProvisionState, Viewpoint, disputed_claims, state
from tracker.core.timeline import (
    Selection,
    not_covered,
    select_claims,
    select_events,
    select_states,
)
from tracker.core.words import Kind
from tracker.core.world import World
from tracker.errors import BadInput
from tracker.telling.event_shapes import timeline_json
from tracker.telling.shapes import diff_json, state_json

__all__ = ["diff_command", "state_command", "timeline_command"]


def _print_json(data: Any) -> None:
    print_json(msgspec.json.format(msgspec.json.encode(data), indent=1))


@click.command("state")
@click.option("--on", type=DAY, help="The day asked about (default: today in New York).")
@viewpoint_options
@filters
@click.option("--all", "everything", is_flag=True, help="Ended provisions too.")
@as_json
def state_command(
    *,
    on: date | None,
    announced_by: date | None,
    recorded_by: datetime | None,
    imposer: str | None,
    target: str | None,
    measure: str | None,
    everything: bool,
    json_: bool,
) -> None:
    """What applied on a day: every provision with rate, dates and what was pending.

    \b
    Examples:
      tracker state                                        today
      tracker state --on 2025-03-04 --target CA            for goods of Canada
      tracker state --on 2025-02-05 --announced-by 2025-02-02
                                                           as the public expected it
      tracker state --on 2025-09-18 --measure us.s232 --json

    Without --all, provisions that have ended are left out. Pending turns are
    those known on the day asked about. Claims in dispute are listed apart.
    """
    with open_app() as app:
        world = app.world(recorded_by=recorded_by)
        check_names(world, measure=measure, imposer=imposer, target=target)
        viewpoint = Viewpoint(
            on=on or app.today, announced_by=announced_by, recorded_by=recorded_by
        )
        wanted = Selection(imposer=imposer, target=target, measure=measure)
        rows = _state(world, viewpoint, wanted, everything=everything)
        claims = select_claims(world, disputed_claims(world, viewpoint), wanted)
        if json_:
            _print_json(state_json(viewpoint, rows, claims, not_covered=not_covered(world)))
        else:
            tables.show_state(world, viewpoint, rows, claims, today=app.today)


def _state(
    world: World, viewpoint: Viewpoint, wanted: Selection, *, everything: bool = True
) -> tuple[ProvisionState, ...]:
    rows = select_states(world, state(world, viewpoint), wanted)
    return tuple(row for row in rows if everything or not row.over)


@click.command("diff")
@click.argument("from_", metavar="FROM", type=DAY)
@click.argument("to", metavar="TO", type=DAY)
@viewpoint_options
@click.option("--as-known", is_flag=True, help="Each day as it was known on that day.")
@filters
@as_json
def diff_command(
    *,
    from_: date,
    to: date,
    announced_by: date | None,
    recorded_by: datetime | None,
    as_known: bool,
    imposer: str | None,
    target: str | None,
    measure: str | None,
    json_: bool,
) -> None:
    """What changed between two days, net, each change with the events that caused it.

    \b
    Examples:
      tracker diff 2025-03-03 2025-03-08
      tracker diff 2025-02-01 2025-02-05 --as-known        each day as it was known then
      tracker diff 2025-02-01 2025-02-05 --announced-by 2025-02-02
                                                           both as known on 2 February
      tracker diff 2026-02-19 2026-02-25 --target CA --json

    A rate that went up and came back between the two days is no change.
    """
    if as_known and announced_by is not None:
        raise BadInput(
            "--as-known and --announced-by contradict each other",
            "--as-known takes each day as known on that day; give one of the two",
        )
    with open_app() as app:
        world = app.world(recorded_by=recorded_by)
        check_names(world, measure=measure, imposer=imposer, target=target)
        before, after = (
            Viewpoint(
                on=day, announced_by=day if as_known else announced_by, recorded_by=recorded_by
            )
            for day in (from_, to)
        )
        wanted = Selection(imposer=imposer, target=target, measure=measure)
        changes = diff(_state(world, before, wanted), _state(world, after, wanted))
        if json_:
            _print_json(diff_json(before, after, changes))
        else:
            tables.show_diff(world, before, after, changes)


@click.command("timeline")
@click.option("--from", "from_", type=DAY, help="First day of announcement.")
@click.option("--to", type=DAY, help="Last day of announcement, inclusive.")
@click.option("--days", type=click.IntRange(1, 100_000), help="The last so many days instead.")
@click.option("--party", type=COUNTRY, help="A government that acts, meets, charges or is charged.")
@click.option("--kind", type=KIND, metavar="KIND", help=f"One of: {', '.join(Kind)}.")
@click.option("--measure", help="A measure's key, or the front of one.")
@as_json
def timeline_command(
    *,
    from_: date | None,
    to: date | None,
    days: int | None,
    party: str | None,
    kind: str | None,
    measure: str | None,
    json_: bool,
) -> None:
    """What happened: events in the order in which they were announced.

    \b
    Examples:
      tracker timeline --from 2025-09-01 --to 2025-09-30
      tracker timeline --party MX --kind summit
      tracker timeline --days 30 --json
      tracker timeline --measure us.ieepa.border
    """
    if days is not None and (from_ is not None or to is not None):
        raise BadInput("--days contradicts --from and --to", "Give one or the other")
    if from_ is not None and to is not None and to < from_:
        raise BadInput(f"--to {to} lies before --from {from_}", "Swap the two")
    with open_app() as app:
        world = app.world()
        check_names(world, measure=measure, party=party)
        if days is not None:
            from_ = app.today - timedelta(days=days)
        wanted = Selection(
            announced_from=from_,
            announced_until=to,
            party=party,
            kind=Kind(kind) if kind else None,
            measure=measure,
        )
        events = select_events(world, wanted)
        if json_:
            _print_json(timeline_json(events))
        else:
            tables.show_timeline(events)
