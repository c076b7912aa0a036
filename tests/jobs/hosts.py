"""Feeds of several hosts on loopback, which note who is asked at once and can keep all waiting."""

from __future__ import annotations

import sys
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.running.processes import DEADLINE_S, FEED

# A day of its own for each: many items of one instant are taken for a feed without dates.
_ITEM = (
    "<item><title>Item {n} of {name}</title><link>https://example.org/{name}/{n}</link>"
    "<guid>{name}-{n}</guid><pubDate>{day:02} Mar 2025 10:00:00 GMT</pubDate>"
    "<description>Text {n}</description></item>"
)


def _place(server: ThreadingHTTPServer) -> tuple[str, int]:
    host, port = server.server_address[:2]
    return str(host), port


class Hosts:
    """`hosts` of loopback addresses with `each` feeds of `items` items; every feed its own."""

    def __init__(self, *, hosts: int, each: int, items: int) -> None:
        self.items = items
        self.asked = threading.Semaphore(0)
        self.let_go = threading.Event()
        self.most_at_once: Counter[str] = Counter()
        self._now: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._servers = [self._serve(f"127.0.0.{number + 1}") for number in range(hosts)]
        self.feeds = {
            f"feed-{number}-{feed}": f"http://{host}:{port}/feed-{number}-{feed}"
            for number, (host, port) in enumerate(map(_place, self._servers))
            for feed in range(each)
        }

    def body(self, name: str) -> bytes:
        items = "\n".join(_ITEM.format(name=name, n=n, day=n + 1) for n in range(self.items))
        return FEED.format(items=items).encode()

    def _serve(self, host: str) -> ThreadingHTTPServer:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                with outer._lock:
                    outer._now[host] += 1
                    outer.most_at_once[host] = max(outer.most_at_once[host], outer._now[host])
                outer.asked.release()
                outer.let_go.wait(DEADLINE_S)
                # Before the answer: who has it may be asked the next thing at once.
                with outer._lock:
                    outer._now[host] -= 1
                body = outer.body(self.path.strip("/"))
                self.send_response(200)
                self.send_header("Content-Type", "application/rss+xml")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
                """Quiet."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request: object, client_address: object) -> None:
                """A client that was killed in mid-answer is what these tests are about."""
                if not isinstance(sys.exception(), ConnectionError):
                    super().handle_error(request, client_address)  # type: ignore[arg-type]  # as given

        server = Server((host, 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server

    def sources(self, file: Path) -> Path:
        """A sources file that lists all of them."""
        tables = [
            f'[[source]]\nid = "{name}"\nurl = "{url}"\ntitle = "{name}"\npublisher = "{name}"\n'
            f'language = "en"\ncountry = "CA"\nofficial = true\ninterval_s = 3600\n'
            for name, url in self.feeds.items()
        ]
        file.write_text("\n".join(tables), encoding="utf-8")
        return file

    def close(self) -> None:
        self.let_go.set()
        for server in self._servers:
            server.shutdown()
            server.server_close()
