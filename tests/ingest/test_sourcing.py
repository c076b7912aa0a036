"""`tracker sources`: what a person sees of each feed, and pausing one."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ingest.material import ROOT, feed
from tests.ingest.server import Answer, FeedServer

LIST = """
[[source]]
id = "{name}"
url = "{url}"
title = "Example"
publisher = "Example"
language = "en"
country = "US"
official = false
interval_s = 900
"""


class Desk:
    """A workspace with feeds of its own, and the command line on it."""

    def __init__(self, folder: Path, *feeds: tuple[str, str]) -> None:
        self.folder = folder
        text = "".join(LIST.format(name=name, url=url) for name, url in feeds)
        (folder / "feeds.toml").write_text(text, encoding="utf-8")
        self.says("init")

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        home = {"TRACKER_HOME": str(self.folder), "TRACKER_ALLOW_PRIVATE_ADDRESSES": "1"}
        command = [sys.executable, "-m", "tracker", *words]
        return subprocess.run(
            command, cwd=ROOT, env=home, capture_output=True, text=True, check=False
        )

    def says(self, *words: str) -> str:
        done = self.run(*words)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    def sources(self, *words: str) -> str:
        return self.says("sources", *words, "--sources", str(self.folder / "feeds.toml"))


def test_health_pause_and_resume(tmp_path: Path, server: FeedServer) -> None:
    server.serve(feed("rss20.xml"), "/good")
    server.serve(Answer(status=410), "/gone")
    feeds = (("good", server.url("/good")), ("gone", server.url("/gone")))
    desk = Desk(tmp_path, *feeds)
    file = str(tmp_path / "feeds.toml")
    assert [row["state"] for row in json.loads(desk.sources("--json"))] == ["never polled"] * 2
    assert "good rests" in desk.sources("pause", "good", "--reason", "too loud")
    assert desk.run("ingest", "--all", "--sources", file).returncode == 1
    assert {path for path, _ in server.seen} == {"/gone"}
    assert "too loud" in desk.sources()
    assert "polled again" in desk.sources("resume", "good")
    assert "did not rest" in desk.sources("resume", "good")
    desk.says("ingest", "--sources", file)
    good, gone = json.loads(desk.sources("--json"))
    assert (good["state"], good["failures"], good["error"], good["polls"]) == ("well", 0, None, 1)
    assert good["last_bytes"] == good["total_bytes"] == len(feed("rss20.xml"))
    assert good["why"] == "sooner, as it has just brought news"
    assert (gone["state"], gone["error"]["kind"]) == ("gone", "gone")
    assert gone["why"] == "it says it is gone for good"
    assert "answered 410 Gone (1 in a row)" in desk.sources()


@pytest.mark.parametrize("what", ["pause", "resume"])
def test_a_feed_that_is_not_on_the_list(tmp_path: Path, what: str) -> None:
    desk = Desk(tmp_path, ("good", "https://example.org/feed"))
    file = str(tmp_path / "feeds.toml")
    done = desk.run("sources", what, "bad", "--sources", file)
    assert done.returncode == 2
    assert done.stderr == "tracker: there is no source 'bad'. `tracker sources` lists them.\n"


def test_what_an_address_serves_before_it_is_on_the_list(
    tmp_path: Path, server: FeedServer
) -> None:
    url = server.serve(
        Answer(feed("rss20.xml"), etag='"1"', headers={"Cache-Control": "max-age=600"})
    )
    desk = Desk(tmp_path)
    found = json.loads(desk.says("sources", "test", url, "--json"))
    assert (found["dialect"], found["items"], found["conditional"]) == ("rss20", 3, True)
    assert found["asks_s"] == 600
    assert "3 items" in desk.says("sources", "test", url)
    failed = desk.run("sources", "test", server.url("/none"))
    assert (failed.returncode, failed.stdout) == (1, "")
    assert "answered 404" in failed.stderr
    secret = desk.run("sources", "test", "https://user:secret@example.org/feed")
    assert secret.returncode == 2
    assert "secret" not in secret.stderr
