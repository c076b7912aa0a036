"""The command line: words in, words out. All work is done by `tracker.app`.

Owns the commands' names and how an error reaches a person: one line on stderr
that says what was wrong and what to do, exit status 2 for bad input, 1 for a
failed operation, never a traceback for either.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress

import click

from tracker import __version__
from tracker.cli import streams
from tracker.cli.commands import COMMANDS, GROUPS, LONG_LIVED
from tracker.cli.stopping import leave_when_told
from tracker.errors import TrackerError

__all__ = ["cli", "main"]

_LONGEST = 1_000


class _Commands(click.Group):
    """Commands by name, each imported only when it is used: `--help` answers at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx  # the same in every context
        return [*COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx  # the same in every context
        if cmd_name not in COMMANDS:
            return None
        place, _ = COMMANDS[cmd_name]
        module_name, _, attribute = place.partition(":")
        module = __import__(module_name, fromlist=[attribute])
        found = getattr(module, attribute)
        return found if isinstance(found, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx  # the same in every context
        for title, names in GROUPS.items():
            with formatter.section(title):
                rows = [(row, COMMANDS[row.partition(",")[0]][1]) for row in names]
                formatter.write_dl(rows, col_max=50)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96},
    epilog="Files live in TRACKER_HOME. `tracker COMMAND --help` has examples of each.",
)
@click.version_option(__version__, prog_name="tracker")
def cli() -> None:
    """Trade policy between the US, Canada and Mexico, as an append-only record.

    \b
      tracker state --on 2025-03-10            what applied on a day
      tracker diff 2025-03-03 2025-03-08       what changed between two days
      tracker diff 2025-02-01 2025-02-05 --as-known    ... as each day knew it
      tracker timeline --from 2025-09-01 --to 2025-09-30    what happened

    Every answer rests on events with sources. Threatened or announced is never
    shown as in force, unknown never as known. Lists take --json.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave the process with its exit status."""
    sys.exit(_run(sys.argv[1:] if arguments is None else list(arguments)))


def _run(arguments: list[str]) -> int:
    streams.prepare()
    if arguments and arguments[0] in LONG_LIVED:
        leave_when_told()
    out = sys.stdout
    try:
        return _invoke(arguments)
    except SystemExit:
        # click leaves with 1 where the reader has gone, having put a wrapper in stdout's place.
        if sys.stdout is out:
            raise
    except BrokenPipeError:
        pass
    except OSError as error:
        trouble = streams.write_trouble(error)
        if trouble is None:
            raise
        streams.abandon()
        return _say(
            f"the answer could not be written to standard output: {trouble}",
            "Make room there or send it elsewhere, then call again",
            1,
        )
    # The reader (`head`, a pager) has seen enough. Python would complain on flush.
    streams.abandon()
    return 0


def _invoke(arguments: list[str]) -> int:
    try:
        result = cli.main(args=arguments, prog_name="tracker", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as shown:
        click.echo(shown.format_message(), err=True)
        return 2
    except click.ClickException as error:
        return _say(error.format_message(), _hint(error, arguments), 2)
    except click.Abort:
        return 130
    except TrackerError as error:
        return _say(error.message, error.advice, error.exit_status)
    return result if isinstance(result, int) else 0


def _hint(error: click.ClickException, arguments: list[str]) -> str:
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "tracker"
    # An option without its value is found before click notes whose it is.
    if command == "tracker" and arguments and arguments[0] in COMMANDS:
        command = f"tracker {arguments[0]}"
    return f"`{command} --help` shows how"


def _say(message: str, advice: str, status: int) -> int:
    first = _shortened(" ".join(message.split()))
    line = " ".join(_sentence(part) for part in (first, advice) if part)
    # Where nobody can be told, the status still says it.
    with suppress(OSError):
        click.echo(f"tracker: {line}", err=True)
    return status


def _sentence(text: str) -> str:
    text = text.rstrip(". ")
    return text if text.endswith("?") else f"{text}."


def _shortened(text: str) -> str:
    """A message of at most a few screen lines: it may repeat a value of any length."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 200]} ... {text[-195:]}"
