"""The picture says what the course says, escaped, and the same each time."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.strategies import FIRST, worlds
from tests.site.worlds import (
    EVENTS,
    MEASURES,
    TODAY,
    day,
    edition_of,
    effect,
    event,
    hostile_world,
    xml,
)
from tracker.core.words import Kind, Status
from tracker.core.world import World, world_of
from tracker.site.axis import Axis
from tracker.site.bandlabels import heading_lines
from tracker.site.bands import BandGroup, band_axis, bands
from tracker.site.edition import Edition


def drawn(edition: Edition, *places: tuple[str, str], marked: bool = False) -> ET.Element:
    svg = bands(edition, (BandGroup("", places),), root="../../", name="pic", marked=marked)
    return xml(svg)


def fills(svg: ET.Element) -> list[str]:
    return [
        found.get("class", "") for found in svg.iter() if found.get("class", "").startswith("f-")
    ]


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (("us.border.ca", "general"), ["f-announced", "f-paused", "f-in_force", "f-in_force"]),
        (("us.border.ca", "usmca"), ["f-announced", "f-paused", "f-in_force", "f-in_force zero"]),
        (("ca.counter", "list"), ["f-in_force", "f-over"]),
        (("us.pharma", "patented"), ["f-threatened"]),
        (("mx.plan", "list"), ["f-announced"]),
        (("us.ban", "alcohol"), ["f-announced", "f-in_force"]),
    ],
)
def test_each_status_has_its_own_fill(
    edition: Edition, place: tuple[str, str], told: list[str]
) -> None:
    assert fills(drawn(edition, place)) == told


def test_the_rate_stands_on_a_band_that_is_long_enough(edition: Edition) -> None:
    svg = drawn(edition, ("us.border.ca", "general"))
    written = [e.text for e in svg.iter() if e.get("class", "").startswith("r-")]
    assert written == ["25%", "25%", "35%"]


def test_a_threat_is_drawn_up_to_its_day_and_not_beyond(edition: Edition) -> None:
    place = ("us.pharma", "patented")
    axis = band_axis(edition.book, [place])
    assert axis is not None
    (rect,) = [e for e in drawn(edition, place).iter() if e.get("class") == "f-threatened"]
    end = float(rect.get("x", "")) + float(rect.get("width", ""))
    assert end == pytest.approx(axis.x(TODAY), abs=0.2)


def test_the_picture_is_named_described_and_an_image(edition: Edition) -> None:
    svg = drawn(edition, ("us.border.ca", "general"))
    image = next(e for e in svg.iter() if e.get("role") == "img")
    named = image.get("aria-labelledby", "").split()
    words = {e.get("id"): e.text for e in image}
    assert all(words[name] for name in named)
    assert "18 September 2025" in (words["pic-d"] or "")


def test_marks_lead_to_the_events_that_spoke_of_the_row(edition: Edition) -> None:
    svg = drawn(edition, ("us.border.ca", "general"), marked=True)
    links = [e.get("href", "") for e in svg.iter("a") if e.find("path[@class='tk']") is not None]
    assert links == [
        f"../../event/{name}/index.html"
        for name in (
            "2025-02-01-order",
            "2025-02-03-pause",
            "2025-05-28-ruling",
            "2025-05-29-stay",
            "2025-08-01-rise",
        )
    ]


def test_no_link_in_the_picture_stops_the_keyboard(edition: Edition) -> None:
    svg = drawn(edition, ("us.border.ca", "general"), marked=True)
    assert {link.get("tabindex") for link in svg.iter("a")} == {"-1"}


def test_hostile_words_stay_words() -> None:
    svg = bands(
        edition_of(hostile_world()),
        (BandGroup("<b>&\x00", (("us.bad", "p"),)),),
        root="",
        name="pic",
        marked=True,
    )
    read = xml(svg)
    assert {e.tag for e in read.iter()} <= {
        "svg", "defs", "pattern", "path", "g", "title", "desc", "text", "a", "rect",
    }  # fmt: skip


def test_nothing_to_draw_draws_nothing(edition: Edition) -> None:
    assert (
        bands(edition, (BandGroup("x", (("no", "such"),)),), root="", name="p", marked=True) == ""
    )


@settings(max_examples=40, deadline=None)
@given(worlds(), st.integers(0, 60))
def test_any_course_stays_inside_the_picture(world: World, offset: int) -> None:
    made = edition_of(world, FIRST + timedelta(days=offset))
    places = tuple((m.key, p.key) for m in world.measures.values() for p in m.provisions)
    svg = bands(made, (BandGroup("All", places),), root="", name="pic", marked=True)
    if not svg:
        return
    read = xml(svg)
    width = float(read.get("width", ""))
    for rect in read.iter("rect"):
        left, wide = float(rect.get("x", "")), float(rect.get("width", ""))
        assert left >= 0
        assert wide >= 0
        assert left + wide <= width + 1.5


def test_days_are_evenly_laid_and_marks_lie_inside() -> None:
    axis = Axis(day("2025-01-10"), day("2026-06-01"), 1000)
    assert axis.x(day("2025-01-10")) == 0
    assert axis.x(day("2030-01-01")) == 1000
    marks = axis.marks()
    assert [(f"{mark.month:%b %Y}", mark.year) for mark in marks[:4]] == [
        ("Apr 2025", True),
        ("Jul 2025", False),
        ("Oct 2025", False),
        ("Jan 2026", True),
    ]
    assert all(0 <= mark.x <= 1000 for mark in marks)


@given(st.integers(800, 4000), st.integers(0, 4000))
def test_a_bent_axis_keeps_the_order_of_days_and_gives_most_room_to_the_late_ones(
    back: int, at: int
) -> None:
    start = day("2015-01-01")
    bend = start + timedelta(days=back)
    axis = Axis(start, bend + timedelta(days=1000), 1080, bend=bend, narrow=150)
    here = start + timedelta(days=at)
    assert axis.x(here) <= axis.x(here + timedelta(days=1))
    assert (axis.x(here) < 150) is (here < bend) or axis.x(here) == 150
    assert axis.x(start) == 0
    assert axis.x(bend) == 150
    assert axis.x(axis.end) == 1080
    marks = axis.marks()
    assert [mark.month for mark in marks] == sorted({mark.month for mark in marks})
    early = [mark.x for mark in marks if mark.month < bend]
    assert all(other - one >= 34 for one, other in pairwise([34, *early]))


def test_an_old_row_is_drawn_whole_with_the_old_days_closer_together() -> None:
    old = event(
        "2019-05-20-steel",
        Kind.EXEMPTION,
        "Steel exempt",
        effect("us.steel/articles", Status.IN_FORCE, 0, start="2019-05-20"),
    )
    edition = edition_of(world_of((old, *EVENTS), MEASURES, known_until=TODAY))
    place = ("us.steel", "articles")
    axis = band_axis(edition.book, [place])
    assert axis is not None
    assert axis.bend is not None
    assert axis.start < day("2019-05-20")
    svg = drawn(edition, place, marked=True)
    assert "drawn closer together" in (svg.findtext(".//{*}desc") or "")
    large = band_axis(edition.book, [place], whole=False)
    assert large is not None
    assert large.bend is None
    assert large.start > day("2022-01-01")


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_a_heading_is_told_in_lines_that_fit_and_loses_nothing_unless_it_says_so(
    title: str,
) -> None:
    lines = heading_lines(title)
    assert len(lines) <= 3
    assert all(0 < len(line) <= 38 for line in lines)
    told, whole = ("".join("".join(one).split()) for one in (lines, title))
    cut = bool(lines) and lines[-1].endswith("…") and told != whole
    assert whole.startswith(told.removesuffix("…")) if cut else told == whole


def test_a_heading_of_three_lines_pushes_its_rows_down(edition: Edition) -> None:
    long = "Contre-mesures visant des marchandises américaines, deuxième tranche (2025)"
    places = (("us.border.ca", "general"), ("us.ban", "alcohol"))
    low, high = (
        xml(bands(edition, [BandGroup(title, places)], root="", name="x", marked=False))
        for title in ("Short", long)
    )
    words = [one for one in high.iter("text") if one.get("class") == "bg"]
    assert len(words) > 1
    down = 15 * (len(words) - 1)
    assert int(high.get("height") or 0) == int(low.get("height") or 0) + down
    rows = [
        [int(one.get("y") or 0) for one in drawn.iter("text") if one.get("class") == "bl"]
        for drawn in (low, high)
    ]
    assert rows[1] == [y + down for y in rows[0]]
