"""Days, numbers, plurals, lists and free text as each language writes them."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.telling.worlds import EN, ES, FR, LANGS, NBSP, Language, langs
from tracker.core.events import Text
from tracker.telling.language import Said

percents = st.decimals(min_value=0, max_value=1000, places=4)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2025, 3, 4), ("4 March 2025", "4 de marzo de 2025", "4 mars 2025")),
        (date(2025, 8, 1), ("1 August 2025", "1 de agosto de 2025", "1er août 2025")),
        (date(2025, 8, 11), ("11 August 2025", "11 de agosto de 2025", "11 août 2025")),
        (date.max, ("31 December 9999", "31 de diciembre de 9999", "31 décembre 9999")),
    ],
)
def test_days_in_full(day: date, said: tuple[str, ...]) -> None:
    assert tuple(lang.day(day) for lang in LANGS) == said


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        ("25", ("25%", "25%", f"25{NBSP}%")),
        ("12.50", ("12.5%", "12.5%", f"12,5{NBSP}%")),
        ("0", ("0%", "0%", f"0{NBSP}%")),
        ("1E+2", ("100%", "100%", f"100{NBSP}%")),
        ("0.0625", ("0.0625%", "0.0625%", f"0,0625{NBSP}%")),
    ],
)
def test_rates_in_percent(rate: str, said: tuple[str, ...]) -> None:
    assert tuple(lang.percent(Decimal(rate)) for lang in LANGS) == said


@given(percents, langs)
def test_no_digit_of_a_rate_is_lost_or_made_up(rate: Decimal, lang: Language) -> None:
    mark = "," if lang.code == "fr" else "."
    group = NBSP if lang.code == "fr" else ","
    said = lang.number(rate).replace(group, "").replace(mark, ".")
    assert Decimal(said) == rate


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ("1", ("1 point", "1 punto", "1 point")),
        ("1.5", ("1.5 points", "1.5 puntos", "1,5 point")),
        ("2", ("2 points", "2 puntos", "2 points")),
        ("0", ("0 points", "0 puntos", "0 point")),
        ("0.5", ("0.5 points", "0.5 puntos", "0,5 point")),
        ("1.0", ("1 point", "1 punto", "1 point")),
        ("1.00", ("1 point", "1 punto", "1 point")),
        ("0.0", ("0 points", "0 puntos", "0 point")),
        ("1E+1", ("10 points", "10 puntos", "10 points")),
    ],
)
def test_plurals_follow_the_language(points: str, said: tuple[str, ...]) -> None:
    for lang, start in zip(LANGS, said, strict=True):
        found = lang.say_count("points", "{count} point", "{count} points", Decimal(points))
        assert found.removesuffix(" de pourcentage").split(" porcentual")[0] == start


def test_lists_and_countries() -> None:
    assert [lang.listed(["a", "b", "c"]) for lang in LANGS] == [
        "a, b and c",
        "a, b y c",
        "a, b et c",
    ]
    assert [lang.country("DE") for lang in LANGS] == ["Germany", "Alemania", "Allemagne"]
    assert EN.country("ZZZ") == "ZZZ"
    assert FR.listed([]) == ""


def test_free_text_that_is_not_translated_says_so() -> None:
    half = Text(en="Steel", es="Acero")
    assert [lang.text(half) for lang in LANGS] == [
        Said("Steel", "en"),
        Said("Acero", "es"),
        Said("Steel", "en"),
    ]
    assert [lang.words(half) for lang in LANGS] == ["Steel", "Acero", "Steel (en)"]
    assert ES.words("greater of the two") == "greater of the two (en)"
    assert ES.words("25%") == "25%", "a figure needs no language"


@given(st.text())
def test_braces_in_foreign_text_are_text(text: str) -> None:
    assert text in EN.say("goods", "{goods} ({origin})", goods=text, origin="{x}")


def test_telling_in_english_needs_no_catalogue() -> None:
    code = (
        "import sys\n"
        "from tracker.telling import shapes, report, markdown\n"
        "assert 'babel' not in sys.modules, 'Babel before there is anything to format'\n"
        "from tracker.telling.language import ENGLISH\n"
        "from decimal import Decimal\n"
        "assert ENGLISH.percent(Decimal(25)) == '25%'\n"
        "assert 'babel.messages' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
