"""Real processes of the command line, their output line by line, and feeds they can poll."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

DEADLINE_S = 60


@dataclass
class Running:
    """A `tracker` process whose output can be waited for."""

    process: subprocess.Popen[str]
    lines: queue.Queue[str | None] = field(default_factory=queue.Queue)
    seen: list[str] = field(default_factory=list)
    reader: threading.Thread = field(init=False)

    def __post_init__(self) -> None:
        self.reader = threading.Thread(target=self._pump, daemon=True)
        self.reader.start()

    def _pump(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as output:
            for line in output:
                self.lines.put(line.rstrip("\n"))
        self.lines.put(None)

    def wait_for(self, text: str) -> str:
        """The next line that holds `text`; fails if the process ends or says nothing first."""
        while True:
            line = self.lines.get(timeout=DEADLINE_S)
            assert line is not None, f"it ended without {text!r}: {self.seen}"
            self.seen.append(line)
            if text in line:
                return line

    def signal(self, number: signal.Signals) -> int:
        """Send a signal and answer the exit status."""
        self.process.send_signal(number)
        return self.process.wait(timeout=DEADLINE_S)


def environment(home: Path, **more: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "TRACKER_HOME": str(home), "PYTHONUNBUFFERED": "1", **more}


@contextmanager
def tracker(home: Path, *arguments: str, **env: str) -> Iterator[Running]:
    """Start `tracker ARGUMENTS` on a workspace; it is gone when the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tracker", *arguments],
        env=environment(home, **env),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    running = Running(process)
    try:
        yield running
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(timeout=DEADLINE_S)
        running.reader.join(timeout=DEADLINE_S)


def call(home: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run `tracker ARGUMENTS` to its end."""
    return subprocess.run(
        [sys.executable, "-m", "tracker", *arguments],
        env=environment(home, **env),
        capture_output=True,
        text=True,
        timeout=DEADLINE_S,
        check=False,
    )


def get(url: str) -> tuple[int, str]:
    """Status and body of a page on loopback."""
    with urllib.request.urlopen(url, timeout=DEADLINE_S) as answer:
        return answer.status, answer.read().decode()


FEED = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Feed</title><link>https://example.org/</link>
<description>d</description>
{items}
</channel></rss>"""
ITEM = (
    "<item><title>Item {n}</title><link>https://example.org/{n}</link><guid>g{n}</guid>"
    "<pubDate>Mon, 03 Mar 2025 10:00:00 GMT</pubDate><description>Text {n}</description></item>"
)


class FeedServer:
    """Feeds of `items` items on loopback; can hold a request until told to let it go."""

    def __init__(self, items: int = 20) -> None:
        self.body = FEED.format(items="\n".join(ITEM.format(n=n) for n in range(items))).encode()
        self.asked = threading.Semaphore(0)
        self.let_go = threading.Event()
        self.let_go.set()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.release()
                outer.let_go.wait(DEADLINE_S)
                if self.path == "/page":
                    self._answer(b"<!doctype html><html><body>Hello</body></html>", "text/html")
                elif self.path == "/empty":
                    self._answer(b"", "application/rss+xml")
                else:
                    self._answer(outer.body, "application/rss+xml")

            def _answer(self, body: bytes, media_type: str) -> None:
                self.send_response(200)
                self.send_header("Content-Type", media_type)
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

        self._server = Server(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def sources(self, file: Path, *names: str) -> Path:
        """A sources file that lists a feed for each name, at /NAME."""
        tables = [
            f'[[source]]\nid = "{name}"\nurl = "{self.address}/{name}"\ntitle = "{name}"\n'
            f'publisher = "{name}"\nlanguage = "en"\ncountry = "CA"\nofficial = true\n'
            f"interval_s = 3600\n"
            for name in names
        ]
        file.write_text("\n".join(tables), encoding="utf-8")
        return file

    def close(self) -> None:
        self.let_go.set()
        self._server.shutdown()
        self._server.server_close()
