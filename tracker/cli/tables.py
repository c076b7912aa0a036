"""Answers for people: tables, in colour on a terminal, plain in a pipe.

Colour only ever repeats what a word says. In a pipe nothing is folded, so that
`grep` and `less -S` see one row as one line. What stands in the cells is told
by `telling`.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text as Rich

from tracker.cli.grid import Grid, say
from tracker.core.events import Event
from tracker.core.words import ENDED, Status
from tracker.telling.language import Language
from tracker.telling.numbered import numbered
from tracker.telling.state_report import StateHeadings, StateReport, StateRow, state_headings

__all__ = ["console", "show_state", "show_timeline"]

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


def show_state(report: StateReport) -> None:
    """The state as a table under a sentence that says from where it is seen."""
    out, words = console(), state_headings(report.lang)
    say(out, report.title, "bold")
    for note in report.notes:
        say(out, note)
    if report.rows:
        _state_grid(report, words).show(out)
    else:
        out.print(words.nothing)
    _show_claims(out, report, words)
    if report.silent:
        out.print()
        out.print(f"{words.silent}: {', '.join(report.silent)}")


def _state_grid(report: StateReport, words: StateHeadings) -> Grid:
    columns = (words.who, words.rate, words.status, words.goods, words.since, words.until)
    grid = Grid(*columns, words.ahead, words.provision, right=words.rate)
    for row in report.rows:
        rate, goods = _rate_and_goods(report.lang, row)
        style = "dim" if row.state.status in ENDED else _STYLES[row.state.status]
        status = Rich(row.status, style=style)
        others = (goods, row.since, row.until, row.ahead, row.place)
        grid.add(row.who, rate, status, *others)
    return grid


def _rate_and_goods(lang: Language, row: StateRow) -> tuple[str, str]:
    """The cells Rate and Goods; a rate that takes many words moves behind the goods."""
    goods = f"{row.goods.text} ({row.origin})" if row.origin else row.goods.text
    if len(row.rate) <= _SHORT_RATE:
        return row.rate, goods
    figure = row.state.rate_pct
    return "*" if figure is None else f"{lang.percent(figure)} *", f"{goods} * {row.rate}"


def _show_claims(out: Console, report: StateReport, words: StateHeadings) -> None:
    if report.claims:
        out.print()
        out.print(Rich(f"{words.claims}:", style="bold"))
    for claim in report.claims:
        say(out, f"  {claim.place} ({claim.standing}), {claim.event}")
        say(out, f"    {words.claimed}: {claim.stated.text}")
        say(out, f"    {words.found}: {claim.finding.text}")


def show_timeline(lang: Language, events: Sequence[Event], notes: Sequence[str] = ()) -> None:
    """Events as a table, oldest first, under what the record cannot say of those days."""
    out = console()
    for note in notes:
        say(out, note)
    if not events:
        say(out, lang.say("timeline", "No event in the record fits."))
        return
    grid = Grid(
        lang.say("heading", "Announced"),
        lang.say("heading", "Kind"),
        lang.say("heading", "Event"),
        lang.say("heading", "Sources"),
        "Id",
    )
    for event, told in zip(events, numbered(lang, events), strict=True):
        primary = sum(source.primary for source in event.sources)
        sources = lang.say(
            "timeline",
            "{count} ({primary} primary)",
            count=str(len(event.sources)),
            primary=str(primary),
        )
        title = f"{told.title} [{told.doubts}]" if told.doubts else told.title
        grid.add(told.announced.isoformat(), told.kind, title, sources, told.event)
    grid.show(out)
    say(
        out,
        lang.say_count(
            "timeline",
            "{count} event, {first} to {last}",
            "{count} events, {first} to {last}",
            len(events),
            first=lang.day(events[0].announced),
            last=lang.day(events[-1].announced),
        ),
    )
