"""A citation says what it may, in formats that programs read, and does not age with the ledger."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.test_bearing import REPORT, lines_of
from tests.site.conftest import Files
from tests.site.worlds import EVENTS, MEASURES, TEMPLATES, TODAY, inputs
from tracker.core.entries import EventRecorded, MeasureDefined
from tracker.core.events import Event
from tracker.core.weighing import bearing_of
from tracker.core.world import fold_lines
from tracker.site.bibliography import Reference, bibtex, csl_json
from tracker.site.model import SiteInputs
from tracker.site.pages import plan_pages
from tracker.site.render import render
from tracker.site.text import clean

CITED = re.compile(
    r'<details class="cite">.*?<p>(.*?)</p>.*?<pre>(.*?)</pre>.*?<pre>(.*?)</pre></details>', re.S
)
TEX = re.compile(r"\\(text[a-z]+)\{\}|\\([$&%#_])")
PRINTED = {
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciitilde": "~",
    "textasciicircum": "^",
}


def read_bibtex(entry: str) -> tuple[str, dict[str, str]]:
    """The key and the fields of one entry, read as BibTeX does: by braces that balance."""
    key = re.match(r"@misc\{([A-Za-z0-9.-]+),\n", entry)
    assert key is not None, entry
    fields: dict[str, str] = {}
    rest = entry[key.end() :]
    while not rest.startswith("}"):
        name, rest = rest.lstrip().split(" = ", 1)
        if not rest.startswith("{"):
            fields[name], rest = rest.split(",\n", 1)
            continue
        depth, end = 1, 0
        while depth:
            end += 1
            # BibTeX counts every brace, whether TeX would print it or not.
            depth += {"{": 1, "}": -1}.get(rest[end], 0)
        fields[name], rest = rest[1:end], rest[end + 1 :].removeprefix(",\n")
    assert rest == "}"
    return key.group(1), fields


def printed(tex: str) -> str:
    """What TeX prints for a field that we wrote; nothing in it may be left to be an instruction."""
    inner = tex[1:-1] if tex.startswith("{") else tex
    left = TEX.sub("", inner)
    assert not set(left) & set("\\{}$&%#_~^"), tex
    return TEX.sub(lambda one: one.group(2) or PRINTED[one.group(1)], inner)


CSL_TEXTS = {"id", "type", "title", "container-title", "language", "note", "URL"}


def check_csl(text: str) -> dict[str, Any]:
    """One item by the rules of the CSL-JSON schema for the fields that we use."""
    (item,) = json.loads(text)
    assert set(item) <= CSL_TEXTS | {"author", "issued"}
    assert {"id", "type", "title", "author"} <= set(item)
    assert all(isinstance(item[name], str) for name in CSL_TEXTS & set(item))
    assert item["type"] == "webpage"
    assert item["author"] == [{"literal": "Tracker"}]
    if "issued" in item:
        assert set(item["issued"]) == {"date-parts"}
        ((year, month, day),) = item["issued"]["date-parts"]
        assert 2024 < year < 2100
        assert 1 <= month <= 12
        assert 1 <= day <= 31
    assert isinstance(item, dict)
    return item


@given(st.text(max_size=60), st.text(max_size=30))
def test_any_title_survives_both_formats(title: str, note: str) -> None:
    one = Reference(
        key="tracker-x",
        author="Tracker",
        title=title,
        container="The record",
        note=note,
        lang="fr",
        place="path a#b",
        issued=TODAY,
    )
    key, fields = read_bibtex(bibtex(one))
    assert key == "tracker-x"
    assert printed(fields["title"]) == re.sub(r"[ \t-\r]+", " ", clean(title)).strip(" ")
    assert printed(fields["note"]) == re.sub(r"[ \t-\r]+", " ", clean(note)).strip(" ")
    assert (fields["year"], fields["month"]) == (str(TODAY.year), "sep")
    item = check_csl(csl_json(one))
    assert item["title"] == clean(title)
    assert item["issued"]["date-parts"] == [[TODAY.year, TODAY.month, TODAY.day]]


def ledgered(*more: Event, reports: int = 0, **settings: Any) -> SiteInputs:
    """The made-up world as a ledger holds it, with events and reports recorded after it."""
    lines = lines_of(
        *(MeasureDefined(measure=one) for one in MEASURES),
        *(EventRecorded(event=one) for one in (*EVENTS, *more)),
        *([REPORT] * reports),
    )
    world = fold_lines(lines, known_until=TODAY)
    return inputs(world, bearing=bearing_of(lines), **settings)


def made(given: SiteInputs) -> Files:
    return dict(render(plan_pages(given), TEMPLATES))


@pytest.fixture(scope="module")
def pages() -> Files:
    return made(ledgered())


def cited(page: bytes) -> tuple[str, str, str]:
    ((text, bib, csl),) = CITED.findall(page.decode())
    return html.unescape(text), html.unescape(bib), html.unescape(csl)


def test_every_event_measure_day_and_comparison_can_be_cited(pages: Files) -> None:
    kinds = re.compile(r"(es/|fr/)?(event|measure|on|compare)/[^/]+/index\.html")
    found = {path: cited(body) for path, body in pages.items() if kinds.fullmatch(path)}
    assert len(found) > 100
    keys = set()
    for path, (text, bib, csl) in found.items():
        mark = re.search(r"#(?:known-by=([0-9-]+)&)?entry=(\d+)&checkpoint=([0-9a-f]{16})", text)
        assert mark is not None, path
        known, position, checkpoint = mark.groups()
        # Whatever else it names: the day up to which things were known, unless it is one event.
        assert (known is None) == ("event/" in path)
        assert f"{int(position):064}" in text
        assert f"{int(position):064}".startswith(checkpoint)
        assert f"{path}#" in text
        key, fields = read_bibtex(bib)
        item = check_csl(csl)
        assert key == item["id"]
        assert key not in keys
        keys.add(key)
        assert printed(fields["title"]) == item["title"]
        assert printed(fields["note"]) in item["note"]
        assert path in item["note"]
        assert "URL" not in item
        assert item["issued"] == {"date-parts": [[2026, 1, 1]]}


def test_an_event_is_cited_by_its_own_entry(pages: Files) -> None:
    number = len(MEASURES) + EVENTS.index(EVENTS[2]) + 1
    text, _, _ = cited(pages[f"event/{EVENTS[2].id}/index.html"])
    assert f"ledger entry {number}, recorded on 1 January 2026" in text
    # Nobody but the reader knows when a page was read.
    assert "ccessed" not in text


def test_a_site_that_knows_its_address_gives_it() -> None:
    files = made(ledgered(base_url="https://trade.example/x"))
    text, bib, csl = cited(files["es/on/2025-09-18/index.html"])
    address = "https://trade.example/x/es/on/2025-09-18/index.html#known-by=2025-09-18&entry="
    assert address in text
    assert read_bibtex(bib)[1]["url"].startswith(address)
    assert check_csl(csl)["URL"].startswith(address)


def test_any_two_days_rest_on_all_of_the_record_and_on_no_report() -> None:
    base = "https://trade.example/x"
    page = made(ledgered(reports=3, base_url=base))["fr/compare/any.html"].decode()
    (text,) = re.findall(r'<p id="cited" data-text="([^"]*)"', page)
    last = len(MEASURES) + len(EVENTS)
    assert f"écriture {last} " in text
    assert f"{last:064}" in text
    address = f"{base}/fr/compare/any.html?{{query}}#entry={last}&amp;checkpoint={last:064}"[:-48]
    assert text.endswith(f" {address}")
    assert {"{from}", "{to}", "{query}"} == set(re.findall(r"\{\w+\}", text))


def test_what_is_recorded_later_changes_no_citation_that_it_does_not_bear_on(pages: Files) -> None:
    last = max(EVENTS, key=lambda event: event.announced)
    later = Event(
        id=f"{TODAY}-zz-later",
        kind=last.kind,
        announced=TODAY,
        title=last.title,
        summary=last.summary,
        sources=last.sources,
    )
    grown = made(ledgered(later, reports=3))
    same = [path for path, body in pages.items() if grown.get(path) == body]
    for kind, few in (("event/", 2), ("measure/", 0), ("compare/2", 0), ("on/2", 3)):
        changed = [path for path in pages if path.startswith(kind) and path not in same]
        assert len(changed) <= few, changed
