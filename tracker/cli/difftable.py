"""The diff on a terminal: a headline, a row for each provision, what came back, the causes.

Sets the cells of `telling.report`; see `tables` for colour and pipes.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text as Rich

from tracker.cli.grid import Grid, say
from tracker.cli.tables import console
from tracker.core.words import Label
from tracker.telling.causes import Cause
from tracker.telling.harmless import outward
from tracker.telling.headings import Headings, headings
from tracker.telling.report import DiffReport, ReportRow

__all__ = ["show_diff"]

_STYLES = {
    Label.LAW_CHANGED: "bold",
    Label.LEARNED_LATE: "yellow",
    Label.CORRECTED: "magenta",
    Label.VOIDED: "bold red",
    Label.SCHEDULED: "cyan",
}


def show_diff(report: DiffReport) -> None:
    """The whole answer; the parts that hold nothing are left out."""
    out, words = console(), headings(report.lang)
    say(out, report.title, "bold")
    say(out, report.headline, "bold")
    for note in report.notes:
        say(out, note)
    if report.rows:
        _show_changes(out, words, report.rows)
    _show_steps(out, words, report.rows)
    if report.returned:
        _heading(out, words.returned)
        for row in report.returned:
            say(out, f"{row.sentence} {_numbers(row.causes)}".rstrip())
        _show_steps(out, words, report.returned)
    if report.causes:
        _show_causes(out, words, report.causes)


def _heading(out: Console, text: str) -> None:
    out.print()
    out.print(Rich(text, style="bold"))


def _numbers(causes: Sequence[int]) -> str:
    return " ".join(f"[{number}]" for number in causes)


def _goods(row: ReportRow) -> str:
    return f"{row.goods.text} ({row.origin})" if row.origin else row.goods.text


def _show_changes(out: Console, words: Headings, rows: Sequence[ReportRow]) -> None:
    columns = (words.who, words.before, words.after, words.points, words.label, words.goods)
    grid = Grid(*columns, words.because, words.provision, right=words.points)
    for row in rows:
        label = row.change.label
        grid.add(
            row.who,
            row.before,
            row.after,
            row.points,
            Rich(row.label, style="" if label is None else _STYLES[label]),
            _goods(row),
            _numbers(row.causes),
            row.place,
        )
    grid.show(out)


def _show_steps(out: Console, words: Headings, rows: Sequence[ReportRow]) -> None:
    if not any(row.steps for row in rows):
        return
    _heading(out, words.steps)
    columns = (words.provision, words.day, words.before, words.after, words.points)
    grid = Grid(*columns, words.because, right=words.points)
    for row in rows:
        for step in row.steps:
            sides = (step.before, step.after)
            day = step.day.isoformat()
            grid.add(row.place, day, *sides, step.points, _numbers(step.causes))
    grid.show(out)


def _show_causes(out: Console, words: Headings, causes: Sequence[Cause]) -> None:
    _heading(out, words.causes)
    columns = ("", words.announced, words.effective, words.event, words.instrument)
    grid = Grid(*columns, words.source, "Id")
    for cause in causes:
        grid.add(
            f"[{cause.number}]",
            cause.announced.isoformat(),
            cause.effective.isoformat() if cause.effective else cause.effective_text,
            cause.title.text,
            cause.citation,
            outward(cause.citation_url) or outward(cause.source_url) or cause.source,
            cause.event,
        )
    grid.show(out)
