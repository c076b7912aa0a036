"""Killed between any two moves, a build leaves whole files, and the next one completes it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.site.test_build import tree
from tests.site.worlds import ROOT, TEMPLATES, inputs
from tracker.errors import OperationFailed
from tracker.site.build import build
from tracker.site.staging import Stage

KILLED = """
import os, sys
from pathlib import Path
from tests.site.worlds import TEMPLATES, inputs
from tracker.site.build import build

left, move = int(sys.argv[1]), os.replace

def replace(place, target):
    global left
    if not left:
        os.kill(os.getpid(), 9)
    left -= 1
    move(place, target)

os.replace = replace
build(inputs(), templates=TEMPLATES, out=Path(sys.argv[2]))
"""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("whole") / "site"
    build(inputs(), templates=TEMPLATES, out=out)
    return tree(out)


@pytest.mark.parametrize("moves", [0, 1, 5, 12])
def test_killed_between_two_moves(tmp_path: Path, whole: dict[str, bytes], moves: int) -> None:
    out = tmp_path / "site"
    ran = subprocess.run(
        [sys.executable, "-c", KILLED, str(moves), str(out)], cwd=ROOT, check=False, timeout=300
    )
    assert ran.returncode == -9
    placed = {path: body for path, body in tree(out).items() if not path.startswith(".tracker-")}
    assert bool(placed) is bool(moves)
    assert placed.items() < whole.items()
    assert "index.html" not in placed
    build(inputs(), templates=TEMPLATES, out=out)
    assert tree(out) == whole
    assert not [*out.glob(".tracker-stage-*")]


def test_what_is_missing_as_a_whole_is_moved_as_a_whole(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    stage = Stage(tmp_path)
    paths = ["there/a.html", "new/b/c.html", "new/d.html", "e.html"]
    assert [stage.missing(path) for path in paths] == [None, "new", "new", None]
    for path in paths:
        stage.lay(path, path.encode())
    assert not (tmp_path / "new").exists()
    stage.move(paths)
    stage.clear()
    stage.clear()
    found = {str(one.relative_to(tmp_path)) for one in tmp_path.rglob("*") if one.is_file()}
    assert found == set(paths)
    assert all((tmp_path / path).read_text() == path for path in paths)


@pytest.mark.parametrize("path", ["../out.html", "a//b.html", ".tracker-x/y.html", ""])
def test_nothing_is_laid_aside_that_is_no_file_of_a_site(tmp_path: Path, path: str) -> None:
    with pytest.raises(OperationFailed):
        Stage(tmp_path).lay(path, b"")
    assert not [*tmp_path.iterdir()]
