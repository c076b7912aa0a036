"""The two commands that share polling among machines: scheduler and worker.

Owns their start and stop. A scheduler ends at once when it is told to, like
`tracker run`; a worker lets what it is fetching come to its end first, for a
while, and what it does not end is polled by another.
"""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import click

from tracker.app import App
from tracker.cli.session import open_app
from tracker.cli.stopping import leave_when_told
from tracker.cli.watching import (
    Watch,
    address_of,
    host_option,
    log_option,
    open_watch,
    serve_for_good,
)
from tracker.ingest.run import Polled
from tracker.schedule import Ticker
from tracker.site.serve import make_watch_server

__all__ = ["scheduler_command", "worker_command"]

MIDNIGHT_TICK_S = 30
_ALIVE_S = 5

_sources = click.option(
    "--sources", "file", type=click.Path(path_type=Path), help="Another list of feeds (TOML)."
)
_watch = click.option(
    "--watch-port", type=click.IntRange(0, 65_535), help="Answer /healthz and /metrics there."
)


def _begin(app: App, file: Path | None, host: str, port: int | None, *, log_json: bool) -> Watch:
    """What both do before their work: queue there, list read, watch open.

    Raises: BadInput, NotInitialised, OperationFailed.
    """
    app.queue.require()
    watch = open_watch(app, log_json=log_json)
    watch.sources = app.sources(file)
    if port is not None:
        server = make_watch_server(watch.live(), host=host, port=port)
        serve_for_good(server)
        address = address_of(server)
        watch.say(f"Health on {address}/healthz", what="serving", address=address)
    return watch


@click.command("scheduler")
@_sources
@click.option(
    "--every",
    type=click.FloatRange(0.1, 3600),
    default=60,
    show_default=True,
    help="Seconds between two looks at what is due.",
)
@click.option(
    "--stalled-after",
    type=click.FloatRange(1, 86_400),
    default=60,
    show_default=True,
    help="Seconds without a sign of life after which a worker's jobs are given to others.",
)
@_watch
@host_option
@log_option
def scheduler_command(
    *,
    file: Path | None,
    every: float,
    stalled_after: float,
    watch_port: int | None,
    host: str,
    log_json: bool,
) -> None:
    """Share out the feeds that are due, for workers on any machine to poll.

    Needs a ledger on PostgreSQL; `tracker init` makes the queue beside it. Run
    one, or several for when one fails: each feed is shared out once. It also
    keeps the tables for SQL up to date at midnight in New York. Ctrl-C stops it.
    """
    leave_when_told()
    with open_app() as app:
        watch = _begin(app, file, host, watch_port, log_json=log_json)

        def share() -> None:
            watch.sources = app.sources(file)
            done = app.share(watch.sources, stalled_after_s=stalled_after)
            if done.shared or done.taken_back:
                back = f", {done.taken_back} taken back from workers that died"
                watch.say(
                    f"Queue: {done.shared} feeds shared out, {done.waiting} waiting already"
                    + (back if done.taken_back else ""),
                    what="shared",
                    shared=done.shared,
                    waiting=done.waiting,
                    taken_back=done.taken_back,
                )

        def midnight() -> None:
            if app.midnight_passed():
                app.refresh_spans()

        app.midnight_passed()
        jobs = (
            watch.job("feeds", every, share),
            watch.job("midnight", MIDNIGHT_TICK_S, midnight),
        )
        ticker = Ticker(jobs, on_error=watch.failed)
        watch.say(f"Scheduling on {app.place} (Ctrl-C stops it)", what="started")
        jobs[0].run()
        ticker.start()
        threading.Event().wait()


@click.command("worker")
@_sources
@click.option(
    "--concurrency",
    type=click.IntRange(1, 64),
    default=4,
    show_default=True,
    help="How many feeds it polls at once; of one host, one, whoever polls.",
)
@click.option(
    "--heartbeat",
    type=click.FloatRange(0.1, 3600),
    default=10,
    show_default=True,
    help="Seconds between two signs of life; well below the scheduler's --stalled-after.",
)
@_watch
@host_option
@log_option
def worker_command(
    *,
    file: Path | None,
    concurrency: int,
    heartbeat: float,
    watch_port: int | None,
    host: str,
    log_json: bool,
) -> None:
    """Poll what schedulers share out, on as many machines as you like.

    Needs a ledger on PostgreSQL and the list of feeds that the scheduler has.
    What it brings enters the ledger as with `tracker ingest`. It may be killed
    at any time: nothing is lost or doubled, another polls the feed. Ctrl-C or
    SIGTERM: it takes nothing more, ends what it is doing (ten seconds at most).
    """
    leave_when_told()
    with open_app() as app:
        watch = _begin(app, file, host, watch_port, log_json=log_json)
        _work(app, watch, file, concurrency, heartbeat)
        leave_when_told()  # the signals were the worker's meanwhile
    click.echo("Stopped.")
    sys.stdout.flush()
    # A fetch that outlasted the grace runs in a thread that nobody waits for.
    os._exit(0)


def _work(app: App, watch: Watch, file: Path | None, concurrency: int, heartbeat_s: float) -> None:
    """Take jobs until told to stop."""
    watch.expect("worker", every_s=_ALIVE_S)

    def told(polled: Polled) -> None:
        watch.polled(polled, always=False)

    with app.tools() as tools:
        watch.say(f"Working on {app.place} (Ctrl-C stops it)", what="started")
        app.work(
            poll=lambda source: app.poll_shared(source, app.sources(file), told=told, tools=tools),
            failed=watch.failed,
            lost=lambda error: watch.failed("worker", error, "it looks again in a few seconds"),
            alive=lambda: watch.beat("worker"),
            concurrency=concurrency,
            heartbeat_s=heartbeat_s,
        )
