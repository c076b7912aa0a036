"""The state report: what stands in its cells, and that no hostile text breaks a format."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from tests.core.strategies import viewpoints, worlds
from tests.core.worlds import day
from tests.telling.worlds import EN, ES, FR, langs, row, turn
from tracker.core.events import Text, When
from tracker.core.pending import Alternative
from tracker.core.policy import Viewpoint, disputed_claims, state
from tracker.core.words import Basis, Doubt, Status
from tracker.core.world import World
from tracker.telling.language import Language
from tracker.telling.state_formats import STATE_COLUMNS, state_csv, state_markdown
from tracker.telling.state_report import StateReport, state_report

TODAY = day("2025-09-18")
SEEN = Viewpoint(on=TODAY)


def told(lang: Language, *rows: object) -> StateReport:
    return state_report(lang, SEEN, rows, today=TODAY)  # type: ignore[arg-type]  # rows


def test_cells_say_the_rate_only_of_what_is_charged_or_held_back() -> None:
    report = told(EN, row(), row("paused"), row("expired"), row("announced", None))
    assert [cells.rate for cells in report.rows] == ["25%", "25%", "", ""]


def test_what_is_not_known_as_a_day_is_not_shown_as_one() -> None:
    between = When(earliest=day("2025-09-01"), latest=day("2025-10-01"))
    (cells,) = told(EN, row(starts=between, ends=When(), effective_from=None)).rows
    assert cells.since == "a day between 1 September 2025 and 1 October 2025"
    assert cells.until == "a day that is not known"
    (known,) = told(EN, row(effective_from="2025-03-04")).rows
    assert (known.since, known.until) == ("2025-03-04", "")


def test_doubts_and_alternatives_stand_with_the_status() -> None:
    other = Alternative(
        status=Status.IN_FORCE,
        rate_pct=row(rate="35").rate_pct,
        basis=Basis.FULL_VALUE,
        rate_text=None,
        scope=None,
        event="e",
        when=When(),
    )
    (cells,) = told(EN, row(doubts=(Doubt.DISPUTED,), alternatives=(other,))).rows
    assert cells.status.startswith("in force (disputed); may already be in force at 35%")


def test_languages() -> None:
    ahead = row(pending=(turn("threatened", "30", "2025-10-29"),))
    assert told(ES, ahead).title == "Situación al 18 de septiembre de 2025"
    assert told(FR, ahead).rows[0].goods.text == "Potasse"
    assert "29 octobre 2025" in told(FR, ahead).rows[0].ahead
    later = state_report(EN, Viewpoint(on=day("2036-07-01")), (), today=TODAY)
    assert later.title == "Scheduled for 1 July 2036 (still ahead)"
    assert "Nothing in the record fits that." in state_markdown(later)


@given(langs, st.text(min_size=1, max_size=30))
def test_no_text_breaks_a_cell(lang: Language, words: str) -> None:
    report = told(lang, row(products=Text(en=words, es=words, fr=words)))
    (line,) = csv.DictReader(io.StringIO(state_csv(report)))
    assert tuple(line) == STATE_COLUMNS
    assert not line["products"].startswith(("=", "+", "-", "@"))
    lines = state_markdown(report).splitlines()
    assert len([one for one in lines if one.startswith("| ")]) == 3


@given(worlds(), viewpoints(), langs)
def test_every_state_is_told_in_every_format(world: World, seen: Viewpoint, lang: Language) -> None:
    rows = state(world, seen)
    report = state_report(
        lang, seen, rows, disputed_claims(world, seen), today=TODAY, silent=("a",), notes=("b",)
    )
    lines = list(csv.DictReader(io.StringIO(state_csv(report))))
    assert [(one["measure"], one["provision"]) for one in lines] == [one.place for one in rows]
    assert [one["status"] for one in lines] == [str(one.status) for one in rows]
    markdown = state_markdown(report)
    assert all(cells.place.replace("_", r"\_") in markdown for cells in report.rows)
