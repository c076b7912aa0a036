"""The pages by which the record answers for itself, the calendar and the review."""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec.structs import replace

from tests.site.conftest import Files
from tests.site.worlds import EVENTS, HOSTILE, MEASURES, TEMPLATES, TODAY, day, inputs
from tracker.core.corrections import Amendment
from tracker.core.events import Deadline, Text, When
from tracker.core.words import DeadlineKind
from tracker.core.world import world_of
from tracker.site.pages import Page, plan_pages
from tracker.site.render import render

HEARING = Deadline(
    key="us.usmca-review.hearing",
    kind=DeadlineKind.HEARING,
    title=Text(en="Hearing", fr="Audience"),
    day=day("2025-10-01"),
)
YEARLY = Deadline(
    key="usmca.review.2027",
    kind=DeadlineKind.REVIEW,
    title=Text(en="Yearly review"),
    when=When(earliest=day("2027-01-01"), latest=day("2027-12-31")),
)
DROPPED = Deadline(
    key="us.talks", kind=DeadlineKind.TALKS, title=Text(en="Talks"), day=day("2025-12-24")
)


def pages() -> dict[str, Page]:
    first = replace(EVENTS[0], deadlines=(HEARING, YEARLY, DROPPED))
    second = replace(
        EVENTS[1],
        deadlines=(
            replace(HEARING, day=day("2025-11-05")),
            replace(DROPPED, cancelled=True),
        ),
    )
    world = world_of((first, second, *EVENTS[2:]), MEASURES, known_until=TODAY)
    return {page.path: page for page in plan_pages(inputs(world))}


def test_a_moved_deadline_stands_once_with_the_day_it_left() -> None:
    entries = [
        entry.deadline
        for _, inside in pages()["calendar/index.html"].context["months"]
        for entry in inside
        if entry.deadline
    ]
    assert [(one.key, one.day, one.moved_from) for one in entries] == [
        (HEARING.key, day("2025-11-05"), (day("2025-10-01"),))
    ]


def test_what_has_no_day_is_not_given_one() -> None:
    undated = pages()["calendar/index.html"].context["undated"]
    (yearly,) = [entry.deadline for entry in undated if entry.deadline]
    assert (yearly.day, yearly.day_text) == (None, "2027")


def test_a_cancelled_deadline_is_shown_as_gone() -> None:
    past = [one for _, inside in pages()["calendar/index.html"].context["years"] for one in inside]
    assert [(one.key, one.cancelled) for one in past] == [(DROPPED.key, True)]


def test_the_review_says_what_was_last_and_what_is_next() -> None:
    review = pages()["fr/review/index.html"].context["review"]
    assert review.next.day == day("2025-11-05")
    assert (review.next.title.text, review.next.title.lang) == ("Audience", "fr")


def test_corrections_are_public_and_hostile_reasons_stay_text() -> None:
    mended = Amendment(
        position=9,
        recorded_at=datetime(2025, 9, 1, 12, tzinfo=UTC),
        subject=EVENTS[0].id,
        reason=HOSTILE,
        before=EVENTS[0],
        after=replace(EVENTS[0], note="x"),
        fields=("note",),
    )
    files = dict(render(plan_pages(inputs(amendments=(mended,))), TEMPLATES))
    page = files["es/corrections/index.html"].decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script" not in page
    assert "corregido" in page
    assert f'href="../event/{EVENTS[0].id}/index.html"' in page


def test_accuracy_that_was_not_measured_is_called_that() -> None:
    silent = dict(render(plan_pages(inputs()), TEMPLATES))["accuracy/index.html"].decode()
    assert "Not measured yet." in silent
    told = inputs(documents={"accuracy": "# Accuracy\n\nFigures <b>"})
    page = dict(render(plan_pages(told), TEMPLATES))["fr/accuracy/index.html"].decode()
    assert "Pas encore mesurée" not in page
    assert 'lang="en"' in page
    assert "Figures &lt;b&gt;" in page


def test_the_files_of_proof_are_named_only_where_they_are_published(files: Files) -> None:
    assert b"verifier.key" not in files["verification/index.html"]
    planned = plan_pages(inputs(proofs=("checkpoint", "verifier.key", "other.txt")))
    shown = (page for page in planned if page.path.endswith("verification/index.html"))
    for path, body in render(shown, TEMPLATES):
        way = "../" if path.startswith("verification") else "../../"
        for name in ("checkpoint", "verifier.key"):
            assert f'href="{way}{name}"'.encode() in body, path
        assert f'<a href="{way}other.txt">other.txt</a>'.encode() in body, path


def test_the_downloads_lead_to_the_feeds_and_calendars_of_the_language(files: Files) -> None:
    for folder in ("", "es/"):
        body = files[f"{folder}downloads/index.html"].decode()
        for path in ("feed.atom", "timeline/party/ca/feed.atom", "calendar.ics"):
            assert f'<a href="../{path}">' in body
            assert f"{folder}{path}" in files
        assert body.count(">iCalendar<") == 4
