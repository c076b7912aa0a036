"""One round of polling, and how it is told."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import click
import msgspec

from tracker.cli.params import as_json
from tracker.cli.session import open_app
from tracker.cli.streams import print_json
from tracker.cli.watching import log_option, open_watch
from tracker.ingest.run import Polled

__all__ = ["ingest_command", "summary_line"]

_FOLDER = click.Path(path_type=Path)


@click.command("ingest")
@click.option("--sources", "file", type=_FOLDER, help="Another list of feeds (TOML).")
@click.option("--source", "only", help="Poll this one feed now, by its id.")
@click.option("--all", "everything", is_flag=True, help="Poll every feed, due or not.")
@as_json
@log_option
def ingest_command(
    *, file: Path | None, only: str | None, everything: bool, json_: bool, log_json: bool
) -> None:
    """Poll the feeds that are due; what they bring enters the ledger as unconfirmed reports.

    \b
    Examples:
      tracker ingest                      what is due
      tracker ingest --all                everything, now
      tracker ingest --source us-cbp-newsroom

    A feed that cannot be read is told in one line and tried again later; it
    never stops the others and is never given up. The feeds stand in
    db/sources.toml.
    """
    # Ctrl-C ends a poll at once instead of waiting for a slow server: see `running`.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    with open_app() as app:
        sources = app.sources(file)

        watch = open_watch(app, log_json=log_json, one_shot=True)

        def told(polled: Polled) -> None:
            if not json_:
                watch.polled(polled, always=True)

        results = app.ingest(sources, only=only, everything=everything, on_result=told)
        if json_:
            print_json(msgspec.json.encode([_polled(result) for result in results]))
        elif not results:
            watch.say("No feed is due yet; --all polls them anyway.", what="round", polled=0)
        else:
            watch.say(summary_line(results), what="round", polled=len(results))
        if results and all(result.outcome == "failed" for result in results):
            sys.exit(1)


def _polled(result: Polled) -> dict[str, object]:
    error = result.error
    return {
        "source": result.source.id,
        "outcome": result.outcome,
        "new": result.new,
        "changed": result.changed,
        "bytes": result.bytes,
        "problems": list(result.problems),
        "error": None if error is None else {"kind": error.kind, "message": str(error)},
    }


def summary_line(results: tuple[Polled, ...]) -> str:
    """`31 feeds polled: 12 with news (85 new, 2 changed items), 3 failed`."""
    failed = sum(result.outcome == "failed" for result in results)
    brought = [result for result in results if result.new or result.changed]
    new, changed = sum(r.new for r in results), sum(r.changed for r in results)
    return (
        f"Feeds: {len(results)} polled, {len(brought)} with news "
        f"({new} new, {changed} changed items), {failed} failed"
    )
