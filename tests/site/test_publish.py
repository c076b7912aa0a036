"""A folder is made to hold exactly the site, atomically, and nobody else's files are touched."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.site.worlds import ROOT
from tracker.errors import OperationFailed
from tracker.site.publish import MANIFEST, Published, publish

SITE = {"index.html": b"front", "a/index.html": b"a", "a/b/c.json": b"{}"}


def held(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and not path.name.startswith(".tracker-")
    }


def times(out: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in [out, *out.rglob("*")]}


def test_a_first_build_makes_the_folder(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "site"
    assert publish(SITE.items(), out) == Published(written=3, unchanged=0, removed=0)
    assert held(out) == SITE


def test_a_second_build_with_nothing_new_writes_no_file(tmp_path: Path) -> None:
    publish(SITE.items(), tmp_path)
    before = {path: time for path, time in times(tmp_path).items() if path != str(tmp_path)}
    assert publish(SITE.items(), tmp_path) == Published(written=0, unchanged=3, removed=0)
    after = {path: time for path, time in times(tmp_path).items() if path != str(tmp_path)}
    assert after == before


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    publish(SITE.items(), tmp_path)
    old = (tmp_path / "a/index.html").stat().st_mtime_ns
    told: list[int] = []
    done = publish({**SITE, "index.html": b"new"}.items(), tmp_path, told.append)
    assert done == Published(written=1, unchanged=2, removed=0)
    assert told == [1, 2, 3]
    assert (tmp_path / "a/index.html").stat().st_mtime_ns == old
    assert (tmp_path / "index.html").read_bytes() == b"new"


def test_a_file_changed_by_hand_is_put_right(tmp_path: Path) -> None:
    publish(SITE.items(), tmp_path)
    (tmp_path / "index.html").write_bytes(b"FRONT")  # the same size
    (tmp_path / "a/index.html").unlink()
    assert publish(SITE.items(), tmp_path) == Published(written=2, unchanged=1, removed=0)
    assert held(tmp_path) == SITE


def test_orphans_go_and_foreign_files_stay(tmp_path: Path) -> None:
    publish(SITE.items(), tmp_path)
    (tmp_path / "CNAME").write_text("example.org")
    (tmp_path / "a/mine.txt").write_text("keep me")
    done = publish({"index.html": b"front"}.items(), tmp_path)
    assert done == Published(written=0, unchanged=1, removed=2)
    assert held(tmp_path) == {
        "index.html": b"front",
        "CNAME": b"example.org",
        "a/mine.txt": b"keep me",
    }
    assert not (tmp_path / "a/b").exists()


def test_a_foreign_file_in_the_way_is_not_overwritten(tmp_path: Path) -> None:
    publish({"index.html": b"front"}.items(), tmp_path)
    (tmp_path / "robots.txt").write_bytes(b"mine")
    with pytest.raises(OperationFailed, match="in the way"):
        publish({"index.html": b"front", "robots.txt": b"ours"}.items(), tmp_path)
    assert (tmp_path / "robots.txt").read_bytes() == b"mine"


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(OperationFailed, match="not made by this program") as caught:
        publish(SITE.items(), tmp_path)
    assert caught.value.advice
    assert held(tmp_path) == {"thesis.txt": b"years of work"}


def test_a_file_in_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("a file")
    with pytest.raises(OperationFailed, match="is a file, not a folder"):
        publish(SITE.items(), tmp_path / "site")
    with pytest.raises(OperationFailed, match="cannot be used"):
        publish(SITE.items(), tmp_path / "site" / "below")


def test_a_folder_that_cannot_be_written_is_told_plainly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(self: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied", str(target))

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(OperationFailed, match="Permission denied") as caught:
        publish(SITE.items(), tmp_path)
    assert caught.value.advice
    monkeypatch.undo()
    assert held(tmp_path) == {}
    publish(SITE.items(), tmp_path)
    assert held(tmp_path) == SITE


def test_a_manifest_that_does_not_read_is_not_guessed_at(tmp_path: Path) -> None:
    publish(SITE.items(), tmp_path)
    for text in (
        "{",
        "[]",
        "[" * 100_000,
        '{"format": 99, "files": {}}',
        '{"format": 1, "files": [1]}',
    ):
        (tmp_path / MANIFEST).write_text(text)
        with pytest.raises(OperationFailed, match="does not read"):
            publish(SITE.items(), tmp_path)
    assert held(tmp_path) == SITE


def test_a_folder_in_the_place_of_a_page_is_named(tmp_path: Path) -> None:
    publish(SITE.items(), tmp_path)
    page = tmp_path / next(iter(SITE))
    page.unlink()
    page.mkdir()
    with pytest.raises(OperationFailed) as caught:
        publish(SITE.items(), tmp_path)
    assert f"{page} could not be written" in caught.value.message


@pytest.mark.parametrize("line", ["junk", "5", '["a"]', "[" * 100_000])
def test_a_journal_that_does_not_read_is_not_guessed_at(tmp_path: Path, line: str) -> None:
    publish(SITE.items(), tmp_path)
    (tmp_path / ".tracker-journal").write_text(line + "\n")
    with pytest.raises(OperationFailed, match="does not read"):
        publish(SITE.items(), tmp_path)
    assert held(tmp_path) == SITE


def test_a_manifest_cannot_make_us_remove_what_lies_outside(tmp_path: Path) -> None:
    out = tmp_path / "site"
    publish(SITE.items(), out)
    (tmp_path / "precious").write_text("x")
    document = json.loads((out / MANIFEST).read_bytes())
    document["files"]["../precious"] = "0" * 64
    (out / MANIFEST).write_text(json.dumps(document))
    with pytest.raises(OperationFailed, match="not a path inside the site"):
        publish(SITE.items(), out)
    assert (tmp_path / "precious").exists()


@pytest.mark.parametrize(
    "path", ["/etc/x", "../x", "a/../../x", "", "a//b", "a\\b", ".tracker-manifest.json", "a\0b"]
)
def test_no_page_leaves_the_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(OperationFailed):
        publish([(path, b"x")], tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


def test_pages_can_be_read_by_a_server_of_another_user(tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        publish(SITE.items(), tmp_path)
    finally:
        os.umask(mask)
    assert (tmp_path / "index.html").stat().st_mode & 0o777 == 0o644


KILLED = """
import sys
from pathlib import Path
from tracker.site.publish import publish

