"""The editor's commands, as a person calls them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.record.files import FEBRUARY, line_of, write


def test_check_tells_each_error_in_a_line_and_leaves_with_one(fresh: Run, tmp_path: Path) -> None:
    broken = FEBRUARY.replace("rate: 25.50", "rate: 301")
    folder = write(tmp_path / "record", m2025_02=broken)
    ran = fresh("record", "check", str(folder))
    assert ran.status == 1
    place = f"{folder}/2025-02.yaml:{line_of(broken, 'rate: 301')}"
    line = f"{place}: error: 2025-02-01-order: effects[0].rate: "
    assert any(
        one.startswith(line) and one.endswith("[rate_is_a_percentage]")
        for one in ran.out.splitlines()
    )
    assert ran.out.endswith(": 1 error, 6 warnings\n")
    assert not (tmp_path / "home").exists()


def test_warnings_alone_fail_only_where_asked(fresh: Run, tmp_path: Path) -> None:
    folder = str(write(tmp_path / "record"))
    assert fresh("record", "check", folder).status == 0
    assert fresh("record", "check", folder, "--strict").status == 1


def test_check_answers_in_json(fresh: Run, tmp_path: Path) -> None:
    ran = fresh("record", "check", str(write(tmp_path / "record")), "--json")
    assert ran.status == 0
    assert (ran.data["errors"], ran.data["warnings"]) == (0, len(ran.data["findings"]))
    assert ran.data["findings"][0].keys() == {
        "severity", "rule", "file", "line", "entry", "path", "message"
    }  # fmt: skip


def test_a_file_cannot_steer_the_terminal(fresh: Run, tmp_path: Path) -> None:
    broken = FEBRUARY.replace("id: 2025-02-03-pause", 'id: "2025\\e[31m"')
    ran = fresh("record", "check", str(write(tmp_path / "record", m2025_02=broken)))
    assert "\x1b" not in ran.out


def test_what_cannot_be_checked_is_one_line_of_advice(fresh: Run) -> None:
    ran = fresh("record", "check", "no-such-folder")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    assert "no-such-folder" in ran.err
    assert fresh("record", "dance").status == 2


def test_a_table_is_written_whole_to_a_file_or_shown(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "states.csv"
    ran = run("export", "csv", "--what", "states", "--on", "2025-03-10", "--out", str(file))
    assert (ran.status, ran.err) == (0, "")
    shown = run("export", "csv", "--what", "states", "--on", "2025-03-10")
    assert file.read_text(encoding="utf-8") == shown.out
    assert "2025-03-10,us.ieepa.border.ca,general,US,CA,IEEPA,in_force,false,25," in shown.out
    assert [one.name for one in tmp_path.iterdir()] == ["states.csv"]


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["export", "csv", "--on", "2025-03-10"], 2, "--what states"),
        (["export", "csv", "--what", "wishes"], 2, "'wishes' is not one of"),
        (["export", "pdf"], 2, "'pdf' is not one of"),
        (["export", "parquet"], 2, "--out"),
        (["export", "csv", "--out", "no/such/folder/file.csv"], 1, "cannot be written"),
        (["export"], 2, "Missing argument"),
    ],
)
def test_bad_wishes_for_an_export(run: Run, arguments: list[str], status: int, says: str) -> None:
    ran = run(*arguments)
    assert (ran.status, ran.out) == (status, "")
    assert says in ran.err
    assert ran.err.count("\n") == 1


def test_new_shows_a_template_and_writes_it_where_asked(fresh: Run, tmp_path: Path) -> None:
    folder = write(tmp_path / "record")
    wish = ["record", "new", str(folder), "--kind", "pause", "--announced", "2025-02-02",
            "--measure", "us.border", "--id", "new"]  # fmt: skip
    before = (folder / "2025-02.yaml").read_text(encoding="utf-8")
    shown = fresh(*wish)
    assert shown.status == 0
    assert (folder / "2025-02.yaml").read_text(encoding="utf-8") == before
    assert fresh(*wish, "--write").status == 0
    assert shown.out in (folder / "2025-02.yaml").read_text(encoding="utf-8")
    assert fresh("record", "check", str(folder)).status == 1  # the blanks
    again = fresh(*wish, "--write")
    assert (again.status, again.out) == (2, "")
    assert "already" in again.err


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--measure", "us.bordre"], "Did you mean us.border?"),
        (["--id", "Not Words"], "is not words"),
        (["--announced", "soon"], "YYYY-MM-DD"),
        (["--kind", "war"], "war"),
    ],
)
def test_bad_wishes_for_an_event(fresh: Run, tmp_path: Path, more: list[str], says: str) -> None:
    folder = str(write(tmp_path / "record"))
    ran = fresh("record", "new", folder, "--kind", "call", "--announced", "2025-02-02", *more)
    assert (ran.status, ran.out) == (2, "")
    assert says in ran.err
    assert ran.err.count("\n") == 1


def test_fmt_changes_the_layout_once_and_check_only_tells(fresh: Run, tmp_path: Path) -> None:
    folder = write(tmp_path / "record")
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    told = fresh("record", "fmt", str(folder), "--check")
    assert told.status == 1
    assert "Would lay out" in told.out
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
    assert fresh("record", "fmt", str(folder)).status == 0
    once = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert once != before
    again = fresh("record", "fmt", str(folder), "--check")
    assert (again.status, again.out) == (0, "3 files, 0 to change\n")
    assert fresh("record", "fmt", str(folder)).out == "3 files, 0 changed\n"
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == once


def test_fmt_changes_nothing_where_it_has_to_refuse_one(fresh: Run, tmp_path: Path) -> None:
    broken = FEBRUARY.replace("kind: pause", "kind: pause  # why")
    folder = write(tmp_path / "record", m2025_02=broken)
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    ran = fresh("record", "fmt", str(folder))
    assert (ran.status, ran.out) == (2, "")
    assert "a comment would be lost here" in ran.err
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
