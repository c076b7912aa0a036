"""Every way in which an answer goes wrong. Owns what is sent; when, is not decided here."""

from __future__ import annotations

import gzip
import random
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol

from tests.soak.feeds import Feed

__all__ = ["FAULTS", "WEIGHTS", "Handler", "Server"]

_HOSTILE = b"<item><category>x</category>" * 30_000


class Office(Protocol):
    """Who knows the feeds and decides which answers are spoilt."""

    feeds: list[Feed]

    def fault(self) -> str:
        """How the next answer is spoilt; empty for not at all."""
        ...


class Server(ThreadingHTTPServer):
    """Serves the feeds of an office on one loopback address."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, publisher: Office, host: str) -> None:
        super().__init__((host, 0), Handler)
        self.publisher = publisher
        self.stopping = threading.Event()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who asks is killed in the middle now and then; that is no news."""


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        publisher = self.server.publisher
        feed = publisher.feeds[int(self.path.strip("/"))]
        fault = publisher.fault()
        try:
            if fault:
                FAULTS[fault](self, feed)
            else:
                self.whole(feed)
        except OSError:
            self.close_connection = True

    def whole(self, feed: Feed) -> None:
        """The feed as it should be answered."""
        body = feed.body()
        tag = f'"{feed.number}-{hash(body)}"'
        if feed.manners == "etag" and self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.end_headers()
            return
        tags = {"etag": tag, "fickle": f'"{random.random()}"'}  # noqa: S311 - not for secrets
        self.send(body, etag=tags.get(feed.manners))

    def send(
        self, body: bytes, *, status: int = 200, etag: str | None = None, **headers: str
    ) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if etag:
            self.send_header("ETag", etag)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        pass


def _reset(handler: Handler, _feed: Feed) -> None:
    handler.close_connection = True


def _cut(handler: Handler, feed: Feed) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    body = feed.body()
    handler.wfile.write(body[: len(body) // 2])
    handler.close_connection = True


def _half(handler: Handler, feed: Feed) -> None:
    """Half a feed that says it is whole, with an ETag besides."""
    body = feed.body()
    handler.send(body[: 2 * len(body) // 3], etag='"half"')


def _drip(handler: Handler, feed: Feed) -> None:
    """A body that takes a second and is whole in the end."""
    body = feed.body()
    handler.send_response(200)
    handler.end_headers()
    for at in range(0, len(body), 1 + len(body) // 5):
        handler.wfile.write(body[at : at + 1 + len(body) // 5])
        handler.server.stopping.wait(0.2)
    handler.close_connection = True


def _endless(handler: Handler, _feed: Feed) -> None:
    handler.send_response(200)
    handler.end_headers()
    while not handler.server.stopping.is_set():
        handler.wfile.write(b"<!-- " + b"x" * 1_000_000)


def _hostile(handler: Handler, _feed: Feed) -> None:
    handler.send(b"<rss version='2.0'><channel>" + _HOSTILE + b"</channel></rss>")


FAULTS: dict[str, Callable[[Handler, Feed], None]] = {
    "500": lambda handler, _: handler.send(b"no", status=500),
    "503": lambda handler, _: handler.send(b"later", status=503, Retry_After="30"),
    "429": lambda handler, _: handler.send(b"later", status=429, Retry_After="60"),
    "304 unasked": lambda handler, _: handler.send(b"", status=304),
    "page": lambda handler, _: handler.send(b"<!doctype html><title>Are you human?</title>"),
    "empty": lambda handler, _: handler.send(b""),
    "gzip cut": lambda handler, feed: handler.send(
        gzip.compress(feed.body())[:-20], Content_Encoding="gzip"
    ),
    "file": lambda handler, _: handler.send(b"", status=302, Location="file:///etc/passwd"),
    "circle": lambda handler, _: handler.send(b"", status=301, Location=handler.path),
    "no connection": _reset,
    "cut": _cut,
    "half": _half,
    "drip": _drip,
    "endless": _endless,
    "hostile": _hostile,
}
"""The ways in which an answer is spoilt; the last two cost seconds and are rare."""

WEIGHTS = [0.1 if name in {"endless", "hostile"} else 1.0 for name in FAULTS]
