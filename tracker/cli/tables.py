"""Answers for people: tables, in colour on a terminal, plain in a pipe.

Colour only ever repeats what a word says. In a pipe nothing is folded, so that
`grep` and `less -S` see one row as one line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text as Rich

from tracker.core.diff import Change
from tracker.core.events import Event
from tracker.core.policy import Disputed, ProvisionState, Viewpoint
from tracker.core.timeline import not_covered
from tracker.core.words import ENDED, Status
from tracker.core.world import World
from tracker.telling.changes import headline
from tracker.telling.language import ENGLISH
from tracker.telling.names import status_name
from tracker.telling.phrases import pending_phrase, rate_phrase, rate_text, state_phrase
from tracker.telling.places import goods_phrase, who_on_whom

__all__ = ["console", "show_diff", "show_state", "show_timeline"]

_PIPE_WIDTH = 10_000
_SHORT_RATE = 30

_STYLES = {
    Status.IN_FORCE: "bold red",
    Status.PAUSED: "yellow",
    Status.ANNOUNCED: "cyan",
    Status.THREATENED: "magenta",
}


class _Console(Console):
    """A console that leaves a reader who has gone to the command line, like any other output."""

    def on_broken_pipe(self) -> None:
        raise  # noqa: PLE0704 - called while the BrokenPipeError is handled


def console() -> Console:
    """A console on stdout: folding and colour on a terminal, neither in a pipe."""
    found = _Console(highlight=False, emoji=False, markup=False)
    if not found.is_terminal:
        found = _Console(
            highlight=False, emoji=False, markup=False, width=_PIPE_WIDTH, no_color=True
        )
    return found


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for name in columns:
        right = name == "Rate"
        table.add_column(name, justify="right" if right else "left", overflow="fold")
    return table


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _status(row: ProvisionState) -> Rich:
    return Rich(
        status_name(ENGLISH, row.status),
        style="dim" if row.status in ENDED else _STYLES[row.status],
    )


def _rate_and_goods(row: ProvisionState) -> tuple[str, str]:
    """The cells Rate and Goods; a rate that takes many words moves behind the goods."""
    goods = goods_phrase(ENGLISH, row)
    if row.status in ENDED or row.status in {Status.ANNOUNCED, Status.THREATENED}:
        return "", goods
    words = rate_phrase(ENGLISH, row.rate_pct, row.basis, row.rate_text)
    if row.rate_text is None or len(words) <= _SHORT_RATE:
        return words, goods
    return (
        f"{rate_text(ENGLISH, row.rate_pct)} *" if row.rate_pct is not None else "*",
        f"{goods} * {words}",
    )


def show_state(
    world: World,
    viewpoint: Viewpoint,
    rows: Sequence[ProvisionState],
    claims: Sequence[Disputed],
    *,
    today: date,
) -> None:
    """The state as a table under a sentence that says from where it is seen."""
    out = console()
    out.print(Rich(_seen_from(viewpoint, today), style="bold"))
    for line in _coverage(world, viewpoint):
        out.print(line)
    if rows:
        table = _table(
            "Who on whom", "Rate", "Status", "Goods", "Since", "Until", "Ahead", "Provision"
        )
        for row in rows:
            rate, goods = _rate_and_goods(row)
            table.add_row(
                who_on_whom(ENGLISH, row.imposer, row.targets),
                rate,
                _status(row),
                goods,
                _day(row.effective_from),
                _day(row.effective_until),
                "; ".join(pending_phrase(ENGLISH, turn) for turn in row.pending),
                f"{row.measure}.{row.provision}",
            )
        out.print(table)
    else:
        out.print("Nothing in the record applies to that.")
    _show_claims(out, claims)
    if missing := not_covered(world):
        out.print()
        out.print(f"Not yet in the record, so nothing is said of them: {', '.join(missing)}")


def _seen_from(viewpoint: Viewpoint, today: date) -> str:
    what = "Scheduled for" if viewpoint.on > today else "State on"
    known = f", as known by {ENGLISH.day(viewpoint.announced_by)}" if viewpoint.announced_by else ""
    held = (
        f", as this ledger held it by {viewpoint.recorded_by:%Y-%m-%d %H:%M:%S} UTC"
        if viewpoint.recorded_by
        else ""
    )
    return f"{what} {ENGLISH.day(viewpoint.on)}{known}{held}"


def _coverage(world: World, viewpoint: Viewpoint) -> list[str]:
    if not world.events:
        return ["The ledger holds no events yet: run `tracker load` first."]
    first = world.events[0].announced
    if viewpoint.on < first:
        since = ENGLISH.day(first)
        return [f"The first event in the record is of {since}: it cannot speak of earlier days."]
    return []


def _show_claims(out: Console, claims: Sequence[Disputed]) -> None:
    for found in claims:
        claim = found.claim
        out.print()
        out.print(Rich(f"{str(claim.standing).capitalize()} claim, not part of the state:", "bold"))
        out.print(f"  claimed: {claim.stated.en}")
        out.print(f"  found:   {claim.finding.en}")
        out.print(f"  about {claim.measure}.{claim.provision}, see event {found.event.id}")


def show_diff(world: World, before: Viewpoint, after: Viewpoint, changes: Sequence[Change]) -> None:
    """The diff: a headline, then one row for each provision, then its causes with instruments."""
    out = console()
    out.print(Rich(f"{_end(before)} to {_end(after)}: {headline(ENGLISH, changes)}", style="bold"))
    if not changes:
        return
    numbers = _causes(world, changes)
    table = _table("Who on whom", "Before", "After", "Goods", "Because of", "Provision")
    for change in changes:
        row = change.subject
        table.add_row(
            who_on_whom(ENGLISH, row.imposer, row.targets),
            state_phrase(ENGLISH, change.before) if change.before else "nothing",
            state_phrase(ENGLISH, change.after) if change.after else "nothing",
            goods_phrase(ENGLISH, row),
            " ".join(f"[{numbers[name]}]" for name in change.events if name in numbers),
            f"{row.measure}.{row.provision}",
        )
    out.print(table)
    _show_causes(out, world, numbers)


def _end(viewpoint: Viewpoint) -> str:
    known = viewpoint.announced_by
    return ENGLISH.day(viewpoint.on) + (f" (as known by {ENGLISH.day(known)})" if known else "")


def _causes(world: World, changes: Sequence[Change]) -> dict[str, int]:
    """A number for each causing event, in the order in which they were announced."""
    named = {event_id for change in changes for event_id in change.events}
    found = [event.id for event in world.events if event.id in named]
    return {event_id: number for number, event_id in enumerate(found, start=1)}


def _show_causes(out: Console, world: World, numbers: Mapping[str, int]) -> None:
    out.print()
    out.print(Rich("Because of", style="bold"))
    table = _table("", "Announced", "Event", "Instrument", "Id")
    for event in world.events:
        if event.id in numbers:
            citation = event.instrument.citation if event.instrument else ""
            number = f"[{numbers[event.id]}]"
            table.add_row(number, _day(event.announced), event.title.en, citation, event.id)
    out.print(table)


def show_timeline(events: Sequence[Event]) -> None:
    """Events as a table, oldest first."""
    out = console()
    if not events:
        click.echo("No event in the record fits.")
        return
    table = _table("Announced", "Kind", "What happened", "Sources", "Id")
    for event in events:
        primary = sum(source.primary for source in event.sources)
        doubts = f" [{', '.join(event.doubts)}]" if event.doubts else ""
        table.add_row(
            _day(event.announced),
            str(event.kind).replace("_", " "),
            event.title.en + doubts,
            f"{len(event.sources)} ({primary} primary)",
            event.id,
        )
    out.print(table)
    noun = "event" if len(events) == 1 else "events"
    out.print(f"{len(events)} {noun}, {_day(events[0].announced)} to {_day(events[-1].announced)}")
