"""Keeping a second one: `tracker backup`, `tracker restore`, `tracker copy`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from tracker.cli.params import as_json
from tracker.cli.progress import counting
from tracker.cli.session import open_app
from tracker.cli.streams import print_json

if TYPE_CHECKING:
    from tracker.store.copying import Copied

__all__ = ["backup_command", "copy_command", "restore_command"]

_FILE = click.Path(path_type=Path)


@click.command("backup")
@click.argument("file", type=_FILE)
@as_json
def backup_command(*, file: Path, json_: bool) -> None:
    """Write everything the ledger holds into one new file, also while it is in use.

    \b
    Examples:
      tracker backup /backups/2026-11-25.db
      TRACKER_DATABASE_URL=sqlite:////backups/2026-11-25.db tracker verify

    The file is a ledger itself, SQLite whatever the database is, with the
    evidence in it and hashes unchanged. Every entry is checked on the way: a
    ledger that is broken is not backed up. Nothing is written over.
    """
    with open_app() as app:
        with counting("entries copied") as told:
            copied = app.backup(file, progress=told)
        _tell(f"Backup: {file}", copied, json_=json_)


@click.command("restore")
@click.argument("file", type=_FILE)
@as_json
def restore_command(*, file: Path, json_: bool) -> None:
    """Bring a backup into the workspace's ledger, which must be empty or not there yet.

    \b
    Examples:
      TRACKER_HOME=/srv/tracker tracker restore /backups/2026-11-25.db
      TRACKER_DATABASE_URL=postgresql+psycopg://me@host/tracker tracker restore old.db

    Every entry and piece of evidence is held to its hash before any of it
    counts: all of it is restored or nothing. A backup made by an older version
    is brought up to date on the way; the file itself stays as it is.
    """
    with open_app() as app:
        with counting("entries restored") as told:
            copied = app.restore(file, progress=told)
        _tell(f"Restored: {app.place}", copied, json_=json_)


@click.command("copy")
@click.option("--to", "url", required=True, metavar="URL", help="The database to copy into.")
@as_json
def copy_command(*, url: str, json_: bool) -> None:
    """Copy the ledger into another database: SQLite to PostgreSQL, back, or the same kind.

    \b
    Examples:
      tracker copy --to postgresql+psycopg://me@host/tracker
      tracker copy --to sqlite:////srv/tracker/ledger.db

    Evidence comes along, hashes stay as they are. The target is made where it
    is not there; it may be empty or an earlier copy, which then gets what is
    new. All of it or nothing. Keep a password in a pgpass file: others can see
    the arguments of a command.
    """
    with open_app() as app:
        with counting("entries copied") as told:
            place, copied = app.copy(url, progress=told)
        _tell(f"Copied to {place}", copied, json_=json_)


def _tell(what: str, copied: Copied, *, json_: bool) -> None:
    head = copied.head
    if json_:
        data = {
            "entries": copied.entries,
            "new_entries": copied.new_entries,
            "evidence_blobs": copied.evidence_blobs,
            "new_evidence_blobs": copied.new_blobs,
            "head": {"position": head.position, "hash": head.hash},
            "root": copied.root,
        }
        print_json(msgspec.json.encode(data))
        return
    click.echo(
        f"{what}: {copied.entries} entries ({copied.new_entries} new), "
        f"{copied.evidence_blobs} pieces of evidence ({copied.new_blobs} new); "
        f"head {head.position} {head.hash}"
    )
