"""Whatever is wrong: one line on stderr that says what to do, nothing on stdout, no traceback."""

from __future__ import annotations

import socket
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Ran, Run

DIFF = ["diff", "2025-03-03", "2025-03-04"]
BAD_ARGUMENTS = [
    (["state", "--on", "2025-13-01"], "2025-13-01 is not a day of the calendar"),
    (["state", "--on", "2025-02-30"], "not a day"),
    (["state", "--on", "tomorrow"], "write it as YYYY-MM-DD"),
    (["state", "--on", "03/04/2025"], "write it as YYYY-MM-DD"),
    (["state", "--measure", "us.s232.stell"], "Did you mean us.s232.steel?"),
    (["state", "--measure", "nonsense"], "there is no measure 'nonsense'"),
    (["state", "--imposer", "FR"], "knows no imposer FR"),
    (["state", "--imposer", "Canada"], "two-letter code"),
    (["state", "--recorded-by", "2026-01-01T00:00"], "add Z for UTC"),
    (["state", "--recorded-by", "noon"], "not an instant"),
    (["diff", "2025-03-03"], "Missing argument"),
    (["diff", "2025-03-03", "soon"], "write it as YYYY-MM-DD"),
    (["diff"], "Missing argument 'FROM'"),
    (["diff", "2025-03-03", "2025-02-30"], "not a day of the calendar"),
    (["diff", "2025-03-03", "2025-03-04", "--lang", "de"], "'de' is not one of"),
    (["diff", "2025-03-03", "2025-03-04", "--json", "--format", "csv"], "contradict"),
    (["diff", "2025-03-03", "2025-03-04", "--format", "pdf"], "'pdf' is not one of"),
    (["diff", "2025-03-03", "2025-03-04", "--measure", "nonsense"], "no measure 'nonsense'"),
    (["diff", "--since-position", "999999"], "the ledger has no entry 999999"),
    (["diff", "--since-position", "-1"], "-1 is out of range; give a number from 0 on"),
    (["diff", "--since-position", "5", "2025-03-03", "2025-03-04"], "takes one day"),
    (["diff", "--since-position", "5", "--recorded-by", "2026-01-01"], "contradict"),
    (
        ["diff", "2025-03-03", "2025-03-04", "--as-known", "--to-announced-by", "2025-01-01"],
        "--as-known and --to-announced-by contradict",
    ),
    (
        [*DIFF, "--announced-by", "2025-01-01", "--from-announced-by", "2025-01-01"],
        "--announced-by and --from-announced-by contradict",
    ),
    (
        [*DIFF, "--recorded-by", "2025-01-01", "--to-recorded-by", "2025-01-01"],
        "--recorded-by and --to-recorded-by contradict",
    ),
    (["state", "--format", "html"], "'html' is not one of"),
    (["state", "--authority", "IEPA"], "Did you mean IEEPA?"),
    (["state", "--authority", "Section 999"], "It knows AD"),
    (["state", "--authority", " "], "names nothing"),
    (["state", "--product", "stel beams"], "described by 'stel'. Did you mean steel?"),
    (["state", "--product", "..."], "names nothing"),
    (["state", "--hts", "steel"], "not a tariff heading"),
    (["state", "--hts", "7"], "not a tariff heading"),
    (["state", "--hts", "12345678901"], "not a tariff heading"),
    (["state", "--origin", "usmc"], "Did you mean usmca?"),
    (["state", "--status", "gone"], "'gone' is not one of"),
    (
        ["diff", "2025-03-03", "2025-03-04", "--as-known", "--announced-by", "2025-01-01"],
        "contradict",
    ),
    (["timeline", "--party", "ZZ"], "knows no party ZZ"),
    (["timeline", "--kind", "war"], "war"),
    (["timeline", "--from", "2025-10-01", "--to", "2025-09-01"], "Swap the two"),
    (["timeline", "--days", "3", "--to", "2025-09-01"], "contradicts"),
    (["ingest", "--source", "no-such-feed"], "there is no source 'no-such-feed'"),
    (["ingest", "--sources", "no-such-file.toml"], "no-such-file.toml"),
    (["load", "no-such-folder"], "no-such-folder"),
    (["diff", "--since-position", "\uff11"], "not a whole number"),
    (["diff", "--since-position", "1e3"], "not a whole number"),
    (["upcoming", "--days", "36526"], "give a number from 1 to 36525"),
    (["surprises", "2025-03-01", "2025-03-02", "--days", "x"], "not a whole number"),
    (["timeline", "--days", "1_0"], "not a whole number"),
    (["timeline", "--measure", ""], "names nothing"),
    (["state", "--measure", "US.S232.STEEL"], "Did you mean us.s232.steel?"),
    (["explain", "US.S232.STEEL"], "Did you mean us.s232.steel?"),
    (["state", "--lang"], "`tracker state --help` shows how"),
    (["serve", "--port", "70000"], "70000"),
    (["serve"], "tracker build"),
    (["dance"], "dance"),
    (["state", "--dance"], "--dance"),
]


def one_line_of_advice(ran: Ran, status: int) -> None:
    assert ran.status == status, ran.err
    assert ran.out == ""
    assert ran.err.startswith("tracker: ")
    assert ran.err.count("\n") == 1
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(("arguments", "says"), BAD_ARGUMENTS)
def test_bad_arguments(run: Run, arguments: list[str], says: str) -> None:
    ran = run(*arguments)
    one_line_of_advice(ran, 1 if arguments == ["serve"] else 2)
    assert says in ran.err


