"""The metrics a Prometheus reads from a running tracker.

The only importer of prometheus_client. Owns their names, which only grow:
docs/operations.md lists them. What the database knows is asked when somebody
looks (`Snapshot`); what this process did is counted as it happens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from prometheus_client import (
    CollectorRegistry,
    Counter,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from tracker.observe.health import Beat

__all__ = ["CONTENT_TYPE", "Metrics", "Snapshot", "SourceReading"]

# When counting began is in the time at which the process started.
disable_created_metrics()  # type: ignore[no-untyped-call]  # it has no types

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

Site = tuple[dict[str, int], float]
"""How many pages the last build wrote and left, and when that was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReading:
    """How one feed is doing; instants as seconds since 1970, None for never."""

    source: str
    failures: int
    paused: bool
    next_due: float | None
    last_success: float | None
    last_new: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What the database says at this moment; `entries` None if it does not answer.

    `jobs` counts those of the queue by their state, empty where there is none.
    """

    version: str
    entries: int | None = None
    sources: tuple[SourceReading, ...] = ()
    jobs: Mapping[str, int] = field(default_factory=dict)
    beats: Mapping[str, Beat] = field(default_factory=dict)


class Metrics:
    """All metrics of one process; safe to share between threads."""

    def __init__(self, snapshot: Callable[[], Snapshot]) -> None:
        """`snapshot` is called at each look, and must not raise."""
        self._registry = made = CollectorRegistry()
        self._polls = Counter("tracker_polls", "Polls of feeds.", ["outcome"], registry=made)
        self._reports = Counter(
            "tracker_reports", "Reports taken in from feeds.", ["kind"], registry=made
        )
        self._bytes = Counter("tracker_fetched_bytes", "Bytes of feeds, unpacked.", registry=made)
        self._ticks = Counter("tracker_ticks", "Ticks that ended.", ["job", "ok"], registry=made)
        for outcome in ("new", "unchanged", "failed"):
            self._polls.labels(outcome)
        for kind in ("new", "changed"):
            self._reports.labels(kind)
        self._site: Site | None = None
        ProcessCollector(registry=made)
        made.register(_Asked(snapshot, lambda: self._site))

    def polled(self, *, outcome: str, new: int, changed: int, bytes_: int) -> None:
        """One feed was polled: "new", "unchanged" or "failed"."""
        self._polls.labels(outcome).inc()
        self._reports.labels("new").inc(new)
        self._reports.labels("changed").inc(changed)
        self._bytes.inc(bytes_)

    def ticked(self, job: str, *, ok: bool) -> None:
        """A tick of that name ended, well or not."""
        self._ticks.labels(job, "yes" if ok else "no").inc()

    def built(self, *, written: int, unchanged: int, removed: int, at: float) -> None:
        """The site was built at `at`, seconds since 1970."""
        self._site = {"written": written, "unchanged": unchanged, "removed": removed}, at

    def text(self) -> bytes:
        """All of them in Prometheus' text format (`CONTENT_TYPE`)."""
        return generate_latest(self._registry)


class _Asked(Collector):
    """What is asked of the database, and what there need not be, when somebody looks."""

    def __init__(self, snapshot: Callable[[], Snapshot], site: Callable[[], Site | None]) -> None:
        self._snapshot, self._site = snapshot, site

    def describe(self) -> Iterable[Metric]:
        """Nothing: the registry would otherwise ask the database to learn the names."""
        return ()

    def collect(self) -> Iterator[Metric]:
        seen = self._snapshot()
        yield _labelled("tracker_info", "The running version.", "version", {seen.version: 1})
        answers = seen.entries is not None
        yield GaugeMetricFamily("tracker_ledger_up", "1 if the ledger answers.", int(answers))
        if seen.entries is not None:
            yield GaugeMetricFamily("tracker_ledger_entries", "Entries held.", seen.entries)
        yield _labelled("tracker_jobs", "Jobs in the queue.", "status", seen.jobs)
        site = self._site()
        if site is not None:
            pages, at = site
            yield _labelled("tracker_site_pages", "Pages of the last build.", "was", pages)
            name, words = "tracker_site_built_timestamp_seconds", "When the site was last built."
            yield GaugeMetricFamily(name, words, at)
        ticks = {job: beat.at.timestamp() for job, beat in seen.beats.items()}
        name, words = "tracker_tick_timestamp_seconds", "The last sign of life of a tick."
        yield _labelled(name, words, "job", ticks)
        for name, words, of in _OF_SOURCES:
            values = {one.source: of(one) for one in seen.sources}
            known = {source: value for source, value in values.items() if value is not None}
            yield _labelled(name, words, "source", known)


_OF_SOURCES: tuple[tuple[str, str, Callable[[SourceReading], float | None]], ...] = (
    ("tracker_source_failures", "Failures since the last success.", lambda one: one.failures),
    ("tracker_source_paused", "1 if it rests.", lambda one: int(one.paused)),
    ("tracker_source_due_timestamp_seconds", "When it is due.", lambda one: one.next_due),
    (
        "tracker_source_success_timestamp_seconds",
        "When it last answered.",
        lambda one: one.last_success,
    ),
    (
        "tracker_source_news_timestamp_seconds",
        "When it last brought something new.",
        lambda one: one.last_new,
    ),
)


def _labelled(name: str, words: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(name, words, labels=[label])
    for value, number in sorted(values.items()):
        family.add_metric([value], number)
    return family
