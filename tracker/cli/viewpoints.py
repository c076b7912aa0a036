"""Two viewpoints from the command line: which day, known by when, held by the ledger when.

Owns the options of a comparison and what contradicts what. What a viewpoint
means belongs to the core.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import click

from tracker.app import App
from tracker.cli.params import DAY, INSTANT, POSITION
from tracker.core.compare import Side, side_of
from tracker.core.policy import Viewpoint
from tracker.core.world import World
from tracker.errors import BadInput

__all__ = ["Asked", "sides_asked", "two_viewpoints"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The two days and the options that say from where each is seen, as they were given."""

    from_: date | None
    to: date | None
    as_known: bool
    since_position: int | None
    announced_by: date | None
    from_announced_by: date | None
    to_announced_by: date | None
    recorded_by: datetime | None
    from_recorded_by: datetime | None
    to_recorded_by: datetime | None

    def given(self, *names: str) -> list[str]:
        """The options among `names` that were given, as they are written."""
        found = (name for name in names if getattr(self, name) not in {None, False})
        return [f"--{name.replace('_', '-')}" for name in found]


_OPTIONS = (
    click.argument("from_", metavar="FROM", type=DAY, required=False),
    click.argument("to", metavar="TO", type=DAY, required=False),
    click.option("--as-known", is_flag=True, help="Each day as it was known on that day."),
    click.option("--announced-by", type=DAY, help="Both as the public could know by that day."),
    click.option("--from-announced-by", type=DAY, help="The first alone."),
    click.option("--to-announced-by", type=DAY, help="The second alone."),
    click.option("--recorded-by", type=INSTANT, help="Both as this ledger held them by then."),
    click.option("--from-recorded-by", type=INSTANT, help="The first alone."),
    click.option("--to-recorded-by", type=INSTANT, help="The second alone."),
    click.option(
        "--since-position",
        type=POSITION,
        metavar="N",
        help="One day, before and after the ledger's entries past N.",
    ),
)


def two_viewpoints(command: Callable[..., Any]) -> Callable[..., Any]:
    """FROM, TO and the options for both, handed to the command as one keyword `asked`."""
    names = tuple(Asked.__dataclass_fields__)

    @functools.wraps(command)
    def with_asked(**given: Any) -> Any:
        asked = Asked(**{name: given.pop(name) for name in names})
        return command(asked=asked, **given)

    found: Callable[..., Any] = with_asked
    for option in reversed(_OPTIONS):
        found = option(found)
    return found


def _check(asked: Asked) -> None:
    """Refuse options that contradict each other. Raises: BadInput, click.UsageError."""
    known = asked.given("announced_by", "from_announced_by", "to_announced_by")
    held = asked.given("recorded_by", "from_recorded_by", "to_recorded_by")
    if asked.as_known and known:
        raise BadInput(
            f"--as-known and {known[0]} contradict each other",
            "--as-known takes each day as known on that day; give one of the two",
        )
    for both, named in (("--announced-by", known), ("--recorded-by", held)):
        if both in named and len(named) > 1:
            raise BadInput(
                f"{both} and {named[1]} contradict each other",
                f"{both} is for both sides; give one for each side, or one for both",
            )
    if asked.since_position is not None and held:
        raise BadInput(
            f"--since-position and {held[0]} contradict each other",
            "--since-position compares the ledger at that entry with the ledger now",
        )
    if asked.since_position is not None and asked.to is not None:
        raise BadInput("--since-position takes one day, and two are given", "Leave one of them out")
    if asked.since_position is None and asked.to is None:
        missing = "FROM" if asked.from_ is None else "TO"
        raise click.UsageError(
            f"Missing argument '{missing}': give two days, like 2025-03-03 2025-03-08",
            click.get_current_context(),
        )


def sides_asked(app: App, asked: Asked) -> tuple[Side, Side]:
    """The two sides of the comparison asked for.

    Raises: BadInput for options that contradict each other or a position the
    ledger has not reached; click.UsageError where a day is missing.
    """
    _check(asked)
    first = asked.from_ or app.today
    last = asked.to or first
    before = Viewpoint(
        on=first,
        announced_by=first if asked.as_known else asked.from_announced_by or asked.announced_by,
        recorded_by=asked.from_recorded_by or asked.recorded_by,
    )
    after = Viewpoint(
        on=last,
        announced_by=last if asked.as_known else asked.to_announced_by or asked.announced_by,
        recorded_by=asked.to_recorded_by or asked.recorded_by,
    )
    worlds = _worlds(app, before, after, asked.since_position)
    end = side_of(worlds[1], after)
    return side_of(worlds[0], before, end), end


def _worlds(
    app: App, before: Viewpoint, after: Viewpoint, since_position: int | None
) -> tuple[World, World]:
    """The ledger for each side; one and the same where it stood at the same entry."""
    later = app.world(recorded_by=after.recorded_by)
    if since_position is not None:
        if since_position > later.head.position:
            raise BadInput(
                f"the ledger has no entry {since_position}",
                f"Its last one is {later.head.position}",
            )
        earlier = app.world(until_position=since_position)
    elif before.recorded_by == after.recorded_by:
        return later, later
    else:
        earlier = app.world(recorded_by=before.recorded_by)
    return (later, later) if earlier.head == later.head else (earlier, later)
