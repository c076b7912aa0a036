"""Feeds that live: items come and are edited, and a share of the answers is spoilt on purpose.

Owns what was published and every way in which an answer goes wrong. It knows
nothing of the tracker; all times are seconds of the soak's own clock.
"""

from __future__ import annotations

import gzip
import json
import random
import socket
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from xml.sax.saxutils import escape

__all__ = ["FAULTS", "Feed", "Publisher"]

WINDOW = 40
"""So many items a feed shows, the newest first."""

BASE = datetime(2026, 3, 1, 12, tzinfo=UTC)
_EDITS = 0.1
_HOSTS = 8
_HOSTILE = b"<item><category>x</category>" * 30_000


@dataclass
class Item:
    """One item: its name and every title it has had."""

    guid: str
    titles: list[str]
    at: datetime


@dataclass
class Feed:
    """One feed. `kind` is how it is written, `manners` how it answers conditional requests."""

    number: int
    items: list[Item] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def kind(self) -> str:
        return ("rss", "atom", "json")[self.number % 3]

    @property
    def read_as(self) -> str:
        """The kind of source it is to the tracker."""
        return "json-feed" if self.kind == "json" else "feed"

    @property
    def manners(self) -> str:
        return ("etag", "none", "fickle", "etag")[self.number % 4]

    def publish(self, rng: random.Random) -> None:
        """A new item, or another title for one that is shown."""
        with self.lock:
            shown = self.items[-WINDOW:]
            if shown and rng.random() < _EDITS:
                item = rng.choice(shown)
                item.titles.append(f"{item.titles[0]}, edition {len(item.titles) + 1}")
                return
            count = len(self.items)
            title = f"Feed {self.number} on duty {count}: {rng.randrange(10, 60)} per cent"
            at = BASE + timedelta(minutes=20 * count)
            self.items.append(Item(f"feed-{self.number}-item-{count}", [title], at))

    def body(self) -> bytes:
        """The feed as it stands."""
        with self.lock:
            shown = [(i.guid, i.titles[-1], i.at) for i in reversed(self.items[-WINDOW:])]
        return _WRITERS[self.kind](self.number, shown)


_Shown = list[tuple[str, str, datetime]]


def _rss(number: int, shown: _Shown) -> bytes:
    items = "".join(
        f"<item><guid isPermaLink='false'>{guid}</guid><title>{escape(title)}</title>"
        f"<link>https://f{number}.example/{guid}</link>"
        f"<pubDate>{at:%d %b %Y %H:%M:%S} GMT</pubDate>"
        f"<description>&lt;p&gt;Of {guid}.&lt;/p&gt;</description></item>\n"
        for guid, title, at in shown
    )
    return (
        f"<?xml version='1.0'?><rss version='2.0'><channel><title>Feed {number}</title>"
        f"<link>https://f{number}.example/</link>{items}</channel></rss>"
    ).encode()


def _atom(number: int, shown: _Shown) -> bytes:
    items = "".join(
        f"<entry><id>{guid}</id><title>{escape(title)}</title><updated>{at.isoformat()}</updated>"
        f"<link href='https://f{number}.example/{guid}'/><summary>Of {guid}.</summary></entry>\n"
        for guid, title, at in shown
    )
    return (
        f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Feed {number}</title>"
        f"<id>urn:f{number}</id>{items}</feed>"
    ).encode()


def _json(number: int, shown: _Shown) -> bytes:
    items = [
        {"id": guid, "title": title, "url": f"https://f{number}.example/{guid}"}
        | {"content_text": f"Of {guid}.", "date_published": at.isoformat()}
        for guid, title, at in shown
    ]
    document = {"version": "https://jsonfeed.org/version/1.1", "title": f"Feed {number}"}
    return json.dumps(document | {"items": items}).encode()


_WRITERS: dict[str, Callable[[int, _Shown], bytes]] = {"rss": _rss, "atom": _atom, "json": _json}


class _Handler(BaseHTTPRequestHandler):
    server: _Server

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


def _reset(handler: _Handler, _feed: Feed) -> None:
    handler.close_connection = True


def _cut(handler: _Handler, feed: Feed) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    body = feed.body()
    handler.wfile.write(body[: len(body) // 2])
    handler.close_connection = True


def _half(handler: _Handler, feed: Feed) -> None:
    """Half a feed that says it is whole, with an ETag besides."""
    body = feed.body()
    handler.send(body[: 2 * len(body) // 3], etag='"half"')


def _drip(handler: _Handler, feed: Feed) -> None:
    """A body that takes a second and is whole in the end."""
    body = feed.body()
    handler.send_response(200)
    handler.end_headers()
    for at in range(0, len(body), 1 + len(body) // 5):
        handler.wfile.write(body[at : at + 1 + len(body) // 5])
        handler.server.stopping.wait(0.2)
    handler.close_connection = True


def _endless(handler: _Handler, _feed: Feed) -> None:
    handler.send_response(200)
    handler.end_headers()
    while not handler.server.stopping.is_set():
        handler.wfile.write(b"<!-- " + b"x" * 1_000_000)


def _hostile(handler: _Handler, _feed: Feed) -> None:
    handler.send(b"<rss version='2.0'><channel>" + _HOSTILE + b"</channel></rss>")


FAULTS: dict[str, Callable[[_Handler, Feed], None]] = {
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

_WEIGHTS = [0.1 if name in {"endless", "hostile"} else 1.0 for name in FAULTS]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, publisher: Publisher, host: str) -> None:
        super().__init__((host, 0), _Handler)
        self.publisher = publisher
        self.stopping = threading.Event()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who asks is killed in the middle now and then; that is no news."""


class Publisher:
    """Many feeds on a server of their own, with faults in a share of the answers."""

    def __init__(self, feeds: int, *, faults: float, seed: int) -> None:
        self.feeds = [Feed(number) for number in range(feeds)]
        self.share = faults
        self.faults: Counter[str] = Counter()
        self.asked = 0
        self.rng = random.Random(seed)  # noqa: S311 - not for secrets
        self._lock = threading.Lock()
        self._servers = [_Server(self, host) for host in _hosts()]
        self._threads = [
            threading.Thread(target=server.serve_forever, args=(0.05,)) for server in self._servers
        ]

    def start(self) -> None:
        """Serve, three items in each feed to begin with."""
        for feed in self.feeds:
            for _ in range(3):
                feed.publish(self.rng)
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Serve no longer."""
        for server in self._servers:
            server.stopping.set()
            server.shutdown()
            server.server_close()
        for thread in self._threads:
            thread.join()

    def url(self, feed: Feed) -> str:
        """The address of a feed; feeds are spread over the hosts."""
        host, port = self._servers[feed.number % len(self._servers)].server_address[:2]
        return f"http://{host!s}:{port}/{feed.number}"

    def fault(self) -> str:
        """How the next answer is spoilt; empty for not at all."""
        with self._lock:
            self.asked += 1
            if self.rng.random() >= self.share:
                return ""
            (found,) = self.rng.choices(list(FAULTS), _WEIGHTS)
            self.faults[found] += 1
        return found


def _hosts() -> list[str]:
    """Loopback addresses, several as publishers are, where this machine has more than one."""
    hosts = [f"127.0.0.{number}" for number in range(1, _HOSTS + 1)]
    try:
        with socket.socket() as trial:
            trial.bind((hosts[-1], 0))
    except OSError:
        return hosts[:1]
    return hosts
