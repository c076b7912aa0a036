"""From inputs to a folder: the same bytes each time, and nothing published that is unsound."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.site.worlds import ROOT, TEMPLATES, inputs, plain_world
from tracker.core.world import world_of
from tracker.errors import OperationFailed
from tracker.site.build import build


def tree(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file()
    }


AGAIN = """
import sys
from pathlib import Path
from tests.site.worlds import TEMPLATES, inputs
from tracker.site.build import build
build(inputs(), templates=TEMPLATES, out=Path(sys.argv[1]))
"""


def test_two_builds_in_two_processes_give_the_same_bytes(tmp_path: Path) -> None:
    build(inputs(), templates=TEMPLATES, out=tmp_path / "one")
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    subprocess.run(
        [sys.executable, "-c", AGAIN, str(tmp_path / "two")], cwd=ROOT, env=environment, check=True
    )
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_a_second_build_writes_nothing(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    first = build(
        inputs(),
        templates=TEMPLATES,
        out=tmp_path / "site",
        progress=lambda done, total: told.append((done, total)),
    )
    assert told[-1] == (first.written, first.written)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*")}
    second = build(inputs(), templates=TEMPLATES, out=tmp_path / "site")
    assert (second.written, second.removed, second.unchanged) == (0, 0, first.written)
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*")} == before


def test_a_new_event_is_seen_and_a_lost_one_goes(tmp_path: Path) -> None:
    world = plain_world()
    build(inputs(world), templates=TEMPLATES, out=tmp_path)
    fewer = replace(world, events=world.events[:-1])
    build(inputs(fewer), templates=TEMPLATES, out=tmp_path)
    assert not (tmp_path / "event/2025-09-18-summit").exists()
    fresh = tmp_path / "fresh"
    build(inputs(fewer), templates=TEMPLATES, out=fresh)
    incremental = {path: body for path, body in tree(tmp_path).items() if "fresh" not in path}
    assert incremental == tree(fresh)


def test_a_link_that_leads_nowhere_publishes_nothing(tmp_path: Path) -> None:
    broken = tmp_path / "templates"
    shutil.copytree(TEMPLATES, broken)
    about = broken / "about.html"
    about.write_text(about.read_text().replace("<h1>", '<h1><a href="../gone.html">x</a>'))
    with pytest.raises(OperationFailed, match=r"about/index\.html links to \.\./gone\.html"):
        build(inputs(), templates=broken, out=tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_the_site_hangs_together_under_any_base_address(tmp_path: Path) -> None:
    made = inputs(base_url="https://example.org/trade")
    assert build(made, templates=TEMPLATES, out=tmp_path).written > 50


def test_measures_without_events_and_events_without_measures_are_borne(tmp_path: Path) -> None:
    world = plain_world()
    alone = world_of((), world.measures.values())
    build(inputs(alone), templates=TEMPLATES, out=tmp_path / "measures")
    orphans = world_of(world.events, ())
    build(inputs(orphans), templates=TEMPLATES, out=tmp_path / "events")
    assert (tmp_path / "events/event/2025-02-01-order/index.html").is_file()
