"""The desk on a real ledger: decisions, conflicts, undo, and reports that come in behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.contracts.postgres import empty_database
from tests.review.material import (
    CALL,
    NOW,
    STEEL,
    Stopped,
    report,
    seen,
    steel_reports,
    workspace,
)
from tracker.app import App
from tracker.app.reviewing import Reviewing
from tracker.core.entries import Draft
from tracker.core.policy import Viewpoint, state
from tracker.errors import AppendConflict, BadInput, UnknownName
from tracker.record.check import check_record
from tracker.review import deciding
from tracker.review.deciding import Act
from tracker.review.desk import Done, QueueItem, ReviewDesk, Standing
from tracker.store.sql import SqlLedger

EVENT = "2026-11-25-us-ca-steel-announcement"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    with workspace(tmp_path, steel_reports()) as opened:
        yield opened


def desk_of(app: App, editor: str | None = "Ana") -> Reviewing:
    desk = app.reviewing(editor)
    desk.refresh()
    return desk


def steel(desk: ReviewDesk) -> QueueItem:
    return next(one for one in desk.queue(everything=True) if "steel" in one.products)


def more(app: App, title: str, source: str, **changes: object) -> None:
    one = report(title, source=source, **changes)  # type: ignore[arg-type]  # names of its own
    SqlLedger(app.engine).append(seen([one]), at=NOW)


def rates(app: App) -> list[tuple[str, str, list[str]]]:
    rows = state(app.world(), Viewpoint(on=date(2026, 12, 2)))
    return [
        (row.status, str(row.rate_pct), [str(one.rate_pct) for one in row.pending]) for row in rows
    ]


def test_three_languages_are_one_candidate_and_its_draft_says_what_it_would_do(app: App) -> None:
    desk = desk_of(app)
    first, second = desk.queue()
    assert (first.size, first.publishers) == (3, ("example-en", "example-es", "example-fr"))
    assert second.title == CALL
    opened = desk.open(first.id)
    for source in opened.sources:
        texts = {"title": source.title, "summary": source.summary}
        marked = {mark.slot: texts["title"][mark.start : mark.end] for mark in source.title_marks}
        assert "60" in marked["rate_pct"]
        assert marked["imposer"] in {"Trump"}
    event = opened.preview.proposal.event
    assert event is not None
    assert opened.preview.proposal.faults == ()
    assert [one.rate_pct for one in event.effects] == [60]
    (now, then) = opened.preview.shifts
    assert (now.day, then.day) == (date(2026, 11, 25), date(2026, 12, 1))
    assert "ahead: 60% announced from 1 December 2026" in now.sentences[0]
    # Announced is not in force: on the day itself it still stands at 50%.
    assert "still in force at 50%" in then.sentences[0]
    assert app.world().event(event.id) is None


def test_an_accepted_event_is_in_the_record_at_once_and_goes_once_undone(app: App) -> None:
    desk = desk_of(app)
    before = rates(app)
    head = SqlLedger(app.engine).head().position
    done = desk.accept(steel(desk).id, version=0)
    assert (done.item.standing, done.item.event, done.item.editor) == ("accepted", EVENT, "Ana")
    assert rates(app) == [("in_force", "50", ["60"])]
    assert steel(desk) not in desk.queue()
    with pytest.raises(BadInput, match="decided on already: accepted by Ana"):
        desk.reject(done.item.id, version=1, why="no")
    undone = desk.undo(done.item.id, version=1)
    assert undone.item.standing is Standing.OPEN
    assert rates(app) == before
    # What was held in between is still shown.
    assert app.world(until_position=head + 2).event(EVENT) is not None
    assert app.verify().findings == ()
    again = desk.accept(done.item.id, version=2)
    assert (again.item.version, again.item.event) == (3, EVENT)


def test_an_exported_event_passes_every_rule_and_a_load_finds_nothing_to_do(app: App) -> None:
    desk, folder = desk_of(app), app.settings.home / "record"
    candidate = desk.accept(steel(desk).id, version=0).item.id
    assert app.load(folder).appended == 0
    (exported,) = app.export_review("Ana", folder)
    assert (exported.event, exported.file, exported.new) == (EVENT, "2026-11.yaml", True)
    assert app.export_review("Ana", folder) == ()
    checked = check_record(folder)
    assert [str(one) for one in checked.told if one.severity == "error"] == []
    assert checked.events == 2
    assert app.load(folder).appended == 0
    desk.refresh()
    with pytest.raises(BadInput, match="in the record's files already"):
        desk.undo(candidate, version=2)


def test_of_two_editors_at_once_the_second_is_told_and_nothing_is_doubled(app: App) -> None:
    ana, ben = desk_of(app, "Ana"), desk_of(app, "Ben")
    candidate = steel(ana).id
    ana.accept(candidate, version=0)
    head = SqlLedger(app.engine).head()
    acts: tuple[Callable[[], Done], ...] = (
        lambda: ben.accept(candidate, version=0),
        lambda: ben.reject(candidate, version=0, why="old"),
        lambda: ben.undo(candidate, version=0),
    )
    for act in acts:
        with pytest.raises(AppendConflict, match=f"Ana has accepted {candidate} meanwhile"):
            act()
    assert SqlLedger(app.engine).head() == head


def test_reports_decided_on_under_another_name_are_not_decided_on_twice(app: App) -> None:
    """An earlier report changes a candidate's name: what was decided stays with its reports."""
    ana, ben = desk_of(app, "Ana"), desk_of(app, "Ben")
    old = steel(ana).id
    more(app, STEEL[0], "example-early", published=NOW - timedelta(hours=30))
    ben.refresh()
    new = steel(ben).id
    assert (new, steel(ben).size) != (old, 3)
    ana.accept(old, version=0)
    with pytest.raises(AppendConflict, match=f"Ana has accepted {old} meanwhile"):
        ben.accept(new, version=0)
    ben.refresh()
    item = steel(ben)
    assert (item.id, item.size, item.since, item.standing) == (old, 4, 1, Standing.ACCEPTED)


