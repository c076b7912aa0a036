"""`tracker reports`: what feeds said, how it was rewritten, and whom that concerns."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.ingest.server import FeedServer

FEED = """<rss version="2.0"><channel><title>Gov</title><link>https://gov.example/</link>
<item><guid>1</guid><title>{title}</title><link>{link}</link>
<description>{text}</description></item></channel></rss>"""


def served(title: str, text: str, link: str) -> bytes:
    return FEED.format(title=title, text=text, link=link).encode()


@pytest.fixture
def desk(fresh: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("TRACKER_ALLOW_PRIVATE_ADDRESSES", "1")
    return fresh


def test_a_rewritten_page_that_the_record_cites(desk: Run, tmp_path: Path) -> None:
    assert desk("init").status == 0
    assert desk("load").status == 0
    cited = desk("timeline", "--json").data[0]
    link = cited["sources"][0]["url"]
    with FeedServer() as server:
        url = server.serve(served("Duty of 25% on steel", "From March 4.", link))
        assert desk("sources", "add", url, "--id", "gov").status == 0
        assert desk("ingest", "--source", "gov").status == 0
        assert desk("reports", "edits").out == "No edit is on file.\n"
        server.serve(served("Duty of 35% on steel \x1b[31m", "From March 4.", f"{link}#x"))
        assert "1 changed" in desk("ingest", "--source", "gov").out
    (listed,) = desk("reports", "--json").data
    assert (listed["title"], listed["edits"]) == ("Duty of 35% on steel [31m", 1)
    (edit,) = desk("reports", "edits", "--cited", "--json").data
    assert edit["before"]["title"] == "Duty of 25% on steel"
    assert {"change": "removed", "text": "25%"} in edit["diff"]["title"]
    assert cited["id"] in edit["cited_by"] == edit["open_for"]
    said = desk("reports", "edits").out
    assert "Duty of [-25%-] {+35%+} on steel" in said
    assert cited["id"] in said
    assert "tracker reports edits --cited" in desk("sources").out
    row = next(row for row in desk("sources", "--json").data if row["source"] == "gov")
    assert (row["edits"], row["open_edits"]) == (1, 1)
    verified = desk("verify", "--no-spans", "--json")
    assert verified.status == 0
    assert "not looked at since" in verified.data["notes"][-1]
    assert desk("reports", "edits", "--source", "other").out == "No edit is on file.\n"
