"""The upkeep: init, load, ingest, build, verify."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import msgspec

from tracker.cli.params import as_json
from tracker.cli.progress import counting
from tracker.cli.reporting import open_edits_line
from tracker.cli.session import base_url_option, open_app, zip_option
from tracker.cli.streams import print_json
from tracker.core.codec import instant_text
from tracker.errors import RecordInvalid
from tracker.site.publish import Published

__all__ = [
    "build_command",
    "init_command",
    "load_command",
    "site_line",
    "site_progress",
    "verify_command",
]

_FOLDER = click.Path(path_type=Path)


@click.command("init")
def init_command() -> None:
    """Make the workspace and its ledger, or bring an older ledger up to date.

    \b
    TRACKER_HOME           the workspace (default: ./var in a checkout)
    TRACKER_DATABASE_URL   another database than the SQLite file in it

    Safe to repeat: a ledger that is already there and current is left alone.
    """
    with open_app() as app:
        made = app.init()
        what = "made or brought up to date" if made else "already there and current"
        click.echo(f"Ledger {what}: {app.place}")


@click.command("load")
@click.argument("folder", required=False, type=_FOLDER)
def load_command(folder: Path | None) -> None:
    """Bring the curated record into the ledger (default: the record that is shipped).

    What is new is recorded, what changed is appended as a correction, what is
    gone as a retraction; nothing held is ever altered. A record with a mistake
    in it is refused whole, with a line for each mistake.
    """
    with open_app() as app:
        try:
            loaded = app.load(folder)
        except RecordInvalid as error:
            for finding in error.findings[:-1]:
                click.echo(finding, err=True)
            raise RecordInvalid(error.findings[-1:]) from error
        click.echo(
            f"Record: {loaded.events} events, {loaded.measures} measures, "
            f"{loaded.provisions} provisions; {loaded.appended} new ledger entries"
        )


@click.command("build")
@click.option("--out", type=_FOLDER, help="Where to (default: site in the workspace).")
@base_url_option
@zip_option
def build_command(*, out: Path | None, base_url: str | None, archive: bool) -> None:
    """Write the static site; pages that have not changed are not touched.

    Every file is written aside and put in place whole. The site works from a
    folder, a web server or file://, and makes no request to anyone else.
    """
    with open_app(base_url=base_url, archive=archive) as app:
        app.require_ledger()
        with site_progress() as told:
            published = app.build(out, progress=told)
        click.echo(f"{site_line(published)}, in {out or app.settings.site}")


@contextmanager
def site_progress() -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr that counts pages, where stderr is a terminal; nothing in a pipe."""
    shown = sys.stderr.isatty()
    with click.progressbar(length=1, label="Site", file=sys.stderr, hidden=not shown) as bar:

        def told(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        yield told


def site_line(published: Published) -> str:
    """`Site: 12 pages written, 400 unchanged, 0 removed`."""
    return (
        f"Site: {published.written} pages written, {published.unchanged} unchanged, "
        f"{published.removed} removed"
    )


@click.command("verify")
@click.option("--no-spans", is_flag=True, help="Leave out comparing the spans with a replay.")
@as_json
def verify_command(*, no_spans: bool, json_: bool) -> None:
    """Walk the whole ledger and say everything that is wrong and where.

    Checked: the chain and each hash, positions and stream versions without a
    gap, payloads, keys, evidence, the guards, and that the spans for SQL are
    what the ledger gives when it is replayed. What is printed as root is that
    of `tracker checkpoint`. Exit status 1 if anything is wrong.
    """
    with open_app() as app:
        with counting("entries walked") as told:
            verdict = app.verify(spans=not no_spans, progress=told)
        head = verdict.head
        notes = verdict.notes
        if not verdict.findings:  # what is broken is not read for more
            notes = (*notes, *filter(None, (open_edits_line(app.edits()),)))
        if json_:
            data = {
                "entries": verdict.entries,
                "streams": verdict.streams,
                "evidence_blobs": verdict.evidence_blobs,
                "head": {"position": head.position, "hash": head.hash},
                "root": verdict.root,
                "findings": list(verdict.findings),
                "notes": list(notes),
                "checked_at": instant_text(app.clock.now()),
            }
            print_json(msgspec.json.encode(data))
        else:
            for finding in verdict.findings:
                click.echo(finding)
            for note in notes:
                click.echo(f"Note: {note}")
            click.echo(
                f"{verdict.entries} entries in {verdict.streams} streams, "
                f"{verdict.evidence_blobs} pieces of evidence; head {head.position} {head.hash}"
            )
            if verdict.root is not None:
                click.echo(f"Merkle tree: size {verdict.entries}, root {verdict.root}")
            click.echo("The ledger is whole." if not verdict.findings else "The ledger is broken.")
        if verdict.findings:
            sys.exit(1)
