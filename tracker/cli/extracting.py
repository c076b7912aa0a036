"""Reading items of feeds: `tracker extract`, `tracker cluster`, `tracker evaluate`.

They need no workspace and no network: lines of JSON in, lines of JSON or text
out. Everything is read and answered before the first line is printed.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click
import msgspec

from tracker.cli.params import as_json
from tracker.cli.streams import print_document
from tracker.errors import BadInput
from tracker.extract.clusters import cluster
from tracker.extract.items import Extraction, Extractor, Item
from tracker.extract.lines import answer, read_items
from tracker.extract.plugged import choose
from tracker.telling.harmless import clean

__all__ = ["cluster_command", "extract_command", "given"]

_file = click.argument("file", required=False, type=click.Path(path_type=Path))
_by = click.option(
    "--by",
    "name",
    default="fitted",
    metavar="NAME",
    help="Which extractor reads: fitted, or one that is installed, such as llm.",
)


def given(file: Path | None) -> bytes:
    """The whole of a file, or of standard input for none or `-`. Raises: BadInput."""
    if file is None or str(file) == "-":
        if sys.stdin is None or sys.stdin.isatty():
            raise BadInput(
                "No items were given", "Send JSON lines to standard input, or name a file"
            )
        return sys.stdin.buffer.read()
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadInput(
            f"{file} does not open: {error.strerror or error}", "Name a file of JSON lines"
        ) from error


def _print_lines(lines: Sequence[object]) -> None:
    encode = msgspec.json.Encoder().encode
    print_document("".join(encode(line).decode() + "\n" for line in lines))


def _told(item: Item, one: Extraction) -> str:
    """One item for a person: what it says in a line, its title below."""
    title = clean(item.title)
    if not one.relevant:
        return f"-     {one.score:.2f}  {title}"
    parts = [one.kind]
    if one.imposer:
        parts.append(f"{one.imposer} on {', '.join(one.targets) or '?'}")
    if one.products:
        parts.append(", ".join(one.products))
    if one.rate_pct is not None:
        parts.append(f"{one.rate_pct:f}%")
    if one.effective_date:
        parts.append(f"from {one.effective_date}")
    if one.until_date:
        parts.append(f"until {one.until_date}")
    return f"news  {one.score:.2f}  {'; '.join(parts)}\n      {title}"


@click.command("extract")
@_file
@_by
@as_json
def extract_command(*, file: Path | None, name: str, json_: bool) -> None:
    """Read what items of feeds report: kind, parties, goods, rate and days.

    \b
    Examples:
      tracker extract --json < items.jsonl
      tracker extract items.jsonl

    One JSON object a line: id, title, summary, published, url, publisher,
    language; all but id may be missing. One answer a line, in order, with the
    words each value was read from. What is not said stays empty. An item that
    is no news of trade policy among the US, Canada and Mexico has no values.
    """
    items, ids = read_items(given(file))
    said = _read_by(choose(name), items)
    if json_:
        _print_lines(
            [answer(item, one, key) for item, one, key in zip(items, said, ids, strict=True)]
        )
        return
    news = sum(one.relevant for one in said)
    told = [_told(item, one) for item, one in zip(items, said, strict=True)]
    print_document("".join(f"{line}\n" for line in (*told, f"{news} of {len(items)} are news")))


def _read_by(extractor: Extractor, items: Sequence[Item]) -> Sequence[Extraction]:
    return extractor.extract(items)


@click.command("cluster")
@_file
@as_json
def cluster_command(*, file: Path | None, json_: bool) -> None:
    """Group items that tell the same story, across outlets, languages and days.

    \b
    Examples:
      tracker cluster --json < items.jsonl
      tracker cluster items.jsonl

    Input as for `tracker extract`. A cluster is named after its first item in
    time; the order of the lines does not matter.
    """
    items, ids = read_items(given(file))
    names = cluster(items)
    if json_:
        _print_lines([{"id": key, "cluster": name} for key, name in zip(ids, names, strict=True)])
        return
    groups: dict[str, list[Item]] = {}
    for item, name in zip(items, names, strict=True):
        groups.setdefault(name, []).append(item)
    lines = []
    for name, members in groups.items():
        lines.append(f"{clean(name)}: {len(members)}")
        lines += [
            f"  {item.published or '?':%Y-%m-%d}  {clean(item.title)}"
            if item.published
            else f"  no date     {clean(item.title)}"
            for item in members
        ]
    print_document("".join(f"{line}\n" for line in lines))
