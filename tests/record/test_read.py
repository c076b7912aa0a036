"""A sound record reads as it is written, and broken files are told to the line."""

from __future__ import annotations

import tempfile
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.contracts.backends import ROOT
from tests.record.files import FEBRUARY, JANUARY, MARCH, MEASURES, line_of, write
from tests.store.people import ordinary_user
from tracker.core.events import (
    Claim,
    Deadline,
    Effect,
    Event,
    Instrument,
    Source,
    Step,
    Text,
    When,
    Withdrawal,
)
from tracker.core.measures import Measure, Provision
from tracker.core.words import DeadlineKind, Doubt, Kind, PaperKind, Stage, Standing, Status
from tracker.errors import BadInput, RecordInvalid
from tracker.record.read import Record, read_record


def findings(folder: Path) -> list[str]:
    """What is wrong with a record, with the folder cut off."""
    with pytest.raises(RecordInvalid) as caught:
        read_record(folder)
    assert caught.value.findings
    assert all("\n" not in line for line in caught.value.findings)
    return [line.removeprefix(f"{folder}/") for line in caught.value.findings]


def test_a_sound_record_reads_as_it_is_written(tmp_path: Path) -> None:
    record = read_record(write(tmp_path / "record"))
    assert [measure.key for measure in record.measures] == ["us.border", "ca.counter"]
    assert record.measures[0] == Measure(
        key="us.border",
        imposer="US",
        authority="IEEPA",
        title=Text(en="Border tariff"),
        legal_basis="An act: of a kind",
        provisions=(
            Provision(
                key="general",
                targets=("CA",),
                products=Text(en="All goods"),
                origin="not_usmca",
            ),
            Provision(
                key="energy",
                targets=("*",),
                excludes=("MX",),
                products=Text(en="Energy", es="Energía", fr="Énergie"),
                hts=("2709", "2710"),
                note="Ten percent.",
            ),
        ),
    )
    assert record.measures[1].mirrors == ("us.border",)
    assert [event.id for event in record.events] == [
        "2025-01-20-threat",
        "2025-02-01-order",
        "2025-02-01-counter",
        "2025-02-03-pause",
    ]
    assert [event.sequence for event in record.events] == [0, 0, 1, 0]
    effect = partial(
        Effect,
        measure="us.border",
        status=Status.IN_FORCE,
        rate_pct=Decimal("25.5"),
        effective_from=date(2025, 2, 4),
        effective_until=date(2026, 2, 20),
        products=Text(en="Widgets"),
        hts=("8501",),
        note="Widened.",
    )
    assert record.events[1] == Event(
        id="2025-02-01-order",
        kind=Kind.ANNOUNCEMENT,
        announced=date(2025, 2, 1),
        title=Text(en="The order", es="La orden", fr="Le décret"),
        summary=Text(en="It puts 25% on goods and 10% on energy."),
        parties=("US", "CA"),
        instrument=Instrument(citation="Executive Order 1", url="https://example.org/eo"),
        effects=(
            effect(provision="general"),
            effect(provision="energy"),
        ),
        sources=(
            Source(
                url="https://example.org/1",
                publisher="Example",
                title="One",
                published="2025-02",
                primary=True,
            ),
        ),
    )


def test_the_rest_of_the_fields(tmp_path: Path) -> None:
    pause = read_record(write(tmp_path / "record")).events[3]
    assert pause.withdraws == (
        Withdrawal(event="2025-01-20-threat", measure="us.border", provision="general"),
    )
    assert pause.confirms == ("2025-02-01-order",)
    assert pause.measures == ("ca.counter",)
    assert pause.doubts == (Doubt.COMPUTED,)
    assert pause.note == "Kept."
    assert pause.claims == (
        Claim(
            measure="us.border",
            provision="energy",
            targets=("CA",),
            stated=Text(en="Energy paid more"),
            finding=Text(en="It did not."),
            standing=Standing.REFUTED,
            rate_pct=Decimal(30),
            claimed_from=date(2025, 2, 4),
            claimed_until=date(2025, 2, 5),
            sources=(
                Source(
                    url="https://example.org/4",
                    publisher="Example",
                    title="Four",
                    published="2025",
                ),
            ),
        ),
    )


