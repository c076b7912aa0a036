"""What the whole record is held to: each rule has a record that breaks it and one that does not."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.backends import ROOT
from tests.record.files import FEBRUARY, MARCH, MEASURES, write
from tracker.errors import BadInput
from tracker.record.check import Checked, Severity, check_record
from tracker.record.rules import EVENT_RULES, MEASURE_RULES, text_of
from tracker.record.whole_rules import WHOLE_RULES

SOURCES = '    sources: [{url: "https://example.org/9", publisher: Example, title: Nine}]\n'


def event(name: str, more: str, *, kind: str = "statement", title: str = "") -> str:
    """An event of March 2025, its title its own name."""
    return (
        f"  - id: {name}\n    kind: {kind}\n    announced: {name[:10]}\n"
        f'    title: "{title or name[11:]}"\n    summary: Said.\n{more}{SOURCES}'
    )


def effect(status: str, days: str, provision: str = "list") -> str:
    return (
        "    effects:\n"
        f"      - {{measure: ca.counter, provisions: [{provision}], status: {status}, {days}}}\n"
    )


ORDER = event("2025-03-03-order", effect("in_force", "rate: 30, from: 2025-03-10"))
MARCH_1 = "rate: 30, from: 2025-03-01, until: 2025-03-05"
PAPER = "    instrument: {citation: An order, kind: order_in_council}\n"

# Rule, events that break it, the entry and path that are told, and events that do not.
BROKEN = [
    (
        "effect_is_seen_on_some_day",
        [
            event("2025-03-01-order", effect("in_force", MARCH_1)),
            event("2025-03-20-late", effect("in_force", "rate: 20, from: 2025-02-20")),
        ],
        "2025-03-01-order: effects[0]",
        [
            event("2025-03-01-order", effect("in_force", MARCH_1)),
            event(
                "2025-03-20-late",
                "    follows: [2025-03-01-order]\n"
                + effect("in_force", "rate: 20, from: 2025-02-20"),
            ),
        ],
    ),
    (
        "pause_comes_to_an_end",
        [event("2025-03-05-pause", effect("paused", "from: 2025-03-06"))],
        "2025-03-05-pause: effects[0]",
        [event("2025-03-05-pause", effect("paused", "from: 2025-03-06, until: 2025-04-01"))],
    ),
    (
        "pause_holds_something_back",
        [event("2025-03-05-pause", effect("paused", "from: 2025-01-01, until: 2025-04-01"))],
        "2025-03-05-pause: effects[0]",
        [event("2025-03-05-pause", effect("paused", "from: 2025-03-06, until: 2025-04-01"))],
    ),
    (
        "end_ends_something",
        [event("2025-03-05-end", effect("revoked", "from: 2025-03-06", "more"))],
        "2025-03-05-end: effects[0]",
        [event("2025-03-05-end", effect("revoked", "from: 2025-03-06"))],
    ),
    (
        "return_has_an_order",
        [
            event("2025-03-05-end", effect("revoked", "from: 2025-03-06")),
            event("2025-03-07-back", effect("in_force", "rate: 25, from: 2025-03-08")),
        ],
        "2025-03-07-back: effects[0]",
        [
            event("2025-03-05-end", effect("revoked", "from: 2025-03-06")),
            event("2025-03-07-back", PAPER + effect("in_force", "rate: 25, from: 2025-03-08")),
        ],
    ),
    (
        "told_start_is_in_the_state",
        [
            event("2025-03-03-plan", effect("threatened", "rate: 9, from: 2025-03-04", "more")),
            event("2025-03-04-on", "    confirms: [2025-03-03-plan]\n", kind="in_force"),
        ],
        "2025-03-04-on: confirms[0]",
        [ORDER, event("2025-03-10-on", "    confirms: [2025-03-03-order]\n", kind="in_force")],
    ),
    (
        "told_start_is_in_the_state",
        [
            event("2025-03-03-plan", effect("in_force", "rate: 9, from: 2025-03-20", "more")),
            event("2025-03-10-on", "    confirms: [2025-03-03-plan]\n", kind="in_force"),
        ],
        "2025-03-10-on: confirms[0]",
        [ORDER, event("2025-03-10-on", "    confirms: [2025-03-03-order]\n", kind="in_force")],
    ),
    (
        "told_start_is_on_its_day",
        [ORDER, event("2025-03-14-on", "    confirms: [2025-03-03-order]\n", kind="in_force")],
        "2025-03-14-on: confirms[0]",
        [
            ORDER,
            event(
                "2025-03-14-on",
                "    confirms: [2025-03-03-order]\n    instrument:\n"
                "      {citation: A, steps: [{stage: effective, day: 2025-03-10}]}\n",
                kind="in_force",
            ),
        ],
    ),
    (
        "told_start_is_on_its_day",
        [
            ORDER,
            event("2025-03-05-pause", effect("paused", "from: 2025-03-10, until: 2025-03-20")),
            event("2025-03-22-on", "    confirms: [2025-03-03-order]\n", kind="in_force"),
        ],
        "2025-03-22-on: confirms[0]",
        [
            ORDER,
            event("2025-03-05-pause", effect("paused", "from: 2025-03-10, until: 2025-03-20")),
            event("2025-03-20-on", "    confirms: [2025-03-03-order]\n", kind="in_force"),
        ],
    ),
    (
        "event_is_told_once",
        [
            event("2025-03-05-a", "    measures: [ca.counter]\n", title="Talks with Canada open"),
            event("2025-03-05-b", "    measures: [ca.counter]\n", title="Talks with Canada opens"),
        ],
        "2025-03-05-b: title",
        [
            event("2025-03-05-a", "    measures: [ca.counter]\n", title="Talks: US, CA, US"),
            event("2025-03-05-b", "    measures: [ca.counter]\n", title="Talks: US, CA, CA"),
        ],
    ),
    (
        "order_rests_on_itself",
        [event("2025-03-05-order", PAPER)],
        "2025-03-05-order: sources",
        [event("2025-03-05-order", PAPER.replace("order_in_council", "notice"))],
    ),
]  # fmt: skip


def checked(folder: Path, events: list[str]) -> Checked:
    more = "      - {key: more, targets: [US], products: More goods}\n"
    return check_record(
        write(folder, measures=MEASURES + more, m2025_03="events:\n" + "\n".join(events))
    )


@pytest.mark.parametrize(("rule", "bad", "told", "good"), BROKEN)
def test_a_broken_rule_is_told_at_its_entry(
    tmp_path: Path, rule: str, bad: list[str], told: str, good: list[str]
) -> None:
    found = checked(tmp_path / "bad", bad)
    assert found.count(Severity.ERROR) == 0, [str(one) for one in found.told]
    lines = [str(one) for one in found.told if one.rule == rule]
    assert len(lines) == 1, lines
    assert f"2025-03.yaml:{one_of(found, rule)}: warning: {told}: " in lines[0]
    assert lines[0].endswith(f"[{rule}]")
    sound = checked(tmp_path / "good", good)
    assert sound.count(Severity.ERROR) == 0, [str(one) for one in sound.told]
    assert [str(one) for one in sound.told if one.rule == rule] == []


def one_of(found: Checked, rule: str) -> int:
    return next(one.finding.line for one in found.told if one.rule == rule)


def test_every_rule_of_the_whole_is_broken_above_and_says_what_to_do() -> None:
    assert {rule.__name__ for rule in WHOLE_RULES} == {rule for rule, *_ in BROKEN}
    for one in WHOLE_RULES:
        assert ";" in text_of(one)
    names = [one.__name__ for one in (*WHOLE_RULES, *EVENT_RULES)]
    assert len(set(names)) == len(names)
    assert MEASURE_RULES


def test_missing_translations_are_counted_by_file_and_language(tmp_path: Path) -> None:
    found = check_record(write(tmp_path))
    told = [str(one).removeprefix(f"{tmp_path}/") for one in found.told]
    assert any(
        line.startswith("2025-02.yaml:2: warning: 2025-02-01-order: 3 summaries, ")
        and "2 titles" in line
        and line.endswith("without French, first here; give each of them fr [texts_are_translated]")
        for line in told
    ), told
    assert found.count(Severity.WARNING) == len(told) == 6  # three files, two languages


def test_errors_and_warnings_are_told_together_in_order(tmp_path: Path) -> None:
    broken = FEBRUARY.replace("rate: 25.50", "rate: 301").replace("summary: Thirty days.", "")
    found = check_record(write(tmp_path, m2025_02=broken, m2025_03="events: no\n"))
    places = [(one.finding.file, one.finding.line) for one in found.told]
    assert places == sorted(places)
    rules = {one.rule: one.severity for one in found.told}
    assert rules["rate_is_a_percentage"] is Severity.ERROR
    assert rules["has_its_shape"] is Severity.ERROR
    assert rules["reads_as_yaml"] is Severity.ERROR
    assert rules["texts_are_translated"] is Severity.WARNING


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        check_record(tmp_path / "nowhere")


def test_the_shipped_record_has_no_error_and_no_contradiction() -> None:
    found = check_record(ROOT / "db" / "record")
    work = {"order_rests_on_itself", "texts_are_translated"}
    assert [str(one) for one in found.told if one.rule not in work] == []


@given(st.data())
def test_whatever_is_missing_or_doubled_is_told_and_nothing_fails(data: st.DataObject) -> None:
    lines = (FEBRUARY + MARCH.removeprefix("events:\n")).splitlines(keepends=True)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(lines) - 1))
        take = data.draw(st.integers(1, 20))
        moved = lines[at : at + take]
        if data.draw(st.booleans()):
            del lines[at : at + take]
        lines = [*moved, *lines] if data.draw(st.booleans()) else [*lines, *moved]
    with tempfile.TemporaryDirectory() as folder:
        found = check_record(write(Path(folder), m2025_02="".join(lines)))
    assert all("\n" not in str(one) for one in found.told)


def test_two_events_of_one_name_are_told_and_the_rest_is_checked_all_the_same(
    tmp_path: Path,
) -> None:
    late = event("2025-03-20-twin", effect("paused", "from: 2025-03-21"))
    early = event("2025-03-20-twin", "").replace("announced: 2025-03-20", "announced: 2025-03-01")
    found = checked(tmp_path, [late, early])
    assert {"id_is_unique", "id_starts_with_its_day"} <= {one.rule for one in found.told}
