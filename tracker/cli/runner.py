"""What `tracker run` does at its start and at each tick. When it does stands in `running`."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tracker.app import App
from tracker.cli.ingesting import summary_line
from tracker.cli.keeping import site_line, site_progress
from tracker.cli.watching import Watch
from tracker.errors import BadInput
from tracker.ingest.run import Polled
from tracker.ingest.sources import Source
from tracker.schedule import Job

__all__ = ["POLL_TICK_S", "Runner"]

POLL_TICK_S = 60
MIDNIGHT_TICK_S = 30
SITE_TICK_S = 60
ALERT_TICK_S = 300


@dataclass
class Runner:
    """Ledger, record, feeds and site of one process, on its own schedule."""

    app: App
    folder: Path
    sources: Sequence[Source]
    listed: Callable[[], Sequence[Source]] | None = None
    given: Watch | None = None
    _building: threading.Lock = field(default_factory=threading.Lock)
    _polling: threading.Lock = field(default_factory=threading.Lock)
    _shown: tuple[int, date] | None = None

    def __post_init__(self) -> None:
        self.watch = self.given or Watch(self.app)
        self.watch.sources = self.watch.sources or self.sources

    def prepare(self) -> None:
        """Ledger, record, one poll of what is due, site: each told in a line."""
        say = self.watch.say
        made = self.app.init()
        say(f"Ledger: {'made' if made else 'found'}, {self.app.place}", what="ledger")
        loaded = self.app.load()
        say(
            f"Record: {loaded.events} events, {loaded.provisions} provisions; "
            f"{loaded.appended} new ledger entries",
            what="loaded",
            appended=loaded.appended,
        )
        self.app.midnight_passed()
        if self.sources:
            said = f"Feeds: asking those of {len(self.sources)} that are due ..."
            say(said, what="polling", listed=len(self.sources))
            self.poll_due(say_all=True)
        self.build()

    def jobs(self) -> tuple[Job, ...]:
        """The ticks: the policy midnight, what others wrote, feeds that are due, and alerts.

        Raises: BadInput if what is said of alerts does not read.
        """
        midnight = self.watch.job("midnight", MIDNIGHT_TICK_S, self.midnight_tick)
        site = self.watch.job("site", SITE_TICK_S, self.site_tick)
        found = [midnight, site]
        if self.sources:
            found.append(self.watch.job("feeds", POLL_TICK_S, self.poll_tick))
        if self.app.alert_plan().urls:
            found.append(self.watch.job("alerts", ALERT_TICK_S, self.alert_tick))
        return tuple(found)

    def poll_tick(self) -> None:
        """Poll what is due and rebuild if it brought anything."""
        with self._polling:
            results = self.poll_due(say_all=False)
        if any(result.new or result.changed for result in results):
            self.build()

    def midnight_tick(self) -> None:
        """Spans and site follow when a policy day has begun."""
        if self.app.midnight_passed():
            self.app.refresh_spans()
            self.build()

    def site_tick(self) -> None:
        """The site follows what another process or machine wrote, and the day.

        Not in the middle of a poll: that builds when it has ended.
        """
        if not self._polling.locked() and self._shown != self.app.moment():
            self.build()

    def alert_tick(self) -> None:
        """Tell people what is new, as `notify.toml` and the environment say now."""
        done = self.app.notify(self.app.alert_plan(), on_gone=lambda _: self.watch.beat("alerts"))
        for target in done.began:
            said = f"Alerts: {target.name} is told what is new from now on"
            self.watch.say(said, what="alerts_began", target=target.name)
        if done.gone:
            counts = Counter(gone.outcome for gone in done.gone)
            said = ", ".join(f"{number} {outcome}" for outcome, number in sorted(counts.items()))
            lost = counts["refused"] + counts["waiting"]
            self.watch.say(
                f"Alerts: {said}",
                what="alerts",
                level="warning" if lost else "info",
                **counts,
            )

    def poll_due(self, *, say_all: bool) -> tuple[Polled, ...]:
        """Poll the feeds that are due; failures and news are told as they come."""

        def told(polled: Polled) -> None:
            self.watch.beat("feeds")
            self.watch.polled(polled, always=say_all)

        if self.listed is not None:
            # What was added or removed meanwhile counts from this tick on.
            try:
                self.sources = self.watch.sources = self.listed()
            except BadInput as error:
                said = f"{error}; the last list that read is polled"
                self.watch.say(said, what="unreadable", level="warning")
        results = self.app.ingest(self.sources, on_result=told)
        if results:
            failed = sum(result.outcome == "failed" for result in results)
            self.watch.say(summary_line(results), what="round", polled=len(results), failed=failed)
        return results

    def build(self) -> None:
        """Write the site. One at a time: two ticks may ask at once."""
        with self._building:
            moment = self.app.moment()
            with site_progress() as told:
                published = self.app.build(self.folder, progress=told, again=True)
            # Only now: a build that failed is made again at the next look.
            self._shown = moment
        self.watch.built(published, site_line(published))

    def told(self, job: str, error: Exception) -> None:
        """A tick went wrong: one line, and the next tick comes all the same."""
        self.watch.failed(job, error)