def test_chains_causes_deadlines_and_days_that_are_not_known(tmp_path: Path) -> None:
    *_, plan, off = read_record(write(tmp_path / "record", m2025_03=MARCH)).events
    assert plan.follows == ("2025-02-01-counter", "2025-02-03-pause")
    assert plan.instrument == Instrument(
        citation="Proclamation 2",
        kind=PaperKind.PRESIDENTIAL,
        steps=(
            Step(stage=Stage.SIGNED, day=date(2025, 3, 1)),
            Step(
                stage=Stage.PUBLISHED,
                day=date(2025, 3, 6),
                citation="90 FR 1",
                url="https://example.org/fr",
            ),
            Step(stage=Stage.GUIDANCE, citation="CSMS 1"),
            Step(stage=Stage.GUIDANCE, day=date(2025, 3, 7), citation="CSMS 2"),
        ),
    )
    general, energy = plan.effects
    assert general.effective_from is general.effective_until is None
    assert general.starts == When(
        earliest=date(2025, 3, 10), latest=date(2025, 3, 31), condition="if no deal is reached"
    )
    assert general.ends == When(latest=date(2025, 6, 30))
    assert energy.starts == When()
    assert energy.ends == When(condition=Text(en="until a deal", fr="jusqu'à un accord"))
    assert energy.rate_text == Text(en="two steps", es="dos pasos")
    hearing, ruling = plan.deadlines
    assert hearing == Deadline(
        key="us.border.hearing",
        kind=DeadlineKind.HEARING,
        title=Text(en="The hearing"),
        day=date(2025, 4, 1),
    )
    assert ruling.day is None
    assert ruling.when == When(earliest=date(2025, 5, 1))
    assert (ruling.measures, ruling.title.es) == (("us.border",), "El fallo")
    assert off.follows == (plan.id,)
    assert off.deadlines[0].cancelled
    assert (off.deadlines[0].day, off.deadlines[0].when) == (None, None)


def test_every_entry_has_its_place(tmp_path: Path) -> None:
    folder = write(tmp_path / "record")
    record = read_record(folder)
    assert dict(record.places) == {
        "us.border": (str(folder / "measures.yaml"), line_of(MEASURES, "key: us.border")),
        "ca.counter": (str(folder / "measures.yaml"), line_of(MEASURES, "key: ca.counter")),
        "2025-01-20-threat": (str(folder / "2025-01.yaml"), 2),
        "2025-02-01-order": (str(folder / "2025-02.yaml"), 2),
        "2025-02-01-counter": (
            str(folder / "2025-02.yaml"),
            line_of(FEBRUARY, "id: 2025-02-01-counter"),
        ),
        "2025-02-03-pause": (
            str(folder / "2025-02.yaml"),
            line_of(FEBRUARY, "id: 2025-02-03-pause"),
        ),
    }


def test_the_shipped_record_reads() -> None:
    record = read_record(ROOT / "db" / "record")
    assert record.measures
    assert record.events
    assert set(record.places) == {e.id for e in record.events} | {m.key for m in record.measures}


def _many(count: int) -> str:
    body = FEBRUARY.removeprefix("events:\n").split("\n  - id: 2025-02-01-counter")[0]
    return "events:\n" + "\n".join(
        body.replace("2025-02-01-order", f"2025-02-01-order-{n}") for n in range(count)
    )


def test_four_hundred_events_are_all_read(tmp_path: Path) -> None:
    folder = write(tmp_path / "record", m2025_02=_many(400))
    assert len(read_record(folder).events) == 401


def test_other_files_are_left_alone_but_strange_yaml_is_told(tmp_path: Path) -> None:
    folder = write(tmp_path / "record")
    (folder / "README.md").write_text("Notes: [", encoding="utf-8")
    assert isinstance(read_record(folder), Record)
    for name in ("2025-13.yaml", "2025-2.yaml", "2025-03.yml", "notes.yaml", "Measures.yaml"):
        (folder / name).write_text("events: []\n", encoding="utf-8")
    found = findings(folder)
    assert len(found) == 5
    assert all("is no file of the record" in line for line in found)


