"""Drafts on the site: apart, unconfirmed, with their sources, gone once an editor has decided."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.review.material import report, steel_reports, workspace


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    apart = "<i>Trump</i> announces 35% tariff on Canadian steel from December 1"
    hostile = report(apart, source="example-apart", link="javascript:alert")
    with workspace(home, [*steel_reports(), hostile]) as app:
        app.build()
    return home


def drafts(home: Path, folder: str = "") -> str:
    page = (home / "site" / folder / "reports/index.html").read_text(encoding="utf-8")
    found = re.search(r'<section class="apart" aria-labelledby="drafts">.*?</section>', page, re.S)
    return found[0] if found else ""


@pytest.mark.parametrize(
    ("folder", "heading", "differ"),
    [
        ("", "Waiting for an editor", "They differ on the rate: 60% "),
        ("es", "A la espera de un editor", "No coinciden en la tasa: 60"),
        ("fr", "En attente d’un rédacteur", "le taux\u00a0: 60"),
    ],
)
def test_drafts_stand_apart_with_every_source_and_what_they_differ_on(
    built: Path, folder: str, heading: str, differ: str
) -> None:
    section = drafts(built, folder)
    assert heading in section
    assert differ in section
    assert section.count('href="https://example.org/news/') == 4
    assert "javascript:" not in section
    assert "&lt;i&gt;Trump&lt;/i&gt;" in section
    # Where sources differ on a figure, the draft's own words name none.
    titles = re.findall(r"<b>(.*?)</b>", section)
    assert len(titles) == 2
    assert not any("60" in title or "35" in title for title in titles)


def test_the_data_says_that_they_are_not_confirmed(built: Path) -> None:
    data = json.loads((built / "site/data/reports.json").read_text(encoding="utf-8"))
    assert [draft["confirmed"] for draft in data["drafts"]] == [False, False]
    steel = data["drafts"][0]
    assert {one["slot"] for one in steel["disagreements"]} == {"rate_pct"}
    assert [one["link"] for one in steel["sources"]].count(None) == 1
    state = json.loads((built / "site/data/state.json").read_text(encoding="utf-8"))
    assert [row["rate_pct"] for row in state["provisions"]] == [50.0]
    assert [row["pending"] for row in state["provisions"]] == [[]]


def test_what_an_editor_decided_on_waits_no_more(tmp_path: Path) -> None:
    with workspace(tmp_path, steel_reports()) as app:
        app.build()
        assert drafts(tmp_path).count("<li id=") == 2
        desk = app.reviewing("Ana")
        steel, call = desk.queue()
        desk.reject(call.id, version=0, why="nothing new")
        app.build()
        assert drafts(tmp_path).count("<li id=") == 1
        desk.accept(steel.id, version=0)
        app.build()
        assert drafts(tmp_path) == ""
        event = tmp_path / "site/event/2026-11-25-us-ca-steel-announcement/index.html"
        assert "Reported: announcement" in event.read_text(encoding="utf-8")
        desk.undo(steel.id, version=1)
        app.build()
        assert drafts(tmp_path).count("<li id=") == 1
        assert not event.exists()
