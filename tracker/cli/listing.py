"""The lists of feeds: trying an address, adding and removing one, other people's lists.

Owns what stands under `tracker sources` and changes which feeds there are. It
polls nothing into the ledger.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click
import msgspec

from tracker.cli.grid import say
from tracker.cli.params import as_json
from tracker.cli.session import open_app
from tracker.cli.streams import print_document, print_json
from tracker.cli.tables import console
from tracker.errors import SourceFailed
from tracker.ingest.adding import Wish
from tracker.ingest.opml import opml_of
from tracker.ingest.sources import KINDS, LANGUAGES, MIN_INTERVAL_S, Source
from tracker.ingest.trial import Trial
from tracker.record.files import write_whole

__all__ = [
    "add_command",
    "export_opml_command",
    "import_opml_command",
    "remove_command",
    "test_command",
]

_SAID = 20
_kind = click.option("--kind", type=click.Choice(KINDS), default=KINDS[0], show_default=True)


@click.command("test")
@click.argument("url")
@_kind
@as_json
def test_command(*, url: str, kind: str, json_: bool) -> None:
    """Say what an address serves before it is put on the list; nothing is kept.

    What kind of feed it is, how many items and of which days, what it asks of
    those who poll it, and whatever is amiss.
    """
    with open_app() as app:
        found = app.try_source(url, kind)
        if json_:
            print_json(msgspec.json.encode(found))
            return
        out = console()
        for line in _lines(found):
            say(out, line)


def _lines(found: Trial) -> tuple[str, ...]:
    """What an address served, in lines for people."""
    days = "no dates" if found.newest is None else f"newest {found.newest:%Y-%m-%d %H:%M} UTC"
    return (
        f"{found.dialect or 'unknown dialect'}: {found.title or 'without a title'}",
        f"{found.items} items, {found.dated} with a date, {days}; {found.bytes} bytes",
        "says when it is unchanged" if found.conditional else "is sent whole every time",
        f"asks for {found.asks_s} seconds between polls" if found.asks_s else "asks for nothing",
        *(f"says it is in the language {found.language}" for _ in range(bool(found.language))),
        *(f"has moved to {found.moved_to}" for _ in range(found.moved_to is not None)),
        *(f"- {title}" for title in found.first_titles),
        *(f"amiss: {problem}" for problem in found.problems),
    )


@click.command("add")
@click.argument("url")
@_kind
@click.option("--id", "name", help="What the ledger calls it (default: from host and path).")
@click.option("--title", help="Default: the feed's own.")
@click.option("--publisher", help="Default: its host.")
@click.option("--language", type=click.Choice(LANGUAGES), help="Default: the feed's own, else und.")
@click.option("--country", metavar="CODE", help="Of the publisher; INT none, ZZ not known.")
@click.option("--official", is_flag=True, help="A government's own publication.")
@click.option("--interval", type=click.IntRange(MIN_INTERVAL_S), help="Seconds between polls.")
@click.option("--note", default="", help="Its quirks, for people.")
@click.option("--untested", is_flag=True, help="Put it on the list without asking it first.")
@as_json
def add_command(
    *,
    url: str,
    kind: str,
    name: str | None,
    title: str | None,
    publisher: str | None,
    language: str | None,
    country: str | None,
    official: bool,
    interval: int | None,
    note: str,
    untested: bool,
    json_: bool,
) -> None:
    """Put a feed on your own list, once it has answered as one.

    Your list is sources.toml in the workspace; it is polled beside the one that
    comes with the program. A feed that does not answer is not added, unless
    with --untested. Addresses with a user name or password are refused.
    """
    wish = Wish(
        url=url.strip(),
        kind=kind,
        id=name,
        title=title,
        publisher=publisher,
        language=language,
        country=country,
        official=official,
        interval_s=interval,
        note=note,
    )
    with open_app() as app:
        try:
            source, trial = app.add_source(wish, tested=not untested)
        except SourceFailed as error:
            raise SourceFailed(
                error.kind,
                f"nothing was added: the address {error.message}",
                "`--untested` adds it all the same",
            ) from error
        if json_:
            print_json(msgspec.json.encode({"added": asdict(source), "served": trial}))
            return
        _tell_added(source, trial, app.own_list.file)


def _tell_added(source: Source, trial: Trial | None, file: Path) -> None:
    """What was put on the list in `file`, how it answered, and what is not known of it."""
    out = console()
    for line in () if trial is None else _lines(trial):
        say(out, line)
    say(out, f"{source.id} is on the list {file}: {source.url}")
    unknown = [
        f"--{field}"
        for field, value in (("language", source.language), ("country", source.country))
        if value in {"und", "ZZ"}
    ]
    if unknown:
        say(out, f"Not known: {', '.join(unknown)}; write it into the list.")


@click.command("remove")
@click.argument("source")
def remove_command(*, source: str) -> None:
    """Take a feed off your own list; what it brought stays in the ledger.

    One that comes with the program cannot be removed; it can be paused.
    """
    with open_app() as app:
        gone = app.remove_source(source)
        say(console(), f"{gone.id} is off the list: {gone.url}")


@click.command("import-opml")
@click.argument("file", type=click.Path(path_type=Path))
@as_json
def import_opml_command(*, file: Path, json_: bool) -> None:
    """Put the feeds of an OPML file on your own list, however deep its folders.

    Feeds that are on a list already and entries that are no feeds are said. No
    feed is asked before it is due; `tracker ingest` shows which of them work.
    """
    with open_app() as app:
        imported, skipped = app.import_sources(file)
        if json_:
            told = {
                "added": [asdict(source) for source in imported.new],
                "known": [{"url": url, "source": name} for url, name in imported.known],
                "skipped": [{"title": one.title, "why": one.why} for one in skipped],
            }
            print_json(msgspec.json.encode(told))
            return
        out = console()
        lines = [
            *(f"already on the list as {name}: {url}" for url, name in imported.known),
            *(f"skipped {one.title or '(no title)'}: {one.why}" for one in skipped),
        ]
        for line in lines[:_SAID]:
            say(out, line)
        if len(lines) > _SAID:
            say(out, f"... and {len(lines) - _SAID} more like these; --json has all of them")
        say(
            out,
            f"{len(imported.new)} added, {len(imported.known)} already there, "
            f"{len(skipped)} skipped",
        )


@click.command("export-opml")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
@click.option("--own", is_flag=True, help="Your own list alone.")
@click.option(
    "--sources", "file", type=click.Path(path_type=Path), help="Another list of feeds (TOML)."
)
def export_opml_command(*, out: Path | None, own: bool, file: Path | None) -> None:
    """Write the list of feeds as OPML, which feed readers read.

    What is no feed but JSON is in it too and says so by its type.
    """
    with open_app() as app:
        sources = app.own_list.read() if own else app.sources(file)
    data = opml_of(sources, title="Tracker")
    if out is None:
        print_document(data.decode())
        return
    write_whole(out, data)
    click.echo(f"{len(sources)} sources written to {out}")