def test_the_folder_must_be_there(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for place in (tmp_path / "nowhere", tmp_path / "file"):
        with pytest.raises(BadInput, match="cannot be read") as caught:
            read_record(place)
        assert str(place) in caught.value.message
        assert caught.value.exit_status == 2


def test_measures_must_be_there(tmp_path: Path) -> None:
    folder = write(tmp_path / "record")
    (folder / "measures.yaml").unlink()
    assert findings(folder) == ["measures.yaml:1: is missing; add it with `measures:`"]


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"", 1, "the file is empty"),
        (b"# nothing but a comment\n", 1, "the file is empty"),
        (b"events:\n", 1, "has no value"),
        (b"events: {}\n", 1, "must be a list of entries"),
        (b"- id: x\n", 1, "does not start with `events:`"),
        (b"event: []\n", 1, "does not start with `events:`"),
        (b"events: []\nmore: 1\n", 2, "is not a field here"),
        (b"events:\n  - word\n", 2, '"word" is no entry'),
        (b"events:\n  - - 1\n", 2, "is no entry"),
        (b"events: []\n---\nevents: []\n", 2, "a second document starts here"),
        (b"events: &all []\n", 1, "the anchor &all is not allowed"),
        (b"events: [1]\nmore: *all\n", 2, "the alias *all is not allowed"),
        (b"events: !!python/object:os.system []\n", 1, "is not allowed; every value is plain text"),
        (b"events: []\nevents: []\n", 2, "stands here again, first in line 1"),
        (b"events: []\n? [a]\n: 1\n", 2, "where a field name belongs"),
        (b"events: [\n", 2, "this is not YAML"),
        (b"events: []\n\tkey: 1\n", 2, "this is not YAML"),
        (b"events:\n - a: 1\n  b: 2\n", 3, "this is not YAML"),
        (b"events: []\n# \x01\n", 2, "U+0001"),
        (b"events: []\n# \xff\n", 2, "is not UTF-8 from here on"),
        (b"\xff\xfee\x00v\x00", 1, "is not UTF-8"),
        (b"x" * 5_000_001, 1, "larger than 5 MB"),
        (b"events: " + b"[" * 2000, 1, "nested too deep"),
        (b"events: " + b"{a: " * 2000, 1, "nested too deep"),
    ],
)
def test_a_file_that_cannot_be_followed(tmp_path: Path, data: bytes, line: int, words: str) -> None:
    folder = write(tmp_path / "record")
    (folder / "2025-03.yaml").write_bytes(data)
    found = findings(folder)
    assert len([one for one in found if one.startswith("2025-03.yaml:")]) == len(found), found
    assert any(one.startswith(f"2025-03.yaml:{line}: ") and words in one for one in found), found


def test_a_byte_order_mark_is_no_harm(tmp_path: Path) -> None:
    folder = write(tmp_path / "record")
    (folder / "2025-01.yaml").write_bytes(b"\xef\xbb\xbf" + JANUARY.encode())
    assert len(read_record(folder).events) == 4


def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    folder = write(tmp_path / "record")
    (folder / "2025-01.yaml").chmod(0o000)
    (folder / "2025-03.yaml").mkdir()
    with ordinary_user(folder):
        found = findings(folder)
    assert [line.split(" (")[0] for line in found] == [
        "2025-01.yaml:1: cannot be read",
        "2025-03.yaml:1: cannot be read",
    ]


def test_a_month_that_does_not_read_brings_no_false_findings_elsewhere(tmp_path: Path) -> None:
    folder = write(tmp_path / "record", m2025_01="events: [\n")
    assert len(findings(folder)) == 1
    folder = write(tmp_path / "record", measures="measures: [\n")
    assert len(findings(folder)) == 1


