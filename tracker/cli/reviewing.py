"""The editor's commands on what the feeds report: `tracker review`.

Owns the names of the actions and how an editor is named. What they do is the business of
the review's desk; the desk on a terminal enters only where no action is named.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import click
import msgspec

from tracker.cli.grid import Grid
from tracker.cli.params import as_json
from tracker.cli.review_actions import ACTIONS
from tracker.cli.review_session import (
    candidate_argument,
    editor_option,
    item_named,
    name_of,
    opened_desk,
)
from tracker.cli.review_shapes import (
    claim_data,
    claimed_text,
    exported_data,
    item_data,
    opened_data,
    opened_lines,
    said,
)
from tracker.cli.session import open_app
from tracker.cli.streams import print_document, print_json
from tracker.cli.tables import console
from tracker.errors import OperationFailed
from tracker.review.desk import ReviewDesk

__all__ = ["review_command"]


_DESK = "tracker.desk"


@click.group("review", invoke_without_command=True)
@editor_option
@click.option("--export", "export", is_flag=True, help="As `tracker review export`.")
@click.pass_context
def review_command(ctx: click.Context, *, editor: str | None, export: bool) -> None:
    """Decide on what the feeds report: a desk in the terminal, or one command for each action.

    \b
    Examples:
      tracker review                        the desk (needs the extra: desk)
      tracker review list                   what waits, most important first
      tracker review show 0a1b2c3d4e        sources, draft, what it would change
      tracker review draft 0a1b2c3d4e > draft.yaml
      tracker review accept 0a1b2c3d4e draft.yaml
      tracker review export                 accepted events into db/record

    A candidate is a group of reports that seem to tell one story. Nothing enters
    the record without an editor, whose name and time the ledger keeps; nothing
    is ever deleted: `undo` is a decision too.
    """
    ctx.obj = editor
    if ctx.invoked_subcommand is not None:
        return
    if export:
        ctx.invoke(export_command, folder=None, editor=editor, json_=False)
        return
    with open_app() as app:
        _open_desk(app.reviewing(name_of(ctx, editor)))


def _open_desk(desk: ReviewDesk) -> None:
    try:
        run = import_module(_DESK).run_desk
    except ModuleNotFoundError as error:
        if error.name is None or (error.name.startswith("tracker") and error.name != _DESK):
            raise
        raise OperationFailed(
            "the desk needs Textual, which is not installed",
            "pip install 'tracker[desk]', or use the commands: tracker review --help",
        ) from error
    run(desk)


@review_command.command("list", short_help="What waits, most important first.")
@click.option("--all", "everything", is_flag=True, help="What has been decided on too.")
@as_json
def list_command(*, everything: bool, json_: bool) -> None:
    """Candidates that wait for a decision, most important first."""
    with opened_desk(None) as desk:
        items = desk.queue(everything=everything)
    if json_:
        print_json(msgspec.json.encode([item_data(item) for item in items]))
        return
    if not items:
        click.echo("Nothing waits for a decision.")
        return
    table = Grid("Candidate", "Weight", "Standing", "Day", "Reports", "Kind", "Title")
    for item in items:
        weight, day = f"{item.importance:.2f}", str(item.day or "")
        standing = item.standing if item.known is None else f"{item.standing}, known"
        title = said(item.title, 120)
        table.add(item.id, weight, standing, day, str(item.size), item.kind, title)
    table.show(console())
    click.echo("1 candidate" if len(items) == 1 else f"{len(items)} candidates")


@review_command.command("show", short_help="One candidate, with its draft.")
@candidate_argument
@as_json
def show_command(*, candidate: str, json_: bool) -> None:
    """Its sources, where they differ, the draft, and what that would do to policy state."""
    with opened_desk(None) as desk:
        opened = desk.open(item_named(desk, candidate).id)
    if json_:
        print_json(msgspec.json.encode(opened_data(opened)))
    else:
        print_document("".join(f"{line}\n" for line in opened_lines(opened)))


@review_command.command("draft", short_help="Its draft as YAML, to be edited.")
@candidate_argument
def draft_command(*, candidate: str) -> None:
    """The draft alone, as an entry of the record: what `accept` and `amend` take back."""
    with opened_desk(None) as desk:
        print_document(desk.open(item_named(desk, candidate).id).preview.proposal.text)


@review_command.command("claims", short_help="What each outlet says of an event.")
@click.argument("event")
@as_json
def claims_command(*, event: str, json_: bool) -> None:
    """What each outlet says of EVENT, which the record has, and where it says otherwise.

    Reports are those an editor accepted or merged, and those that seem to tell of it.
    """
    with opened_desk(None) as desk:
        claims = desk.claims(event)
    if json_:
        print_json(msgspec.json.encode([claim_data(claim) for claim in claims]))
        return
    if not claims:
        click.echo("No report on file tells of it.")
        return
    table = Grid("Outlet", "Day", "How", "Says", "Otherwise than the record")
    for claim in claims:
        source = claim.source
        day, says = str(source.published or ""), claimed_text(source.says)
        table.add(source.publisher, day, claim.how, says, ", ".join(claim.differs))
    table.show(console())


@review_command.command("export", short_help="Accepted events into the record's files.")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@editor_option
@as_json
@click.pass_context
def export_command(
    ctx: click.Context, *, folder: Path | None, editor: str | None, json_: bool
) -> None:
    """Write accepted events into the month files of FOLDER (default: db/record).

    Until then `tracker load` leaves them as they are; from then on the files
    have the last word. Called again it writes nothing twice.
    """
    with open_app() as app:
        done = app.export_review(name_of(ctx, editor), folder)
    if json_:
        print_json(msgspec.json.encode(exported_data(done)))
        return
    for one in done:
        click.echo(f"{one.event}: {'put into' if one.new else 'stands already in'} {one.file}")
    click.echo(f"{len(done)} events exported" if done else "Nothing waits for its export.")


for _one in ACTIONS:
    review_command.add_command(_one)
