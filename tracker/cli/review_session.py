"""What the commands of the review share: the desk with its reports read, and who the editor is."""

from __future__ import annotations

import getpass
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from tracker.cli.session import open_app
from tracker.errors import UnknownName
from tracker.review.desk import QueueItem, ReviewDesk

if TYPE_CHECKING:
    from tracker.app.reviewing import Reviewing

__all__ = ["candidate_argument", "editor_option", "item_named", "name_of", "opened_desk"]

editor_option = click.option(
    "--editor",
    envvar="TRACKER_EDITOR",
    show_envvar=True,
    help="The name decisions are recorded under (default: git's user.name, else yours here).",
)
candidate_argument = click.argument("candidate")


@contextmanager
def opened_desk(editor: str | None) -> Iterator[Reviewing]:
    """The desk, its reports read; how far that is shows where stderr is a terminal."""
    with open_app() as app:
        desk = app.reviewing(editor)
        shown = sys.stderr.isatty()
        with click.progressbar(length=1, label="Reports", file=sys.stderr, hidden=not shown) as bar:

            def told(done: int, total: int) -> None:
                bar.length = total
                bar.update(done - bar.pos)

            desk.refresh(told)
        yield desk


def name_of(ctx: click.Context, given: str | None) -> str:
    """The editor: as given to the action or to `review`, else git's, else the system's."""
    name = given or ctx.obj
    if isinstance(name, str) and name.strip():
        return name
    try:
        asked = subprocess.run(
            ["git", "config", "user.name"],  # noqa: S607 - whichever git the user calls
            capture_output=True,
            text=True,
            check=False,
            timeout=5,
        )
        found = asked.stdout.strip()
    except (OSError, ValueError, subprocess.TimeoutExpired):
        found = ""
    if found:
        return found
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def item_named(desk: ReviewDesk, name: str) -> QueueItem:
    """The candidate of that name, or of the only one that begins so. Raises: UnknownName."""
    items = desk.queue(everything=True)
    found = [item for item in items if item.id == name] or [
        item for item in items if len(name) >= 4 and item.id.startswith(name)
    ]
    if len(found) != 1:
        many = "several candidates begin with" if found else "there is no candidate"
        raise UnknownName(f"{many} {name!r}", "`tracker review list --all` names them")
    return found[0]