def test_everything_wrong_in_all_files_is_told_in_order(tmp_path: Path) -> None:
    january = JANUARY.replace("kind: threat", "kind: treat").replace("rate: 25", "rate: 25 %")
    february = FEBRUARY.replace("until: 2026-02-20", "until: 2025-02-30").replace(
        "    title: The answer\n", ""
    )
    folder = write(
        tmp_path / "record",
        measures=MEASURES.replace("imposer: CA", "imposer: CAN"),
        m2025_01=january,
        m2025_02=february.replace("status: paused", "status: paused\n        rate: 25"),
    )
    assert findings(folder) == [
        (
            f"2025-01.yaml:{line_of(january, 'kind:')}: events[0].kind: "
            '"treat" is not a known word; write threat, or another of threat, announcement, '
            "in_force, rate_change, pause, pause_extension, resumption, exemption, "
            "reinstatement, revocation, expiry, remission, quota, investigation, court_ruling, "
            "legislation, summit, call, agreement, negotiation, suspension_of_talks, "
            "review_step, statement"
        ),
        (
            f"2025-01.yaml:{line_of(january, '25 %')}: events[0].effects[0].rate: "
            '"25 %" is not a number; write the percent alone, like 25'
        ),
        (
            f"2025-02.yaml:{line_of(february, '2025-02-30')}: events[0].effects[0].until: "
            '"2025-02-30" is not a day; write the first day on which it no longer applies, '
            "as YYYY-MM-DD, or a mapping with earliest, latest, condition or unknown: true"
        ),
        (
            f"2025-02.yaml:{line_of(february, 'id: 2025-02-01-counter')}: events[1].title: "
            "is missing; add a short line"
        ),
        (
            f"2025-02.yaml:{line_of(february, 'status: paused') + 1}: events[2].effects[0].rate: "
            '"25": A pause names no rate, what it holds back stays below it; '
            "leave the rate out"
        ),
        (
            f"measures.yaml:{line_of(MEASURES, 'key: ca.counter')}: measures[1].key: "
            '"ca.counter": A key starts with the imposer\'s code in small letters and '
            "a dot, like us.; mend one"
        ),
        (
            f"measures.yaml:{line_of(MEASURES, 'imposer: CA')}: measures[1].imposer: "
            '"CAN": The imposer is an ISO 3166-1 alpha-2 code, like US, CA or MX'
        ),
    ]


@pytest.mark.parametrize(
    ("old", "new", "path", "words"),
    [
        ("rate: 25.50", "rate: NaN", "events[0].effects[0].rate", "not a number"),
        ("rate: 25.50", "rate: 2_5", "events[0].effects[0].rate", "not a number"),
        ("rate: 25.50", "rate: -25", "events[0].effects[0].rate", "not a number"),
        ("rate: 25.50", "rate: 1e2", "events[0].effects[0].rate", "not a number"),
        ("rate: 25.50", "rate: ٢٥", "events[0].effects[0].rate", "not a number"),
        ("rate: 25.50", "rate: [25]", "events[0].effects[0].rate", "must not be a list"),
        ("rate: 25.50", "rate: ", "events[0].effects[0].rate", "has no value"),
        ("rate: 25.50", "rate: null", "events[0].effects[0].rate", "has no value"),
        ("rate: 25.50", "rate: ~", "events[0].effects[0].rate", "has no value"),
        ("rate: 25.50", "rat: 25", "events[0].effects[0].rat", "did you mean rate?"),
        ("rate: 25.50", "zzz: 25", "events[0].effects[0].zzz", "known are basis, from, hts"),
        ("from: 2025-02-04\n        until: 2026", "from: 2025-2-4\n        until: 2026",
         "events[0].effects[0].from", "is not a day"),
        ("until: 2026-02-20", "until: 2026-02-20T00:00:00", "events[0].effects[0].until",
         "is not a day"),
        ("primary: true", "primary: yes", "events[0].sources[0].primary", "neither true nor false"),
        ("parties: [US, CA]", "parties: US", "events[0].parties", "must be a list"),
        ("parties: [US, CA]", "parties: [US, {a: b}]", "events[0].parties[1]",
         "must not be a mapping"),
        ("doubts: [computed]", "doubts: [maybe]", "events[2].doubts[0]", "one of disputed"),
        ("standing: refuted", "standing: refute", "events[2].claims[0].standing", "refuted"),
        ('instrument: {citation: "Executive Order 1", url: "https://example.org/eo"}',
         "instrument: EO 1", "events[0].instrument", "where fields belong"),
        ("title: The answer", "title: {es: La respuesta}", "events[1].title.en", "is missing"),
        ("title: The answer", "title: {en: a, de: b}", "events[1].title.de", "not a field here"),
        ("title: The answer", '"ti\\etle": a', "events[1].ti\ufffdtle", "not a field here"),
        ("title: The answer", "title: [a]", "events[1].title", "must not be a list"),
        ("title: The answer", 'title: "  "', "events[1].title", "is blank"),
        ("note: Kept.", "note: Kept.\n    note: Twice.", "events[2].note", "stands here again"),
    ],
)  # fmt: skip
def test_a_value_that_does_not_fit(
    tmp_path: Path, old: str, new: str, path: str, words: str
) -> None:
    assert FEBRUARY.count(old) == 1
    text = FEBRUARY.replace(old, new)
    found = findings(write(tmp_path / "record", m2025_02=text))
    lines = {text[: text.index(new)].count("\n") + 1 + extra for extra in (0, new.count("\n"))}
    expected = tuple(f"2025-02.yaml:{line}: {path}: " for line in lines)
    assert any(one.startswith(expected) and words in one for one in found), found


