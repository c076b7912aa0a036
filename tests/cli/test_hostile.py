"""Whatever is typed: an answer that says what it covers, or one line of advice and nothing else."""

from __future__ import annotations

import html
import itertools
import json
import re
import shlex
from datetime import UTC, datetime
from pathlib import Path

import click
import msgspec
import pytest

from tests.cli.conftest import Ran, Run
from tests.core.worlds import effect, event
from tracker.cli import cli
from tracker.core.entries import Draft, EventRecorded
from tracker.core.events import Text
from tracker.store.database import open_engine
from tracker.store.sql import SqlLedger

ASKING = {
    "state": ["state"],
    "diff": ["diff", "2025-03-03", "2025-03-08"],
    "explain": ["explain", "us.s232.steel"],
    "history": ["history", "us.s232.steel"],
    "upcoming": ["upcoming"],
    "surprises": ["surprises", "2025-03-01", "2025-03-31"],
    "timeline": ["timeline"],
}
HOSTILE = [
    "",
    " ",
    ".",
    "*",
    "-1",
    "\x00",
    "\x1b[31m",
    "a\nb",
    "\u202e",
    "\U0001f697",
    "\uff12\uff10",
    "9" * 5_000,
    "2025-02-30",
    "0000-01-01",
    "10000-01-01",
    "2026-01-01T00:00",
    "x' OR 1=1 --",
    "<script>",
]


def options(command: str) -> list[str]:
    found = cli.get_command(click.Context(cli), command)
    assert found is not None
    return [
        param.opts[0]
        for param in found.params
        if isinstance(param, click.Option) and not param.is_flag and param.name != "help"
    ]


def fit_to_read(ran: Ran) -> None:
    """An answer without a complaint, or one line of advice without half an answer."""
    assert ran.status in {0, 2}, ran.err
    if ran.status == 0:
        assert ran.err == ""
        assert ran.out
    else:
        assert ran.out == ""
        assert re.fullmatch(r"tracker: [^\n\x00-\x1f]{1,1200}\n", ran.err)


@pytest.mark.parametrize("command", [*ASKING])
def test_no_value_of_any_option_is_more_than_the_command_can_bear(run: Run, command: str) -> None:
    for option, value in itertools.product(options(command), HOSTILE):
        fit_to_read(run(*ASKING[command], option, value))


@pytest.mark.parametrize("command", ["explain", "history"])
def test_no_name_is_more_than_the_command_can_bear(run: Run, command: str) -> None:
    for value in HOSTILE:
        fit_to_read(run(command, "--", value))


@pytest.mark.parametrize("command", [*ASKING])
@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_every_command_takes_a_language_and_json_both_ways(
    run: Run, command: str, lang: str
) -> None:
    words = [*ASKING[command], "--lang", lang]
    assert run(*words).status == 0
    assert run(*words, "--format", "json").data == run(*words, "--json").data


@pytest.mark.parametrize("command", [*ASKING])
def test_what_the_ledger_did_not_hold_yet_is_no_ledger_without_a_load(
    run: Run, command: str
) -> None:
    name = "--to-recorded-by" if command == "diff" else "--recorded-by"
    ran = run(
        *ASKING[command],
        name,
        "2020-01-01",
        *(["--from-recorded-by", "2019-01-01"] * (command == "diff")),
    )
    if command in {"explain", "history"}:
        fit_to_read(ran)
        assert ran.status == 2
    else:
        assert (ran.status, ran.err) == (0, "")
        assert "held no events yet by 1 January 2020" in ran.out
        assert "tracker load" not in ran.out
    assert "later --recorded-by" in ran.out + ran.err


@pytest.mark.parametrize(
    "filter_",
    ["--imposer US", "--target CA", "--measure us.s232", "--authority IEEPA", "--product steel"],
)
def test_a_filter_on_an_empty_ledger_is_told_what_is_missing(fresh: Run, filter_: str) -> None:
    assert fresh("init").status == 0
    for command in ("state", "diff", "upcoming", "surprises"):
        ran = fresh(*ASKING[command], *filter_.split())
        fit_to_read(ran)
        assert "the ledger holds no measures. Run `tracker load` first" in ran.err


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("--to 2020-02-01", "Nothing in the record was announced by 1 February 2020"),
        ("--from 2020-01-01 --to 2020-02-01", "The first event in the record is of"),
        ("--from 9999-12-31", "Nobody knows yet what will be announced by 31 December 9999"),
        ("--to 9999-12-31", "Nobody knows yet what will be announced by 31 December 9999"),
    ],
)
def test_a_timeline_says_what_is_covered(run: Run, more: str, says: str) -> None:
    assert says in run("timeline", *more.split()).out


