"""The page of reports shows what was rewritten, word by word, and whom that concerns."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import msgspec
import pytest

from tests.site.worlds import HOSTILE, REPORTS, TEMPLATES, inputs, plain_world
from tracker.core.edits import Edit
from tracker.site.pages import plan_pages
from tracker.site.render import render

AT = datetime(2025, 9, 18, 9, tzinfo=UTC)


def edit(position: int, old: str, new: str, *cited: str, seen_since: bool = False) -> Edit:
    after = msgspec.structs.replace(REPORTS[0].report, title=new, summary=HOSTILE)
    return Edit(
        position=position,
        recorded_at=AT,
        before=msgspec.structs.replace(after, title=old, summary=""),
        after=after,
        fields=("title", "summary"),
        cited_by=cited,
        open_for=() if seen_since else cited,
    )


@pytest.fixture(scope="module")
def page() -> str:
    event = plain_world().events[0].id
    edits = (
        edit(1, "Duty of 25% on steel", "Duty of 35% on steel", event),
        edit(2, "a b", "a c", event, seen_since=True),
        edit(3, HOSTILE, f"x {HOSTILE}"),
    )
    planned = plan_pages(replace(inputs(), edits=edits))
    files = dict(render([p for p in planned if p.path == "reports/index.html"], TEMPLATES))
    return files["reports/index.html"].decode()


def test_both_versions_are_shown_and_the_one_to_look_at_comes_first(page: str) -> None:
    assert "Duty of <del>25%</del> <ins>35%</ins> on steel" in page
    assert page.index("35%") < page.index("<ins>c</ins>")
    event = plain_world().events[0]
    link = f'<a href="../event/{event.id}/index.html">'
    assert page.count(link) == 2
    assert page.count("Not looked at again since.") == page.count("Looked at again since.") == 1


def test_a_hostile_rewriting_stays_text(page: str) -> None:
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert not {"\x00", "\x1b", "\u202e", "\ud800"} & set(page)


def test_a_ledger_without_edits_says_nothing_of_any() -> None:
    planned = plan_pages(inputs())
    files = dict(render([p for p in planned if p.path == "reports/index.html"], TEMPLATES))
    assert b"Rewritten" not in files["reports/index.html"]
