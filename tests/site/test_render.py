"""Pages as bytes: escaping, data, the feed, what is refused."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from tests.site.conftest import Files
from tests.site.worlds import TEMPLATES, inputs, xml
from tracker.errors import OperationFailed
from tracker.site.model import Page
from tracker.site.pages import plan_pages
from tracker.site.render import render

ATOM = "{http://www.w3.org/2005/Atom}"
SCRIPTED = ("compare/any.html", "on/index.html", "search/index.html")


class Tags(HTMLParser):
    def __init__(self, body: bytes) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(body.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def html(files: Files) -> dict[str, bytes]:
    return {path: body for path, body in files.items() if path.endswith(".html")}


def test_hostile_text_stays_text_on_every_page(hostile_files: Files) -> None:
    seen = 0
    for path, body in html(hostile_files).items():
        seen += body.count(b"&lt;script&gt;alert(1)")
        for tag, attributes in Tags(body).found:
            if tag == "script" and path.endswith(SCRIPTED):
                assert str(attributes["src"]).startswith("../"), path
                continue
            assert tag not in {"script", "img", "iframe", "style", "object"}, path
            assert not [name for name in attributes if name.startswith("on")], path
            assert "style" not in attributes, path
    assert seen > 40


def test_no_link_leads_anywhere_but_the_web_or_the_site(hostile_files: Files) -> None:
    for path, body in html(hostile_files).items():
        for _, attributes in Tags(body).found:
            link = attributes.get("href") or ""
            if ":" in link:
                assert re.match(r"https?://", link), (path, link)
                assert attributes.get("rel") == "nofollow noopener noreferrer", path


def test_a_report_with_a_script_link_is_shown_without_a_link(hostile_files: Files) -> None:
    page = hostile_files["reports/index.html"].decode()
    links = [a.get("href") or "" for tag, a in Tags(page.encode()).found if tag == "a"]
    assert "https://example.org/a" in links
    assert not [link for link in links if "javascript" in link]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_no_byte_that_breaks_a_page_gets_through(hostile_files: Files) -> None:
    for path, body in hostile_files.items():
        text = body.decode("utf-8")
        assert not re.search("[\x00\x1b\u202e]", text), path


def test_every_page_has_one_heading_a_language_and_a_strict_policy(files: Files) -> None:
    for path, body in html(files).items():
        tags = Tags(body).found
        names = [tag for tag, _ in tags]
        assert names.count("h1") == 1, path
        assert names.count("main") == 1, path
        lang = path[:2] if path[:3] in {"es/", "fr/"} else "en"
        assert ("html", {"lang": lang}) in tags
        policy = next(
            a["content"] or "" for _, a in tags if a.get("http-equiv") == "Content-Security-Policy"
        )
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        # A card has nothing before its content that could be skipped.
        skips = any(a.get("class") == "skip" and a.get("href") == "#main" for _, a in tags)
        assert skips != ("embed/" in path), path
        ids = [a["id"] for _, a in tags if "id" in a]
        assert len(ids) == len(set(ids)), path


def test_headings_do_not_skip_a_level(files: Files) -> None:
    for path, body in html(files).items():
        levels = [int(tag[1]) for tag, _ in Tags(body).found if re.fullmatch("h[1-6]", tag)]
        for before, after in pairwise(levels):
            assert after <= before + 1, (path, levels)


def test_the_foot_says_how_far_the_ledger_reached(files: Files) -> None:
    for path, body in html(files).items():
        if "embed/" in path:
            assert re.search(rb"<footer>.* 42\b", body), path
            continue
        assert b"<b>42</b>" in body, path
        assert b'<code title="' + b"ab" * 32 + b'">abababababab</code>' in body, path
        assert b"1.2.3" in body, path
        assert b'<time datetime="2025-09-18">' in body, path


def test_the_page_of_a_day_reads_as_the_record_says(files: Files) -> None:
    text = re.sub(r"<[^>]+>|\s+", " ", files["on/2025-09-18/index.html"].decode())
    text = re.sub(r"[\s\xa0]+", " ", text)
    assert "30% threatened from 29 Oct 2025" in text
    assert re.search(r"50% in force Steel articles", text)
    assert "A 25% levy on Mexican medicines is in force" in text
    assert "Disputed claims about that day" in text


def test_the_data_has_the_shapes_of_the_command_line(files: Files) -> None:
    state = json.loads(files["data/on/2025-09-18.json"])
    assert state["viewpoint"]["on"] == "2025-09-18"
    by_place = {(row["measure"], row["provision"]): row for row in state["provisions"]}
    assert by_place["us.steel", "articles"]["rate_pct"] == 50.0
    assert ("ca.counter", "list") not in by_place
    assert [claim["standing"] for claim in state["claims"]] == ["disputed"]
    assert json.loads(files["data/state.json"])["viewpoint"]["on"] == "2025-09-18"
    events = json.loads(files["data/events.json"])["events"]
    assert [event["id"] for event in events][:2] == ["2025-02-01-order", "2025-02-03-pause"]
    reports = json.loads(files["data/reports.json"])["reports"]
    assert [report["link"] for report in reports][1] is None
    assert not any(report["confirmed"] for report in reports)
    assert json.loads(files["data/measures.json"])["measures"][0]["key"] == "us.border.ca"


def test_hostile_data_is_still_data(hostile_files: Files) -> None:
    for path, body in hostile_files.items():
        if path.endswith(".json"):
            json.loads(body)


def test_the_feed_is_atom_with_ids_that_stay(files: Files, hostile_files: Files) -> None:
    feed = xml(files["feed.atom"])
    entries = feed.findall(f"{ATOM}entry")
    assert entries[0].findtext(f"{ATOM}id") == "urn:tracker:event:2025-09-18-summit"
    assert entries[0].findtext(f"{ATOM}updated") == "2025-09-18T12:00:00+00:00"
    link = entries[0].find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == "event/2025-09-18-summit/index.html"
    assert xml(hostile_files["feed.atom"]).findall(f"{ATOM}entry")


def test_a_base_address_makes_the_feed_and_the_lost_page_absolute() -> None:
    pages = plan_pages(inputs(base_url="https://example.org/trade/"))
    files = dict(render(pages, TEMPLATES))
    feed = xml(files["feed.atom"])
    found = {link.get("href") for link in feed.iter(f"{ATOM}link")}
    assert "https://example.org/trade/feed.atom" in found
    assert b'href="https://example.org/trade/static/style.css"' in files["404.html"]
    assert b'href="../static/style.css"' in files["about/index.html"]


def test_a_name_that_is_not_given_is_an_error_not_a_blank(tmp_path: Path) -> None:
    (tmp_path / "parts.html").write_text("")
    (tmp_path / "odd.html").write_text("{{ nowhere }}")
    with pytest.raises(OperationFailed, match=r"odd\.html.*nowhere"):
        list(render([Page("x.html", "odd.html", {})], tmp_path))


def test_a_folder_without_templates_is_named(tmp_path: Path) -> None:
    with pytest.raises(OperationFailed, match="there are no templates"):
        list(render([], tmp_path / "gone"))
    with pytest.raises(OperationFailed, match="could not be read"):
        list(render([Page("a", "static", {"source": "gone.css"})], tmp_path))


def test_the_style_is_small_and_asks_nobody(files: Files) -> None:
    style = files["static/style.css"].decode()
    assert len(style) < 20_000
    assert "@import" not in style
    assert not re.search(r"url\((?!#)", style)
