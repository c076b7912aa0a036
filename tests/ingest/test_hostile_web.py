"""The hostile web at once: every kind of bad answer beside good ones, on a real ledger.

Each is polled together with all others through the whole application; what it
comes to is told here in a line. `docs/hostile-web.md` names the tests of each class.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.contracts.backends import MIGRATIONS, url_of
from tests.ingest.hostile import CASES, SECRET
from tests.ingest.material import ROOT, reports_in
from tests.ingest.server import FeedServer
from tracker.app import App
from tracker.config import Settings
from tracker.core.codec import decode
from tracker.core.entries import ReportSeen
from tracker.ingest.run import Polled
from tracker.ingest.sources import Source
from tracker.store.database import create_database
from tracker.store.sources import SourceStates
from tracker.store.sql import SqlLedger


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[App, dict[str, Polled]]]:
    """All cases polled together, once."""
    home = tmp_path_factory.mktemp("hostile")
    create_database(url_of(home / "ledger.db"), migrations=MIGRATIONS)
    url = url_of(home / "ledger.db")
    app = App(Settings(home=home, database_url=url, allow_private=True))
    with FeedServer() as server:
        sources = []
        for number, (name, case) in enumerate(CASES.items()):
            path = "/circle" if name == "circle" else f"/{number}"
            sources.append(_source(number, server.serve(case.route, path), case.kind))
        found = app.ingest(sources, everything=True)
        again = app.ingest(sources, everything=True)
        names = list(CASES)
        yield app, {names[int(p.source.id.removeprefix("s"))]: p for p in found}
        assert not [p.line() for p in again if p.outcome == "new"], "nothing is new twice"
    app.close()


def _source(number: int, url: str, kind: str) -> Source:
    return Source(
        id=f"s{number}",
        url=url,
        title="Example",
        publisher="Example",
        language="en",
        country="US",
        official=False,
        interval_s=900,
        kind=kind,
    )


@pytest.mark.parametrize("name", CASES)
def test_each_comes_to_what_it_should(house: tuple[App, dict[str, Polled]], name: str) -> None:
    found = house[1][name]
    told = found.new if found.error is None else found.error.kind
    assert told == CASES[name].comes_to, found.line()
    assert "\n" not in found.line()


def test_the_ledger_is_whole_and_holds_no_markup_no_secret_and_no_file_of_ours(
    house: tuple[App, dict[str, Polled]],
) -> None:
    app, found = house
    verdict = app.verify(spans=False)
    assert verdict.findings == ()
    reports = reports_in(tuple(SqlLedger(app.engine).read()))
    assert len(reports) == sum(polled.new for polled in found.values())
    for report in reports:
        said = f"{report.title} {report.summary} {report.identity}".lower()
        assert "<script" not in said
        assert "<img" not in said
        assert "root:" not in said
        assert len(report.title) <= 500
        assert not (report.link or "").lower().startswith("javascript")
    states = {state.source: state for state in SourceStates(app.engine).all()}
    everything = [repr(reports), repr(states), *(polled.line() for polled in found.values())]
    assert not [text[:80] for text in everything if SECRET in text]


def test_a_feed_whose_etag_changes_each_time_is_known_by_its_bytes(
    house: tuple[App, dict[str, Polled]],
) -> None:
    app, found = house
    source = found["etag of each time"].source
    assert app.ingest([source], everything=True)[0].outcome == "unchanged"
    payloads = [decode(e.type, e.schema, e.payload) for e in SqlLedger(app.engine).read()]
    seen = [p for p in payloads if isinstance(p, ReportSeen) and p.report.source == source.id]
    assert len(seen) == 3
    assert len({p.report.evidence for p in seen}) == 1


def test_a_pause_asked_for_by_429_is_kept(house: tuple[App, dict[str, Polled]]) -> None:
    app, found = house
    state = SourceStates(app.engine).get(found["429"].source.id)
    assert state.next_due_at is not None
    assert state.last_polled_at is not None
    assert (state.next_due_at - state.last_polled_at).total_seconds() >= 7200


def test_the_page_on_the_hostile_web_names_every_case_and_tests_that_there_are() -> None:
    text = (ROOT / "docs" / "hostile-web.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(test_\w+)`", text))
    files = (ROOT / "tests").rglob("test_*.py")
    there = "".join(file.read_text(encoding="utf-8") for file in files)
    assert named
    assert not {name for name in named if f"def {name}(" not in there}
    cases = set(re.findall(r"«([^»]+)»", text))
    assert cases == set(CASES)
