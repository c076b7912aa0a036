"""Feeds for the benchmark of ingestion, in a process of their own, as quick as may be.

Owns what the feeds hold and how they answer: `NUMBER` in the path is the feed,
an ETag tells its version, and `/news/N` gives each feed N items more. Bodies
are made beforehand, so that serving costs next to nothing.
"""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

__all__ = ["Feeds", "feeds_served"]

ITEMS = 30
_HOSTS = 8
_BASE = datetime(2026, 3, 1, 12, tzinfo=UTC)
_WORDS = (
    "The Commission has opened a review of the duty on steel and aluminium articles after a"
    " request by producers, and invites comments until the end of next month. Importers of goods"
    " that qualify under the agreement are not concerned by it. "
)


class Feeds:
    """Where the feeds are, from outside their process."""

    def __init__(self, urls: list[str], control: str) -> None:
        """`control` is the address of the server itself."""
        self.urls = urls
        self._control = control

    def news(self, items: int) -> None:
        """Let every feed have `items` items on top of its first thirty, from now on."""
        with urllib.request.urlopen(f"{self._control}/news/{items}") as answer:
            answer.read()


@contextmanager
def feeds_served(count: int) -> Iterator[Feeds]:
    """A process that serves `count` feeds."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.feed_server", str(count)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        if process.stdout is None:
            raise AssertionError("a pipe was asked for")
        hosts = process.stdout.readline().split()
        urls = [f"http://{hosts[number % len(hosts)]}/{number}" for number in range(count)]
        yield Feeds(urls, f"http://{hosts[0]}")
    finally:
        process.kill()
        process.communicate()


def body_of(number: int, news: int) -> bytes:
    """One feed with thirty items and the news, the newest first."""
    items = "".join(
        f"<item><title>Notice {number}.{item}: duty of {item % 50} per cent on widgets</title>"
        f"<link>https://feed{number}.example/notices/{item}?utm_source=rss</link>"
        f"<guid isPermaLink='false'>notice-{number}-{item}</guid>"
        f"<pubDate>{_BASE + timedelta(hours=item):%a, %d %b %Y %H:%M:%S} GMT</pubDate>"
        f"<description>&lt;p&gt;{_WORDS * 2}&lt;/p&gt;&lt;p&gt;Notice {item}.&lt;/p&gt;"
        "</description>"
        "<category>trade</category></item>\n"
        for item in range(ITEMS + news - 1, -1, -1)
    )
    return (
        "<?xml version='1.0' encoding='utf-8'?>\n<rss version='2.0'><channel>"
        f"<title>Feed {number}</title><link>https://feed{number}.example/</link>"
        f"<description>Notices of office {number}</description>\n{items}</channel></rss>"
    ).encode()


class _Server:
    def __init__(self, count: int) -> None:
        self._count = count
        self._made: dict[int, list[bytes]] = {}
        self._news = 0
        self._bodies(0)

    def _bodies(self, news: int) -> list[bytes]:
        if news not in self._made:
            self._made[news] = [body_of(number, news) for number in range(self._count)]
        return self._made[news]

    async def answer(self, asking: asyncio.StreamReader, telling: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        try:
            while True:
                head = await asking.readuntil(b"\r\n\r\n")
                telling.write(self._said(head))
                await telling.drain()
                if b"connection: close" in head.lower():
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            telling.close()

    def _said(self, head: bytes) -> bytes:
        path = head.split(b" ", 2)[1].decode().strip("/")
        if path.startswith("news/"):
            self._news = int(path.removeprefix("news/"))
            self._bodies(self._news)
            return b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        tag = f'"{self._news}"'.encode()
        if b"if-none-match: " + tag in head.lower():
            return b"HTTP/1.1 304 Not Modified\r\nETag: " + tag + b"\r\n\r\n"
        body = self._bodies(self._news)[int(path)]
        return (
            b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nETag: "
            + tag
            + b"\r\nContent-Length: %d\r\n\r\n" % len(body)
            + body
        )


async def _serve(count: int) -> None:
    server = _Server(count)
    hosts = []
    for number in range(1, _HOSTS + 1):
        listening = socket.socket()
        try:
            listening.bind((f"127.0.0.{number}", 0))
        except OSError:
            listening.close()  # some systems have one loopback address only
            continue
        await asyncio.start_server(server.answer, sock=listening)
        host, port = listening.getsockname()[:2]
        hosts.append(f"{host}:{port}")
    print(*hosts, flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1])))
