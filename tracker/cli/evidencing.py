"""What feeds really served: `tracker evidence`, to look at, to read again, to leave out.

Owns how evidence is shown. Nothing here changes or deletes any of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import click
import msgspec

from tracker.app import App
from tracker.app.evidencing import Carried
from tracker.cli.evidence_shown import (
    carried_json,
    reread_json,
    reread_lines,
    show_carried,
)
from tracker.cli.grid import say
from tracker.cli.params import as_json
from tracker.cli.progress import counting
from tracker.cli.session import open_app
from tracker.cli.streams import print_json
from tracker.cli.tables import console
from tracker.core.addresses import page_of
from tracker.core.codec import instant_text
from tracker.errors import BadInput, OperationFailed, UnknownName
from tracker.record.files import write_whole
from tracker.store.evidence import Kept

__all__ = ["evidence_command"]

_DIGEST = re.compile(r"[0-9a-f]{6,64}")
_SAID = 20


@click.group("evidence", invoke_without_command=True)
@as_json
@click.pass_context
def evidence_command(ctx: click.Context, *, json_: bool) -> None:
    """What feeds really served: the bytes that brought something new, by their SHA-256.

    \b
    Examples:
      tracker evidence                                  how much there is
      tracker evidence show 3f2a9c                      one piece, and who cites it
      tracker evidence show https://example.org/story   every version of a page's item
      tracker evidence reparse --source us-ustr         read again by this version

    Evidence is append-only, like the ledger that cites it.
    """
    if ctx.invoked_subcommand is not None:
        return
    with open_app() as app:
        kept, cited = app.evidence_kept()
    told = _sums(kept, cited)
    if json_:
        print_json(msgspec.json.encode(told))
        return
    click.echo(
        f"{told['pieces']} pieces of evidence, {told['bytes']} bytes ({told['packed_bytes']} as "
        f"packed); no entry cites {told['uncited']} of them ({told['uncited_packed_bytes']} packed)"
    )


def _sums(kept: Sequence[Kept], cited: frozenset[str]) -> dict[str, int]:
    loose = [one for one in kept if one.digest not in cited]
    return {
        "pieces": len(kept),
        "bytes": sum(one.size for one in kept),
        "packed_bytes": sum(one.packed for one in kept),
        "uncited": len(loose),
        "uncited_packed_bytes": sum(one.packed for one in loose),
    }


@evidence_command.command("show")
@click.argument("what", metavar="DIGEST|URL")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Write the bytes here."
)
@as_json
def show_command(*, what: str, out: Path | None, json_: bool) -> None:
    """One piece by the beginning of its digest and who cites it, or what a page's item read.

    With --out the bytes go into a file as they were served: they are a
    stranger's, and may hold anything.
    """
    with open_app() as app:
        if _DIGEST.fullmatch(what):
            _show_piece(app, what, out, json_=json_)
            return
        page = page_of(what)
        if not page:
            raise BadInput(
                f"{what!r} is no digest and no address",
                "Give at least six hexadecimal digits, or a URL with https://",
            )
        if out is not None:
            raise BadInput("--out needs one piece of evidence", "Give its digest instead of a URL")
        found = [one for one in app.carried() if page_of(one.report.link or "") == page]
    if not found:
        raise UnknownName(f"no item of a feed leads to {what}", "`tracker reports` lists them")
    _show_carried(found, json_=json_)


def _show_piece(app: App, beginning: str, out: Path | None, *, json_: bool) -> None:
    kept, _ = app.evidence_kept()
    matching = [one for one in kept if one.digest.startswith(beginning)]
    if len(matching) != 1:
        raise UnknownName(
            f"{len(matching)} pieces of evidence begin with {beginning}",
            "Give more of its digits" if matching else "`tracker reports --json` names digests",
        )
    piece = matching[0]
    citing = [one for one in app.carried() if one.report.evidence == piece.digest]
    if out is not None:
        body = app.evidence_body(piece.digest)
        if body is None:
            raise OperationFailed(
                f"the evidence {piece.digest} is gone", "`tracker verify` says more"
            )
        write_whole(out, body)
    if json_:
        told = {
            "digest": piece.digest,
            "media_type": piece.media_type,
            "bytes": piece.size,
            "packed_bytes": piece.packed,
            "stored_at": instant_text(piece.stored_at),
            "cited_by": [carried_json(one) for one in citing],
        }
        print_json(msgspec.json.encode(told))
        return
    screen = console()
    say(screen, f"{piece.digest}  {piece.media_type or 'no media type'}")
    say(
        screen,
        f"{piece.size} bytes ({piece.packed} as packed), kept "
        f"{piece.stored_at:%Y-%m-%d %H:%M} UTC, cited by {len(citing)} entries",
    )
    if citing:
        show_carried(citing)
    if out is not None:
        say(screen, f"Written to {out}")


def _show_carried(found: Sequence[Carried], *, json_: bool) -> None:
    if json_:
        print_json(msgspec.json.encode([carried_json(one) for one in found]))
    else:
        show_carried(found)


@evidence_command.command("prune")
@click.option("--to", "url", metavar="URL", help="The database to copy into (SQLAlchemy URL).")
@as_json
def prune_command(*, url: str | None, json_: bool) -> None:
    """Copy the ledger without the evidence that no entry cites; without --to, say how much that is.

    Nothing is deleted where the ledger is: a poll that has just found its bytes
    held could not cite them any more. The copy is a whole ledger, which verifies;
    put it in place while nothing runs. What an entry cites is never left out.
    """
    with open_app() as app:
        told = _sums(*app.evidence_kept())
        place = None
        if url is not None:
            with counting("entries copied") as progress:
                place, _ = app.copy(url, cited_only=True, progress=progress)
        if json_:
            print_json(msgspec.json.encode({**told, "copied_to": place}))
            return
        loose = f"{told['uncited']} pieces ({told['uncited_packed_bytes']} bytes as packed)"
        if place is None:
            click.echo(f"No entry cites {loose}; --to makes a copy of the ledger without them.")
        else:
            click.echo(f"Copied to {place}, without the {loose} that no entry cites.")


@evidence_command.command("reparse")
@click.option("--source", "only", help="Of this one feed, by its id.")
@as_json
def reparse_command(*, only: str | None, json_: bool) -> None:
    """Read kept bytes again by this version and say what reads otherwise than in the ledger.

    Nothing is written: an entry says what a feed carried, and to write a better
    reading as a change would accuse the publisher of an edit. Exit status 0
    whatever is found. What the HTTP header said of the character set was not kept;
    a feed that relies on it may read otherwise here for that reason alone.
    """
    with open_app() as app, counting("pieces read") as progress:
        found, unlisted = app.reread(only, progress=progress)
    if only is not None and not found and not unlisted:
        raise UnknownName(f"no evidence is of a source {only!r}", "`tracker sources` lists them")
    if json_:
        told = {"read": [reread_json(one) for one in found], "unlisted": unlisted}
        print_json(msgspec.json.encode(told))
        return
    out = console()
    lines = [line for one in found for line in reread_lines(one)]
    for line in lines[:_SAID]:
        say(out, line)
    if len(lines) > _SAID:
        say(out, f"... and {len(lines) - _SAID} more; --json has all of them")
    for name in unlisted:
        say(out, f"not read, as it is on no list: {name}")
    items = sum(one.items for one in found)
    say(out, f"{len(found)} pieces read, {items} items, {len(lines)} differences")
