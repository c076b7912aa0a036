"""Where the address of the site is known: canonical links, a map for crawlers; nothing without."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.conftest import run_in_process
from tests.site.conftest import Files
from tests.site.test_render import Tags
from tests.site.worlds import TEMPLATES, inputs, xml
from tracker.config import Settings, public_address
from tracker.errors import BadInput
from tracker.site.build import build

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
BASE = "https://example.org/trade&co"


@pytest.fixture(scope="module")
def based(tmp_path_factory: pytest.TempPathFactory) -> Files:
    out = tmp_path_factory.mktemp("based")
    build(inputs(base_url=BASE), templates=TEMPLATES, out=out)
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file()
    }


def pages(files: Files) -> set[str]:
    found = {path for path in files if path.endswith(".html")}
    return {path for path in found if "404.html" not in path and "embed/" not in path}


def test_the_map_names_every_page_once_with_its_other_languages(based: Files) -> None:
    listed = {}
    for url in xml(based["sitemap.xml"]).findall(f"{MAP}url"):
        there = url.findtext(f"{MAP}loc") or ""
        assert there not in listed
        links = {link.get("hreflang"): link.get("href") or "" for link in url.findall(LINK)}
        listed[there] = links
        assert set(links) == {"en", "es", "fr", "x-default"}
        assert links["x-default"] == links["en"]
        assert there in links.values()
    assert {there.removeprefix(f"{BASE}/") for there in listed} == pages(based)
    for there, links in listed.items():
        # Each language leads back: crawlers believe no one-sided word.
        assert all(listed[other] == links for other in links.values()), there
    assert based["robots.txt"].decode().splitlines()[-1] == f"Sitemap: {BASE}/sitemap.xml"


def test_every_page_says_where_it_is_and_no_lost_one_does(based: Files) -> None:
    for path in pages(based):
        body = based[path].decode()
        (said,) = re.findall(r'<link rel="canonical" href="([^"]+)">', body)
        assert said == f"{BASE}/{path}".replace("&", "&amp;")
    for folder in ("", "es/", "fr/"):
        assert b"canonical" not in based[f"{folder}404.html"]


def test_a_shared_link_has_a_picture_that_is_what_is_said_of_it(based: Files) -> None:
    for path in pages(based):
        tags = Tags(based[path]).found
        said = {a["property"]: a["content"] for tag, a in tags if tag == "meta" and "property" in a}
        code = path[:2] if path.startswith(("es/", "fr/")) else "en"
        picture = f"static/card-{code}.png"
        assert said["og:image"] == f"{BASE}/{picture}", path
        assert ("meta", {"name": "twitter:card", "content": "summary_large_image"}) in tags
        assert said["og:image:type"] == "image/png"
        body = based[picture]
        signature, length, name, width, height = struct.unpack(">8sI4sII", body[:24])
        assert (signature, length, name) == (b"\x89PNG\r\n\x1a\n", 13, b"IHDR")
        assert (said["og:image:width"], said["og:image:height"]) == (f"{width}", f"{height}")
        assert (width, height) == (1200, 630)
        assert len(body) < 40_000
        assert {"en": "Mexico", "es": "México", "fr": "Mexique"}[code] in (
            said["og:image:alt"] or ""
        )


def test_without_an_address_nothing_is_made_up(files: Files, tmp_path: Path) -> None:
    build(inputs(), templates=TEMPLATES, out=tmp_path)
    assert not (tmp_path / "sitemap.xml").exists()
    assert not (tmp_path / "robots.txt").exists()
    assert not list(tmp_path.rglob("*.png"))
    for path, body in files.items():
        assert b"canonical" not in body, path
        assert b"og:image" not in body, path
        assert b"summary_large_image" not in body, path
        if path.endswith((".atom", ".ics")):
            assert b'rel="self"' not in body
            assert b"\nURL" not in body


BAD = [
    "example.org",
    "ftp://example.org/",
    "https://",
    "https:///trade",
    "https://user:secret@example.org",
    "https://example.org/?a=1",
    "https://example.org/#x",
    "https://example.org/a b",
    "https://example.org/a/../b",
    'https://example.org/"><script>',
    "https://exämple.org",
    "https://example.org:port",
    "https://example.org:99999",
    "https://[::1",
    "https://example.org\n.evil.example",
    "javascript:alert(1)",
    " ",
]


@pytest.mark.parametrize("url", BAD)
def test_an_address_that_is_none_is_told_in_a_line(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_HOME", str(tmp_path))
    for command in ("build", "run"):
        ran = run_in_process(command, "--base-url", url)
        assert (ran.status, ran.out) == (2, "")
        assert "--base-url is " in ran.err
        assert "https://example.org/trade" in ran.err
        assert "secret" not in ran.err
        assert len(ran.err.strip().splitlines()) == 1
    assert not list(tmp_path.iterdir())
    if url.strip():
        with pytest.raises(BadInput, match="TRACKER_BASE_URL is "):
            Settings.from_environment({"TRACKER_BASE_URL": url})


def test_an_address_is_kept_without_its_last_slash() -> None:
    said = {"TRACKER_BASE_URL": " http://127.0.0.1:8000/trade/ "}
    assert Settings.from_environment(said).base_url == "http://127.0.0.1:8000/trade"
    assert public_address("https://xn--exmple-cua.org", "x") == "https://xn--exmple-cua.org"
    assert Settings.from_environment({}).base_url is None


@given(st.text(max_size=30))
def test_whatever_is_typed_gives_an_address_or_a_line(text: str) -> None:
    try:
        kept = public_address(f"https://{text}", "--base-url")
    except BadInput:
        return
    assert re.fullmatch(r"https://[^\s\"<>?#]*[^/\s\"<>?#]", kept)


def test_the_option_wins_over_the_variable_and_reaches_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_HOME", str(tmp_path))
    monkeypatch.delenv("TRACKER_DATABASE_URL", raising=False)
    monkeypatch.setenv("TRACKER_BASE_URL", "https://one.example")
    assert run_in_process("init").status == 0
    feed = tmp_path / "site" / "es" / "feed.atom"
    for said, base in (((), "https://one.example"), (("--base-url", BASE), BASE)):
        ran = run_in_process("build", *said)
        assert ran.status == 0, ran.err
        links = xml(feed.read_bytes()).iter("{http://www.w3.org/2005/Atom}link")
        assert f"{base}/es/feed.atom" in {link.get("href") for link in links}
        assert f"Sitemap: {base}/sitemap.xml" in (tmp_path / "site/robots.txt").read_text()
    monkeypatch.delenv("TRACKER_BASE_URL")
    assert run_in_process("build").status == 0
    assert not (tmp_path / "site/sitemap.xml").exists()
    assert b"one.example" not in feed.read_bytes()
