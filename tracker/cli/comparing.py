"""The question of questions: what differs between two viewpoints, and why."""

from __future__ import annotations

from dataclasses import replace

import click

from tracker.cli.difftable import show_diff
from tracker.cli.params import format_option, in_language
from tracker.cli.session import open_app
from tracker.cli.showing import print_json_of
from tracker.cli.streams import print_document
from tracker.cli.viewpoints import Asked, sides_asked, two_viewpoints
from tracker.cli.wishes import check_wanted, unlisted, wishes
from tracker.core.compare import Comparison, Side, compare
from tracker.core.coverage import coverage_of_both
from tracker.core.diff import Change
from tracker.core.filters import Wanted, fits_change
from tracker.errors import UnknownName
from tracker.telling.answers import diff_answer
from tracker.telling.csvs import csv_text
from tracker.telling.html import html_page
from tracker.telling.language import language
from tracker.telling.markdown import markdown
from tracker.telling.notes import diff_notes, headings_note
from tracker.telling.report import diff_report

__all__ = ["diff_command"]

_WRITERS = {"markdown": markdown, "csv": csv_text, "html": html_page}


@click.command("diff")
@two_viewpoints
@click.option("--steps", is_flag=True, help="Every turn on the way too.")
@wishes
@format_option("text", "markdown", "csv", "html", "json")
@in_language
def diff_command(*, asked: Asked, wanted: Wanted, steps: bool, format_: str, lang: str) -> None:
    """What changed between two days, net, each change with the events that caused it.

    \b
    Examples:
      tracker diff 2025-03-03 2025-03-08
      tracker diff 2025-02-01 2025-02-05 --as-known        each day as it was known then
      tracker diff 2025-07-31 2025-08-01 --announced-by 2025-07-31     what was scheduled
      tracker diff 2025-03-10 2025-03-10 --from-announced-by 2025-03-05   learned since
      tracker diff --since-position 200                    what our record changed for today
      tracker diff 2026-02-19 2026-02-25 --target CA --format markdown --lang fr

    Every change says why: the law changed, it was learned late, corrected by us,
    voided by a court, or it is scheduled. What went and came back is listed apart.
    """
    telling = language(lang)
    with open_app() as app:
        today = app.today
        before, after = sides_asked(app, asked)
        _check(before, after, wanted)
        whole = compare(before, after, today=today, steps=steps)
    found = _selected(whole, wanted)
    notes = [*diff_notes(telling, found, today=today)]
    turned = (change.subject for change in (*whole.changes, *whole.returned))
    notes += headings_note(telling, unlisted(after.world, turned, wanted))
    if format_ == "json":
        coverage = coverage_of_both(found, today=today)
        print_json_of(diff_answer(telling, found, coverage=coverage, notes=notes, steps=steps))
        return
    report = diff_report(
        telling,
        after.world,
        before.viewpoint,
        after.viewpoint,
        found.changes,
        today=today,
        returned=found.returned,
        notes=notes,
        steps=steps,
        earlier=before.world,
    )
    if format_ == "text":
        show_diff(report)
    else:
        print_document(_WRITERS[format_](report))


def _check(before: Side, after: Side, wanted: Wanted) -> None:
    """Refuse a name that neither side's ledger knows. Raises: UnknownName, BadInput."""
    try:
        check_wanted(after.world, wanted)
    except UnknownName:
        if before.world is after.world:
            raise
        check_wanted(before.world, wanted)


def _selected(found: Comparison, wanted: Wanted) -> Comparison:
    worlds = {id(side.world): side.world for side in (found.before, found.after)}.values()

    def kept(changes: tuple[Change, ...]) -> tuple[Change, ...]:
        return tuple(c for c in changes if any(fits_change(w, c, wanted) for w in worlds))

    return replace(found, changes=kept(found.changes), returned=kept(found.returned))
