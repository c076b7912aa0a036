"""What docs/record.md shows as an example is an example: it reads, and says what the page says."""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from tests.contracts.backends import ROOT
from tracker.core.events import Event, Text, When
from tracker.record.read import read_record

PAGE = ROOT / "docs" / "record.md"
FENCE = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ENTRY = re.compile(r"^(?=  - id: )", re.MULTILINE)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Event]:
    """The events of the page, read with the shipped measures."""
    folder: Path = tmp_path_factory.mktemp("record")
    shutil.copy(ROOT / "db" / "record" / "measures.yaml", folder)
    months: dict[str, list[str]] = defaultdict(list)
    for block in FENCE.findall(PAGE.read_text(encoding="utf-8")):
        for entry in filter(str.strip, ENTRY.split(block)):
            months[entry.strip().removeprefix("- id: ")[:7]].append(entry)
    for month, entries in months.items():
        (folder / f"{month}.yaml").write_text("events:\n" + "".join(entries), encoding="utf-8")
    return {event.id: event for event in read_record(folder).events}


def test_the_page_shows_each_thing_it_explains(shown: dict[str, Event]) -> None:
    events = shown.values()
    assert any(event.instrument and event.instrument.steps for event in events)
    assert any(event.follows for event in events)
    assert any(deadline.cancelled for event in events for deadline in event.deadlines)
    assert any(event.stacking for event in events)
    assert all(event.title.es and event.title.fr for event in events)
    assert all(event.summary.es and event.summary.fr for event in events)


def test_a_day_that_is_not_known_reads_as_the_page_says(shown: dict[str, Event]) -> None:
    proposed = shown["2026-06-02-us-s301-forced-labor-proposed"]
    assert proposed.effects[0].effective_from is None
    assert proposed.effects[0].starts == When(
        earliest=date(2026, 7, 24),
        condition=Text(
            en="to follow the Section 122 surcharge",
            es="en sucesión del recargo de la Sección 122",
            fr="à la suite de la surtaxe de l’article 122",
        ),
    )
    assert [deadline.when for deadline in proposed.deadlines] == [None, When()]


def test_every_mapping_of_the_table_is_one(tmp_path: Path) -> None:
    rows = re.findall(r"^\| `(\{.*?\})` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(rows) == 3
    shutil.copy(ROOT / "db" / "record" / "measures.yaml", tmp_path)
    effects = "".join(
        "      - {measure: us.s122.global, provisions: [general], status: announced, rate: 1,"
        f" from: {row}}}\n"
        for row in rows
    )
    (tmp_path / "2026-01.yaml").write_text(
        "events:\n  - id: 2026-01-01-a\n    kind: statement\n    announced: 2026-01-01\n"
        "    title: A\n    summary: A.\n    sources:\n"
        '      - {url: "https://example.org/", publisher: A, title: A}\n'
        f"    effects:\n{effects}",
        encoding="utf-8",
    )
    (event,) = read_record(tmp_path).events
    assert all(effect.starts is not None for effect in event.effects)
