"""Built on and on, a folder holds what one build from nothing would give, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings

from tests.site.histories import History, Step, steps
from tests.site.test_build import tree
from tests.site.worlds import TEMPLATES
from tracker.core.world import fold_lines
from tracker.site.build import Builder, build
from tracker.site.pages import plan_pages
from tracker.site.publish import MANIFEST
from tracker.site.render import render


def built(out: Path) -> dict[str, bytes]:
    return {path: body for path, body in tree(out).items() if path != MANIFEST}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example([("record", 5, 0), ("correct", 0, 4), ("correct", 0, 0), ("retract", 0, 0)])
@example([("correct", 1, 9), ("correct", 1, 6), ("report", 0, 0), ("report", 0, 0)])
@example([("measure", 0, 1), ("record", 7, 7), ("correct", 7, 1), ("day", 3, 0), ("record", 8, 0)])
@given(steps(most=5))
def test_whatever_happens_the_folder_is_as_if_built_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, happened: list[Step]
) -> None:
    out = tmp_path_factory.mktemp("on") / "site"
    builder, history = Builder(TEMPLATES), History()
    history.begin(events=5)
    builder.build(history.inputs(), out=out)
    for step in happened:
        history.step(step)
        inputs = history.inputs()
        whole = fold_lines(history.ledger.lines(), known_until=history.today)
        assert inputs.world == whole
        builder.build(inputs, out=out)
        assert built(out) == dict(render(plan_pages(inputs), TEMPLATES)), step
