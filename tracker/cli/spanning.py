"""The upkeep of the spans in the database: `tracker spans`."""

from __future__ import annotations

import click
import msgspec

from tracker.cli.params import as_json
from tracker.cli.session import open_app
from tracker.cli.streams import print_json

__all__ = ["spans_command"]


@click.command("spans")
@click.option("--rebuild", is_flag=True, help="Make all of them anew, even if nothing changed.")
@as_json
def spans_command(*, rebuild: bool, json_: bool) -> None:
    """Bring policy state in the database up to the ledger and to today.

    The table `spans` holds every answer of `tracker state` with the days it is
    good for, so that SQL alone can ask it. `tracker load` and `tracker run`
    keep it up to date; this does where neither runs. It is made from the
    ledger: nothing is lost if it is emptied.
    """
    with open_app() as app:
        done = app.refresh_spans(rebuild=rebuild)
        made_from = done.made_from
        as_of = made_from.as_of.isoformat() if made_from.as_of else None
        if json_:
            data = {
                "position": made_from.position,
                "hash": made_from.hash,
                "as_of": as_of,
                "version": made_from.version,
                "provisions_rewritten": done.rewritten,
                "provisions_removed": done.removed,
                "spans_written": done.written,
            }
            print_json(msgspec.json.encode(data))
            return
        changed = (
            f"{done.written} written; provisions written anew: {done.rewritten}, "
            f"removed: {done.removed}"
            if done.rewritten or done.removed
            else "nothing to write"
        )
        click.echo(f"Spans: {changed}; made from entry {made_from.position}, as of {as_of}")
