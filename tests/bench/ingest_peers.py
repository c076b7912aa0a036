"""Who polls the feeds in the benchmark of ingestion: ours, `reader`, and bare fetching.

Owns how each is made ready and asked; all import what they need in a process of their own.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.soak.reckoning import size_of
from tracker.app import App
from tracker.config import Settings
from tracker.ingest.fetch import fetch, make_client
from tracker.ingest.sources import Source
from tracker.store.sql import SqlLedger

__all__ = ["FETCHING", "OURS", "READY", "peak_kib"]

OURS, FETCHING = "ours", "fetching alone"
_WORKERS = 4


def _ours(place: Path, urls: list[str]) -> Ready:
    url = f"sqlite:///{place}/ledger.db"
    app = App(Settings(home=place, database_url=url, allow_private=True))
    app.init()
    sources = [_source(number, feed) for number, feed in enumerate(urls)]

    def poll() -> None:
        for polled in app.ingest(sources, everything=True):
            if polled.error is not None:
                raise polled.error

    return poll, lambda: SqlLedger(app.engine).head().position


def _source(number: int, url: str) -> Source:
    return Source(
        id=f"feed-{number}",
        url=url,
        title="Feed",
        publisher="Publisher",
        language="en",
        country="US",
        official=False,
        interval_s=600,
    )


def _reader(workers: int) -> Callable[[Path, list[str]], Ready]:
    def ready(place: Path, urls: list[str]) -> Ready:
        from reader import make_reader

        reader = make_reader(str(place / "reader.sqlite"))
        for url in urls:
            reader.add_feed(url)
        return (
            lambda: reader.update_feeds(scheduled=False, workers=workers),
            lambda: int(reader.get_entry_counts().total),
        )

    return ready


def _fetching(_place: Path, urls: list[str]) -> Ready:
    """Our fetch alone, with the ETag of the last time; nothing is read or kept."""
    etags: dict[str, str | None] = {}
    client = make_client()

    def one(url: str) -> None:
        etags[url] = fetch(url, client=client, etag=etags.get(url), allow_private=True).etag

    def poll() -> None:
        with ThreadPoolExecutor(_WORKERS) as pool:
            list(pool.map(one, urls))

    return poll, lambda: -1


Ready = tuple[Callable[[], None], Callable[[], int]]
READY: dict[str, Callable[[Path, list[str]], Ready]] = {
    OURS: _ours,
    "reader, 4 workers": _reader(4),
    "reader, 1 worker": _reader(1),
    FETCHING: _fetching,
}
"""How each contender is made ready in a folder: what polls all, and what counts its items."""


def peak_kib(place: Path, urls: list[str]) -> int:
    """The most memory this process and its readers hold while they poll all twice, in KiB."""
    poll, _ = _ours(place, urls)
    over = threading.Event()
    sizes = [0]

    def watch() -> None:
        while not over.wait(0.02):
            sizes.append(size_of(os.getpid())["all_rss_kib"])

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        poll()
        poll()
    finally:
        over.set()
        watching.join()
    return max(sizes)
