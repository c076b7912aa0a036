"""The JSON of states, diffs and events: what was there stays, uncertainty is data."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given

from tests.core.strategies import viewpoints, worlds
from tests.core.worlds import border, day
from tests.telling.worlds import ES, FR, between, row, turn
from tracker.core.diff import Change, ChangeKind, Step, diff_viewpoints
from tracker.core.events import Deadline, Instrument, Text, When
from tracker.core.events import Step as Link
from tracker.core.pending import Alternative
from tracker.core.policy import ProvisionState, Viewpoint, state
from tracker.core.words import Basis, DeadlineKind, Doubt, Stage, Status
from tracker.core.world import World
from tracker.telling.event_shapes import event_json, timeline_json
from tracker.telling.shapes import change_json, diff_json, row_json, state_json

RANGE = When(earliest=day("2025-09-01"), latest=day("2025-11-30"))


def _bound(kind: str, earliest: str | None = None, latest: str | None = None, **more: Any) -> Any:
    return {"kind": kind, "earliest": earliest, "latest": latest, "condition": None, **more}


@pytest.mark.parametrize(
    ("seen", "end"),
    [
        (row(), _bound("open")),
        (
            row(effective_until="2025-04-02"),
            _bound("day", "2025-04-02", "2025-04-02"),
        ),
        (row(ends=RANGE), _bound("range", "2025-09-01", "2025-11-30")),
        (row(ends=When()), _bound("unknown")),
        (
            row(ends=When(condition=Text(en="if talks fail", es="si fracasan"))),
            _bound("condition", condition="if talks fail"),
        ),
        (row("expired", None), None),
        (row("threatened", None), None),
    ],
)
def test_an_open_end_is_not_an_unknown_one(seen: ProvisionState, end: object) -> None:
    assert row_json(seen)["end"] == end


def test_uncertainty_is_data_on_a_row() -> None:
    other = Alternative(
        status=Status.IN_FORCE,
        rate_pct=Decimal("35.16"),
        basis=Basis.FULL_VALUE,
        rate_text=None,
        scope=None,
        event="e",
        when=RANGE,
    )
    ahead = turn("announced", "50", None, when=RANGE)
    found = row_json(
        row(starts=RANGE, alternatives=(other,), doubts=(Doubt.UNCERTAIN,), pending=(ahead,))
    )
    assert found["start"]["kind"] == "range"
    assert found["doubts"] == ["uncertain"]
    (alternative,) = found["alternatives"]
    assert (alternative["rate_pct"], alternative["when"]["kind"]) == (35.16, "range")
    assert found["pending"][0]["when"]["latest"] == "2025-11-30"
    assert row_json(row())["start"] is None


def test_a_change_has_its_label_its_points_and_steps_when_asked() -> None:
    rise = Change(ChangeKind.RATE, row(), row(rate="35"), ("e",))
    stepped = Change(
        ChangeKind.RATE, row(), row(rate="35"), ("e",), steps=(Step(day("2025-08-01"), rise),)
    )
    assert change_json(rise)["difference_points"] == 10
    assert change_json(rise)["label"] is None
    assert "steps" not in change_json(stepped)
    (step,) = change_json(stepped, steps=True)["steps"]
    assert (step["day"], step["change"]) == ("2025-08-01", "rate")


def test_sentences_are_in_the_language_asked_for_and_the_rest_is_not() -> None:
    start, end, changes = between(border(), "2025-07-31", "2025-08-01")
    english, french = (diff_json(start, end, changes), diff_json(start, end, changes, lang=FR))
    assert french["changes"][0].pop("sentence").startswith("États-Unis")
    assert english["changes"][0].pop("sentence").startswith("US on CA")
    assert english == french


def test_an_event_carries_its_chain_its_causes_and_its_deadlines() -> None:
    event = msgspec.structs.replace(
        border().events[1],
        follows=("2025-02-01-order",),
        instrument=Instrument(
            citation="90 FR 1", steps=(Link(stage=Stage.SIGNED, day=day("2025-02-03")),)
        ),
        deadlines=(
            Deadline(key="talks", kind=DeadlineKind.TALKS, title=Text(en="Talks"), when=RANGE),
        ),
    )
    found = event_json(event)
    assert found["follows"] == ["2025-02-01-order"]
    assert found["instrument"]["steps"] == [
        {"stage": "signed", "day": "2025-02-03", "citation": None, "url": None}
    ]
    (deadline,) = found["deadlines"]
    assert (deadline["key"], deadline["kind"], deadline["day"]) == ("talks", "talks", None)
    assert deadline["when"]["kind"] == "range"


@given(worlds(), viewpoints(), viewpoints())
def test_any_answer_is_plain_json(world: World, before: Viewpoint, after: Viewpoint) -> None:
    answers = (
        state_json(before, state(world, before)),
        diff_json(before, after, diff_viewpoints(world, before, after), lang=ES, steps=True),
        timeline_json(world.events),
    )
    for answer in answers:
        assert msgspec.json.decode(msgspec.json.encode(answer)) == answer
