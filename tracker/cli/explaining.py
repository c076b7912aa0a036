"""The questions about one measure: explain and history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import click
from rich.console import Console
from rich.text import Text as Rich

from tracker.cli.grid import Grid, say
from tracker.cli.params import (
    DAY,
    format_option,
    in_language,
    viewpoint_options,
)
from tracker.cli.session import open_app
from tracker.cli.showing import print_json_of, show_events, show_notes
from tracker.cli.streams import print_document
from tracker.cli.tables import console
from tracker.core.coverage import Coverage, coverage_of
from tracker.core.explain import explain
from tracker.core.history import History, history
from tracker.core.index import Index
from tracker.core.places import resolve
from tracker.core.policy import Viewpoint
from tracker.telling.asking_shapes import explain_json, history_json
from tracker.telling.language import Language, language
from tracker.telling.lives import (
    LifeReport,
    headings_of,
    life_report,
    lives_csv,
    lives_markdown,
)
from tracker.telling.notes import coverage_notes
from tracker.telling.reasoning import ExplainReport, LayerCells, explain_report

__all__ = ["explain_command", "history_command"]


@click.command("explain")
@click.argument("name", metavar="MEASURE[.PROVISION]")
@click.option("--on", type=DAY, help="The day asked about (default: today in New York).")
@viewpoint_options
@format_option("text", "json")
@in_language
def explain_command(
    *,
    name: str,
    on: date | None,
    announced_by: date | None,
    recorded_by: datetime | None,
    format_: str,
    lang: str,
) -> None:
    """Why a provision stands as it does: every layer, which counts, which does not, and why.

    \b
    Examples:
      tracker explain us.ieepa.border.ca.general --on 2025-02-05
                                     the pause counts and holds back the order
      tracker explain us.ieepa.border.ca --on 2025-03-10
                                     all provisions of the measure
      tracker explain us.ieepa.border.ca.general --on 2025-08-05 --announced-by 2025-07-30
                                     what was not yet known then is listed apart
      tracker explain us.ieepa.border.ca.general --on 2025-06-01 --lang fr

    The last word wins, day by day: layers stand from top to bottom. A plan never
    counts by itself. Stages of a paper that the record does not hold are shown as
    missing.
    """
    lang_ = language(lang)
    with open_app() as app:
        world = app.world(recorded_by=recorded_by)
        today = app.today
        viewpoint = Viewpoint(on=on or today, announced_by=announced_by, recorded_by=recorded_by)
        coverage = coverage_of(world, today=today, announced_by=announced_by)
        notes = tuple(coverage_notes(lang_, coverage, [viewpoint], today=today))
        found = [explain(world, place, viewpoint) for place in resolve(world, name)]
        if format_ == "json":
            answer = explain_json(lang_, viewpoint, found, coverage=coverage, notes=notes)
            print_json_of(answer)
            return
        out = console()
        for number, one in enumerate(found):
            if number:
                out.print()
            _show_explained(out, lang_, explain_report(lang_, one, today=today))
        show_notes(out, notes)


def _show_explained(out: Console, lang: Language, report: ExplainReport) -> None:
    say(out, report.title, "bold")
    say(out, report.subject)
    say(out, report.answer, "bold")
    if report.layers:
        _part(out, lang.say("explain", "Layers, top first"))
        _show_layers(out, lang, report.layers)
    if report.hidden:
        _part(out, lang.say("explain", "Not yet known then"))
        _show_layers(out, lang, report.hidden)
    _show_lines(out, lang.say("explain", "Ahead, as known on that day"), report.ahead)
    _show_lines(out, lang.say("explain", "Papers"), report.papers)
    _show_lines(out, lang.say("explain", "Around it"), report.around)
    for first, *more in report.claims:
        _show_lines(out, first, more)
    if report.events:
        _part(out, lang.say("heading", "Events"))
        show_events(out, lang, report.events)


def _part(out: Console, heading: str) -> None:
    out.print()
    say(out, heading, "bold")


def _show_lines(out: Console, heading: str, lines: Sequence[str]) -> None:
    if lines:
        _part(out, heading)
        for line in lines:
            say(out, f"  {line}")


def _show_layers(out: Console, lang: Language, layers: Sequence[LayerCells]) -> None:
    grid = Grid(
        "",
        lang.say("heading", "Status"),
        lang.say("heading", "Rate"),
        lang.say("heading", "From"),
        lang.say("heading", "Until"),
        lang.say("heading", "Why"),
        lang.say("heading", "Event"),
    )
    for layer in layers:
        grid.add(
            "\N{BLACK RIGHT-POINTING SMALL TRIANGLE}" if layer.counts else "",
            layer.status,
            layer.rate,
            layer.start,
            layer.until,
            Rich(layer.why, style="bold" if layer.counts else ""),
            f"{layer.event} {layer.around}".strip(),
        )
    grid.show(out)


@click.command("history")
@click.argument("name", metavar="MEASURE[.PROVISION]")
@viewpoint_options
@format_option("text", "markdown", "csv", "json")
@in_language
def history_command(
    *,
    name: str,
    announced_by: date | None,
    recorded_by: datetime | None,
    lang: str,
    format_: str,
) -> None:
    """The rate through time: stretches of days on which a provision read the same.

    \b
    Examples:
      tracker history us.ieepa.border.ca.general
      tracker history us.s232.steel                   all provisions of the measure
      tracker history us.ieepa.border.ca.general --announced-by 2025-02-02
                                                      as the public expected it then
      tracker history us.s232.steel --format csv > steel.csv
      tracker history ca.counter.autos --format markdown --lang fr

    From is the first day of a stretch, until the first day on which it no longer
    holds. Days of which the record says nothing are shown as such. The last
    stretch is open, or its end is not known: the two are told apart.
    """
    lang_ = language(lang)
    with open_app() as app:
        world = app.world(recorded_by=recorded_by)
        index, today = Index(world), app.today
        places = resolve(world, name)
        found = [history(index, place, announced_by=announced_by) for place in places]
        coverage = coverage_of(world, today=today, announced_by=announced_by)
        seen = Viewpoint(on=today, announced_by=announced_by, recorded_by=recorded_by)
        notes = tuple(coverage_notes(lang_, coverage, [seen], today=today))
        _tell_lives(lang_, found, seen, coverage=coverage, notes=notes, format_=format_)


def _tell_lives(
    lang: Language,
    lives: Sequence[History],
    seen: Viewpoint,
    *,
    coverage: Coverage,
    notes: Sequence[str],
    format_: str,
) -> None:
    """The lives of provisions as they are seen from a viewpoint, in a format."""
    if format_ == "json":
        answer = history_json(
            lang,
            lives,
            announced_by=seen.announced_by,
            recorded_by=seen.recorded_by,
            coverage=coverage,
            notes=notes,
        )
        print_json_of(answer)
    elif format_ == "csv":
        print_document(lives_csv(lives))
    else:
        reports = [life_report(lang, one, seen) for one in lives]
        if format_ == "markdown":
            print_document(lives_markdown(lang, reports, notes))
        else:
            _show_lives(console(), lang, reports, notes)


def _show_lives(
    out: Console, lang: Language, reports: Sequence[LifeReport], notes: Sequence[str]
) -> None:
    for number, report in enumerate(reports):
        if number:
            out.print()
        say(out, report.title, "bold")
        say(out, report.subject)
        if report.note:
            say(out, report.note)
            continue
        grid = Grid(*headings_of(lang))
        for row in report.rows:
            cells = (row.start, row.until, row.status, row.rate, row.goods)
            grid.add(*cells, row.events, row.instruments)
        grid.show(out)
        out.print()
        show_events(out, lang, report.events)
    show_notes(out, notes)
