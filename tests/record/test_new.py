"""A new event: its template tells what is blank, and once filled in it is like any other."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from tests.record.files import FEBRUARY, write
from tracker.core.words import Kind
from tracker.errors import BadInput
from tracker.record.check import Severity, check_record
from tracker.record.insert import month_file, with_event
from tracker.record.read import read_record
from tracker.record.template import template

FILLED = {
    "en": "English words",
    "es": "Palabras en español",
    "fr": "Des mots en français",
    "rate": "25",
    "from": "2025-03-01",
    "until": "2025-04-01",
    "url": '"https://example.org/9"',
    "publisher": "Example",
    "title": "Nine",
}
BLANK = re.compile(r"^(\s+(?:- )?)(\w+):(?=\s*(?:#|$))", re.MULTILINE)


def filled(text: str) -> str:
    """Every blank of a template filled in, the fields that hold others left alone."""

    def fill(match: re.Match[str]) -> str:
        lead, name = match.groups()
        if name not in FILLED or (name == "title" and lead == "    "):
            return match.group()
        return f"{lead}{name}: {FILLED[name]}"

    return BLANK.sub(fill, text)


def put(folder: Path, text: str, day: date) -> Path:
    file = month_file(folder, day)
    file.write_text(with_event(file, text, day), encoding="utf-8")
    return folder


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("keys", [(), ("us.border",), ("us.border", "ca.counter")])
def test_a_template_once_filled_passes_and_before_tells_its_blanks(
    tmp_path: Path, kind: Kind, keys: tuple[str, ...]
) -> None:
    folder = write(tmp_path)
    record = read_record(folder)
    measures = [measure for measure in record.measures if measure.key in keys]
    day = date(2025, 2, 2)
    text = template(kind=kind, announced=day, measures=measures, words="new")
    put(folder, text, day)
    blanks = [one for one in check_record(folder).told if one.severity is Severity.ERROR]
    assert len({one.finding.line for one in blanks}) >= text.count("      en:\n") * 3 + 3
    write(tmp_path)
    put(folder, filled(text), day)
    assert [one for one in check_record(folder).told if one.severity is Severity.ERROR] == []
    after = read_record(folder)
    new = next(event for event in after.events if event.id == "2025-02-02-new")
    assert (new.kind, new.announced) == (kind, day)
    assert {effect.measure for effect in new.effects} | set(new.measures) == set(keys)
    assert [event for event in after.events if event is not new] == [*record.events]


@pytest.mark.parametrize(
    ("day", "place"),
    [(date(2025, 2, 1), 2), (date(2025, 2, 2), 2), (date(2025, 2, 3), 3), (date(2025, 2, 28), 3)],
)
def test_it_goes_after_those_announced_by_then_and_moves_nothing(
    tmp_path: Path, day: date, place: int
) -> None:
    month = FEBRUARY.replace("  - id: 2025-02-03", "  # A word on the pause.\n  - id: 2025-02-03")
    folder = write(tmp_path, m2025_02=month)
    text = filled(template(kind=Kind.CALL, announced=day, words="new"))
    put(folder, text, day)
    written = (folder / "2025-02.yaml").read_text(encoding="utf-8")
    assert re.findall(r"^  - id: (\S+)", written, re.MULTILINE).index(f"{day}-new") == place
    assert "\n\n\n" not in written
    assert written.count(text) == 1
    rest = written.replace(f"\n{text}", "", 1)
    assert rest == month


def test_it_may_be_the_first_of_its_month(tmp_path: Path) -> None:
    folder = write(tmp_path)
    first, second = date(2025, 1, 2), date(2025, 4, 1)
    for day in (first, second):
        put(folder, filled(template(kind=Kind.CALL, announced=day, words="new")), day)
    ids = [event.id for event in read_record(folder).events]
    assert (ids[0], ids[-1]) == ("2025-01-02-new", "2025-04-01-new")


@pytest.mark.parametrize(
    "text", ["events: [", "events: []\n", "events: no\n", "events:\n- id: a\n"]
)
def test_a_file_of_another_layout_is_left_alone(tmp_path: Path, text: str) -> None:
    folder = write(tmp_path, m2025_02=text)
    entry = template(kind=Kind.CALL, announced=date(2025, 2, 1), words="new")
    with pytest.raises(BadInput, match=r"does not read|another way"):
        with_event(folder / "2025-02.yaml", entry, date(2025, 2, 1))
