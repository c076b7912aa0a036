"""Every rule has a broken file, and is told at the line where it is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.record.files import FEBRUARY, JANUARY, MARCH, MEASURES, write
from tests.record.test_read import findings
from tracker.record import (
    chain_rules,
    event_rules,
    measure_rules,
    reference_rules,
    stacking_rules,
    time_rules,
)
from tracker.record.event_rules import EventRule
from tracker.record.measure_rules import MeasureRule
from tracker.record.rules import EVENT_RULES, MEASURE_RULES, text_of

PAUSED = """\
        provisions: [general]
        status: paused
        from: 2025-02-04
        until: 2025-03-04
"""

RULES: tuple[EventRule | MeasureRule, ...] = (*EVENT_RULES, *MEASURE_RULES)
Case = tuple[str, str, str, int, str]

# File, what is replaced in it (once), by what, and the line within the new
# text (from 0) and path at which the rule of that name is told.
BROKEN: dict[str, list[Case]] = {
    "id_starts_with_its_day": [
        ("02", "id: 2025-02-03-pause", "id: 2025-02-04-pause", 0, "events[2].id"),
        ("02", "id: 2025-02-03-pause", "id: 2025-02-03-Pause", 0, "events[2].id"),
        ("02", "id: 2025-02-03-pause", "id: 2025-02-03", 0, "events[2].id"),
        ("02", "id: 2025-02-03-pause", "id: 2025-02-03-a--b", 0, "events[2].id"),
    ],
    "id_is_unique": [
        ("02", "id: 2025-02-01-counter", "id: 2025-02-01-order", 0, "events[1].id"),
    ],
    "month_is_that_of_the_file": [
        ("02", "announced: 2025-02-03", "announced: 2025-03-03", 0, "events[2].announced"),
    ],
    "days_are_within_range": [
        ("02", "until: 2026-02-20", "until: 2206-02-20", 0, "events[0].effects[0].until"),
        ("02", "rate: 30\n        from: 2025-02-04", "rate: 30\n        from: 1925-02-04", 1,
         "events[2].claims[0].from"),
        ("03", "latest: 2025-03-31", "latest: 2205-03-31", 0, "events[0].effects[0].from.latest"),
        ("03", "day: 2025-04-01", "day: 2205-04-01", 0, "events[0].deadlines[0].day"),
        ("03", "stage: signed, day: 2025", "stage: signed, day: 1925", 0,
         "events[0].instrument.steps[0].day"),
    ],
    "unknown_day_says_something": [
        ("03", "from: {unknown: true}", "from: {}", 0, "events[0].effects[1].from"),
        ("03", "from: {unknown: true}", "from: {unknown: false}", 0, "events[0].effects[1].from"),
        ("03", "day: {earliest: 2025-05-01}", "day: {}", 0, "events[0].deadlines[1].day"),
    ],
    "unknown_stands_alone": [
        ("03", "{unknown: true}", "{unknown: true, latest: 2025-05-01}", 0,
         "events[0].effects[1].from.unknown"),
        ("03", "until: {condition:", "until: {unknown: true, condition:", 0,
         "events[0].effects[1].until.unknown"),
    ],
    "earliest_is_not_after_latest": [
        ("03", "latest: 2025-03-31", "latest: 2025-03-09", 0,
         "events[0].effects[0].from.latest"),
    ],
    "from_is_before_until": [
        ("03", "until: {latest: 2025-06-30}", "until: {latest: 2025-03-10}", 0,
         "events[0].effects[0].until.latest"),
        ("03", "until: {latest: 2025-06-30}", "until: {earliest: 2025-03-01}", 0,
         "events[0].effects[0].until.earliest"),
        ("03", "until: {latest: 2025-06-30}", "until: 2025-03-09", 0,
         "events[0].effects[0].until"),
        ("02", "until: 2026-02-20", "until: 2025-02-04", 0, "events[0].effects[0].until"),
        ("02", "until: 2025-02-05", "until: 2025-02-03", 0, "events[2].claims[0].until"),
    ],
    "effect_has_its_first_day": [
        ("02", PAUSED, PAUSED.replace("        from: 2025-02-04\n", ""), -1,
         "events[2].effects[0]"),
    ],
    "end_has_a_beginning": [
        ("01", "rate: 25", "rate: 25, until: 2025-03-01", 0, "events[0].effects[0].until"),
        ("03", "        from: {unknown: true}\n        until", "        until", 0,
         "events[0].effects[1].until"),
    ],
    "lapsed_is_never_recorded": [
        ("01", "status: threatened", "status: lapsed", 0, "events[0].effects[0].status"),
    ],
    "rate_is_a_percentage": [
        ("02", "rate: 25.50", "rate: 2550", 0, "events[0].effects[0].rate"),
        ("02", "rate: 30", "rate: 300.01", 0, "events[2].claims[0].rate"),
    ],
    "pause_names_no_rate": [
        ("02", "status: paused", "status: paused\n        rate: 25", 1,
         "events[2].effects[0].rate"),
    ],
    "ban_names_no_rate": [
        ("02", "rate: 25.50", "rate: 25\n        basis: ban", 0, "events[0].effects[0].rate"),
    ],
    "effect_names_a_provision": [
        ("02", "provisions: [general]", "provisions: []", 0, "events[2].effects[0].provisions"),
    ],
    "lists_hold_nothing_twice": [
        ("02", "parties: [US, CA]", "parties: [US, CA, US]", 0, "events[0].parties[2]"),
        ("02", "provisions: [general, energy]", "provisions: [energy, energy]", 0,
         "events[0].effects[0].provisions[1]"),
        ("02", "confirms: [2025-02-01-order]", "confirms: [2025-02-01-order, 2025-02-01-order]", 0,
         "events[2].confirms[1]"),
        ("02", "measures: [ca.counter]", "measures: [ca.counter, ca.counter]", 0,
         "events[2].measures[1]"),
        ("02", "doubts: [computed]", "doubts: [computed, computed]", 0, "events[2].doubts[1]"),
        ("02", "targets: [CA]", "targets: [CA, CA]", 0, "events[2].claims[0].targets[1]"),
        ("03", "follows: [2025-03-01-plan]", "follows: [2025-03-01-plan, 2025-03-01-plan]", 0,
         "events[1].follows[1]"),
        ("03", "measures: [us.border]", "measures: [us.border, us.border]", 0,
         "events[0].deadlines[1].measures[1]"),
        ("measures", "mirrors: [us.border]", "mirrors: [us.border, us.border]", 0,
         "measures[1].mirrors[1]"),
        ("measures", '["2709", "2710"]', '["2709", "2709"]', 0, "measures[0].provisions[1].hts[1]"),
    ],
    "sources_are_given": [
        ("01", 'sources:\n      - {url: "https://example.org/0", publisher: Example, title: Zero}',
         "sources: []", 0, "events[0].sources"),
    ],
    "addresses_are_on_the_web": [
        ("02", "url: https://example.org/1", "url: ftp://example.org/1", 0,
         "events[0].sources[0].url"),
        ("02", "url: https://example.org/1", 'url: "javascript:alert(1)"', 0,
         "events[0].sources[0].url"),
        ("02", "url: https://example.org/1", "url: https://me:secret@example.org/1", 0,
         "events[0].sources[0].url"),
        ("02", "url: https://example.org/1", "url: https:///1", 0, "events[0].sources[0].url"),
        ("02", "url: https://example.org/1", "url: https://example.org:port/1", 0,
         "events[0].sources[0].url"),
        ("02", "url: https://example.org/1", "url: https://example.org/1 2", 0,
         "events[0].sources[0].url"),
        ("02", "https://example.org/eo", "//example.org/eo", 0, "events[0].instrument.url"),
        ("02", "https://example.org/4", "example.org", 0, "events[2].claims[0].sources[0].url"),
        ("03", "https://example.org/fr", "file:///etc/fr", 0, "events[0].instrument.steps[1].url"),
    ],
    "publication_days_are_real": [
        ("02", "published: 2025-02\n", "published: 2025-13\n", 0, "events[0].sources[0].published"),
        ("02", "published: 2025-02\n", "published: February\n", 0,
         "events[0].sources[0].published"),
        ("02", "published: 2025-02-03", "published: 2025-02-30", 0,
         "events[2].sources[0].published"),
        ("02", "published: 2025}", "published: 0025}", 0,
         "events[2].claims[0].sources[0].published"),
    ],
    "titles_are_one_line": [
        ("02", "title: The answer", "title: |-\n      The\n      answer", 0, "events[1].title"),
        ("03", "title: The hearing, day", 'title: "The\\nhearing", day', 0,
         "events[0].deadlines[0].title"),
        ("02", "fr: Le décret", 'fr: "Le\\ndécret"', 0, "events[0].title.fr"),
        ("02", "title: One", 'title: "O\\nne"', 0, "events[0].sources[0].title"),
        ("measures", "title: Border tariff", 'title: "a\\nb"', 0, "measures[0].title"),
    ],
    "countries_are_codes": [
        ("02", "parties: [US, CA]", "parties: [US, UK]", 0, "events[0].parties[1]"),
        ("02", "targets: [CA]", "targets: [ca]", 0, "events[2].claims[0].targets[0]"),
    ],
    "measures_are_known": [
        ("01", "measure: us.border", "measure: us.bordre", 0, "events[0].effects[0].measure"),
        ("02", "measures: [ca.counter]", "measures: [ca.conter]", 0, "events[2].measures[0]"),
        ("03", "measures: [us.border]", "measures: [us.bordre]", 0,
         "events[0].deadlines[1].measures[0]"),
        ("02", "- measure: us.border\n        provision: energy",
         "- measure: us.none\n        provision: energy", 0, "events[2].claims[0].measure"),
        ("02", "threat, measure: us.border", "threat, measure: us.none", 0,
         "events[2].withdraws[0].measure"),
    ],
    "provisions_are_known": [
        ("01", "provisions: [general]", "provisions: [genral]", 0,
         "events[0].effects[0].provisions[0]"),
        ("02", "provision: energy", "provision: list", 0, "events[2].claims[0].provision"),
        ("02", "provision: general}", "provision: none}", 0, "events[2].withdraws[0].provision"),
    ],
    "withdrawn_events_came_before": [
        ("02", "event: 2025-01-20-threat", "event: 2025-01-21-threat", 0,
         "events[2].withdraws[0].event"),
        ("02", "event: 2025-01-20-threat", "event: 2025-02-03-pause", 0,
         "events[2].withdraws[0].event"),
        ("02", "    summary: Canada answers.",
         "    summary: Canada answers.\n    withdraws: [{event: 2025-02-03-pause}]", 1,
         "events[1].withdraws[0].event"),
    ],
    "withdrawals_form_no_circle": [
        ("02", "event: 2025-01-20-threat", "event: 2025-02-03-pause", 0,
         "events[2].withdraws[0].event"),
        ("02", "{event: 2025-01-20-threat, measure: us.border, provision: general}\n",
         "{event: 2025-02-03-pause, measure: us.border}\n", 0, "events[2].withdraws[0].event"),
    ],
    "withdrawal_reaches_something": [
        ("02", "provision: general}", "provision: energy}", 0, "events[2].withdraws[0].provision"),
        ("02", "measure: us.border, provision: general}", "measure: ca.counter}", 0,
         "events[2].withdraws[0].measure"),
        ("02", "measure: us.border, provision: general}", "provision: general}", 0,
         "events[2].withdraws[0].provision"),
    ],
    "confirmed_events_came_before": [
        ("02", "confirms: [2025-02-01-order]", "confirms: [2025-02-01-ordre]", 0,
         "events[2].confirms[0]"),
        ("02", "confirms: [2025-02-01-order]", "confirms: [2025-02-03-pause]", 0,
         "events[2].confirms[0]"),
        ("02", "    summary: Canada answers.",
         "    summary: Canada answers.\n    confirms: [2025-02-03-pause]", 1,
         "events[1].confirms[0]"),
    ],
    "followed_events_came_before": [
        ("03", "follows: [2025-03-01-plan]", "follows: [2025-03-01-off]", 0,
         "events[1].follows[0]"),
        ("03", "follows: [2025-03-01-plan]", "follows: [2025-03-01-plane]", 0,
         "events[1].follows[0]"),
        ("03", "2025-02-03-pause]", "2025-03-01-off]", 0, "events[0].follows[1]"),
    ],
    "cancelled_deadline_was_set": [
        ("03", "{key: us.border.hearing, kind: hearing, title: The hearing, cancelled",
         "{key: us.border.haring, kind: hearing, title: The hearing, cancelled", 0,
         "events[1].deadlines[0].key"),
        ("03", "{key: us.border.hearing, kind: hearing, title: The hearing, day: 2025-04-01}",
         "{key: us.border.hearing, kind: hearing, title: The hearing, cancelled: true}", 0,
         "events[0].deadlines[0].key"),
    ],
    "step_says_something": [
        ("03", "{stage: guidance, citation: CSMS 1}", "{stage: guidance}", 0,
         "events[0].instrument.steps[2]"),
    ],
    "steps_are_in_order": [
        ("03", "day: 2025-03-06", "day: 2025-02-28", 0, "events[0].instrument.steps[1].day"),
        ("03", "day: 2025-03-07", "day: 2025-03-05", 0, "events[0].instrument.steps[3].day"),
    ],
    "stage_stands_once": [
        ("03", "citation: CSMS 2", "citation: CSMS 1", 0, "events[0].instrument.steps[3].stage"),
    ],
    "step_fits_the_paper": [
        ("03", "kind: presidential", "kind: dof", 2, "events[0].instrument.steps[0].stage"),
        ("03", "kind: presidential", "kind: court", 3, "events[0].instrument.steps[1].stage"),
        ("03", "stage: signed", "stage: dof", 0, "events[0].instrument.steps[0].stage"),
    ],
    "deadline_key_is_lowercase_words": [
        ("03", "key: us.border.ruling", "key: us.border.Ruling", 0, "events[0].deadlines[1].key"),
    ],
    "deadline_stands_once": [
        ("03", "key: us.border.ruling", "key: us.border.hearing", 0, "events[0].deadlines[1].key"),
    ],
    "deadline_has_a_day_or_is_cancelled": [
        ("03", "title: The hearing, day: 2025-04-01", "title: The hearing", 0,
         "events[0].deadlines[0]"),
        ("03", "day: 2025-04-01", "day: 2025-04-01, cancelled: true", 0, "events[0].deadlines[0]"),
    ],
    "deadline_lies_ahead": [
        ("03", "day: 2025-04-01", "day: 2024-04-01", 0, "events[0].deadlines[0].day"),
        ("03", "day: {earliest: 2025-05-01}", "day: {latest: 2025-02-28}", 0,
         "events[0].deadlines[1].day.latest"),
    ],
    "key_is_lowercase_words": [
        ("measures", "key: us.border", "key: us.Border", 0, "measures[0].key"),
        ("measures", "key: general", "key: gen_eral", 0, "measures[0].provisions[0].key"),
    ],
    "key_names_its_imposer": [
        ("measures", "key: ca.counter", "key: mx.counter", 0, "measures[1].key"),
    ],
    "key_is_unique": [
        ("measures", "key: ca.counter\n    imposer: CA", "key: us.border\n    imposer: US", 0,
         "measures[1].key"),
    ],
    "provision_keys_are_unique": [
        ("measures", "key: energy", "key: general", 0, "measures[0].provisions[1].key"),
    ],
    "provisions_are_given": [
        ("measures", "provisions:\n      - {key: list, targets: [US], products: Listed goods}",
         "provisions: []", 0, "measures[1].provisions"),
    ],
    "imposer_is_a_code": [
        ("measures", "imposer: CA", "imposer: Canada", 0, "measures[1].imposer"),
    ],
    "targets_are_codes": [
        ("measures", "targets: [CA]", "targets: [Canada]", 0,
         "measures[0].provisions[0].targets[0]"),
        ("measures", "excludes: [MX]", 'excludes: ["*"]', 0,
         "measures[0].provisions[1].excludes[0]"),
    ],
    "stacking_names_both_sides": [
        ("03", "others: [ca.counter]", "others: []", 0, "events[0].stacking[0].others"),
        ("03", "first: [us.border.energy]", "first: []", 0, "events[0].stacking[0].first"),
    ],
    "stacking_names_are_known": [
        ("03", "others: [ca.counter]", "others: [ca.counter.all]", 0,
         "events[0].stacking[0].others[0]"),
        ("03", "first: [us.border.energy]", "first: [us.bordre]", 0,
         "events[0].stacking[0].first[0]"),
    ],
    "stacking_has_two_sides": [
        ("03", "others: [ca.counter]", "others: [us.border.energy]", 0,
         "events[0].stacking[0].others[0]"),
        ("03", "others: [ca.counter]", "others: [ca.counter, ca.counter]", 0,
         "events[0].stacking[0].others[1]"),
    ],
    "stacking_days_are_in_order": [
        ("03", "from: 2025-03-12", "from: 1925-03-12", 0, "events[0].stacking[0].from"),
        ("03", "until: 2025-04-12", "until: 2025-03-12", 0, "events[0].stacking[0].until"),
    ],
    "targets_are_given": [
        ("measures", "targets: [CA]", "targets: []", 0, "measures[0].provisions[0].targets"),
    ],
    "excludes_narrow_a_star": [
        ("measures", 'targets: ["*"]\n        excludes: [MX]',
         "targets: [CA]\n        excludes: [MX]", 1, "measures[0].provisions[1].excludes"),
    ],
    "mirrors_are_known": [
        ("measures", "mirrors: [us.border]", "mirrors: [us.bordre]", 0, "measures[1].mirrors[0]"),
        ("measures", "mirrors: [us.border]", "mirrors: [ca.counter]", 0, "measures[1].mirrors[0]"),
    ],
    "sources_are_in_order": [
        ("measures", "https://example.org/m", "http://", 0, "measures[1].sources[0].url"),
        ("measures", "title: The measure", "title: The measure, published: soon", 0,
         "measures[1].sources[0].published"),
    ],
}  # fmt: skip

CASES = [(name, case) for name, cases in BROKEN.items() for case in cases]


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_a_broken_rule_is_told_at_its_line(tmp_path: Path, rule: str, case: Case) -> None:
    file, old, new, below, path = case
    whole = {"01": JANUARY, "02": FEBRUARY, "03": MARCH, "measures": MEASURES}[file]
    assert whole.count(old) == 1
    broken = whole.replace(old, new)
    key = file if file == "measures" else f"m2025_{file}"
    found = findings(write(tmp_path / "record", **{key: broken}))
    line = whole[: whole.index(old)].count("\n") + 1 + below
    name = file if file == "measures" else f"2025-{file}"
    texts = {text_of(one) for one in RULES if one.__name__ == rule}
    assert any(
        one.startswith(f"{name}.yaml:{line}: {path}: ") and one.endswith(text)
        for one in found
        for text in texts
    ), found


def test_every_rule_is_broken_somewhere_above() -> None:
    rules = {rule.__name__ for rule in RULES}
    assert rules == BROKEN.keys()


_MODULES = (
    event_rules,
    time_rules,
    chain_rules,
    reference_rules,
    stacking_rules,
    measure_rules,
)


def test_every_rule_that_is_written_is_checked() -> None:
    helpers = {"repeats", "broken_lines", "bad_sources"}
    for module in _MODULES:
        written = {
            name
            for name, value in vars(module).items()
            if callable(value)
            and getattr(value, "__module__", "") == module.__name__
            and not name.startswith("_")
            and name not in helpers
        }
        used = {rule.__name__ for rule in RULES}
        assert written <= used


def test_every_rule_says_what_to_do_in_one_line() -> None:
    for rule in RULES:
        assert text_of(rule)
        assert "\n" not in text_of(rule)
