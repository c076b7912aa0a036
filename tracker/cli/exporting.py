"""Taking the data away: `tracker export`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from tracker.cli.params import DAY
from tracker.cli.session import open_app
from tracker.cli.streams import print_document
from tracker.errors import BadInput
from tracker.record.files import write_whole
from tracker.record.table_files import FORMATS, table_bytes
from tracker.record.table_rows import rows_of
from tracker.record.tables import TABLES

__all__ = ["export_command"]

_BINARY = "parquet"


@click.command("export")
@click.argument("form", metavar="FORMAT", type=click.Choice([*FORMATS]))
@click.option(
    "--what",
    type=click.Choice([*TABLES]),
    default="events",
    show_default=True,
    help="Which table.",
)
@click.option("--on", type=DAY, help="The day of the states (default: today).")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
def export_command(*, form: str, what: str, on: date | None, out: Path | None) -> None:
    """Export one table of what the ledger holds, as csv, json, yaml or parquet.

    \b
    Examples:
      tracker export csv --what effects --out effects.csv
      tracker export json --what states --on 2025-03-10
      tracker export parquet --what events --out events.parquet

    The same ledger gives the same bytes. docs/data-dictionary.md says what
    every column means. Parquet needs the package pyarrow.
    """
    if on is not None and what != "states":
        raise BadInput(
            f"--on is the day of the states and says nothing of {what}",
            "Leave it out, or give --what states",
        )
    if form == _BINARY and out is None:
        raise BadInput("Parquet is no text for a screen", "Name a file with --out")
    with open_app() as app:
        rows = rows_of(app.world(), what, on=on or app.today)
    data = table_bytes(TABLES[what], rows, form)
    if out is None:
        print_document(data.decode())
        return
    write_whole(out, data)
    click.echo(f"{len(rows)} {what} written to {out}")
