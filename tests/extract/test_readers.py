"""The regular parts of language: cleaned text, rates, days, parties, in three languages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.extract import Extraction, Item, extract
from tracker.extract.concepts import mentions
from tracker.extract.days import days, lengths
from tracker.extract.lines import published_day
from tracker.extract.rates import the_rate
from tracker.extract.reading import read
from tracker.extract.text import Text, fold, read_text, suffix_start
from tracker.extract.when import effective, until


def title(text: str) -> Text:
    return read_text("title", text, limit=500)


@given(st.text(max_size=200))
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    read_out = title(text)
    assert len(read_out.folded) == len(text)
    for token in read_out.tokens:
        assert read_out.folded[token.start : token.end] == token.text


def test_markup_entities_and_addresses_are_no_words() -> None:
    text = title("<b>Tariffs</b> &amp; <a href='x'>duties</a> at https://example.org/tariffs")
    assert [token.text for token in text.tokens] == ["tariffs", "duties", "at"]
    assert text.given[text.tokens[1].start : text.tokens[1].end] == "duties"


@pytest.mark.parametrize(
    ("given_title", "publisher", "kept"),
    [
        ("US pauses tariffs - El Diario", "", "US pauses tariffs"),
        ("US pauses tariffs - reuters.com", "Reuters", "US pauses tariffs"),
        ("Canada ready to talk - but not on dairy", "", "Canada ready to talk - but not on dairy"),
        ("US-Mexico talks", "", "US-Mexico talks"),
    ],
)
def test_only_an_outlets_name_is_cut_off(given_title: str, publisher: str, kept: str) -> None:
    assert given_title[: suffix_start(given_title, publisher)] == kept


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("Trump imposes 25% tariff on copper", "25"),
        ("Des droits de douane de 17,5 % sur l'acier", "17.5"),
        ("Arancel del 20.91 por ciento al tomate", "20.91"),
        ("A 35 per cent levy on goods", "35"),
        ("Tariffs of between 10% and 12.5% on 60 economies", None),
        ("Aranceles de entre el 10% y el 12,5%", None),
        ("Tariffs of 25% on steel, 10% on energy", None),
        ("Exports fell 12% after the tariff", None),
        ("Ventas crecieron 30% pese a aranceles", None),
        ("Economy grows 3%", None),
        ("Tariff of 5000% proposed", None),
        ("Une surtaxe de 25 p. 100 sur l'acier", "25"),
        ("Droits de douane : 75 % des exportations touchées", None),
        ("Tariffs extended for 90 days after he had threatened to raise them to 30%", None),
        ("Trump threatens to raise tariffs to 30%", "30"),
        ("Tariffs of 10% on energy and 25% on all other goods", "25"),
        ("A 10% duty on energy, 25% on everything else", "25"),
        ("25% tariffs on most goods, 10% on energy", "25"),
        ("Aranceles del 10% a la energía y del 25% al resto de los productos", "25"),
        ("Aranceles de 50% al acero y 15% a los demás bienes", "15"),
        ("Des taxes de 10 % sur l'énergie et de 25 % sur les autres produits", "25"),
        ("Des droits de 25 % sur l'acier, 10 % sur tout le reste", "10"),
        ("Tariffs of 25% on Canada and 10% on other countries", None),
        ("Aranceles de 25% a México y 10% al resto del mundo", None),
        ("Tariffs of 10% to 12% on energy and 25% on other goods", None),
    ],
)
def test_a_rate_is_one_that_is_stated_alone_and_of_a_duty(text: str, rate: str | None) -> None:
    found = the_rate(title(text))
    assert (found.value if found else None) == (Decimal(rate) if rate else None)


MONDAY = date(2025, 3, 3)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("from April 2", date(2025, 4, 2)),
        ("a partir del 2 de abril", date(2025, 4, 2)),
        ("à compter du 1er avril", date(2025, 4, 1)),
        ("desde el martes", date(2025, 3, 4)),
        ("dès vendredi", date(2025, 3, 7)),
        ("starting tomorrow", date(2025, 3, 4)),
        ("on January 1", date(2025, 1, 1)),
        ("from January 1, 2027", date(2027, 1, 1)),
        ("week of March 16", date(2025, 3, 16)),
        ("on February 30", None),
        ("por la mañana", None),
    ],
)
def test_days_are_resolved_from_the_day_of_publication(text: str, day: date | None) -> None:
    assert [found.day for found in days(title(text), MONDAY)] == ([day] if day else [])


def test_without_a_day_of_publication_nothing_relative_is_resolved() -> None:
    assert days(title("from Friday, from April 2, tomorrow"), None) == ()
    assert [found.day for found in days(title("from April 2, 2025"), None)] == [date(2025, 4, 2)]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("paused for 30 days", date(2025, 4, 2)),
        ("pausa de un mes", date(2025, 4, 3)),
        ("prolonge de 90 jours", date(2025, 6, 1)),
        ("tariffs on hold for month", date(2025, 4, 3)),
    ],
)
def test_a_length_ends_that_long_after(text: str, end: date) -> None:
    (length,) = lengths(title(text))
    assert length.after(MONDAY) == end


@pytest.mark.parametrize(
    ("text", "kind", "starts", "ends"),
    [
        ("Tariffs on hold for 1 month after a call", "pause", None, date(2025, 4, 3)),
        ("Tariffs paused a month after the call", "pause", None, None),
        ("New tariff will take effect in 30 days", "announcement", date(2025, 4, 2), None),
        ("First new tariff in 30 days announced", "announcement", None, None),
        ("Tariffs take effect at 12:01 a.m. Tuesday", "announcement", date(2025, 3, 4), None),
        ("México negociará de cara a la revisión del 20 de julio", "negotiation", None, None),
        ("US and Mexico to meet on July 20", "negotiation", date(2025, 7, 20), None),
    ],
)
def test_from_when_and_until_when(
    text: str, kind: str, starts: date | None, ends: date | None
) -> None:
    reading = read(Item("1", text, published=MONDAY))
    start, end = effective(reading, kind), until(reading, kind)
    assert (start.day if start else None, end.day if end else None) == (starts, ends)


def test_a_month_after_the_last_of_january_is_the_last_of_february() -> None:
    (length,) = lengths(title("for one month"))
    assert length.after(date(2025, 1, 31)) == date(2025, 2, 28)
    assert length.after(date(9999, 12, 31)) is None


def test_letters_that_mean_a_country_in_one_language_mean_another_in_the_next() -> None:
    def named(text: str, language: str) -> set[str]:
        return {m.concept for m in mentions(title(text), topic="world", language=language)}

    assert "US" in named("EU impone aranceles", "es")
    assert "X:EU" in named("EU imposes tariffs", "en")
    assert "MX" not in named("Storms in New Mexico and the Gulf of Mexico", "en")


@pytest.mark.parametrize(
    ("text", "imposer", "targets"),
    [
        ("Trump announces 25% tariffs on Canada and Mexico", "US", {"CA", "MX"}),
        ("Canada imposes retaliatory tariffs on US goods", "CA", {"US"}),
        ("México impone aranceles a China y a países sin tratado", "MX", {"CN", "OTHER"}),
        ("Trump impose des droits de douane de 25 % sur le Canada", "US", {"CA"}),
        ("Supreme Court strikes down Trump's tariffs", "US", {"GLOBAL"}),
        ("EU impone aranceles a 60 países, incluido México", "US", {"MX", "OTHER"}),
    ],
)
def test_who_imposes_and_on_whom(text: str, imposer: str, targets: set[str]) -> None:
    said = extract(Item("1", text, published=MONDAY))
    assert (said.relevant, said.imposer, set(said.targets)) == (True, imposer, targets)


def test_a_day_of_publication_is_that_of_new_york() -> None:
    assert published_day("2025-03-04T03:00:00Z") == date(2025, 3, 3)
    assert published_day("2025-03-04T00:00:00Z") == date(2025, 3, 4)
    assert published_day("Tue, 04 Mar 2025 15:00:00 GMT") == date(2025, 3, 4)
    assert published_day("2016/6/29") is None
    assert published_day("yesterday") is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Trump says the tariffs will stay", "en"),
        ("Entran en vigor los aranceles de Trump", "es"),
        ("Les droits de douane entrent en vigueur", "fr"),
    ],
)
def test_the_language_is_told_whatever_the_hint(text: str, language: str) -> None:
    assert read(Item("1", text)).language == language
    said: Extraction = extract(Item("1", text, language="xx"))
    assert said.language == language
