"""The desk on a real ledger: what its keys append, and two editors on one candidate."""

from __future__ import annotations

from pathlib import Path

from tests.desk.screens import Hands, drive
from tests.review.material import NOW, steel_reports, workspace
from tests.review.test_desk_on_a_ledger import EVENT, rates, steel
from tracker.core.decisions import ReviewAccepted, ReviewRejected, ReviewUndone
from tracker.core.streams import REVIEW_STREAM
from tracker.store.sql import SqlLedger


def test_what_is_accepted_and_undone_by_key_stands_in_the_ledger(tmp_path: Path) -> None:
    with workspace(tmp_path, steel_reports()) as app:
        desk = app.reviewing("Ana")

        async def script(hands: Hands) -> None:
            await hands.sees("1 of 3", "2 of 3", "2 wait", "4 reports read")
            await hands.press("a")
            text = await hands.sees(f"Accept as {EVENT}?", "On 2026-12-01 it would read:")
            assert "60%" in text
            assert rates(app)[0][1] == "50"
            await hands.press("enter")
            await hands.sees(f"Accepted as {EVENT}", "1 wait")
            assert app.world().event(EVENT) is not None
            await hands.press("u", "enter")
            await hands.sees("is open again", "2 wait")

        drive(desk, script, today=NOW.date())
        decided = [entry.type for entry in SqlLedger(app.engine).under(REVIEW_STREAM)]
        assert decided == [ReviewAccepted.TYPE, ReviewUndone.TYPE]
        assert app.world().event(EVENT) is None


def test_of_two_editors_at_once_the_second_is_told_and_appends_nothing(tmp_path: Path) -> None:
    with workspace(tmp_path, steel_reports()) as app:
        other = app.reviewing("Ben")

        async def script(hands: Hands) -> None:
            await hands.sees("1 of 3")
            await hands.press("a")
            await hands.sees("Accept as")
            other.refresh()
            other.reject(steel(other).id, version=0, why="nothing new")
            await hands.press("enter")
            await hands.sees("✗ Ben has rejected", "1 wait")

        drive(app.reviewing("Ana"), script, today=NOW.date())
        decided = [entry.type for entry in SqlLedger(app.engine).under(REVIEW_STREAM)]
        assert decided == [ReviewRejected.TYPE]
