"""The browser's sentences against those of `telling`, in three languages."""

from __future__ import annotations

import json
from random import Random

import pytest
from playwright.sync_api import Browser

from tests.browser.compare_worlds import FIRST, SPAN_DAYS, TODAY, made_up_world, viewpoints
from tests.browser.conftest import TODAY as RECORD_TODAY
from tests.browser.conftest import recorded
from tests.browser.test_compare_parity import Asked, _sent
from tests.site.worlds import TEMPLATES
from tracker.core.policy import Viewpoint
from tracker.core.timeline import change_dates
from tracker.site.compare_data import compare_data
from tracker.site.compare_words import compare_words
from tracker.telling.changes import (
    change_sentence,
    difference_points,
    headline,
    points_text,
    returned_sentence,
)
from tracker.telling.language import LANGUAGES, language

SAID = """([document, words, pairs]) => {
  const data = Tracker.read(document), telling = Tracker.telling(data, words);
  return JSON.stringify(pairs.map(pair => {
    const [from, to] = pair.map(([on, known]) => ({on: Tracker.dayNumber(data, on),
      known: known && Tracker.dayNumber(data, known)}));
    const found = Tracker.compare(data, from, to);
    return [telling.headline(found.changes),
      found.changes.map(c => [telling.sentence(c), telling.pointsText(telling.points(c)),
        c.steps.map(s => telling.sentence(s.change))]),
      found.returned.map(telling.returned)];
  }));
}"""


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("which", ["record", 0, 1, 2])
def test_every_sentence_is_the_one_telling_says(
    browser: Browser, code: str, which: str | int
) -> None:
    page = browser.new_page()
    for name in ("page.js", "compare-core.js", "compare-telling.js"):
        page.add_script_tag(path=TEMPLATES / "static" / name)
    world = recorded() if isinstance(which, str) else made_up_world(which)
    asked = Asked(page, world, RECORD_TODAY if isinstance(which, str) else TODAY)
    if isinstance(which, str):
        days = change_dates(world)
        seen = [Viewpoint(on=day) for day in days[: len(days) // 2 * 2]]
    else:
        seen = viewpoints(Random(which), FIRST, SPAN_DAYS, 80)  # noqa: S311 - always the same
    pairs = list(zip(seen[::2], seen[1::2], strict=True))
    data, lang = compare_data(asked.index, asked.today), language(code)
    sent = [[_sent(one) for one in pair] for pair in pairs]
    found = json.loads(page.evaluate(SAID, [data.document, compare_words(lang, data), sent]))
    page.close()
    for pair, said in zip(pairs, found, strict=True):
        held = asked.compared(pair)
        changes = [
            [
                change_sentence(lang, one),
                points_text(lang, difference_points(one)),
                [change_sentence(lang, step.change) for step in one.steps],
            ]
            for one in held.changes
        ]
        returned = [returned_sentence(lang, one) for one in held.returned]
        assert said == [headline(lang, held.changes), changes, returned], pair
