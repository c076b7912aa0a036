"""The long-lived commands of one machine: serve, and run, which does all of it for good.

Owns start and stop. Ctrl-C and SIGTERM end either within seconds and
with exit status 0, whatever is going on: the ledger only ever holds whole
batches, and pages are put in place whole, so there is nothing to wait for.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import click

from tracker.app import App
from tracker.cli.runner import POLL_TICK_S, Runner
from tracker.cli.session import base_url_option, open_app, zip_option
from tracker.cli.stopping import leave_when_told
from tracker.cli.watching import (
    Watch,
    address_of,
    host_option,
    log_option,
    open_watch,
    serve_for_good,
)
from tracker.errors import BadInput
from tracker.ingest.sources import Source
from tracker.schedule import Ticker
from tracker.site.serve import check_port, make_server

__all__ = ["POLL_TICK_S", "Runner", "run_command", "serve_command"]

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


def _serve(watch: Watch, folder: Path, host: str, port: int) -> None:
    server = make_server(folder, host=host, port=port, live=watch.live())
    serve_for_good(server)
    address = address_of(server)
    watch.say(f"Site on {address} (Ctrl-C stops it)", what="serving", address=address)


def _listed(app: App, file: Path | None) -> Sequence[Source]:
    """The feeds to tell the health of; none if the list does not read: nobody polls them here."""
    try:
        return app.sources(file)
    except BadInput:
        return ()


@click.command("serve")
@_port
@host_option
@_out
@log_option
def serve_command(*, port: int, host: str, out: Path | None, log_json: bool) -> None:
    """Serve the built site on 127.0.0.1, and nothing else.

    No polling, no building: `tracker build` in another terminal changes what is
    served. /healthz and /metrics are answered, too. Ctrl-C stops it.
    """
    leave_when_told()
    with open_app() as app:
        watch = open_watch(app, log_json=log_json)
        watch.sources = _listed(app, None)
        _serve(watch, out or app.settings.site, host, port)
        _wait_for_ever()


@click.command("run")
@_port
@host_option
@_out
@click.option(
    "--sources", "file", type=click.Path(path_type=Path), help="Another list of feeds (TOML)."
)
@click.option("--no-poll", is_flag=True, help="Poll no feed: only the record and the site.")
@base_url_option
@zip_option
@log_option
def run_command(
    *,
    port: int,
    host: str,
    out: Path | None,
    file: Path | None,
    no_poll: bool,
    base_url: str | None,
    archive: bool,
    log_json: bool,
) -> None:
    """Everything, for good: ledger, record, feeds, site, scheduler and server.

    Makes the ledger if it is not there, loads the record, polls the feeds that
    are due, builds the site, then keeps doing so: feeds on their own schedule,
    the site when something is new, whoever wrote it, and at each midnight in New
    York, because state changes on its day without any event. /healthz and
    /metrics on the same port say how it is doing. Ctrl-C stops it cleanly.
    """
    leave_when_told()
    with open_app(base_url=base_url, archive=archive) as app:
        folder = out or app.settings.site
        sources = () if no_poll else app.sources(file)
        watch = open_watch(app, log_json=log_json)
        watch.sources = sources or _listed(app, file)
        listed = None if no_poll else lambda: app.sources(file)
        runner = Runner(app, folder, sources, listed, watch)
        # To find the port busy after minutes of work would be rude.
        check_port(port, host=host)
        runner.prepare()
        ticker = Ticker(runner.jobs(), on_error=runner.told)
        _serve(watch, folder, host, port)
        ticker.start()
        _wait_for_ever()
