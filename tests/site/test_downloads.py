"""What the site offers to be taken along is what it says it is."""

from __future__ import annotations

import html
import json
import re
import subprocess
from pathlib import Path

import jsonschema
import msgspec
import pytest

from tests.site.worlds import EVENTS, HOSTILE, MEASURES, TEMPLATES, TODAY, inputs, plain_world
from tracker.app.offering import tables_of
from tracker.core.codec import sha256
from tracker.core.events import Text
from tracker.core.world import World, world_of
from tracker.record.read import read_record
from tracker.record.tables import TABLES
from tracker.site.build import build
from tracker.site.pages import plan_pages
from tracker.site.render import render

ROOT = Path(__file__).resolve().parents[2]


def attacked() -> World:
    """As hostile as a ledger lets through, which holds no half characters."""
    text = Text(en=HOSTILE.replace("\ud800", ""))
    return world_of([msgspec.structs.replace(EVENTS[0], title=text), *EVENTS[1:]], MEASURES)


@pytest.fixture(scope="module", params=["plain", "hostile"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    world = plain_world() if request.param == "plain" else attacked()
    tables, files = tables_of(world, on=TODAY)
    folder = tmp_path_factory.mktemp("offered") / "site"
    build(inputs(world, tables=tables), templates=TEMPLATES, out=folder, extra=files)
    return folder


@pytest.mark.parametrize("code", ["", "es/", "fr/"])
def test_every_table_is_there_with_the_bytes_and_the_hash_that_the_page_names(
    site: Path, code: str
) -> None:
    place = site / code / "downloads"
    page = (place / "index.html").read_text(encoding="utf-8")
    named = dict(re.findall(r"<dt>([^<]+)</dt><dd><code>([0-9a-f]{64})</code>", page))
    forms = ("csv", "json", "schema.json")
    assert set(named) == {f"{table}.{form}" for table in TABLES for form in forms}
    for href, size in re.findall(
        r'href="([^"]+)">[^<]+<span class="vh"[^/]+/span></a>[^>]+>([^<]+)<', page
    ):
        body = (place / href).resolve().read_bytes()
        assert sha256(body) == named[href.rsplit("/", 1)[1]]
        assert int(re.sub(r"\D", "", html.unescape(size))) == len(body)
    told = subprocess.run(
        ["sha256sum", "-c", "--quiet", "SHA256SUMS"],
        cwd=site / "data" / "tables",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.returncode, told.stdout) == (0, "")


def test_every_table_fits_the_schema_beside_it() -> None:
    record = read_record(ROOT / "db" / "record")
    real = world_of(record.events, record.measures, known_until=TODAY)
    for world in (real, plain_world(), attacked()):
        offers, files = tables_of(world, on=TODAY)
        for offer in offers:
            rows = json.loads(files[f"data/tables/{offer.name}.json"])
            schema = json.loads(files[f"data/tables/{offer.name}.schema.json"])
            jsonschema.Draft202012Validator.check_schema(schema)
            checker = jsonschema.Draft202012Validator(
                schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
            )
            assert [error.message for error in checker.iter_errors(rows)] == []
            assert len(rows) == offer.rows
            broken = [{**rows[0], next(iter(rows[0])): None}] if rows else [{}]
            assert not checker.is_valid(broken)


def test_every_column_stands_in_the_dictionary_and_every_table_has_words(site: Path) -> None:
    for code in ("", "es/", "fr/"):
        page = (site / code / "downloads/columns/index.html").read_text(encoding="utf-8")
        for table in TABLES.values():
            assert f'<h2 id="t-{table.name}">' in page
            for column in table.columns:
                assert f"<code>{column}</code>" in page
        # A table that nobody has found words for would be told in English.
        about = re.findall(r'<h2 id="t-[^>]+>[^<]+</h2>\s*<p class="sub">(<span lang="en">)?', page)
        assert about == [""] * len(TABLES)


def test_without_tables_nothing_is_promised() -> None:
    files = dict(render(plan_pages(inputs()), TEMPLATES))
    assert "downloads/columns/index.html" not in files
    assert b"data/tables" not in files["downloads/index.html"]
