"""A web server on the loopback interface that misbehaves on request."""

from __future__ import annotations

import gzip
import ssl
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


@dataclass
class Answer:
    """A plain answer. `etag` makes it conditional; `length` False leaves the length out."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    etag: str | None = None
    length: bool = True


Route = Answer | Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        self.server.seen.append((self.path, dict(self.headers)))
        self.server.asked.set()
        route = self.server.routes.get(self.path, Answer(status=404))
        try:
            if callable(route):
                route(self)
            else:
                self.answer(route)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def answer(self, answer: Answer) -> None:
        if answer.etag is not None and self.headers.get("If-None-Match") == answer.etag:
            self.send_response(304)
            self.end_headers()
            return
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.etag is not None:
            self.send_header("ETag", answer.etag)
        if answer.length:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def drip(self, piece: bytes) -> None:
        """Send `piece` now and then until the other side or the test has enough."""
        while not self.server.stopping.wait(0.02):
            self.wfile.write(piece)
            self.wfile.flush()

    def log_message(self, *args: Any) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.routes: dict[str, Route] = {}
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.stopping = threading.Event()
        self.asked = threading.Event()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients of these tests hang up in the middle; that is no news."""


class FeedServer:
    """Routes by path, on a port of its own."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._server = _Server()
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def seen(self) -> list[tuple[str, dict[str, str]]]:
        """Path and headers of every request so far."""
        return self._server.seen

    @property
    def asked(self) -> threading.Event:
        """Set once the first request has come."""
        return self._server.asked

    def url(self, path: str = "/feed") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def serve(self, route: Route | bytes, path: str = "/feed") -> str:
        """Serve it at `path`; bytes are a feed. Answers its address."""
        made = Answer(route, headers=XML) if isinstance(route, bytes) else route
        self._server.routes[path] = made
        return self.url(path)

    def redirect(self, path: str, to: str, status: int = 302) -> str:
        return self.serve(Answer(status=status, headers={"Location": to}), path)


XML = {"Content-Type": "application/rss+xml; charset=utf-8"}
MEGABYTE = b"<!-- " + b"x" * 999_990 + b" -->"


def endless(handler: Handler) -> None:
    """Fifty megabytes, made as they are sent."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(50):
        handler.wfile.write(MEGABYTE)


def slow_head(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    handler.drip(b"z")


def slow_body(handler: Handler) -> None:
    """A body without a length, which ends where the connection ends."""
    handler.send_response(200)
    handler.end_headers()
    handler.wfile.write(b"<rss version='2.0'><channel><title>Slow</title>")
    handler.drip(b" ")


def silent(handler: Handler) -> None:
    handler.server.stopping.wait()


def cut_short(handler: Handler) -> None:
    """Announces more than it sends."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"<rss version='2.0'>")


def gzip_bomb() -> Answer:
    """About a hundred kilobytes that unfold into a hundred megabytes."""
    member = gzip.compress(b"\0" * 10_000_000, compresslevel=9)
    return Answer(member * 10, headers={**XML, "Content-Encoding": "gzip"})