@pytest.mark.parametrize(
    ("old", "new", "path", "words"),
    [
        ("from: {unknown: true}", "from: soon", "events[0].effects[1].from",
         "write the first day, as YYYY-MM-DD, or a mapping with earliest, latest, condition or "),
        ("from: {unknown: true}", "from: [2025-03-10]", "events[0].effects[1].from",
         "must not be a list; write the first day, as YYYY-MM-DD, or a mapping"),
        ("from: {unknown: true}", "from: {unknown: perhaps}", "events[0].effects[1].from.unknown",
         "neither true nor false"),
        ("from: {unknown: true}", "from: {earlist: 2025-03-10}",
         "events[0].effects[1].from.earlist", "did you mean earliest?"),
        ("until: {latest: 2025-06-30}", "until: {latest: June}",
         "events[0].effects[0].until.latest", '"June" is not a day; write the last day it may be'),
        ("day: {earliest: 2025-05-01}", "day: {earliest: 2025-5-1}",
         "events[0].deadlines[1].day.earliest", "is not a day; write the first day it may be"),
        ("kind: ruling", "kind: rulings", "events[0].deadlines[1].kind",
         "write ruling, or another of hearing, comment_close, ruling"),
        ("stage: published", "stage: printed", "events[0].instrument.steps[1].stage",
         "another of threat, signed, published"),
        ("day: 2025-03-06", "day: {earliest: 2025-03-06}", "events[0].instrument.steps[1].day",
         "must not be a mapping; write the day, as YYYY-MM-DD"),
        ("follows: [2025-03-01-plan]", "follows: 2025-03-01-plan", "events[1].follows",
         "must be a list; write a list of the earlier events that set this one off"),
    ],
)  # fmt: skip
def test_a_value_of_the_new_fields_that_does_not_fit(
    tmp_path: Path, old: str, new: str, path: str, words: str
) -> None:
    assert MARCH.count(old) == 1
    (found,) = findings(write(tmp_path / "record", m2025_03=MARCH.replace(old, new)))
    assert found.startswith(f"2025-03.yaml:{line_of(MARCH, old)}: {path}: ")
    assert words in found


def test_a_step_and_a_claim_are_not_offered_a_mapping(tmp_path: Path) -> None:
    march = MARCH.replace("day: 2025-03-06", "day: in March")
    february = FEBRUARY.replace("until: 2025-02-05", "until: {latest: 2025-02-05}")
    for found in findings(write(tmp_path / "record", m2025_03=march, m2025_02=february)):
        assert found.endswith("as YYYY-MM-DD")


