"""A page never shows a day that is not known as if it were, nor a rate that may not be the one."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest

from tests.core.worlds import MEASURES, MX, day, effect, event
from tests.site.worlds import TEMPLATES, inputs
from tracker.core.events import When
from tracker.core.world import world_of
from tracker.site.pages import plan_pages
from tracker.site.render import render

PLACE = f"{MX}/general"
BETWEEN = When(earliest=day("2025-04-10"), latest=day("2025-04-20"))
EVENTS = (
    event("2025-03-01-base", effect(PLACE, "in_force", "10", "2025-03-01")),
    event("2025-04-01-rise", effect(PLACE, "in_force", "35", starts=BETWEEN)),
    event("2025-04-10-talks"),
    event(
        "2025-05-01-pause",
        effect(PLACE, "paused", None, "2025-05-02", ends=When(condition="until the talks end")),
    ),
)


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    made = inputs(world_of(EVENTS, MEASURES), today=date(2025, 5, 10))
    files = dict(render(plan_pages(made), TEMPLATES))
    tags = re.compile(r"<[^>]+>")
    return {
        name: re.sub(r"\s+", " ", html.unescape(tags.sub(" ", body.decode())))
        for name, body in files.items()
        if name.endswith(".html")
    }


def test_a_day_within_the_range_says_what_may_hold_instead(pages: dict[str, str]) -> None:
    page = pages["on/2025-04-10/index.html"]
    assert "10% in force" in page
    assert "Not certain: may already be in force at 35%" in page
    assert "a day between 10 April 2025 and 20 April 2025" in page


def test_before_the_range_the_turn_has_no_day(pages: dict[str, str]) -> None:
    page = pages["on/2025-04-01/index.html"]
    assert "35% announced from a day between 10 April 2025 and 20 April 2025" in page
    assert "announced from 20 Apr" not in page


def test_since_when_and_until_when_stay_unknown(pages: dict[str, str]) -> None:
    measure = pages[f"measure/{MX}/index.html"]
    assert "a day that depends on a condition: until the talks end" in measure
    table = measure[measure.index("the rate through time") :]
    assert "certain from 20 Apr 2025 began on a day between 10 April 2025" in table
    assert "Not certain: may already be in force at 35%" in table


def test_an_events_page_says_what_is_known_of_its_days(pages: dict[str, str]) -> None:
    assert "a day between 10 April 2025" in pages["event/2025-04-01-rise/index.html"]
    pause = pages["event/2025-05-01-pause/index.html"]
    assert "until a day that depends on a condition: until the talks end" in pause
    assert "open" in pages["event/2025-03-01-base/index.html"]
