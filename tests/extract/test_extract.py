"""What an item says: hostile input, spans, abstention, the shipped model, speed of entry."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from tests.cli.conftest import run_in_process
from tracker.core.events import Event, Source, Text
from tracker.core.words import Kind
from tracker.extract import KINDS, Item, attach, cluster, extract
from tracker.extract.labels import read_labels
from tracker.extract.linear import MODEL_FILE, shipped_model
from tracker.extract.lines import answer
from tracker.extract.scores import score

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared/feeds/labelled_dev.jsonl"
SMALL = HERE / "labelled_small.jsonl"

HOSTILE = (
    "",
    "   \n\t",
    "\x00\x07\u202e\u200b tariffs \ufeff",
    "🍁🇨🇦📈 25% 🇺🇸",
    "رسوم جمركية على كندا 25%",
    "<script>alert(1)</script>" * 500,
    "&#0;&#x110000;&bogus; tariff",
    "%" * 5000,
    "Tariff " * 20_000,
    "a" * 100_000,
    "(" * 3000 + "from April 31",
    "99999999999999999999% tariff from 99/99/9999 for 999 days",
    "Trump aranceles droits de douane tariffs 关税 Zölle",
)
_WORDS = (
    "Trump tariff arancel droits de douane 25% México Canada from April 2 hasta pause until 90 days"
    " USMCA review - : ? 10 y 12.5% hoy demain week of March null"
)
WORDS = _WORDS.split()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_read_or_abstained_from(text: str) -> None:
    for item in (Item("1", text), Item("1", "Trump pauses tariffs on Mexico", text)):
        said = extract(item)
        assert said.kind in {*KINDS, "none"}
        json.dumps(answer(item, said, "1"), allow_nan=False)
    if not text.strip():
        assert not extract(Item("1", text)).relevant


@settings(max_examples=150)
@given(
    st.lists(st.sampled_from(WORDS) | st.text(max_size=8), max_size=25).map(" ".join),
    st.text(max_size=80),
    st.none() | st.dates(),
)
def test_every_value_stands_where_its_span_says(
    title: str, summary: str, published: date | None
) -> None:
    item = Item("1", title, summary, published)
    said = extract(item)
    assert said == extract(item)
    for span in said.spans:
        text = item.title if span.field == "title" else item.summary
        assert text[span.start : span.end] == span.text
        assert (said.words(span.slot, item) or "?") in title + "\n" + summary
    if not said.relevant:
        assert said.kind == "none"
        assert (said.imposer, said.targets, said.rate_pct, said.spans) == (None, (), None, ())
    slots = {span.slot for span in said.spans}
    assert (said.rate_pct is not None) == ("rate_pct" in slots)
    assert (said.until_date is not None) == ("until_date" in slots)
    assert (said.effective_date is not None) == ("effective_date" in slots)


def test_without_a_day_a_pause_of_thirty_days_has_no_end() -> None:
    said = extract(Item("1", "Trump pauses tariffs on Mexico for 30 days"))
    assert (said.kind, said.until_date) == ("pause", None)
    dated = extract(Item("1", "Trump pauses tariffs on Mexico for 30 days", "", date(2025, 2, 3)))
    assert dated.until_date == date(2025, 3, 5)


@pytest.mark.parametrize(
    "title",
    [
        "Electricity tariff hike approved for Karachi consumers",
        "Tarifas del Metro suben en agosto",
        "Opinion: Tariffs are a tax on ourselves",
        "Brazil hits back at US tariffs",
        "Canada beats Mexico in World Cup qualifier",
        "Peso cae por temor a aranceles",
        "Cinq questions sur les droits de douane de Trump",
        "Abre nueva plaza comercial en la frontera norte",
        "Gobierno anuncia operativo contra el fentanilo en la frontera",
        "Commercial flights to resume at the northern border airport",
        "Barcelona reject trade request on deadline day",
        "Millions await tax refunds under new law",
        "Silicon Metal From Norway: Final Results of Countervailing Duty Administrative Review",
        "Stainless Steel Flanges From India: Initiation of Antidumping Duty Investigation",
        "Trump orders 40% tariffs on Portuguese cork",
        "Canadá y Corea del Sur negocian acuerdo comercial",
    ],
)
def test_what_only_sounds_like_news_is_left_out(title: str) -> None:
    assert not extract(Item("1", title, published=date(2025, 3, 3))).relevant


@pytest.mark.parametrize(
    "title",
    [
        "Softwood Lumber From Canada: Preliminary Results of Antidumping Duty Review",
        "Trump orders 40% tariffs on Mexico and China",
        "México impone aranceles a China",
        "Canadá y Estados Unidos negocian acuerdo comercial",
    ],
)
def test_a_third_country_beside_one_of_the_three_hides_no_news(title: str) -> None:
    assert extract(Item("1", title, published=date(2025, 3, 3))).relevant


def test_the_model_is_small_and_reads() -> None:
    model = shipped_model()
    assert set(model.kind.classes) <= set(KINDS)
    file = Path(__file__).resolve().parents[2] / MODEL_FILE
    assert file.stat().st_size < 1_000_000


def test_reading_needs_no_library_of_statistics() -> None:
    code = (
        "import sys; from tracker.extract import Item, extract; extract(Item('1', 'tariffs'));"
        "print([name for name in ('sklearn', 'numpy', 'llm', 'sqlalchemy') if name in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def items_of(document: bytes) -> list[Item]:
    return read_labels(document)[0]


def labelled() -> bytes:
    """The whole labelled set where it lies beside the project, else a small one of its own."""
    return SHARED.read_bytes() if SHARED.is_file() else SMALL.read_bytes()


def test_the_labelled_items_are_read_as_well_as_we_say() -> None:
    # The model has seen them: this holds the floor of the rules, docs/accuracy.md the figures.
    for document in (labelled(), SMALL.read_bytes()):
        items, labels = read_labels(document)
        scores = score(labels, [extract(item) for item in items])
        figures = {"relevance": scores.relevance, **scores.slots}
        for name, floor in (
            ("relevance", 0.97),
            ("imposer", 0.92),
            ("targets", 0.90),
            ("products", 0.90),
            ("rate_pct", 0.90),
            ("dates", 0.90),
        ):
            f1 = figures[name].f1
            assert f1 is not None
            assert f1 >= floor, name


def test_clusters_do_not_depend_on_the_order_of_the_items() -> None:
    items = items_of(labelled())
    whole = dict(zip((item.item_id for item in items), cluster(items), strict=True))
    shuffled = items[:]
    random.Random(7).shuffle(shuffled)  # noqa: S311 - any order will do
    again = dict(zip((item.item_id for item in shuffled), cluster(shuffled), strict=True))
    assert again == whole


def test_one_happening_is_one_cluster_across_languages_and_the_next_one_is_another() -> None:
    day = date(2025, 10, 1)
    items = [
        Item("en", "Trump imposes 25% tariff on Canadian lumber from October 14", "", day),
        Item("es", "Trump impone arancel del 25% a la madera de Canadá desde el 14 de octubre", "",
             day),
        Item("other", "Canada beats Mexico at hockey", "", day),
        Item("later", "Trump imposes 25% tariff on Canadian lumber from October 14", "",
             day + timedelta(days=9)),
    ]  # fmt: skip
    names = cluster(items)
    assert names[0] == names[1]
    assert len(set(names)) == 3


def test_an_item_is_attached_to_the_event_it_reports() -> None:
    def event(name: str, title: str, day: date, kind: Kind) -> Event:
        source = Source(url="https://example.org/", publisher="Example", title=title)
        text = Text(en=title)
        return Event(id=name, kind=kind, announced=day, title=text, summary=text, sources=(source,))

    day = date(2025, 2, 3)
    events = [
        event("pause", "US pauses tariffs on Mexico for a month", day, Kind("pause")),
        event("tomatoes", "US to end tomato suspension agreement", day, Kind("announcement")),
        event("old", "US pauses tariffs on Mexico for a month", day - timedelta(60), Kind("pause")),
    ]
    items = [
        Item("1", "Trump pauses tariffs on Mexico for one month", "", day),
        Item("2", "Canada beats Mexico at hockey", "", day),
        Item("3", "Trump pauses tariffs on Mexico for one month"),
    ]
    found = attach(items, events)
    assert [one.event if one else None for one in found] == ["pause", None, None]


def test_what_one_party_does_is_never_attached_to_what_another_answers() -> None:
    day, text = (
        date(2025, 3, 6),
        Text(en="Pause of tariffs on American and Mexican goods until April"),
    )
    source = Source(url="https://example.org/", publisher="Example", title=text.en)
    answer = Event(
        id="answer",
        kind=Kind("pause"),
        announced=day,
        title=text,
        summary=text,
        sources=(source,),
        measures=("ca.counter",),
    )
    own = structs.replace(answer, id="own", measures=("us.ieepa.border.mx",))
    item = Item("1", "Trump announces pause of tariffs on Mexican goods until April", "", day)
    found = [attach([item], events)[0] for events in ([answer], [own, answer], [own])]
    assert [one.event if one else None for one in found] == [None, "own", "own"]


def run(tmp_path: Path, text: str | bytes, command: str, *options: str) -> tuple[int, str, str]:
    file = tmp_path / "items.jsonl"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    ran = run_in_process(command, str(file), *options)
    return ran.status, ran.out, ran.err


def test_one_answer_a_line_in_order_with_the_keys_promised(tmp_path: Path) -> None:
    lines = [
        {"id": "b", "title": "Trump imposes 25% tariffs on Mexico", "published": "2025-03-03"},
        {"id": 7, "title": "Half of a \ud83d pair", "summary": None, "language": None},
        {"id": "a", "title": None, "published": "never"},
    ]
    status, out, _ = run(tmp_path, "\n".join(map(json.dumps, lines)), "extract", "--json")
    answers = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [one["id"] for one in answers] == ["b", 7, "a"]
    first = answers[0]
    assert first["relevant"] is True
    assert (first["imposer"], first["targets"], first["rate_pct"]) == ("US", ["MX"], 25.0)
    assert first["spans"]["rate_pct"] == "25%"
    assert {"score", "kind", "products", "effective_date", "until_date"} <= first.keys()
    _, grouped, _ = run(tmp_path, "\n".join(map(json.dumps, lines)), "cluster", "--json")
    assert [json.loads(line)["id"] for line in grouped.splitlines()] == ["b", 7, "a"]


@pytest.mark.parametrize(
    "bad",
    ["{", "[]", '{"title": "no id"}', '{"id": true}', '{"id": "1", "title": 5}', "[" * 100_000,
     b'{"id": "\xff\xfe"}'],
)  # fmt: skip
@pytest.mark.parametrize("command", ["extract", "cluster", "evaluate"])
def test_a_bad_line_is_named_and_nothing_is_printed(
    tmp_path: Path, bad: str | bytes, command: str
) -> None:
    good = SMALL.read_bytes().splitlines()[0]
    status, out, err = run(
        tmp_path, good + b"\n" + (bad if isinstance(bad, bytes) else bad.encode()), command
    )
    assert (status, out) == (2, "")
    assert "Line 2" in err
    assert err.count("\n") == 1


def test_evaluating_says_figures_a_language_and_clusters(tmp_path: Path) -> None:
    status, out, _ = run(tmp_path, SMALL.read_bytes(), "evaluate", "--json")
    document = json.loads(out)
    assert status == 0
    assert document["items"] == 5
    assert set(document["languages"]) == {"en", "es", "fr"}
    assert document["clusters"]["known"]["f1"] == 1.0
    status, text, _ = run(tmp_path, SMALL.read_bytes(), "evaluate")
    assert status == 0
    assert "relevance" in text


def test_no_file_of_that_name_is_one_line(tmp_path: Path) -> None:
    ran = run_in_process("extract", str(tmp_path / "none.jsonl"))
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
