"""`tracker evidence`: what was served, who cites it, how it reads today, what may stay behind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.ingest.server import FeedServer
from tracker.app import App
from tracker.cli.session import open_app
from tracker.core.codec import content_key, sha256
from tracker.core.entries import Draft, Report, ReportSeen
from tracker.store.evidence import SqlEvidence
from tracker.store.sql import SqlLedger

FEED = """<rss version="2.0"><channel><title>Gov</title><link>https://gov.example/</link>
<item><guid>1</guid><title>{title}</title><link>https://gov.example/a</link></item>
<item><guid>2</guid><title>Other</title><link>https://gov.example/b</link></item>
</channel></rss>"""


@pytest.fixture
def desk(fresh: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A workspace with one feed, polled twice, an item of it rewritten in between."""
    monkeypatch.setenv("TRACKER_ALLOW_PRIVATE_ADDRESSES", "1")
    assert fresh("init").status == 0
    with FeedServer() as server:
        url = server.serve(FEED.format(title="Old").encode())
        assert fresh("sources", "add", url, "--id", "gov").status == 0
        assert fresh("ingest", "--source", "gov").status == 0
        server.serve(FEED.format(title="New").encode())
        assert fresh("ingest", "--source", "gov").status == 0
    return fresh


def with_app(what: str, body: bytes, report: Report | None = None) -> App:
    """Keep a body, and an entry that cites it if a report is given."""
    with open_app() as app:
        now = app.clock.now()
        SqlEvidence(app.engine).keep(body, media_type="application/xml", at=now)
        if report is not None:
            payload = ReportSeen(report=report)
            draft = Draft(stream=what, key=content_key(what, 1, payload), payload=payload)
            SqlLedger(app.engine).append([draft], at=now)
        return app


def test_a_piece_is_shown_with_its_bytes_and_a_page_with_its_versions(
    desk: Run, tmp_path: Path
) -> None:
    sums = desk("evidence", "--json").data
    assert (sums["pieces"], sums["uncited"]) == (2, 0)
    versions = desk("evidence", "show", "http://www.gov.example/a/", "--json").data
    assert [(one["title"], one["changed"]) for one in versions] == [("Old", False), ("New", True)]
    first, out = versions[0]["evidence"], tmp_path / "body.xml"
    shown = desk("evidence", "show", first[:10], "--out", str(out), "--json").data
    assert shown["digest"] == first == sha256(out.read_bytes())
    assert [one["title"] for one in shown["cited_by"]] == ["Old", "Other"]
    assert "Other" in desk("evidence", "show", first[:10]).out
    for bad, said in (
        ("zzz", "no address"),
        ("abcdef0", "0 pieces"),
        ("https://x.example/", "no item"),
    ):
        ran = desk("evidence", "show", bad)
        assert (ran.status, ran.out) == (2, "")
        assert said in ran.err


def test_reading_again_finds_what_reads_otherwise_and_writes_nothing(desk: Run) -> None:
    body = FEED.format(title="Third").encode()
    wrong = Report(
        source="gov",
        identity="2",
        title="Misread",
        content_hash="0" * 64,
        link="https://gov.example/b",
        evidence=sha256(body),
    )
    assert "0 differences" in desk("evidence", "reparse").out
    with_app("report/gov/misread", body, wrong)
    before = desk("verify", "--no-spans", "--json").data["head"]
    (read,) = [
        one for one in desk("evidence", "reparse", "--json").data["read"] if one["differences"]
    ]
    assert [(one["kind"], one["fields"]) for one in read["differences"]] == [("changed", ["title"])]
    assert read["differences"][0]["now"]["title"] == "Other"
    assert "reads otherwise (title): Misread" in desk("evidence", "reparse", "--source", "gov").out
    assert desk("verify", "--no-spans", "--json").data["head"] == before
    assert desk("evidence", "reparse", "--source", "none").status == 2
    assert desk("sources", "remove", "gov").status == 0
    assert desk("evidence", "reparse", "--json").data == {"read": [], "unlisted": ["gov"]}


def test_a_pruned_copy_is_whole_and_the_ledger_keeps_everything(desk: Run, tmp_path: Path) -> None:
    with_app("", b"nobody cites this")
    assert desk("evidence", "prune", "--json").data["uncited"] == 1
    url = f"sqlite:///{tmp_path / 'pruned.db'}"
    assert "without the 1 pieces" in desk("evidence", "prune", "--to", url).out
    assert desk("evidence", "--json").data["pieces"] == 3
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRACKER_DATABASE_URL", url)
        assert desk("evidence", "--json").data["pieces"] == 2
        whole = desk("verify", "--json")
        assert (whole.status, whole.data["findings"]) == (0, [])
    assert "TRACKER_DATABASE_URL" not in os.environ
