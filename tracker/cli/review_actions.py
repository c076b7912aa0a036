"""What an editor does with a candidate, a command for each: `tracker review accept` and the rest.

Owns what each action is given on the command line. What it does belongs to the desk.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click
import msgspec

from tracker.cli.params import DAY, as_json
from tracker.cli.review_session import (
    candidate_argument,
    editor_option,
    item_named,
    name_of,
    opened_desk,
)
from tracker.cli.review_shapes import done_data, said
from tracker.cli.streams import print_json
from tracker.errors import BadInput
from tracker.review.desk import Done, ReviewDesk

__all__ = ["ACTIONS"]

_LARGEST = 1_000_000
_version = click.option(
    "--version",
    "version",
    type=click.IntRange(min=0),
    help="Refuse if the candidate is not at this version any more (see list).",
)


def _action(
    name: str, short_help: str, *parameters: Callable[[Any], Any]
) -> Callable[[Callable[..., Done]], click.Command]:
    """A subcommand that decides: `act(desk, item, version, ...)` answers what was done."""

    def made(act: Callable[..., Done]) -> click.Command:
        @click.pass_context
        def command(ctx: click.Context, /, **given: Any) -> None:
            json_, editor = given.pop("json_"), given.pop("editor")
            with opened_desk(name_of(ctx, editor)) as desk:
                item = item_named(desk, given.pop("candidate"))
                version = given.pop("version")
                seen = item.version if version is None else version
                done = act(desk, item.id, seen, **given)
            if json_:
                print_json(msgspec.json.encode(done_data(done)))
            else:
                click.echo(said(done.sentence))

        command.__doc__ = act.__doc__
        for parameter in (
            as_json,
            editor_option,
            _version,
            *reversed(parameters),
            candidate_argument,
        ):
            command = parameter(command)
        return click.command(name, short_help=short_help)(command)

    return made


@_action(
    "accept",
    "Take the draft into the record.",
    click.argument("file", required=False, type=click.Path(path_type=Path)),
)
def accept_command(desk: ReviewDesk, candidate: str, version: int, *, file: Path | None) -> Done:
    """Take the draft into the record, or FILE (- for standard input) in its place.

    It is held to the rules of `tracker record check` before anything is written.
    """
    text = None if file is None else _given(file)
    return desk.accept(candidate, version=version, text=text)


@_action("amend", "Keep an edited draft.", click.argument("file", type=click.Path(path_type=Path)))
def amend_command(desk: ReviewDesk, candidate: str, version: int, *, file: Path) -> Done:
    """Keep FILE (- for standard input) as the draft, without accepting it."""
    return desk.amend(candidate, version=version, text=_given(file))


@_action("merge", "The reports tell of an event that is there.", click.argument("event"))
def merge_command(desk: ReviewDesk, candidate: str, version: int, *, event: str) -> Done:
    """Say that the reports tell of EVENT, which is in the record already."""
    return desk.merge(candidate, version=version, event=event)


@_action(
    "split", "Take reports out.", click.argument("reports", nargs=-1, required=True, metavar="N...")
)
def split_command(
    desk: ReviewDesk, candidate: str, version: int, *, reports: tuple[str, ...]
) -> Done:
    """Take reports out as a candidate of their own, by their numbers in `show`."""
    names = [source.report for source in desk.open(candidate).sources]
    return desk.split(candidate, version=version, reports=[_report(one, names) for one in reports])


@_action("reject", "Nothing in it for the record.", click.option("--why", required=True))
def reject_command(desk: ReviewDesk, candidate: str, version: int, *, why: str) -> Done:
    """Say that there is nothing in it for the record, and why."""
    return desk.reject(candidate, version=version, why=why)


@_action("postpone", "Not before a day.", click.option("--until", type=DAY, required=True))
def postpone_command(desk: ReviewDesk, candidate: str, version: int, *, until: date) -> Done:
    """Leave it out of the queue until a policy day."""
    return desk.postpone(candidate, version=version, until=until)


@_action("undo", "Take back the last decision.")
def undo_command(desk: ReviewDesk, candidate: str, version: int) -> Done:
    """Take back the last decision on it, by a new entry: an accepted event is retracted."""
    return desk.undo(candidate, version=version)


def _report(given: str, names: list[str]) -> str:
    if given in names:
        return given
    if given.isascii() and given.isdigit() and 1 <= int(given[:9]) <= len(names):
        return names[int(given) - 1]
    raise BadInput(f"there is no report {given!r}", f"Name them by number, 1 to {len(names)}")


def _given(file: Path) -> str:
    """The text of a file, or of standard input for `-`. Raises: BadInput."""
    try:
        with sys.stdin.buffer if str(file) == "-" else file.open("rb") as stream:
            data = stream.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            raise BadInput(f"{file} is larger than 1 MB", "A draft is one entry of the record")
        return data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8"
        raise BadInput(f"{file} cannot be read ({why})", "Name the file of a draft") from error


ACTIONS = (
    accept_command,
    amend_command,
    merge_command,
    split_command,
    reject_command,
    postpone_command,
    undo_command,
)
"""In the order in which they are shown."""
