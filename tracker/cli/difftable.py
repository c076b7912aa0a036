"""The diff on a terminal: a headline, a row for each provision, what came back, the causes.

Sets the cells of `telling.report`; see `tables` for colour and pipes.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text as Rich

from tracker.cli.tables import console, plain_table
from tracker.core.words import Label
from tracker.telling.causes import Cause
from tracker.telling.harmless import clean, outward
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
    out.print(Rich(clean(report.title), style="bold"))
    out.print(Rich(report.headline, style="bold"))
    for note in report.notes:
        out.print(clean(note))
    if report.rows:
        _show_changes(out, words, report.rows)
    _show_steps(out, words, report.rows)
    if report.returned:
        _heading(out, words.returned)
        for row in report.returned:
            out.print(clean(f"{row.sentence} {_numbers(row.causes)}".rstrip()))
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
    table = plain_table(*columns, words.because, words.provision, right=words.points)
    for row in rows:
        label = row.change.label
        table.add_row(
            row.who,
            clean(row.before),
            clean(row.after),
            row.points,
            Rich(row.label, style="" if label is None else _STYLES[label]),
            clean(_goods(row)),
            _numbers(row.causes),
            row.place,
        )
    out.print(table)


def _show_steps(out: Console, words: Headings, rows: Sequence[ReportRow]) -> None:
    if not any(row.steps for row in rows):
        return
    _heading(out, words.steps)
    columns = (words.provision, words.day, words.before, words.after, words.points)
    table = plain_table(*columns, words.because, right=words.points)
    for row in rows:
        for step in row.steps:
            sides = (clean(step.before), clean(step.after))
            day = step.day.isoformat()
            table.add_row(row.place, day, *sides, step.points, _numbers(step.causes))
    out.print(table)


def _show_causes(out: Console, words: Headings, causes: Sequence[Cause]) -> None:
    _heading(out, words.causes)
    columns = ("", words.announced, words.effective, words.event, words.instrument)
    table = plain_table(*columns, words.source, "Id")
    for cause in causes:
        table.add_row(
            f"[{cause.number}]",
            cause.announced.isoformat(),
            cause.effective.isoformat() if cause.effective else clean(cause.effective_text),
            clean(cause.title.text),
            clean(cause.citation),
            outward(cause.citation_url) or outward(cause.source_url) or clean(cause.source),
            cause.event,
        )
    out.print(table)
