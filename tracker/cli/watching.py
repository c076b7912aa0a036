"""What a long-lived command shows of itself: its log, its metrics, its health.

Owns how the rooms' results become lines and numbers, and the paths /healthz and
/metrics. It does none of the work.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import ThreadingHTTPServer
from typing import TYPE_CHECKING, Literal

import click

from tracker.app import App
from tracker.errors import TrackerError
from tracker.ingest.run import Polled
from tracker.ingest.sources import Source
from tracker.observe.health import Pulse
from tracker.observe.logs import Log, forward_libraries, make_log
from tracker.observe.metrics import CONTENT_TYPE, Metrics
from tracker.schedule import Job
from tracker.site.serve import Live

if TYPE_CHECKING:
    from tracker.site.publish import Published

__all__ = ["Watch", "address_of", "host_option", "log_option", "open_watch", "serve_for_good"]

log_option = click.option(
    "--log-json", is_flag=True, help="Log one JSON object a line; TRACKER_LOG=json does, too."
)
host_option = click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Where to listen; 0.0.0.0 for other machines, in a container say.",
)


@dataclass
class Watch:
    """The log, the metrics and the pulse of one process. `sources` are those to be told of.

    `one_shot` is a command that ends: what it says is its answer, and must arrive.
    """

    app: App
    as_json: bool = False
    one_shot: bool = False
    sources: Sequence[Source] = ()
    pulse: Pulse = field(default_factory=Pulse)
    log: Log = field(init=False)
    metrics: Metrics = field(init=False)

    def __post_init__(self) -> None:
        self.log = make_log(as_json=self.as_json, now=self.app.clock.now, must_arrive=self.one_shot)
        self.metrics = Metrics(lambda: self.app.snapshot(self.sources, self.pulse.beats()))

    def say(
        self,
        sentence: str,
        *,
        what: str,
        level: Literal["info", "warning", "error"] = "info",
        **fields: object,
    ) -> None:
        """Tell the log; `what` is the stable word that a program finds the line by."""
        tell = {"info": self.log.info, "warning": self.log.warning, "error": self.log.error}
        tell[level](sentence, what=what, **fields)

    def job(self, name: str, every_s: float, run: Callable[[], None]) -> Job:
        """A job of the schedule whose ticks are watched from now on."""
        self.expect(name, every_s=every_s)

        def watched() -> None:
            self.beat(name)
            try:
                run()
            except Exception:
                self.metrics.ticked(name, ok=False)
                raise
            finally:
                self.beat(name)
            self.metrics.ticked(name, ok=True)

        return Job(name, every_s, watched)

    def expect(self, name: str, *, every_s: float) -> None:
        """Whoever looks at the health is told if that tick shows no life from now on."""
        self.pulse.expect(name, every_s=every_s, at=self.app.clock.now())

    def beat(self, name: str) -> None:
        """The tick of that name lives."""
        self.pulse.beat(name, self.app.clock.now())

    def failed(
        self, job: str, error: Exception, again: str = "it will be tried again at the next tick"
    ) -> None:
        """A tick went wrong: one line, and the next tick comes all the same."""
        what = str(error) if isinstance(error, TrackerError) else f"{type(error).__name__}: {error}"
        self.say(f"{job}: {what}; {again}", what="failed", level="error", job=job)

    def polled(self, polled: Polled, *, always: bool) -> None:
        """A feed was polled: counted, and told `always` or if there is something to tell."""
        self.metrics.polled(
            outcome=polled.outcome, new=polled.new, changed=polled.changed, bytes_=polled.bytes
        )
        if not (always or polled.outcome == "failed" or polled.new or polled.changed):
            return
        error = polled.error
        self.say(
            polled.line(),
            what="polled",
            source=polled.source.id,
            outcome=polled.outcome,
            new=polled.new,
            changed=polled.changed,
            bytes=polled.bytes,
            error=None if error is None else error.kind,
            next_due_at=polled.next_due_at,
        )

    def built(self, published: Published, line: str) -> None:
        """The site was built."""
        written, unchanged, removed = published.written, published.unchanged, published.removed
        self.metrics.built(
            written=written,
            unchanged=unchanged,
            removed=removed,
            at=self.app.clock.now().timestamp(),
        )
        self.say(line, what="built", written=written, unchanged=unchanged, removed=removed)

    def live(self) -> Live:
        """The paths that say how this process is."""
        return {"/healthz": self._healthz, "/metrics": self._metrics}

    def _healthz(self) -> tuple[HTTPStatus, str, bytes]:
        health = self.app.health(self.sources, self.pulse.beats())
        status = HTTPStatus.OK if health.well else HTTPStatus.SERVICE_UNAVAILABLE
        body = json.dumps(health.data, indent=2) + "\n"
        return status, "application/json; charset=utf-8", body.encode()

    def _metrics(self) -> tuple[HTTPStatus, str, bytes]:
        return HTTPStatus.OK, CONTENT_TYPE, self.metrics.text()


def open_watch(app: App, *, log_json: bool, one_shot: bool = False) -> Watch:
    """The watch of this process; what libraries have to say goes to its log from now on."""
    watch = Watch(app, as_json=log_json or app.settings.log_json, one_shot=one_shot)
    forward_libraries(watch.log)
    return watch


def serve_for_good(server: ThreadingHTTPServer) -> None:
    """Answer requests in the background until the process ends."""
    threading.Thread(target=server.serve_forever, name="site", daemon=True).start()


def address_of(server: ThreadingHTTPServer) -> str:
    """Where a server listens, as a URL."""
    host, port = server.server_address[:2]
    return f"http://{host if isinstance(host, str) else host.decode()}:{port}"
