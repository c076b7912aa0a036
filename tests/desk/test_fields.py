"""The form's fields: read out of a draft and put back, with everything else as it was."""

from __future__ import annotations

from functools import cache

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tracker.config import shipped
from tracker.core.events import Event
from tracker.desk.fields import FIELDS, fields_of, with_fields
from tracker.errors import BadInput
from tracker.record.draft import Rest, read_draft, rest_of
from tracker.record.entry import entry_text
from tracker.record.read import read_record
from tracker.telling.harmless import clean

NAMES = [field.name for field in FIELDS]
DRAFT = """\
# From two reports
  - id: 2026-11-25-us-steel
    kind:
    announced: 2026-11-25   # the day of the first
    title:
      en: >-
        A folded
        title
    parties: [US]
    sources:
      - {url: "https://example.org/1", publisher: Example}
"""


@cache
def record() -> tuple[tuple[Event, ...], Rest]:
    found = read_record(shipped("db/record"))
    return found.events, rest_of((), found.measures)


def test_what_the_form_does_not_change_stays_to_the_character() -> None:
    assert with_fields(DRAFT, fields_of(DRAFT)) == DRAFT
    changed = with_fields(DRAFT, {"Kind": "pause", "Title (en)": 'No: "quoted"'})
    assert changed == DRAFT.replace("kind:", "kind: pause").replace(
        ">-\n        A folded\n        title", '"No: \\"quoted\\""'
    )
    added = with_fields(changed, {"Title (fr)": "Été", "Measure": "us.x", "Rate": "12.5"})
    assert '\n      fr: "Été"\n    parties' in added
    assert "\n    effects:\n      - measure: us.x\n        rate: 12.5\n    sources:" in added
    assert with_fields(added, {"Announced": "2026-11-26"}) == added.replace("11-25 ", "11-26 ")


def test_events_of_the_record_go_through_the_form_unharmed() -> None:
    events, _ = record()
    for event in events[::15]:
        text = entry_text(event)
        values = fields_of(text)
        assert with_fields(text, values) == text
        assert values["Kind"] == event.kind
        other = "1.25" if event.effects else values["Rate"]
        changed = with_fields(text, {"Rate": other, "Title (en)": "Other"})
        before, after = yaml.safe_load(text), yaml.safe_load(changed)
        before[0]["title"]["en"] = "Other"
        if event.effects:
            before[0]["effects"][0]["rate"] = 1.25
        assert after == before, event.id


@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=40)))
def test_whatever_is_typed_the_draft_stays_one_entry_and_says_it(values: dict[str, str]) -> None:
    try:
        changed = with_fields(DRAFT, values)
    except BadInput:
        # A value that fits nowhere: there are other ways to amend a draft.
        return
    found = fields_of(changed)
    for name, value in values.items():
        if name.startswith(("Title", "Summary")):
            assert found[name].split() == clean(value).split()
    # The record's own rules answer with faults, never with an error.
    read_draft(changed, record()[1])


@pytest.mark.parametrize(
    "text",
    ["", "- a\n- b\n", "{", "x: [1, 2", "events: 5", "- 5", "[" * 5_000, "\x00", "a: &a [*a]"],
)
def test_a_text_that_is_no_entry_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(BadInput) as told:
        fields_of(text)
    assert "\n" not in str(told.value)
