"""The feeds themselves: how each is doing, and which rest.

Owns `tracker sources`; what changes the lists stands in `listing`. It polls
nothing into the ledger.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path

import click
import msgspec

from tracker.app import App
from tracker.cli.grid import Grid
from tracker.cli.listing import (
    add_command,
    export_opml_command,
    import_opml_command,
    remove_command,
    test_command,
)
from tracker.cli.params import as_json
from tracker.cli.reporting import open_edits_line
from tracker.cli.session import open_app
from tracker.cli.streams import print_json
from tracker.cli.tables import console
from tracker.core.codec import instant_text
from tracker.errors import UnknownName
from tracker.ingest.sources import Source
from tracker.store.sources import Pause, SourceState

__all__ = ["sources_command"]

_file = click.option(
    "--sources", "file", type=click.Path(path_type=Path), help="Another list of feeds (TOML)."
)


@click.group("sources", invoke_without_command=True)
@_file
@as_json
@click.pass_context
def sources_command(ctx: click.Context, *, file: Path | None, json_: bool) -> None:
    """How each feed is doing: last read, last news, failures, when it is asked next and why.

    \b
    Examples:
      tracker sources                     the table
      tracker sources pause us-npr-news   let a feed rest
      tracker sources resume us-npr-news
      tracker sources test https://example.org/feed
      tracker sources add https://example.org/feed
      tracker sources import-opml feeds.opml

    Instants are UTC. A feed that fails is never given up: it is asked again
    after a while that doubles, up to a day; one that says it is gone for good
    once a week.
    """
    if ctx.invoked_subcommand is not None:
        return
    with open_app() as app:
        sources = app.sources(file)
        states, pauses = app.source_states()
        rows = [(one, states.get(one.id), pauses.get(one.id)) for one in sources]
        edits = app.edits()
        if json_:
            own = {one.id for one in app.own_list.read()} if file is None else set()
            counts = Counter(edit.after.source for edit in edits)
            flagged = Counter(edit.after.source for edit in edits if edit.open_for)
            told = []
            for row in rows:
                name = row[0].id
                more = {"edits": counts[name], "open_edits": flagged[name], "own": name in own}
                told.append({**_told(*row), **more})
            print_json(msgspec.json.encode(told))
        else:
            _show(rows)
            for line in filter(None, (open_edits_line(edits),)):
                click.echo(line)


@sources_command.command("pause")
@click.argument("source")
@click.option("--reason", default="", help="Why, for who looks at the table later.")
@_file
def pause_command(*, source: str, reason: str, file: Path | None) -> None:
    """Let a feed rest: it is not polled until `tracker sources resume`, here or elsewhere."""
    with open_app() as app:
        _require(app, source, file)
        app.pause_source(source, reason)
        click.echo(f"{source} rests; `tracker sources resume {source}` wakes it.")


@sources_command.command("resume")
@click.argument("source")
@_file
def resume_command(*, source: str, file: Path | None) -> None:
    """Wake a feed that rests: it is polled again when it is due."""
    with open_app() as app:
        _require(app, source, file)
        woken = app.resume_source(source)
        click.echo(f"{source} is polled again." if woken else f"{source} did not rest.")


for _command in (
    test_command,
    add_command,
    remove_command,
    import_opml_command,
    export_opml_command,
):
    sources_command.add_command(_command)


def _require(app: App, source: str, file: Path | None) -> None:
    """Refuse a feed that is not on the list. Raises: UnknownName."""
    if source not in {one.id for one in app.sources(file)}:
        raise UnknownName(f"there is no source {source!r}", "`tracker sources` lists them")


def _told(source: Source, state: SourceState | None, pause: Pause | None) -> dict[str, object]:
    found = state or SourceState(source=source.id)
    return {
        "source": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "country": source.country,
        "language": source.language,
        "official": source.official,
        "kind": source.kind,
        "url": source.url,
        "seen": source.seen or None,
        "state": _state(source, state, pause),
        "last_polled_at": _instant(found.last_polled_at),
        "last_success_at": _instant(found.last_success_at),
        "last_new_at": _instant(found.last_new_at),
        "failures": found.failures,
        "error": None
        if found.last_error_kind is None
        else {"kind": found.last_error_kind, "message": found.last_error},
        "next_due_at": _instant(found.next_due_at),
        "why": found.why,
        "moved_to": found.moved_to,
        "polls": found.polls,
        "last_bytes": found.last_bytes,
        "total_bytes": found.total_bytes,
        "paused": None
        if pause is None
        else {"at": instant_text(pause.paused_at), "reason": pause.reason},
    }


def _state(source: Source, state: SourceState | None, pause: Pause | None) -> str:
    """One word: paused, off, never polled, gone, failing, moved or well."""
    if pause is not None:
        return "paused"
    if not source.enabled:
        return "off"
    if state is None or state.last_polled_at is None:
        return "never polled"
    if state.failures:
        return "gone" if state.last_error_kind == "gone" else "failing"
    return "moved" if state.moved_to else "well"


def _instant(at: datetime | None) -> str | None:
    return None if at is None else instant_text(at)


def _show(rows: list[tuple[Source, SourceState | None, Pause | None]]) -> None:
    headings = ("Source", "State", "Last read", "Last news", "Next", "Bytes", "Why")
    grid = Grid(*headings, right="Bytes")
    for source, state, pause in rows:
        found = state or SourceState(source=source.id)
        size = "" if found.total_bytes is None else str(found.total_bytes)
        times = (found.last_success_at, found.last_new_at, found.next_due_at)
        last, news, due = (f"{at:%Y-%m-%d %H:%M}" if at else "" for at in times)
        word = _state(source, state, pause)
        grid.add(source.id, word, last, news, due, size, _why(found, pause))
    grid.show(console())


def _why(state: SourceState, pause: Pause | None) -> str:
    if pause is not None:
        return pause.reason or "somebody let it rest"
    if state.failures:
        return f"{state.last_error} ({state.failures} in a row)"
    return f"moved to {state.moved_to}" if state.moved_to else state.why or ""
