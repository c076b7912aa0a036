"""The long-lived commands: serve, and run, which does all of it for good.

Owns start and stop. Ctrl-C and SIGTERM end either within seconds and
with exit status 0, whatever is going on: the ledger only ever holds whole
batches, and pages are put in place whole, so there is nothing to wait for.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import ThreadingHTTPServer
from pathlib import Path

import click

from tracker.app import App
from tracker.cli.keeping import site_line, site_progress, summary_line
from tracker.cli.session import open_app
from tracker.cli.stopping import leave_when_told
from tracker.errors import BadInput, TrackerError
from tracker.ingest.run import Polled
from tracker.ingest.sources import Source
from tracker.schedule import Job, Ticker
from tracker.site.serve import check_port, make_server

__all__ = ["Runner", "run_command", "serve_command"]

POLL_TICK_S = 60
MIDNIGHT_TICK_S = 30

_port = click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8000,
    envvar="PORT",
    show_default=True,
    show_envvar=True,
    help="0 takes any free one.",
)
_out = click.option("--out", type=click.Path(path_type=Path), help="Where the site stands.")


def _wait_for_ever() -> None:
    never = threading.Event()
    while not never.wait(3600):
        pass


def _serve_in_background(folder: Path, port: int) -> ThreadingHTTPServer:
    server = make_server(folder, port=port)
    threading.Thread(target=server.serve_forever, name="site", daemon=True).start()
    return server


def _address(server: ThreadingHTTPServer) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}"


@click.command("serve")
@_port
@_out
def serve_command(*, port: int, out: Path | None) -> None:
    """Serve the built site on 127.0.0.1, and nothing else.

    No polling, no building: `tracker build` in another terminal changes what is
    served. Ctrl-C stops it.
    """
    leave_when_told()
    with open_app() as app:
        folder = out or app.settings.site
        server = _serve_in_background(folder, port)
        click.echo(f"Site on {_address(server)} (Ctrl-C stops it)")
        _wait_for_ever()


@click.command("run")
@_port
@_out
@click.option(
    "--sources", "file", type=click.Path(path_type=Path), help="Another list of feeds (TOML)."
)
@click.option("--no-poll", is_flag=True, help="Poll no feed: only the record and the site.")
def run_command(*, port: int, out: Path | None, file: Path | None, no_poll: bool) -> None:
    """Everything, for good: ledger, record, feeds, site, scheduler and server.

    Makes the ledger if it is not there, loads the record, polls the feeds that
    are due, builds the site, then keeps doing so: feeds on their own schedule,
    the site when something is new and at each midnight in New York, because
    state changes on its day without any event. Ctrl-C stops it cleanly.
    """
    leave_when_told()
    with open_app() as app:
        folder = out or app.settings.site
        sources = () if no_poll else app.sources(file)
        runner = Runner(app, folder, sources, None if no_poll else lambda: app.sources(file))
        # To find the port busy after minutes of work would be rude.
        check_port(port)
        runner.prepare()
        server = _serve_in_background(folder, port)
        ticker = Ticker(runner.jobs(), on_error=runner.told)
        ticker.start()
        click.echo(f"Site on {_address(server)} (Ctrl-C stops it)")
        _wait_for_ever()


def say(text: str, *, err: bool = False) -> None:
    """Tell the log, if it still listens: a tick must not fail because its reader has gone."""
    with suppress(OSError):
        click.echo(text, err=err)


@dataclass
class Runner:
    """What `run` does at start and at each tick."""

    app: App
    folder: Path
    sources: Sequence[Source]
    listed: Callable[[], Sequence[Source]] | None = None
    _building: threading.Lock = field(default_factory=threading.Lock)

    def prepare(self) -> None:
        """Ledger, record, one poll of what is due, site: each told in a line."""
        made = self.app.init()
        say(f"Ledger: {'made' if made else 'found'}, {self.app.place}")
        loaded = self.app.load()
        say(
            f"Record: {loaded.events} events, {loaded.provisions} provisions; "
            f"{loaded.appended} new ledger entries"
        )
        self.app.midnight_passed()
        if self.sources:
            say(f"Feeds: asking those of {len(self.sources)} that are due ...")
            self.poll_due(say_all=True)
        self.build()

    def jobs(self) -> tuple[Job, ...]:
        """The ticks: feeds that are due, and the policy midnight."""
        midnight = Job("midnight", MIDNIGHT_TICK_S, self.midnight_tick)
        feeds = Job("feeds", POLL_TICK_S, self.poll_tick)
        return (midnight, feeds) if self.sources else (midnight,)

    def poll_tick(self) -> None:
        """Poll what is due and rebuild if it brought anything."""
        if any(result.new or result.changed for result in self.poll_due(say_all=False)):
            self.build()

    def midnight_tick(self) -> None:
        """Spans and site follow when a policy day has begun."""
        if self.app.midnight_passed():
            self.app.refresh_spans()
            self.build()

    def poll_due(self, *, say_all: bool) -> tuple[Polled, ...]:
        """Poll the feeds that are due; failures and news are told as they come."""

        def told(polled: Polled) -> None:
            if say_all or polled.outcome == "failed" or polled.new or polled.changed:
                say(polled.line())

        if self.listed is not None:
            # What was added or removed meanwhile counts from this tick on.
            try:
                self.sources = self.listed()
            except BadInput as error:
                say(f"{error}; the last list that read is polled", err=True)
        results = self.app.ingest(self.sources, on_result=told)
        if results:
            say(summary_line(results))
        return results

    def build(self) -> None:
        """Write the site. One at a time: two ticks may ask at once."""
        with self._building, site_progress() as told:
            published = self.app.build(self.folder, progress=told)
        say(site_line(published))

    def told(self, job: str, error: Exception) -> None:
        """A tick went wrong: one line, and the next tick comes all the same."""
        what = str(error) if isinstance(error, TrackerError) else f"{type(error).__name__}: {error}"
        say(f"{job}: {what}; it will be tried again at the next tick", err=True)
