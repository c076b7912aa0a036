"""The editor's commands: `tracker record check`."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import msgspec

from tracker.cli.params import as_json
from tracker.cli.streams import print_json
from tracker.config import shipped
from tracker.record.check import Checked, Severity, Told, check_record
from tracker.record.findings import printable, spelled

__all__ = ["record_command"]

_FOLDER = click.Path(path_type=Path)


@click.group("record")
def record_command() -> None:
    """Keep the curated record: check its files.

    The record is a folder of YAML files (default: db/record). None of these
    commands touches the ledger; `tracker load` brings the files into it.
    """


@record_command.command("check")
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