def test_of_two_decisions_in_one_moment_under_two_names_the_later_gives_way(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, ben = desk_of(app, "Ana"), desk_of(app, "Ben")
    old = steel(ana).id
    more(app, STEEL[0], "example-early", published=NOW - timedelta(hours=30))
    ben.refresh()
    new = steel(ben).id
    reject = deciding.reject

    def after_ana(act: Act, *, why: str) -> tuple[Draft, ...]:
        ana.accept(old, version=0)  # after Ben has looked, before he appends
        return reject(act, why=why)

    monkeypatch.setattr(deciding, "reject", after_ana)
    with pytest.raises(AppendConflict, match=f"Ana has accepted {old} meanwhile"):
        ben.reject(new, version=0, why="old")
    item = steel(ben)
    assert (item.id, item.size, item.standing) == (old, 4, Standing.ACCEPTED)
    assert [event.id for event in app.world().events].count(EVENT) == 1


def test_a_report_that_comes_in_behind_goes_where_its_story_went(app: App) -> None:
    desk = desk_of(app)
    call = next(one for one in desk.queue() if one.title == CALL)
    desk.merge(call.id, version=0, event="2026-11-02-us-steel-step")
    more(
        app,
        "Sheinbaum and Trump hold call on tariffs and agree to keep negotiating",
        "example-late",
    )
    desk.refresh()
    item = next(one for one in desk.queue(everything=True) if one.id == call.id)
    assert (item.standing, item.size, item.since) == (Standing.MERGED, 2, 1)
    assert len(desk.queue()) == 1
    with pytest.raises(UnknownName, match="no event"):
        desk.merge(steel(desk).id, version=0, event="2026-11-02-nothing")


def test_a_split_makes_two_candidates_and_its_undo_one_again(app: App) -> None:
    desk = desk_of(app)
    whole = steel(desk)
    reports = [source.report for source in desk.open(whole.id).sources]
    with pytest.raises(BadInput, match="some reports out and leaves some"):
        desk.split(whole.id, version=0, reports=reports)
    out = desk.split(whole.id, version=0, reports=reports[1:2]).item
    assert (out.size, out.version, out.standing) == (1, 0, Standing.OPEN)
    assert {one.id: one.size for one in desk.queue() if one.products} == {whole.id: 2, out.id: 1}
    desk.refresh()
    assert {one.id: one.size for one in desk.queue() if one.products} == {whole.id: 2, out.id: 1}
    # A fourth report of the story goes to what was left, not to what was taken out.
    more(app, STEEL[0], "example-fourth", published=NOW - timedelta(hours=2))
    desk.refresh()
    assert {one.id: one.size for one in desk.queue() if one.products} == {whole.id: 3, out.id: 1}
    desk.reject(out.id, version=0, why="another story")
    with pytest.raises(BadInput, match="has been decided on"):
        desk.undo(whole.id, version=1)
    desk.undo(out.id, version=1)
    desk.undo(whole.id, version=1)
    assert [one.size for one in desk.queue() if one.products] == [4]


def test_a_postponed_candidate_comes_back_on_its_day(app: App) -> None:
    desk, clock = desk_of(app), app.clock
    assert isinstance(clock, Stopped)
    candidate = steel(desk).id
    with pytest.raises(BadInput, match="does not lie ahead"):
        desk.postpone(candidate, version=0, until=date(2026, 11, 25))
    desk.postpone(candidate, version=0, until=date(2026, 11, 27))
    assert candidate not in {one.id for one in desk.queue()}
    clock.at += timedelta(days=2)
    desk.refresh()
    assert candidate in {one.id for one in desk.queue()}
    assert desk.reject(candidate, version=1, why="opinion").item.why == "opinion"


def test_an_amended_draft_is_held_to_the_rules_and_is_what_gets_accepted(app: App) -> None:
    desk = desk_of(app)
    candidate = steel(desk).id
    text = desk.open(candidate).preview.proposal.text
    for wrong, rule in (
        (text.replace("rate: 60", "rate: 6000"), "rate_is_a_percentage"),
        (text.replace("us.canada.steel", "us.no.such"), "measures_are_known"),
        (text.replace("kind: announcement", "kind: rumour"), "has_its_shape"),
        (text.replace("  - id", "  - : id"), "reads_as_yaml"),
        (text + text, "reads_as_yaml"),
        ("", "reads_as_yaml"),
        (text.replace(EVENT, "2026-11-02-us-steel-step"), "id_is_unique"),
    ):
        head = SqlLedger(app.engine).head()
        assert any(f"[{rule}]" in one for one in desk.preview(candidate, wrong).proposal.faults)
        for act in (desk.accept, desk.amend):
            with pytest.raises(BadInput, match=r"\[[a-z_]+\]"):
                act(candidate, version=0, text=wrong)
        assert SqlLedger(app.engine).head() == head
    better = text.replace("status: announced", "status: in_force")
    assert desk.amend(candidate, version=0, text=better).item.amended
    desk.refresh()
    opened = desk.open(candidate)
    assert opened.item.standing is Standing.OPEN
    assert "60%" in opened.preview.shifts[-1].sentences[0]
    desk.accept(candidate, version=1)
    assert rates(app) == [("in_force", "60", [])]


def test_who_decides_says_so(app: App) -> None:
    for name in (None, "", "  ", "\x1b[31m", "x" * 101):
        desk = desk_of(app, name)
        with pytest.raises(BadInput, match="editor's name"):
            desk.reject(steel(desk).id, version=0, why="no")


def test_hostile_reports_are_text_and_never_an_event_by_themselves(tmp_path: Path) -> None:
    bad = f"\x1b[2J<script>alert(1)</script> [b]\u202e {STEEL[0]}\x00"
    reports = [
        report(bad, source="../../etc", link="javascript:alert(1)"),
        report("", source="example-empty"),
        report(STEEL[0], source="example-large", summary="tariff " * 15_000, published=None),
        report('": {[&*!|>%@`', source="example-yaml", summary="Trump tariff on Canada steel 25%"),
    ]
    with workspace(tmp_path, reports) as app:
        desk = desk_of(app)
        for item in desk.queue(everything=True):
            opened = desk.open(item.id)
            assert not any(ord(char) < 32 or char == "\u202e" for char in item.title)
            assert all(one.link is None or one.link.startswith("http") for one in opened.sources)
            proposal = opened.preview.proposal
            assert proposal.event is not None or proposal.faults
            assert "\x1b" not in proposal.text
        hostile = next(one for one in desk.queue() if "alert(1)" in one.title)
        with pytest.raises(BadInput, match="sources: is missing"):
            desk.accept(hostile.id, version=0)
        undated = next(one for one in desk.queue() if one.day is None)
        notes = desk.open(undated.id).preview.proposal.notes
        assert any("no source gives a day" in note for note in notes)


@pytest.mark.parametrize(
    "promise",
    [
        test_an_accepted_event_is_in_the_record_at_once_and_goes_once_undone,
        test_an_exported_event_passes_every_rule_and_a_load_finds_nothing_to_do,
        test_of_two_editors_at_once_the_second_is_told_and_nothing_is_doubled,
    ],
)
def test_the_same_on_postgresql(promise: Callable[[App], None], tmp_path: Path) -> None:
    with empty_database() as url, workspace(tmp_path, steel_reports(), url=url) as app:
        promise(app)


def test_an_accepted_candidate_shows_the_event_as_it_was_accepted(app: App) -> None:
    desk = desk_of(app)
    item = steel(desk)
    text = desk.open(item.id).preview.proposal.text.replace("rate: 60", "rate: 55")
    desk.accept(item.id, version=0, text=text)
    preview = desk.open(item.id).preview
    assert "rate: 55" in preview.proposal.text
    assert preview.proposal.faults == ()
    assert preview.proposal.notes == ("accepted by Ana",)
    assert [shift.day for shift in preview.shifts] == [date(2026, 11, 25), date(2026, 12, 1)]
