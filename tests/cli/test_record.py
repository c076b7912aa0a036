"""The editor's commands, as a person calls them."""

from __future__ import annotations

from pathlib import Path

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
