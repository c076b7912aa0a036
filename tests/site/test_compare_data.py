"""What goes to the browser for free comparisons: the document, its size, and its words."""

from __future__ import annotations

import gzip
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.browser.compare_worlds import TODAY, made_up_world
from tests.site.worlds import ROOT
from tracker.core.index import Index
from tracker.core.world import World, world_of
from tracker.record.read import read_record
from tracker.site.compare_data import CompareData, compare_data
from tracker.site.compare_words import compare_words
from tracker.telling.language import LANGUAGES, language

RECORD_TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def record() -> CompareData:
    held = read_record(ROOT / "db" / "record")
    world = world_of(held.events, held.measures, known_until=RECORD_TODAY)
    return compare_data(Index(world), RECORD_TODAY)


def _bytes(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def test_the_document_of_the_record_is_small(record: CompareData) -> None:
    spelt = _bytes(record.document)
    assert len(spelt) < 150_000
    assert len(gzip.compress(spelt)) < 40_000


def test_the_same_world_gives_the_same_document() -> None:
    first, second = (compare_data(Index(made_up_world(3)), TODAY) for _ in range(2))
    assert _bytes(first.document) == _bytes(second.document)


def test_a_link_that_leads_nowhere_good_is_left_out() -> None:
    document = compare_data(Index(made_up_world(3)), TODAY).document
    links = {event[5] for event in document["events"]}
    assert links == {"", "https://example.org/o"}


def test_an_empty_world_has_a_document() -> None:
    document = compare_data(Index(World()), TODAY).document
    assert document["rows"] == document["places"] == document["events"] == []


def _written(words: dict[str, Any], day: date, names: str) -> str:
    pattern: str = words[names][day.month - 1][0 if day.day == 1 else 1]
    return pattern.replace("@", str(day.day)).replace("#", str(day.year))


@pytest.mark.parametrize("code", LANGUAGES)
def test_days_and_numbers_can_be_written_from_the_words(code: str, record: CompareData) -> None:
    lang = language(code)
    words = compare_words(lang, record)
    for day in (date(2025, month, number) for month in range(1, 13) for number in (1, 2, 11, 28)):
        wanted = {"days": lang.day(day), "short": lang.short_day(day)}
        written = {names: _written(words, day, names) for names in wanted}
        assert written == wanted
    thousands, point = words["number"]
    assert lang.number(Decimal("1234.5")) == f"1{thousands}234{point}5"


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_text_has_its_place_in_the_words(code: str, record: CompareData) -> None:
    words = compare_words(language(code), record)
    if code == "en":
        assert words["texts"] == 0
    else:
        assert len(words["texts"]) == len(record.document["texts"])
    assert len(words["relation"]) == len(words["who"])
    assert len(_bytes(words)) < 120_000
    assert len(gzip.compress(_bytes(words))) < 30_000