def test_a_circle_of_withdrawals_is_told_once_and_in_full(tmp_path: Path) -> None:
    ids = ["2025-03-01-a", "2025-03-01-b", "2025-03-01-c"]
    months = "".join(
        f"  - id: {own}\n    kind: statement\n    announced: 2025-03-01\n    title: A\n"
        f"    summary: A.\n    withdraws: [{{event: {other}}}]\n    sources:\n"
        '      - {url: "https://example.org/7", publisher: Example, title: Seven}\n'
        for own, other in zip(ids, (*ids[1:], ids[0]), strict=True)
    )
    found = findings(write(tmp_path / "record", m2025_03=f"events:\n{months}"))
    (circle,) = (line for line in found if "circle" in line)
    assert circle == (
        '2025-03.yaml:23: events[2].withdraws[0].event: "2025-03-01-c withdraws 2025-03-01-a '
        'withdraws 2025-03-01-b withdraws 2025-03-01-c": Events do not take each other back '
        "in a circle; remove one of these withdrawals"
    )


def test_one_misfit_hides_no_other_of_its_entry(tmp_path: Path) -> None:
    text = (
        FEBRUARY.replace("kind: pause", "kind: paus")
        .replace("status: paused", "status: pausing")
        .replace("until: 2025-03-04", "until: soon\n        extra: 1")
        .replace("    title: The pause\n", "")
        .replace("standing: refuted", "standing: 7")
        .replace("rate: 30", "rate: thirty")
    )
    found = findings(write(tmp_path / "record", m2025_02=text))
    assert sorted(line.split(": ")[1] for line in found) == [
        "events[2].claims[0].rate",
        "events[2].claims[0].standing",
        "events[2].effects[0].extra",
        "events[2].effects[0].status",
        "events[2].effects[0].until",
        "events[2].kind",
        "events[2].title",
    ]


def test_an_entry_of_nothing_but_faults_comes_to_an_end(tmp_path: Path) -> None:
    fields = "".join(f"    field-{n}: x\n" for n in range(500))
    text = f"events:\n  - id: 2025-02-01-a\n{fields}"
    found = findings(write(tmp_path / "record", m2025_02=text))
    assert 10 < len(found) < 100


def test_hostile_text_in_a_value_stays_one_printable_line(tmp_path: Path) -> None:
    text = FEBRUARY.replace("kind: pause", 'kind: "\\e[31m\\r\\n\\u202e' + "x" * 300 + '"')
    (line,) = findings(write(tmp_path / "record", m2025_02=text))
    assert line.isprintable()
    assert len(line) < 600


def test_a_folder_may_be_named_relatively(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(tmp_path / "record")
    monkeypatch.chdir(tmp_path)
    relative = read_record(Path("record"))
    assert relative.events == read_record(folder).events
    assert relative.places["2025-01-20-threat"] == (str(Path("record") / "2025-01.yaml"), 2)


_pieces = st.sampled_from(
    ["\n", "  ", "- ", ": ", "[", "]", "{", "}", '"', "'", "#", "&a ", "*a", "!!str ", "| ", "---",
     "null", "-1", "2025-02-30", "\t", "\x00", "\ud7ff", "events", "events:\n", "? ", "%", "1e999"]
)  # fmt: skip


@given(data=st.data(), pieces=st.lists(_pieces, min_size=1, max_size=3))
@settings(deadline=None, max_examples=150)
def test_whatever_is_in_a_file_it_reads_or_is_told(data: st.DataObject, pieces: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        texts = {"measures": MEASURES, "m2025_01": JANUARY, "m2025_02": FEBRUARY}
        for piece in pieces:
            name = data.draw(st.sampled_from(sorted(texts)))
            text = texts[name]
            start = data.draw(st.integers(0, len(text)))
            end = min(len(text), start + data.draw(st.integers(0, 30)))
            texts[name] = text[:start] + piece + text[end:]
        write(Path(folder), **texts)
        found: tuple[str, ...] = ()
        try:
            record = read_record(Path(folder))
        except RecordInvalid as invalid:
            found = invalid.findings
            record = None
        assert bool(found) is (record is None)
        assert all(line.isprintable() for line in found)
        assert record is None or len(record.places) == len(record.events) + len(record.measures)
