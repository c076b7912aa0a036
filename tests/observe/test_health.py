"""What counts as well, what as stuck, and what a Prometheus reads."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tracker.observe.health import PATIENCE_S, Beat, Feeds, Ledger, Pulse, examine
from tracker.observe.metrics import Metrics, Snapshot, SourceReading

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
DOCS = Path(__file__).resolve().parent.parent.parent / "docs" / "operations.md"


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("age_s", "well"), [(0, True), (60 + PATIENCE_S, True), (61 + PATIENCE_S, False)]
)
def test_a_tick_that_shows_no_life_is_stuck(age_s: float, well: bool) -> None:
    pulse = Pulse()
    pulse.expect("feeds", every_s=60, at=NOW)
    pulse.expect("midnight", every_s=30, at=NOW)
    pulse.beat("midnight", after(age_s))
    pulse.beat("unknown", after(age_s))
    health = examine(
        pulse.beats(), now=after(age_s), version="1", ledger=Ledger(entries=3), feeds=None
    )
    assert health.well is well
    assert health.data["stuck"] == ([] if well else ["feeds"])
    assert health.data["status"] == ("ok" if well else "stuck")


def test_each_sign_of_life_counts() -> None:
    pulse = Pulse()
    pulse.expect("feeds", every_s=60, at=NOW)
    for minute in range(0, 120, 10):
        pulse.beat("feeds", after(60 * minute))
        now = after(60 * (minute + 10))
        assert examine(pulse.beats(), now=now, version="1", ledger=None, feeds=None).well


def test_a_ledger_that_does_not_answer_is_no_health_and_feeds_that_fail_are() -> None:
    feeds = Feeds(listed=4, failing=4, never_polled=0, resting=0)
    ill = examine({}, now=NOW, version="1", ledger=Ledger(trouble="it does not answer"), feeds=None)
    assert not ill.well
    assert ill.data["ledger"] == {"ok": False, "entries": None, "trouble": "it does not answer"}
    well = examine({}, now=NOW, version="1", ledger=Ledger(entries=1), feeds=feeds)
    assert well.well
    assert well.data["sources"] == {
        "listed": 4,
        "failing": 4,
        "never_polled": 0,
        "resting": 0,
    }
    # What could not be asked is null, not zero.
    assert ill.data["sources"] is None


def test_a_clock_set_back_makes_nothing_stuck() -> None:
    health = examine(
        {"feeds": Beat(after(5000), 60)}, now=NOW, version="1", ledger=None, feeds=None
    )
    assert health.well


def snapshot() -> Snapshot:
    one = SourceReading(
        source='a"b\\c', failures=3, paused=False, next_due=10, last_success=None, last_new=None
    )
    return Snapshot(
        version="1",
        entries=7,
        sources=(one,),
        jobs={"todo": 2},
        beats={"feeds": Beat(NOW, 60)},
    )


def values(metrics: Metrics) -> dict[tuple[str, str], float]:
    return {
        (sample.name, ",".join(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(metrics.text().decode())
        for sample in family.samples
    }


def test_what_happened_is_counted_and_what_is_not_known_is_left_out() -> None:
    metrics = Metrics(snapshot)
    metrics.polled(outcome="new", new=3, changed=1, bytes_=100)
    metrics.polled(outcome="failed", new=0, changed=0, bytes_=0)
    metrics.ticked("feeds", ok=True)
    metrics.ticked("feeds", ok=False)
    # Nothing was built yet: there is no such instant, and 0 would be one.
    assert not [name for name, _ in values(metrics) if name.startswith("tracker_site")]
    metrics.built(written=5, unchanged=6, removed=0, at=1000)
    seen = values(metrics)
    assert seen["tracker_polls_total", "new"] == 1
    assert seen["tracker_polls_total", "failed"] == 1
    assert seen["tracker_polls_total", "unchanged"] == 0
    assert seen["tracker_reports_total", "new"] == 3
    assert seen["tracker_reports_total", "changed"] == 1
    assert seen["tracker_fetched_bytes_total", ""] == 100
    assert seen["tracker_ticks_total", "feeds,no"] == 1
    assert seen["tracker_site_pages", "written"] == 5
    assert seen["tracker_ledger_entries", ""] == 7
    assert seen["tracker_source_failures", 'a"b\\c'] == 3
    assert seen["tracker_jobs", "todo"] == 2
    # It has never answered.
    assert not [name for name, _ in seen if name == "tracker_source_success_timestamp_seconds"]


def test_a_database_that_is_away_is_said_and_nothing_made_up() -> None:
    seen = values(Metrics(lambda: Snapshot(version="1")))
    assert seen["tracker_ledger_up", ""] == 0
    assert ("tracker_ledger_entries", "") not in seen


def test_every_metric_is_documented_and_no_other() -> None:
    metrics = Metrics(snapshot)
    metrics.ticked("feeds", ok=True)
    metrics.polled(outcome="new", new=1, changed=0, bytes_=1)
    metrics.built(written=1, unchanged=1, removed=1, at=1)
    exposed = set(re.findall(r"^# TYPE (tracker_\w+) ", metrics.text().decode(), re.MULTILINE))
    documented = set(re.findall(r"`(tracker_\w+)", DOCS.read_text(encoding="utf-8")))
    assert exposed == documented
