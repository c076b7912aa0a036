"""The editor's commands: `tracker record check`, `new`, `fmt`, `counts`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from pathlib import Path

import click
import msgspec

from tracker.cli.counting import counts_command
from tracker.cli.params import DAY, KIND, as_json
from tracker.cli.streams import print_document, print_json
from tracker.config import shipped
from tracker.core.words import Kind
from tracker.errors import BadInput, RecordInvalid, UnknownName
from tracker.record.check import Checked, Severity, Told, check_record
from tracker.record.checks import is_key
from tracker.record.files import record_files, write_whole
from tracker.record.findings import printable, spelled
from tracker.record.format import formatted
from tracker.record.insert import month_file, with_event
from tracker.record.read import examine
from tracker.record.template import template

__all__ = ["record_command"]

_FOLDER = click.Path(path_type=Path)


@click.group("record")
def record_command() -> None:
    """Keep the curated record: check its files, begin a new event, lay it out.

    The record is a folder of YAML files (default: db/record). None of these
    commands touches the ledger; `tracker load` brings the files into it.
    """


@record_command.command("check", short_help="Tell all that is wrong with the files.")
@click.argument("folder", required=False, type=_FOLDER)
@click.option("--strict", is_flag=True, help="Exit with status 1 for warnings too.")
@as_json
def check_command(*, folder: Path | None, strict: bool, json_: bool) -> None:
    """Hold the record to every rule and tell all that is wrong, a line each.

    \b
    FILE:LINE: error: ENTRY: field: "value": what holds; what to do [rule]

    An error is what `tracker load` refuses. A warning is what a person should
    look at: entries that do not go together, an order without its own paper,
    texts that are not in all languages yet.

    Exit status 1 if there is an error (with --strict: anything), else 0.
    """
    checked = check_record(folder or shipped("db/record"))
    if json_:
        print_json(msgspec.json.format(msgspec.json.encode(_as_data(checked)), indent=1))
    else:
        for one in checked.told:
            click.echo(printable(str(one)))
        click.echo(
            f"{checked.events} events and {checked.measures} measures in {checked.files} files: "
            f"{_counted(checked, Severity.ERROR)}, {_counted(checked, Severity.WARNING)}"
        )
    if checked.count(Severity.ERROR) or (strict and checked.told):
        sys.exit(1)


def _counted(checked: Checked, severity: Severity) -> str:
    number = checked.count(severity)
    return f"{number} {severity}{'' if number == 1 else 's'}"


def _as_data(checked: Checked) -> dict[str, object]:
    return {
        "files": checked.files,
        "events": checked.events,
        "measures": checked.measures,
        "errors": checked.count(Severity.ERROR),
        "warnings": checked.count(Severity.WARNING),
        "findings": [_finding(one) for one in checked.told],
    }


def _finding(one: Told) -> dict[str, object]:
    found = one.finding
    return {
        "severity": one.severity,
        "rule": one.rule,
        "file": found.file,
        "line": found.line,
        "entry": found.entry or None,
        "path": spelled(found.path),
        "message": found.message,
    }


@record_command.command("new", short_help="Begin an event from a template.")
@click.argument("folder", required=False, type=_FOLDER)
@click.option("--kind", type=KIND, metavar="KIND", required=True, help="What sort of thing it is.")
@click.option("--announced", type=DAY, required=True, help="The day the public could know.")
@click.option("--measure", "keys", multiple=True, help="A measure it is about (repeatable).")
@click.option("--id", "words", default="", help="The words of the id after the day.")
@click.option("--write", is_flag=True, help="Put it into the month's file.")
def new_command(
    *,
    folder: Path | None,
    kind: Kind,
    announced: date,
    keys: tuple[str, ...],
    words: str,
    write: bool,
) -> None:
    """Begin an event: a template in which what must be said stands blank.

    \b
    Examples:
      tracker record new --kind pause --announced 2026-11-25 --measure us.s232.steel
      tracker record new --kind call --announced 2026-11-25 --id us-ca-call --write

    Without --write it is only shown. With it, the event goes after those
    announced by that day; `tracker record check` then tells each blank.
    """
    folder = folder or shipped("db/record")
    record = examine(folder).record
    measures = {measure.key: measure for measure in record.measures}
    for key in keys:
        if key not in measures:
            raise UnknownName(f"there is no measure {key!r} in the record", _near(key, measures))
    if words and f"{announced}-{words}" in record.places:
        raise BadInput(f"there is an event {announced}-{words} already", "Choose other words")
    if words and not is_key(words):
        raise BadInput(f"{words!r} is not words of a-z and 0-9", "Join them by hyphens: us-ca-call")
    chosen = [measures[key] for key in dict.fromkeys(keys)]
    text = template(kind=kind, announced=announced, measures=chosen, words=words)
    if not write:
        print_document(text)
        return
    file = month_file(folder, announced)
    write_whole(file, with_event(file, text, announced).encode())
    click.echo(f"Put into {file}; fill in the blanks, then: tracker record check")


@record_command.command("fmt", short_help="Give the files one layout; the data stays.")
@click.argument("folder", required=False, type=_FOLDER)
@click.option("--check", is_flag=True, help="Change nothing; exit with status 1 if it would.")
def fmt_command(*, folder: Path | None, check: bool) -> None:
    """Give every file of the record the one layout; the data stays the same.

    Fields in a fixed order, lines of at most 120 characters, quotes where they
    are needed, a blank line between entries. Comments are kept at the top of a
    file, above an entry and at the end; a file with one inside an entry is
    refused, so that none is lost. Laid out once, a file stays as it is.
    """
    files, findings = record_files(folder or shipped("db/record"))
    texts: dict[Path, str] = {}
    for file in files:
        text, troubles = formatted(file)
        findings.extend(troubles)
        if text is not None and text.encode() != file.read_bytes():
            texts[file] = text
    if findings:
        *rest, last = (str(one) for one in findings)
        for line in rest:
            click.echo(line, err=True)
        raise RecordInvalid((last,))
    for file, text in texts.items():
        if not check:
            write_whole(file, text.encode())
        click.echo(f"{'Would lay out' if check else 'Laid out'} {file}")
    click.echo(f"{len(files)} files, {len(texts)} {'to change' if check else 'changed'}")
    if check and texts:
        sys.exit(1)


record_command.add_command(counts_command)


def _near(key: str, measures: Iterable[str]) -> str:
    found = get_close_matches(key, measures, n=1)
    return f"Did you mean {found[0]}?" if found else "measures.yaml lists them"
