"""What feeds reported and nobody has confirmed: `tracker reports`, and how items were edited.

Owns how reports are shown to a person and told in JSON. It confirms nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

import click
import msgspec

from tracker.cli.grid import Grid, say
from tracker.cli.params import as_json
from tracker.cli.session import open_app
from tracker.cli.streams import print_json
from tracker.cli.tables import console
from tracker.core.codec import instant_text
from tracker.core.edits import Edit
from tracker.core.entries import Report
from tracker.core.world import SeenReport
from tracker.telling.rewording import marked_pieces, nearby, reworded

__all__ = ["open_edits_line", "reports_command"]

_AROUND = 8
"""Words shown on each side of a change."""

_limit = click.option(
    "--limit", type=click.IntRange(1), default=50, show_default=True, help="At most so many."
)
_source = click.option("--source", "only", help="Of this one feed, by its id.")


@click.group("reports", invoke_without_command=True)
@_source
@_limit
@as_json
@click.pass_context
def reports_command(ctx: click.Context, *, only: str | None, limit: int, json_: bool) -> None:
    """What feeds reported, the newest first. Nothing of it is confirmed.

    \b
    Examples:
      tracker reports                    the newest reports
      tracker reports edits              what was rewritten since, word by word
      tracker reports edits --cited      on pages that the record rests on

    Instants are UTC. Both versions of an edited item stay in the ledger.
    """
    if ctx.invoked_subcommand is not None:
        return
    with open_app() as app:
        newest = reversed(app.world().reports)
        found = list(islice((one for one in newest if _of(one.report, only)), limit))
    if json_:
        print_json(msgspec.json.encode([_told(one) for one in found]))
        return
    grid = Grid("First seen", "Source", "Title", "Edits", right="Edits")
    for one in found:
        report, edits = one.report, str(one.changes) if one.changes else ""
        grid.add(f"{one.first_seen:%Y-%m-%d %H:%M}", report.source, report.title, edits)
    if found:
        grid.show(console())
    else:
        click.echo("No report is on file.")


@reports_command.command("edits")
@click.option("--cited", is_flag=True, help="Only where an event of the record rests on the page.")
@_source
@_limit
@as_json
def edits_command(*, cited: bool, only: str | None, limit: int, json_: bool) -> None:
    """How items were rewritten after they were first seen, the newest first.

    What went stands in [-brackets-], what came in {+braces+}. The instant is
    that at which the feed carried the other version, not that of the rewriting.
    An event of the record that already rested on the page is named: look at it
    again. Corrected or retracted since, it is said to have been looked at.
    """
    with open_app() as app:
        every = [
            one
            for one in reversed(app.edits())
            if _of(one.after, only) and (one.cited_by or not cited)
        ]
    if json_:
        print_json(msgspec.json.encode([_edit_told(one) for one in every[:limit]]))
        return
    if not every:
        click.echo("No edit is on file." if not cited else "No page that is cited was edited.")
    for one in every[:limit]:
        _show(one)
    if len(every) > limit:
        click.echo(f"... and {len(every) - limit} earlier ones; --limit shows more")


def open_edits_line(edits: Sequence[Edit]) -> str | None:
    """What to look at again, as a line for people; None where there is nothing."""
    found = [edit for edit in edits if edit.open_for]
    if not found:
        return None
    events = {event for edit in found for event in edit.open_for}
    one = len(found) == 1
    return (
        f"{len(found)} {'edit' if one else 'edits'} of pages that {len(events)} "
        f"{'event rests' if len(events) == 1 else 'events rest'} on, not looked at since: "
        "`tracker reports edits --cited`"
    )


def _of(report: Report, only: str | None) -> bool:
    return only is None or report.source == only


def _told(seen: SeenReport) -> dict[str, object]:
    report = seen.report
    return {
        "source": report.source,
        "identity": report.identity,
        **_version(report),
        "language": report.language,
        "first_seen": instant_text(seen.first_seen),
        "edits": seen.changes,
    }


def _version(report: Report) -> dict[str, object]:
    published = None if report.published is None else instant_text(report.published)
    return {
        "title": report.title,
        "summary": report.summary,
        "link": report.link,
        "published": published,
        "evidence": report.evidence,
    }


def _edit_told(edit: Edit) -> dict[str, object]:
    before, after = edit.before, edit.after
    return {
        "position": edit.position,
        "recorded_at": instant_text(edit.recorded_at),
        "source": after.source,
        "identity": after.identity,
        "fields": edit.fields,
        "before": _version(before),
        "after": _version(after),
        "diff": {
            name: [piece._asdict() for piece in reworded(old, new)]
            for name, old, new in _texts(before, after)
        },
        "cited_by": edit.cited_by,
        "open_for": edit.open_for,
    }


def _texts(before: Report, after: Report) -> Iterator[tuple[str, str, str]]:
    """The texts that read otherwise: their name, the old and the new one."""
    for name in ("title", "summary"):
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield name, old, new


def _show(edit: Edit) -> None:
    out = console()
    before, after = edit.before, edit.after
    say(out, f"{edit.recorded_at:%Y-%m-%d %H:%M}  {after.source}  {after.title}", "bold")
    for name, old, new in _texts(before, after):
        _line(name, marked_pieces(nearby(reworded(old, new), _AROUND)))
    if before.link != after.link:
        _line("link", marked_pieces(reworded(before.link or "none", after.link or "none")))
    elif after.link:
        _line("link", after.link)
    if before.published != after.published:
        _line("dated", marked_pieces(reworded(_dated(before), _dated(after))))
    for events, words in (
        (edit.open_for, "cited by"),
        (_looked_at(edit), "was cited by, looked at since"),
    ):
        if events:
            _line(words, ", ".join(events))


def _dated(report: Report) -> str:
    return "none" if report.published is None else f"{report.published:%Y-%m-%dT%H:%M}"


def _looked_at(edit: Edit) -> Sequence[str]:
    return [event for event in edit.cited_by if event not in edit.open_for]


def _line(name: str, text: str) -> None:
    say(console(), f"  {name}: {text}")
