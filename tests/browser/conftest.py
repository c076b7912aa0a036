"""A real browser on the built site: the shipped record, and a made-up world full of attacks."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.site.worlds import ROOT, TEMPLATES, hostile_world, inputs
from tracker.app.offering import tables_of
from tracker.core.world import World, world_of
from tracker.record.read import read_record
from tracker.site.build import build
from tracker.site.documents import METHODS
from tracker.site.model import SiteInputs
from tracker.site.serve import make_server

TODAY = date(2026, 11, 23)
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Site:
    """A built site: its folder, and the address it is served at, with a final slash."""

    folder: Path
    address: str

    def pages(self) -> dict[str, str]:
        """The address of one page of each kind, the fullest of its kind."""
        kinds: dict[str, Path] = {}
        for path in sorted(self.folder.rglob("*.html")):
            parts = path.relative_to(self.folder).parts
            if "embed" in parts:  # no pages of their own; see test_cards
                continue
            kind = f"{parts[0]}/…" if len(parts) > 2 else "/".join(parts)
            if kind not in kinds or path.stat().st_size > kinds[kind].stat().st_size:
                kinds[kind] = path
        return {
            kind: self.address + path.relative_to(self.folder).as_posix()
            for kind, path in kinds.items()
        }


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for one module: while it runs, a loop runs in this thread and others cannot."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        path = found or playwright.chromium.executable_path
        if not Path(path).is_file():
            pytest.fail(
                "no browser was found: run `sh tests/browser/install.sh`, or install chromium",
                pytrace=False,
            )
        running = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()


def recorded() -> World:
    record = read_record(ROOT / "db" / "record")
    return world_of(record.events, record.measures, known_until=TODAY)


@contextmanager
def served(folder: Path, made: SiteInputs, *, tables: bool = True) -> Iterator[str]:
    """Build the site into the folder and serve it; the address ends in a slash."""
    files: Mapping[str, bytes] = {}
    if tables:
        offers, files = tables_of(made.world, on=made.today)
        made = replace(made, tables=offers)
    build(made, templates=TEMPLATES, out=folder, extra=files)
    server = make_server(folder, port=0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="session")
def record_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site of the shipped record; built once, for all modules that only look at it."""
    folder = tmp_path_factory.mktemp("record") / "site"
    names = ("accuracy", "verification", *METHODS.values())
    documents = {name: (ROOT / f"docs/{name}.md").read_text(encoding="utf-8") for name in names}
    with served(folder, inputs(recorded(), today=TODAY, documents=documents)) as address:
        yield Site(folder, address)


@pytest.fixture(scope="session")
def attacks_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("attacks") / "site"
    # The made-up attacks hold half characters, which no ledger lets in and no table can hold.
    with served(folder, inputs(hostile_world()), tables=False) as address:
        yield Site(folder, address)


@pytest.fixture(params=["record", "attacks"])
def site(request: pytest.FixtureRequest) -> Site:
    found = request.getfixturevalue(f"{request.param}_site")
    assert isinstance(found, Site)
    return found
