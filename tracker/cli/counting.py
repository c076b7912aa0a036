"""`tracker record counts`: the record in numbers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click
import msgspec

from tracker.cli.params import as_json
from tracker.cli.streams import print_json
from tracker.config import shipped
from tracker.record.counts import Counts, counted
from tracker.record.read import read_record
from tracker.telling.harmless import clean

__all__ = ["counts_command"]

_PUBLISHERS = 12


@click.command("counts", short_help="The record in numbers: where it is thick, where thin.")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@as_json
def counts_command(*, folder: Path | None, json_: bool) -> None:
    """Count the record by kind, month, measure, language and source.

    A number smaller than you expect is the quickest way to a gap: a measure
    that no event speaks of, a month without an entry, a text not translated.
    """
    record = read_record(folder or shipped("db/record"))
    counts = counted(record.events, record.measures)
    if json_:
        print_json(msgspec.json.format(msgspec.json.encode(counts), indent=1))
        return
    _print(counts)


def _print(counts: Counts) -> None:
    click.echo(
        f"{counts.events} events with {counts.effects} effects on {counts.provisions} provisions "
        f"of {len(counts.measures)} measures"
    )
    _list("Kinds", counts.kinds)
    _list("Months", counts.months)
    _list("Languages", {lang: f"{n} of {counts.texts}" for lang, n in counts.languages.items()})
    _list("Sources", counts.sources)
    click.echo(f"  documents: {counts.documents}; without a primary: {counts.without_primary}")
    shown = dict(list(counts.publishers.items())[:_PUBLISHERS])
    _list(f"Publishers, first {len(shown)} of {len(counts.publishers)}", shown)
    _list("Doubts", counts.doubts)
    click.echo("Measures (events, effects)")
    for key, (events, effects) in counts.measures.items():
        click.echo(f"  {clean(key)}: {events}, {effects}")


def _list(heading: str, numbers: Mapping[str, object]) -> None:
    said = "; ".join(f"{clean(name)} {number}" for name, number in numbers.items())
    click.echo(f"{heading}\n  {said or 'none'}")
