"""The whole site as one file: the same site, the same bytes, and what comes out is the site."""

from __future__ import annotations

import hashlib
import re
import subprocess
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import run_in_process
from tests.site.worlds import TEMPLATES, TODAY, inputs
from tracker.config import Settings
from tracker.errors import BadInput, OperationFailed
from tracker.site.build import build
from tracker.site.model import SiteInputs

EXTRA = {"checkpoint": b"signed\n"}


def made(out: Path, given: SiteInputs) -> Path:
    build(given, templates=TEMPLATES, out=out, extra=EXTRA)
    return out


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and not file.name.startswith(".tracker-")
    }


def test_the_archive_is_the_site_and_the_same_site_is_the_same_archive(tmp_path: Path) -> None:
    one = made(tmp_path / "one", inputs(archive=True))
    # Another way to the same site: an earlier day, without an archive, then this one.
    other = made(tmp_path / "other", inputs(today=TODAY - timedelta(days=1)))
    made(other, inputs(archive=True))
    assert (one / "site.zip").read_bytes() == (other / "site.zip").read_bytes()
    with zipfile.ZipFile(one / "site.zip") as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert names == sorted(names)
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        archive.extractall(tmp_path / "taken")
    standing = bytes_of(one)
    told = standing.pop("site.zip.sha256").decode().split()
    assert told == [hashlib.sha256(standing.pop("site.zip")).hexdigest(), "site.zip"]
    assert bytes_of(tmp_path / "taken" / "tracker-site") == standing
    summed = subprocess.run(["sha256sum", "-c", "site.zip.sha256"], cwd=one, check=False)
    assert summed.returncode == 0


def test_it_is_packed_only_when_something_changed(tmp_path: Path) -> None:
    out = made(tmp_path / "site", inputs(archive=True))
    archive = out / "site.zip"
    before, body = archive.stat(), archive.read_bytes()
    again = build(inputs(archive=True), templates=TEMPLATES, out=out, extra=EXTRA)
    assert (again.written, archive.stat().st_mtime_ns) == (0, before.st_mtime_ns)
    archive.write_bytes(body.replace(b"index.html", b"index.HTML", 1))
    assert build(inputs(archive=True), templates=TEMPLATES, out=out, extra=EXTRA).written == 1
    assert archive.read_bytes() == body
    made(out, inputs(archive=True, today=TODAY + timedelta(days=1)))
    assert archive.read_bytes() != body


def test_it_is_linked_where_it_is_and_goes_when_nobody_asks_for_it(tmp_path: Path) -> None:
    out = made(tmp_path / "site", inputs(archive=True))
    page = (out / "es/downloads/index.html").read_text(encoding="utf-8")
    links = re.findall(r'href="([^"]*site\.zip[^"]*)"', page)
    assert links == ["../../site.zip", "../../site.zip.sha256"]
    made(out, inputs())
    assert not (out / "site.zip").exists()
    assert not (out / "site.zip.sha256").exists()
    assert "site.zip" not in (out / "es/downloads/index.html").read_text(encoding="utf-8")


def test_somebody_elses_archive_is_not_written_over(tmp_path: Path) -> None:
    out = made(tmp_path / "site", inputs())
    (out / "site.zip").write_bytes(b"mine")
    with pytest.raises(OperationFailed, match="in the way"):
        made(out, inputs(archive=True))
    assert (out / "site.zip").read_bytes() == b"mine"
    # What was built before still stands, and builds on.
    (out / "site.zip").unlink()
    made(out, inputs(archive=True))
    assert zipfile.is_zipfile(out / "site.zip")


def test_the_setting_is_yes_or_no(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert Settings.from_environment({"TRACKER_ZIP": "1"}).archive
    assert not Settings.from_environment({"TRACKER_ZIP": "0"}).archive
    with pytest.raises(BadInput, match="TRACKER_ZIP"):
        Settings.from_environment({"TRACKER_ZIP": "yes"})
    monkeypatch.setenv("TRACKER_HOME", str(tmp_path))
    assert run_in_process("init").status == 0
    assert run_in_process("build", "--zip").status == 0
    assert zipfile.is_zipfile(tmp_path / "site" / "site.zip")