def test_without_a_command_the_help_is_shown(run: Run) -> None:
    ran = run()
    assert ran.status == 2
    assert "tracker diff 2025-03-03 2025-03-08" in ran.err


@pytest.mark.parametrize(
    "command",
    [
        "",
        "state",
        "diff",
        "timeline",
        "run",
        "serve",
        "init",
        "load",
        "ingest",
        "build",
        "verify",
        "record",
        "record check",
        "record new",
        "record fmt",
        "export",
    ],
)
def test_help_explains_and_fits_a_screen(run: Run, command: str) -> None:
    ran = run(*command.split(), "--help")
    assert ran.status == 0
    assert max(len(line) for line in ran.out.splitlines()) <= 100
    assert len(ran.out.splitlines()) <= 45


@pytest.mark.parametrize(
    "command",
    ["state", "diff 2025-01-01 2025-02-01", "timeline", "load", "ingest", "build", "verify"],
)
def test_without_a_ledger_every_command_says_so(fresh: Run, command: str, tmp_path: Path) -> None:
    ran = fresh(*command.split())
    one_line_of_advice(ran, 1)
    assert "tracker init" in ran.err
    assert not (tmp_path / "home").exists()


def test_a_database_of_a_newer_version(fresh: Run, tmp_path: Path) -> None:
    assert fresh("init").status == 0
    database = tmp_path / "home" / "ledger.db"
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    for command in ("init", "state", "load", "verify"):
        ran = fresh(command)
        one_line_of_advice(ran, 1)
        assert "later version" in ran.err


def test_a_file_that_is_no_database(fresh: Run, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "ledger.db").write_text("this is no database, but a letter\n" * 50)
    for command in ("init", "state"):
        one_line_of_advice(fresh(command), 1)
    assert (tmp_path / "home" / "ledger.db").read_text().startswith("this is no database")


def test_a_workspace_that_cannot_be_written(
    fresh: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("TRACKER_HOME", str(tmp_path / "file" / "home"))
    one_line_of_advice(fresh("init"), 1)


@pytest.mark.parametrize(
    ("name", "value"),
    [("TRACKER_DATABASE_URL", "nonsense"), ("TRACKER_ALLOW_PRIVATE_ADDRESSES", "maybe")],
)
def test_unusable_settings(
    fresh: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    ran = fresh("state")
    one_line_of_advice(ran, 2)
    assert name in ran.err


def test_a_broken_record_is_refused_whole_with_a_line_for_each_fault(
    fresh: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "record"
    folder.mkdir()
    (folder / "measures.yaml").write_text(
        "measures:\n"
        "  - key: us.test\n    imposer: US\n    authority: A\n    title: T\n"
        "    provisions:\n      - {key: general, targets: [CA], products: All}\n"
    )
    (folder / "2025-02.yaml").write_text(
        "events:\n"
        "  - id: 2025-02-01-x\n    kind: announcement\n    announced: 2025-02-01\n"
        "    title: T\n    summary: S\n    parties: [US]\n"
        "    effects:\n      - measure: us.test\n        provisions: [general]\n"
        "        status: in_force\n        rate: 25 %\n        from: 2025-02-04\n"
        "    sources:\n      - {url: 'https://example.org/', publisher: P, title: T}\n"
    )
    assert fresh("init").status == 0
    ran = fresh("load", str(folder))
    assert ran.status == 2
    assert ran.out == ""
    assert "2025-02.yaml:12" in ran.err
    assert "rate" in ran.err
    assert fresh("verify", "--json").data["entries"] == 0


def test_the_port_is_in_use(fresh: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        ran = fresh("run", "--no-poll", "--port", port)
        one_line_of_advice(ran, 1)
        assert port in ran.err
        assert "PORT=" in ran.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["state", "--recorded-by", "0001-01-01T00:00+14:00"], "outside the years"),
        (["state", "--recorded-by", "9999-12-31T23:59:59-12:00"], "outside the years"),
        (["state", "--on", "\uff12\uff10\uff12\uff15-03-04"], "write it as YYYY-MM-DD"),
        (["state", "--target", "\u017fs"], "is not a country"),
    ],
)
def test_values_that_only_look_right(run: Run, arguments: list[str], says: str) -> None:
    ran = run(*arguments)
    one_line_of_advice(ran, 2)
    assert says in ran.err


@pytest.mark.parametrize("option", ["--on", "--measure", "--recorded-by"])
def test_a_value_of_any_length_is_told_in_a_few_screen_lines(run: Run, option: str) -> None:
    ran = run("state", option, "9" * 90_000)
    one_line_of_advice(ran, 2)
    assert len(ran.err) < 1_200


def test_a_question_in_the_advice_keeps_its_mark_alone(run: Run) -> None:
    assert run("state", "--measure", "us.s232.stell").err.endswith("Did you mean us.s232.steel?\n")


def test_a_home_of_nobody(fresh: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_HOME", "~no-such-user-here/home")
    ran = fresh("init")
    one_line_of_advice(ran, 2)
    assert "TRACKER_HOME" in ran.err


def test_a_relative_home_in_a_folder_that_is_gone(
    fresh: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    monkeypatch.setenv("TRACKER_HOME", "home")
    one_line_of_advice(fresh("state"), 2)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("name", ["q?mark", "q?mode=memory", "100%25", "a%b", "a#b", "a b", "ü"])
def test_a_home_of_any_name_holds_its_own_ledger(
    fresh: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    home = tmp_path / name
    monkeypatch.setenv("TRACKER_HOME", str(home))
    assert fresh("init").status == 0
    assert (home / "ledger.db").is_file()
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert fresh("verify").status == 0