def files():
    for number in range(40):
        yield f"page/{number}/index.html", f"whole page {number}".encode() * 500
    print("ready", flush=True)
    sys.stdin.read()

publish(files(), Path(sys.argv[1]))
"""


def kill_in_the_middle(out: Path) -> None:
    """Run a build that stops after forty pages, and kill it there without warning."""
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(out)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        with pytest.raises(OperationFailed, match="another build is writing"):
            publish(SITE.items(), out)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()


def test_a_killed_build_leaves_whole_pages_and_the_next_one_completes(tmp_path: Path) -> None:
    out = tmp_path / "site"
    kill_in_the_middle(out)
    (out / "page" / ".tracker-tmp-0123456789abcdef").write_bytes(b"half a pa")
    for path, body in held(out).items():
        assert body == f"whole page {path.split('/')[1]}".encode() * 500
    # What the killed run had written is known as ours, although its manifest never came.
    done = publish(SITE.items(), out)
    assert done == Published(written=3, unchanged=0, removed=40)
    assert held(out) == SITE
    left = {path.name for path in out.rglob("*") if path.name.startswith(".tracker-")}
    assert left == {MANIFEST}


def test_a_torn_journal_names_nothing_it_did_not_begin(tmp_path: Path) -> None:
    publish(SITE.items(), tmp_path)
    (tmp_path / ".tracker-journal").write_text('"old.html"\n"ind')
    (tmp_path / "old.html").write_text("left by a killed run")
    assert publish(SITE.items(), tmp_path) == Published(written=0, unchanged=3, removed=1)
    assert held(tmp_path) == SITE


def test_an_error_among_the_files_leaves_a_folder_the_next_build_completes(tmp_path: Path) -> None:
    def broken() -> Iterator[tuple[str, bytes]]:
        yield "index.html", b"front"
        raise RuntimeError("a bug")

    with pytest.raises(RuntimeError, match="a bug"):
        publish(broken(), tmp_path)
    assert publish(SITE.items(), tmp_path) == Published(written=2, unchanged=1, removed=0)


names = st.sampled_from(["a", "b", "c/d", "c/e", "f/g/h"])
sites = st.dictionaries(names, st.binary(max_size=8), max_size=5)


@settings(max_examples=40, deadline=None)
@given(st.lists(sites, min_size=1, max_size=4))
def test_whatever_came_before_the_folder_holds_the_last_site(
    tmp_path_factory: pytest.TempPathFactory, builds: list[dict[str, bytes]]
) -> None:
    out = tmp_path_factory.mktemp("site")
    for site in builds:
        done = publish(site.items(), out)
        assert done.written + done.unchanged == len(site)
        assert held(out) == site