def test_a_timeline_of_an_empty_ledger_says_so(fresh: Run) -> None:
    assert fresh("init").status == 0
    assert "run `tracker load` first" in fresh("timeline").out


def test_a_timeline_speaks_the_language_asked_for(run: Run) -> None:
    words = ["timeline", "--from", "2025-02-01", "--to", "2025-02-01", "--lang", "fr"]
    out = run(*words).out
    assert "Annoncé" in out
    assert "du 1er février 2025 au 1er février 2025" in out
    assert "(en)" not in out


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_a_life_says_from_where_it_is_seen_and_what_is_covered(run: Run, form: str) -> None:
    words = ["history", "us.s232.steel", "--announced-by", "2000-01-01", "--format", form]
    out = run(*words).out.replace("\\", "")
    assert "us.s232.steel.articles, as known by 1 January 2000" in out
    assert "Nothing in the record was announced by 1 January 2000" in out


@pytest.mark.parametrize(
    "words",
    [
        "state",
        "upcoming --days 400",
        "surprises 2025-03-01 2025-04-30",
        "diff 2025-03-01 2025-04-30",
    ],
)
def test_a_heading_that_finds_nothing_is_not_told_as_free_of_duty(run: Run, words: str) -> None:
    out = run(*words.split(), "--hts", "8703").out
    assert re.search(r"lists? no headings and (is|are) left out", out)
    assert "applies" not in out


@pytest.fixture
def strange(fresh: Run, tmp_path: Path) -> Run:
    """A ledger with events that speak of what is not defined, and in the terminal's own tongue."""
    foreign = Text(en="\x1b[31m<b>[bold]odd[/bold]</b>\r\n|new")
    effects = (
        effect("us.nowhere/general", "in_force", "10", "2026-11-02"),
        effect("us.s232.steel/nowhere", "in_force", "10", "2026-11-02"),
        effect("us.s232.steel/articles", "in_force", "51", "2026-12-20", products=foreign),
    )
    assert fresh("init").status == 0
    assert fresh("load").status == 0
    engine = open_engine(f"sqlite:///{tmp_path / 'home' / 'ledger.db'}")
    drafts = [
        Draft(
            stream=f"event/2026-11-0{day}-odd",
            key=f"odd-{day}",
            payload=EventRecorded(
                event=msgspec.structs.replace(event(f"2026-11-0{day}-odd", one), title=foreign)
            ),
        )
        for day, one in enumerate(effects, start=1)
    ]
    SqlLedger(engine).append(drafts, at=datetime(2026, 11, 25, 12, tzinfo=UTC))
    engine.dispose()
    return fresh


@pytest.mark.parametrize(
    "words",
    [
        "state --on 2026-12-20",
        "diff 2026-11-01 2026-12-20",
        "diff 2026-11-01 2026-12-20 --format markdown",
        "diff 2026-11-01 2026-12-20 --format html",
        "upcoming --from 2026-11-25",
        "surprises 2026-11-01 2026-12-20",
    ],
)
def test_events_on_what_is_not_defined_are_told_and_steer_nothing(strange: Run, words: str) -> None:
    ran = strange(*words.split())
    assert (ran.status, ran.err) == (0, "")
    told = html.unescape(ran.out).replace("\\", "")
    assert "2 events speak of measures that are not defined and are left out" in told
    assert "\x1b" not in ran.out
    assert ("html" in words) <= ("<b>" not in ran.out)


@pytest.mark.parametrize("command", ["explain", "history"])
def test_one_measure_with_foreign_words_steers_nothing(strange: Run, command: str) -> None:
    out = strange(command, "us.s232.steel.articles").out
    assert "\ufffd[31m<b>[bold]odd[/bold]</b> |new" in out
    assert "\x1b" not in out


def examples(command: str) -> list[list[str]]:
    found = cli.get_command(click.Context(cli), command)
    assert found is not None
    assert found.help
    lines = [line.strip() for line in found.help.splitlines()]
    # A comment stands apart by several blanks; what is redirected is written all the same.
    told = [re.split(r" {2,}| > ", line)[0] for line in lines if line.startswith("tracker ")]
    return [shlex.split(line)[1:] for line in told]


@pytest.mark.parametrize("command", [*ASKING])
def test_every_example_of_the_help_answers(run: Run, command: str) -> None:
    shown = examples(command)
    assert len(shown) >= 3
    for words in shown:
        ran = run(*words)
        assert (ran.status, ran.err) == (0, ""), words
        if "--json" in words:
            assert isinstance(json.loads(ran.out), dict | list)
