from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.ingest.material import CAPTURES, ROOT
from tracker.errors import BadInput
from tracker.ingest.sources import read_sources

GOOD = """
[[source]]
id = "one"
url = "https://one.example/feed"
title = "One"
publisher = "One"
language = "en"
country = "US"
official = true
interval_s = 900
"""


def written(folder: Path, text: str | bytes) -> Path:
    file = folder / "sources.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def test_the_shipped_list_reads_and_puts_official_feeds_first() -> None:
    sources = read_sources(ROOT / "db" / "sources.toml")
    polled = [source for source in sources if source.enabled]
    assert len(polled) >= 60
    assert {source.language for source in polled} == {"en", "es", "fr"}
    assert all(source.seen for source in sources)
    assert all(source.note or source.seen != "derived" for source in sources)
    by_country = Counter(source.country for source in polled if source.official)
    assert {"US", "CA", "MX"} <= by_country.keys()
    official = [source.official for source in sources]
    assert official == sorted(official, reverse=True)


def test_the_shipped_list_holds_no_invented_address() -> None:
    catalogue = CAPTURES.parent / "sources.csv"
    if catalogue.is_file():
        with catalogue.open(encoding="utf-8", newline="") as file:
            rows = {unquote(row["url"]): row for row in csv.DictReader(file)}
        hosts = {urlsplit(url).hostname for url in rows}
        for source in read_sources(ROOT / "db" / "sources.toml"):
            if source.seen == "derived":
                assert urlsplit(source.url).hostname in hosts
                continue
            row = rows[unquote(source.url)]
            assert "dead" not in row["confidence"]
            kinds = ("RSS", "Atom") if source.kind == "feed" else ("JSON",)
            assert any(word in row["format"] for word in kinds), source.id


def test_defaults_and_order(tmp_path: Path) -> None:
    second = GOOD.replace("one", "two") + 'enabled = false\nnote = "quiet"\n'
    one, two = read_sources(written(tmp_path, GOOD + second))
    assert (one.id, one.enabled, one.note, one.interval_s) == ("one", True, "", 900)
    assert (two.id, two.enabled, two.note) == ("two", False, "quiet")


@pytest.mark.parametrize(
    ("old", "new", "said", "advice"),
    [
        ('id = "one"', 'id = "One"', "id = 'One'", "lower-case"),
        ('id = "one"', 'id = "a--b"', "id = 'a--b'", "hyphens"),
        ('id = "one"', "", "'id' is missing", "Add it"),
        ("https://one", "ftp://one", "url = 'ftp://one.example/feed'", "https:// or http://"),
        ("https://one", "https://u:p@one", "url =", "user name"),
        ("/feed", "/feed[1]", "url =", ""),
        ("/feed", "/fe ed", "url =", "percent-encode"),
        ("one.example", "one.example:0", "url =", "port"),
        ("one.example", "one.example:99999", "url =", "port"),
        ('language = "en"', 'language = "de"', "language = 'de'", "en, es, fr"),
        ('country = "US"', 'country = "usa"', "country = 'usa'", "ISO 3166-1"),
        ("official = true", 'official = "yes"', "official = 'yes'", "true or false"),
        ("interval_s = 900", "interval_s = 299", "interval_s = 299", "300 or more"),
        ("interval_s = 900", "interval_s = true", "interval_s = True", "300 or more"),
        ("interval_s = 900", "interval_s = 900.5", "interval_s = 900.5", "300 or more"),
        ('title = "One"', 'title = " "', "title = ' '", "not empty"),
        ('title = "One"', "title = 1", "title = 1", "text in quotes"),
        ("interval_s", "intervall_s", "'intervall_s' is not known", "interval_s"),
        ("[[source]]", "[[sources]]", "'sources' is not known", "[[source]]"),
        ("[[source]]", "[source]", "holds no source", "[[source]]"),
        ("[[source]]", "[[source", "is not TOML", "line"),
    ],
)
def test_a_mistake_is_named_with_its_place_and_what_to_do(
    tmp_path: Path, old: str, new: str, said: str, advice: str
) -> None:
    if new == "/feed[1]":
        old, new = "one.example", "[bad"  # brackets that are no host
    file = written(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(BadInput) as caught:
        read_sources(file)
    assert str(file) in caught.value.message
    assert said in caught.value.message
    assert advice in caught.value.advice
    assert "\n" not in str(caught.value)


def test_an_id_or_an_address_may_be_used_once(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="the id 'one' is that of source 1 too"):
        read_sources(written(tmp_path, GOOD + GOOD))
    with pytest.raises(BadInput, match="the address is that of one too"):
        read_sources(written(tmp_path, GOOD + GOOD.replace('"one"', '"two"')))


@pytest.mark.parametrize("text", [b"", b"\xff\xfe", b"# nothing", b"source = 1", b"source = [1]"])
def test_a_file_that_holds_something_else(tmp_path: Path, text: bytes) -> None:
    with pytest.raises(BadInput):
        read_sources(written(tmp_path, text))


def test_a_file_that_is_not_there_or_much_too_large(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        read_sources(tmp_path / "absent.toml")
    with pytest.raises(BadInput, match="cannot be read"):
        read_sources(tmp_path)
    with pytest.raises(BadInput, match="larger than"):
        read_sources(written(tmp_path, b"#" * 8_000_001))


def test_a_file_without_an_end_is_not_read_to_it() -> None:
    with pytest.raises(BadInput, match="larger than"):
        read_sources(Path("/dev/zero"))
