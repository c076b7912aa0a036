"""One layout: the data stays, every comment stays, and what is laid out stays byte for byte."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from tests.contracts.backends import ROOT
from tests.record.files import FEBRUARY, JANUARY, MARCH, MEASURES, write
from tracker.record.document import read_document
from tracker.record.format import formatted
from tracker.record.layout import entry_lines
from tracker.record.read import read_record
from tracker.record.scalars import WIDTH, folded, in_line

SHIPPED = sorted((ROOT / "db" / "record").glob("*.yaml"))
ODD = [
    "25", "1e3", "no", "~", "2025-03-01", "0x1F", "9:30", "- a", "a: b", "a #b", "#a", "a:", " a",
    "a ", "a  b", "a\nb", "a\tb", "'a'", '"a"', "[a]", "{a}", "&a", "*a", "!a", "%a", "@a", "`a`",
    "? a", "| a", "> a", "a, b", "\u00a0a", "a\u00a0%", "« a »", "\u2028", "\x85", "\ufeff",
    "\\n", "😀", "---", "...", "a" * 200, "word " * 60 + "end", "=", "<<", "\x7f",
]  # fmt: skip
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1) | st.sampled_from(ODD)
WORDS = st.lists(st.text("abé%:,;#- '\"", min_size=1, max_size=12), min_size=1).map(" ".join)


def laid_out(folder: Path, text: str, name: str = "2025-02.yaml") -> str:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    found, troubles = formatted(file)
    assert found is not None, troubles
    return found


def refused(folder: Path, text: str) -> list[str]:
    file = folder / "2025-02.yaml"
    file.write_text(text, encoding="utf-8")
    found, troubles = formatted(file)
    assert found is None
    return [str(one).removeprefix(f"{folder}/") for one in troubles]


def data_of(text: str) -> Any:
    document, troubles = read_document(text)
    assert document is not None, text
    assert troubles == (), text
    return document.data


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: str(file.stem))
def test_every_shipped_file_keeps_its_data_and_is_then_left_alone(
    tmp_path: Path, file: Path
) -> None:
    once = laid_out(tmp_path, file.read_text(encoding="utf-8"), file.name)
    assert data_of(once) == data_of(file.read_text(encoding="utf-8"))
    assert laid_out(tmp_path, once, file.name) == once
    for line in once.splitlines():
        assert line == line.rstrip(" ")
        # Longer is only what has no blank to break at, or needs quotes.
        assert len(line) <= WIDTH or '"' in line or " " not in line.split(": ", 1)[-1]


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.name)
def test_the_shipped_record_is_laid_out(file: Path) -> None:
    found, _ = formatted(file)
    assert found == file.read_text(encoding="utf-8"), "run `tracker record fmt`"


def test_the_record_reads_as_before(tmp_path: Path) -> None:
    before = read_record(write(tmp_path, m2025_03=MARCH))
    for file in tmp_path.glob("*.yaml"):
        text, _ = formatted(file)
        assert text is not None
        file.write_text(text, encoding="utf-8")
    after = read_record(tmp_path)
    assert (after.measures, after.events) == (before.measures, before.events)


@pytest.mark.parametrize("text", [JANUARY, FEBRUARY, MARCH])
def test_the_order_of_fields_does_not_matter(tmp_path: Path, text: str) -> None:
    def turned(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: turned(value[key]) for key in reversed(value)}
        return [turned(one) for one in value] if isinstance(value, list) else value

    other = yaml.safe_dump(turned(data_of(text)), sort_keys=False, default_style='"')
    assert laid_out(tmp_path, other) == laid_out(tmp_path, text)


@given(TEXT | WORDS)
def test_a_text_on_a_line_reads_as_itself(text: str) -> None:
    for line in (f"a: {in_line(text)}", f"a: {{b: {in_line(text, flow=True)}}}"):
        document, _ = read_document(line)
        assert document is not None, line
        assert document.data in ({"a": text}, {"a": {"b": text}}), line


@given(TEXT)
def test_what_looks_like_a_number_or_a_day_is_text_to_other_readers(text: str) -> None:
    assert yaml.safe_load(f"a: {in_line(text)}") == {"a": text}


@given(TEXT | WORDS)
def test_a_folded_text_reads_as_itself_and_keeps_the_width(text: str) -> None:
    block = folded(text, 4)
    if block is None:
        return
    assert data_of("\n".join(["a:", "  b: >-", *block])) == {"a": {"b": text}}
    assert all(len(line) <= WIDTH or " " not in line.strip(" ") for line in block)


VALUES = st.recursive(
    TEXT.filter(lambda text: text.strip() != ""),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(
            st.sampled_from(["title", "note", "hts", "from", "steps", "sources", "en", "fr", "x"]),
            inner,
            min_size=1,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["id", "note", "effects", "hts", "title", "y"]), VALUES,
                       min_size=1))  # fmt: skip
@example({"hts": [["a", "b"], {"x": "y"}]})
@example({"title": {"en": "a" * 130 + " b", "fr": "c"}})
def test_whatever_an_entry_holds_it_reads_as_before(entry: dict[str, Any]) -> None:
    text = "\n".join(["events:", *entry_lines("events", entry)]) + "\n"
    assert data_of(text) == {"events": [entry]}


def test_comments_with_a_place_of_their_own_are_kept(tmp_path: Path) -> None:
    text = FEBRUARY.replace("events:", "# Top.\n\n# Second.\nevents:\n  # On the first.", 1)
    text = text.replace("  - id: 2025-02-03", "# On the\n      # pause.\n\n  - id: 2025-02-03")
    once = laid_out(tmp_path, f"{text}\n  # The end.\n")
    assert once.startswith(
        "# Top.\n# Second.\nevents:\n  # On the first.\n  - id: 2025-02-01-order"
    )
    assert "\n\n  # On the\n  # pause.\n  - id: 2025-02-03-pause\n" in once
    assert once.endswith("\n\n# The end.\n")
    assert laid_out(tmp_path, once) == once


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    kind: pause", "    kind: pause  # lost"),
        ("    kind: pause", "    # lost\n    kind: pause"),
        ("    kind: pause", "    kind:\n      # lost\n      pause"),
        ("summary: >-", "summary: >-  # lost"),
        ("    parties: [US, CA]", "    parties: [US,  # lost\n      CA]"),
        ("  - id: 2025-02-03-pause", "  -  # lost\n    id: 2025-02-03-pause"),
        ("events:", "events:  # lost"),
    ],
)
def test_a_file_is_refused_rather_than_lose_a_comment(tmp_path: Path, old: str, new: str) -> None:
    text = FEBRUARY.replace(old, new, 1)
    line = text[: text.index("# lost")].count("\n") + 1
    (told,) = refused(tmp_path, text)
    assert told.startswith(f"2025-02.yaml:{line}: a comment would be lost here; move it above")


@pytest.mark.parametrize(
    "part", ['note: "Kept. # not one"', "note: |-\n      # not one\n      b", "note: a#b"]
)
def test_what_only_looks_like_a_comment_is_text(tmp_path: Path, part: str) -> None:
    once = laid_out(tmp_path, FEBRUARY.replace("note: Kept.", part))
    assert re.search("# ?not one|a#b", once)
    assert laid_out(tmp_path, once) == once


def test_line_ends_and_a_byte_order_mark_go(tmp_path: Path) -> None:
    windows = "\ufeff" + FEBRUARY.replace("\n", "\r\n")
    file = tmp_path / "2025-02.yaml"
    file.write_bytes(windows.encode())
    assert formatted(file)[0] == laid_out(tmp_path, FEBRUARY)


@pytest.mark.parametrize("text", ["events: [", "events: no\n", "a: b\n", "events:\n  - id: \n"])
def test_a_file_that_does_not_read_is_refused(tmp_path: Path, text: str) -> None:
    assert refused(tmp_path, text)


def test_measures_are_laid_out_too(tmp_path: Path) -> None:
    once = laid_out(tmp_path, f"# Keys are stable.\n{MEASURES}", "measures.yaml")
    assert once.startswith("# Keys are stable.\nmeasures:\n  - key: us.border\n")
    assert '        hts: ["2709", "2710"]\n' in once
