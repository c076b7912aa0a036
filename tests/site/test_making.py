"""Made by several processes, a site is the one that a single process makes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.site.test_build import tree
from tests.site.worlds import ROOT, TEMPLATES, inputs
from tracker.site.build import Builder

# A process of its own: one with threads, as a test runner may have, is never split.
SPLIT = """
import os, sys
from pathlib import Path
from tests.site.worlds import TEMPLATES, inputs
from tracker.errors import OperationFailed
from tracker.site import making
from tracker.site.build import build
from tracker.site.making import Maker

os.sched_getaffinity = lambda _: {0, 1, 2}
making._WORTH_IT = 20
what, out = sys.argv[1], Path(sys.argv[2])
parent, tell, made = os.getpid(), Maker._tell, Maker._made

def dying(self, telling, runs, *rest):
    runs = iter(runs)
    tell(self, telling, [next(runs)], *rest)
    telling.flush()
    next(runs)  # claimed, and never made
    os.kill(os.getpid(), 9)

def failing(self, number, unit, paths):
    if os.getpid() != parent and "event/" in unit.path:
        raise OperationFailed(f"{unit.path} could not be made")
    return made(self, number, unit, paths)

if what == "dies":
    Maker._tell = dying
if what == "fails":
    Maker._made = failing
forks = []
os.register_at_fork(after_in_parent=lambda: forks.append(1))
try:
    build(inputs(), templates=TEMPLATES, out=out)
except OperationFailed as error:
    print(error.message)
print(len(forks), "parts more")
"""


def split(what: str, out: Path) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", SPLIT, what, str(out)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    assert ran.stderr == ""
    return ran.stdout


def test_the_bytes_are_the_same_whoever_made_them(tmp_path: Path) -> None:
    assert split("works", tmp_path / "split") == "2 parts more\n"
    assert split("dies", tmp_path / "died") == "2 parts more\n"
    Builder(TEMPLATES).build(inputs(), out=tmp_path / "one")
    whole = tree(tmp_path / "one")
    assert tree(tmp_path / "split") == whole
    assert tree(tmp_path / "died") == whole


def test_what_a_part_cannot_make_stops_all_and_nothing_is_published(tmp_path: Path) -> None:
    told = split("fails", tmp_path / "site").splitlines()
    assert "could not be made" in told[0]
    assert not (tmp_path / "site").exists()
